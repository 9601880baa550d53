from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CoopPoll(models.Model):
    """A secret vote in an Assembly has the Assembly's roll."""

    _inherit = "coop.poll"

    def _get_frozen_fields(self):
        # By the Assembly the roll was made, and proxies count.
        return super()._get_frozen_fields() | {"assembly_id", "resolution_id"}

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

    def _check_prepared(self):
        """Refuse a vote in which members have several votes: a ballot would tell whose it is."""
        self.resolution_id._place_vote(self)
        if self.assembly_id._has_weighted_votes():
            raise UserError(
                self.env._(
                    "%(poll)s cannot be secret: members have several votes on the roll of "
                    "%(assembly)s, and a ballot that counts more than once would tell whose it is. "
                    "Vote by open hand, which counts the votes of the roll; or on paper, with one "
                    "paper for each vote, and record the figures on the resolution.",
                    poll=self.display_name,
                    assembly=self.assembly_id.display_name,
                )
            )
        return super()._check_prepared()
