import uuid

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestEdition(GovernanceCase):
    """From a draft to its follow-up, by rules that are known from the start."""

    def test_all_phases(self):
        with Form(self.env["coop.edition"].with_user(self.secretary)) as form:
            form.name = "In Progress"
            form.charter = "<p>Everybody is answered.</p>"
            self.assertEqual(form.directors_needed, 2)
            with form.question_ids.new() as question:
                question.name = "What do we share?"
        edition = self.env["coop.edition"].search([("company_id", "=", self.company.id)])
        kinds = edition.phase_ids.mapped("kind")
        self.assertEqual(kinds, ["call", "work", "review", "assembly", "follow_up"])
        seen = []
        while edition.state != "closed":
            edition.with_user(self.secretary).action_next()
            seen.append([phase._get_progress() for phase in edition.phase_ids])
        self.assertEqual(seen[1], ["done", "now", "later", "later", "later"])
        self.assertEqual(seen[-1], ["done"] * 5)
        with self.assert_refused(UserError, "Reload the page"):
            edition.action_next()

    def test_rules_are_known_from_the_start(self):
        edition = self._edition(state="draft", charter=False)
        with self.assert_refused(UserError, "Write the charter and at least one question"):
            edition.action_next()
        edition.charter = "<p>Rules</p>"
        edition.action_next()
        for name, value in (("charter", "<p>Other</p>"), ("directors_needed", 0)):
            with self.assert_refused(UserError, "cannot be changed by hand"):
                edition[name] = value
        edition.question_ids.name = "What do we share, really?"
        French = self.env["res.lang"].sudo()._activate_lang("fr_BE")
        self.company.governance_lang_ids |= French
        with self.assert_refused(UserError, "What do we share, really.*French"):
            edition.action_next()
        self.company.governance_lang_ids -= French
        edition.action_next()
        with self.assert_refused(UserError, "works on its questions already"):
            edition.question_ids.name = "Else?"
        with self.assert_refused(UserError, "stays in the history"):
            edition.unlink()

    def test_phases_follow_each_other(self):
        edition = self._edition(state="draft")
        call, work = edition.phase_ids[:2]
        call.write({"date_start": "2026-01-01", "date_end": "2026-02-28"})
        with self.assert_refused(ValidationError, "“Workgroups” cannot begin on"):
            edition.write({"phase_ids": [(1, work.id, {"date_start": "2026-02-01"})]})

    def test_open_workgroups_keep_it_open(self):
        edition = self._edition(state="follow_up")
        workgroup = self._workgroup(edition_id=edition.id)
        with self.assert_refused(UserError, "Close these workgroups.*Economic model"):
            edition.action_next()
        workgroup.action_close()
        edition.action_next()
        self.assertEqual(edition.state, "closed")

    def test_a_stale_translation_keeps_the_call_back(self):
        """Called in Dutch and French: a French text that is out of date is refused, then sent."""
        Lang = self.env["res.lang"].sudo()
        langs = Lang._activate_lang("nl_BE") | Lang._activate_lang("fr_BE")
        self.company.governance_lang_ids = langs
        edition = self._edition(state="draft").with_context(lang="nl_BE")
        edition.authentic_lang = edition.question_ids.authentic_lang = "nl_BE"
        edition.write({"name": "In beweging", "charter": "<p>Iedereen krijgt antwoord.</p>"})
        edition.question_ids.name = "Wat delen we?"
        french = edition.with_context(lang="fr_BE")
        english = edition.with_context(lang="en_US").with_user(self.secretary)
        with self.assert_refused(UserError, "(?s)not ready in each language.*French"):
            english.action_next()
        french.write({"name": "En mouvement", "charter": "<p>Chacun reçoit une réponse.</p>"})
        french.question_ids.name = "Que partageons-nous ?"
        for records in (edition, edition.question_ids):
            rows = records._search_translations()
            rows.filtered(lambda row: row.lang == "fr_BE").with_user(self.secretary).action_review()
        edition.charter = "<p>Iedereen krijgt een antwoord, met redenen.</p>"
        self.assertEqual(edition._translation_states()["fr_BE"], "stale")
        with self.assert_refused(UserError, "(?s)French.*Out of date|French.*out of date"):
            english.action_next()
        french.charter = "<p>Chacun reçoit une réponse motivée.</p>"
        rows = edition._search_translations().filtered(lambda row: row.lang == "fr_BE")
        rows.with_user(self.secretary).action_review()
        english.action_next()
        self.assertEqual(edition.state, "call")
        # What was called with stays, in all languages.
        with self.assert_refused(UserError, "by hand|à la main"):
            french.charter = "<p>Autre</p>"

    # ------------------------------------------------------------------
    # Themes
    # ------------------------------------------------------------------

    def _propose(self, edition, token=None, user=None, name="Illness"):
        Theme = self.env["coop.edition.theme"].with_user(user or self.portal)
        return Theme._hand_in(edition.sudo(), token or str(uuid.uuid4()), {"name": name})

    def test_a_form_proposes_once(self):
        edition = self._edition(state="call")
        token = str(uuid.uuid4())
        theme = self._propose(edition, token)
        self.assertEqual(self._propose(edition, token), theme)
        self.assertEqual(theme.submitted_by_id, self.portal.partner_id)
        self.assertEqual((theme.state, theme.company_id), ("proposed", self.company))
        self.assertNotEqual(self._propose(edition, token, self.portal_other), theme)

    def test_each_theme_is_answered(self):
        edition = self._edition(state="call")
        first, second, third = (self._propose(edition, name=name) for name in "abc")
        with self.assert_refused(UserError, "Themes of In Progress that have no answer yet: 3"):
            edition.action_next()
        first.action_choose()
        second.merged_into_id = first
        second.action_merge()
        with self.assert_refused(UserError, "Fill in the answer to “c”"):
            third.action_decline()
        third.answer = "Next time."
        third.action_decline()
        told = self.env["mail.message"].search(
            [("model", "=", third._name), ("res_id", "=", third.id)]
        )
        self.assertIn("Next time.", "".join(told.mapped("body")))
        self.assertIn(self.portal.partner_id, told.notified_partner_ids)
        edition.action_next()
        with self.assert_refused(UserError, "call for themes of In Progress is over"):
            self._propose(edition)
        with self.assert_refused(UserError, "cannot be changed by hand"):
            first.name = "Something else"

    @mute_logger("odoo.sql_db")
    def test_no_circle_of_themes(self):
        edition = self._edition(state="call")
        first, second = (self._propose(edition, name=name) for name in "ab")
        second.merged_into_id = first
        second.action_merge()
        first.merged_into_id = second
        with self.assert_refused(UserError, "one that is not merged itself"):
            first.action_merge()
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            first.merged_into_id = first
            self.env.flush_all()
