from odoo import models
from odoo.tools import plaintext2html


class CoopWorkgroupMember(models.Model):
    """Who leaves makes place for who waits."""

    _inherit = "coop.workgroup.member"

    def _leave(self):
        """Leave; the next one of the waiting list gets the place, and lapses are watched."""
        workgroups = self.workgroup_id
        workgroups._take_turn()
        going = self.filtered(lambda one: one.state != "left")
        going._write_state("left")
        going._follow()
        going._attend()
        workgroups._promote_waiting()
        workgroups._watch_composition()

    def _tell_promoted(self):
        """Tell somebody that a place became free."""
        person = self.partner_id
        workgroup = self.workgroup_id.with_context(lang=person.lang)
        workgroup.message_notify(
            partner_ids=person.ids,
            subject=workgroup.env._("You have a place in %(name)s", name=workgroup.name),
            body=plaintext2html(
                workgroup.env._(
                    "A place became free in “%(name)s”: you take part from now on. If you no "
                    "longer want it, leave on its page, so that the next one gets it.",
                    name=workgroup.name,
                )
            ),
        )

    def _get_waiting_number(self):
        """Return how many have the place on the waiting list before, and this one: from 1."""
        self.ensure_one()
        return self.search_count(
            [
                ("workgroup_id", "=", self.workgroup_id.id),
                ("state", "=", "waiting"),
                ("id", "<=", self.id),
            ]
        )
