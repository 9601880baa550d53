from odoo import models
from odoo.exceptions import UserError


class CoopNamedPoll(models.Model):
    """A vote by open hand in an Assembly counts who is there by its log."""

    _inherit = "coop.named.poll"

    def action_open(self):
        result = super().action_open()
        for poll in self.filtered(lambda one: one.assembly_id.convocation_id):
            if poll.assembly_id._has_weighted_votes():
                raise UserError(
                    self.env._(
                        "Members have several votes on the roll of %(assembly)s, and a hand counts "
                        "once: record the figures on the resolution.",
                        assembly=poll.assembly_id.display_name,
                    )
                )
            poll._write_decision({"members": poll.assembly_id.roll_count})
        return result

    def action_close(self):
        self.check_access("write")
        for poll in self.filtered(lambda one: one.state == "open" and not one.present):
            last = poll.assembly_id._get_last_quorum()
            poll.present = last.present + last.represented
        return super().action_close()
