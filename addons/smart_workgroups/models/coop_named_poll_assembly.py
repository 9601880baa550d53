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

    def _check_present(self):
        """Refuse more people than the log of the Assembly ever saw."""
        most = self.assembly_id._get_most_there()
        if most is not None and self.present > most:
            raise UserError(
                self.env._(
                    "%(poll)s: %(present)s present or represented are filled in, and the log of "
                    "the quorum of %(assembly)s never counts more than %(most)s.",
                    poll=self.display_name,
                    present=self.present,
                    assembly=self.assembly_id.display_name,
                    most=most,
                )
            )
        return super()._check_present()

    def _find_voters(self, people):
        """Return those on the roll of the convocation; without one, who has a vote today."""
        # The roll is that of the Assembly, whatever the rights of who writes votes down.
        convocation = self.assembly_id.sudo().convocation_id
        if not convocation:
            return super()._find_voters(people)
        Voter = self.env["coop.assembly.voter"].sudo()
        return Voter.search(
            [("convocation_id", "=", convocation.id), ("partner_id", "in", people.ids)]
        ).partner_id
