from odoo import fields, models
from odoo.fields import Domain


class CoopInvestment(models.Model):
    """Who owns a part of an investment: now, and on any day before."""

    _inherit = "coop.investment"

    # The mixin of the chatter has "Activities" too.
    coop_activity_ids = fields.Many2many(string="Owned by")

    def _get_open_shares(self):
        """Return the shares that own a part now."""
        return self.share_ids.filtered("share_amount")

    def _get_owners(self):
        """Return the Activities that own a part now."""
        return self._get_open_shares().activity_id

    def _get_open_share(self, activity):
        """Return the share of an Activity, or nothing."""
        return self._get_open_shares().filtered(lambda share: share.activity_id == activity)

    def _get_costs_at(self, day):
        """Return what part of the cost each Activity owned at the end of a day.

        :return: ``{Activity: amount}``, the largest first; empty before it was bought
        """
        self.ensure_one()
        # Who owned what is asked by the books, whoever books.
        groups = (
            self.env["coop.investment.movement"]
            .sudo()
            ._read_group(
                Domain("investment_id", "=", self.id) & Domain("date", "<=", day),
                ["activity_id"],
                ["cost:sum"],
            )
        )
        costs = {activity: self.currency_id.round(cost) for activity, cost in groups if cost > 0}
        return dict(sorted(costs.items(), key=lambda item: (-item[1], item[0].id)))
