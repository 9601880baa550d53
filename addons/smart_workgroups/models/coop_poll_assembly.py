from odoo import models
from odoo.exceptions import UserError


class CoopPoll(models.Model):
    """A secret vote in an Assembly has the Assembly's roll."""

    _inherit = "coop.poll"

    def _search_roll_members(self):
        """Return who is on the roll of the convocation; without one, who has a vote today."""
        # The roll is made by the system, whatever the rights of who prepares the vote.
        convocation = self.assembly_id.sudo().convocation_id
        if not convocation:
            return super()._search_roll_members()
        return convocation.voter_ids.membership_id.sorted("number")

    def _find_missing(self):
        if self.assembly_id._has_weighted_votes():
            return self.env._(
                "members have several votes on the roll of %(assembly)s, and a ballot counts once. "
                "Hold the vote on paper, and record its figures on the resolution.",
                assembly=self.assembly_id.display_name,
            )
        return super()._find_missing()


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


class CoopAssembly(models.Model):
    _inherit = "coop.assembly"

    def _has_weighted_votes(self):
        """Tell whether somebody on the roll has more than one vote."""
        convocation = self.sudo().convocation_id  # only two numbers
        return convocation.roll_votes > convocation.roll_count
