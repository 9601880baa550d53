from odoo import api, models
from odoo.fields import Command


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

    @api.model
    def _prepare_scrutineers(self, assembly):
        """Return who opens the ballots, as the vote before in the same Assembly names them."""
        named = assembly and self.search(
            [("assembly_id", "=", assembly.id), ("scrutineer_ids", "!=", False)],
            order="id desc",
            limit=1,
        )
        if not named:
            return {}
        return {
            "scrutineer_ids": [Command.set(named.scrutineer_ids.ids)],
            "shares_needed": named.shares_needed,
        }

    def _find_missing(self):
        if self.assembly_id._has_weighted_votes():
            return self.env._(
                "members have several votes on the roll of %(assembly)s, and a ballot counts once. "
                "Hold the vote on paper, and record its figures on the resolution.",
                assembly=self.assembly_id.display_name,
            )
        return super()._find_missing()
