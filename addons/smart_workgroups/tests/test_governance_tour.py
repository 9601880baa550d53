from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestGovernanceTour(GovernanceCase, HttpCase):
    """On a phone: a member proposes a theme, joins a workgroup, answers, and reads minutes."""

    browser_size = "390x844"
    touch_enabled = True

    def test_join_a_workgroup(self):
        call = self._edition(state="call", name="Next edition")
        edition = self._edition(name="This edition")
        dutch = self.env["res.lang"].sudo()._activate_lang("nl_BE")
        workgroup = self._workgroup(
            edition_id=edition.id,
            places=1,
            lang_ids=[Command.set(dutch.ids)],
            description="<p>What do we share?</p>",
        )
        self._frozen(self._meeting(workgroup))
        self.start_tour("/my", "workgroup_join_tour", login=self.portal.login)
        line = workgroup._get_line(self.portal.partner_id)
        self.assertEqual((line.state, line.needs_interpreter), ("active", True))
        self.assertEqual(call.theme_ids.mapped("name"), ["What when we fall ill?"])
        meeting = self._meeting(workgroup, days=9)
        meeting.action_convoke()
        self.start_tour("/my/workgroups", "workgroup_meeting_tour", login=self.portal.login)
        presence = meeting.presence_ids.filtered(
            lambda one: one.partner_id == self.portal.partner_id
        )
        self.assertEqual(presence.state, "accepted")
        self.assertIn("Hello everybody", workgroup.message_ids[0].body)


@tagged("post_install", "-at_install")
class TestEditionTour(GovernanceCase, HttpCase):
    """At a desk: nothing is called with a text that some cannot read."""

    browser_size = "1366x768"

    def test_a_stale_text_is_refused_then_sent(self):
        Lang = self.env["res.lang"].sudo()
        self.company.governance_lang_ids = Lang._activate_lang("nl_BE") | Lang._activate_lang(
            "fr_BE"
        )
        edition = self._edition(state="draft").with_context(lang="nl_BE")
        edition.authentic_lang = edition.question_ids.authentic_lang = "nl_BE"
        edition.write({"name": "In beweging", "charter": "<p>Iedereen krijgt antwoord.</p>"})
        edition.question_ids.name = "Wat delen we?"
        french = edition.with_context(lang="fr_BE")
        french.write({"name": "En mouvement", "charter": "<p>Chacun reçoit une réponse.</p>"})
        french.question_ids.name = "Que partageons-nous ?"
        for records in (edition, edition.question_ids):
            rows = records._search_translations()
            rows.filtered(lambda row: row.lang == "fr_BE")._review()
        edition.name = "In beweging, samen"
        # The first try is refused: the server's log says so.
        with mute_logger("odoo.http"):
            self.start_tour("/odoo", "edition_languages_tour", login=self.secretary.login)
        self.assertEqual(edition.state, "call")
        self.assertEqual(french.name, "En mouvement, ensemble")
