from odoo import fields, models

from ..lib.pledging import box_state, steps_of
from ..lib.sharing import Claim


class CoopPurchaseCampaign(models.Model):
    """What is wanted of a campaign, in whole steps of each product."""

    _inherit = "coop.purchase.campaign"

    pledge_count = fields.Integer("Number of Pledges", compute="_compute_pledges")
    reserved_amount = fields.Monetary(
        "Reserved", compute="_compute_pledges", help="What all pledges hold at worst case."
    )

    def _compute_pledges(self):
        groups = self.env["coop.purchase.pledge"]._read_group(
            [("campaign_id", "in", self.ids), ("state", "!=", "withdrawn")],
            ["campaign_id"],
            ["__count", "reserved_amount:sum"],
        )
        sums = {campaign.id: rest for campaign, *rest in groups}
        for campaign in self:
            campaign.pledge_count, campaign.reserved_amount = sums.get(campaign._origin.id, (0, 0))

    # ------------------------------------------------------------------
    # Demand
    # ------------------------------------------------------------------

    def _get_demand(self):
        """Return what active pledges want and tolerate, in steps, in one query.

        :return: ``{campaign product: (demand, tolerance)}`` for all its products
        """
        return self.product_ids._get_demand()

    def _has_demand(self):
        return any(sum(both) for both in self._get_demand().values())

    def _has_begun_boxes(self):
        """Whether there is a box that somebody wants a part of and that is not full."""
        return any(
            box_state(*both, product._get_box_steps()).missing
            for product, both in self._get_demand().items()
        )

    def _get_claims(self, campaign_product, unit_price=None):
        """Return who wants how much of a product, who pledged first first.

        :param unit_price: who pays less at most is left out
        :return: list of ``(pledge line, Claim)`` in steps
        """
        lines = campaign_product.pledge_line_ids.filtered(
            lambda line: line.pledge_id.state == "active"
        ).sorted("id")
        if unit_price is not None:
            lines = lines.filtered(lambda line: line._get_highest_price() >= unit_price)
        step = campaign_product.step
        return [
            (
                line,
                Claim(
                    *(
                        steps_of(quantity, step) or 0
                        for quantity in (line.minimum_acceptable, line.wanted, line.tolerance)
                    )
                ),
            )
            for line in lines
        ]
