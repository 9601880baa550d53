from odoo.fields import Command
from odoo.tests import HttpCase, tagged

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
