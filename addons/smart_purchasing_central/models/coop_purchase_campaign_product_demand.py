from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from ..lib.pledging import box_state, next_tier, price_at, quantity_of, steps_of


class CoopPurchaseCampaignProduct(models.Model):
    """How much of a product is wanted, and what is missing to the next box and price."""

    _inherit = "coop.purchase.campaign.product"

    demand = fields.Float(
        "Wanted", digits="Product Unit", compute="_compute_demand", help="By all active pledges."
    )
    tolerance = fields.Float(digits="Product Unit", compute="_compute_demand")
    full_boxes = fields.Integer(compute="_compute_demand")
    missing_to_box = fields.Float(
        digits="Product Unit", compute="_compute_demand", help="Until the last box is full."
    )
    missing_to_price = fields.Float(
        digits="Product Unit", compute="_compute_demand", help="Until the next indicative price."
    )
    expected_price = fields.Monetary(
        compute="_compute_demand", help="What a unit costs at this demand, as far as known."
    )

    # Pledges change it all the time: read anew with each page.
    def _compute_demand(self):
        demand = self._origin._get_demand()
        for product in self:
            wanted, tolerance = demand.get(product._origin, (0, 0))
            tiers, step = product._get_tier_steps(), product.step or 1
            box = box_state(wanted, tolerance, product._get_box_steps())
            following = next_tier(wanted, tiers)
            product.demand = float(quantity_of(wanted, step))
            product.tolerance = float(quantity_of(tolerance, step))
            product.full_boxes = box.full
            product.missing_to_box = float(quantity_of(box.missing, step))
            product.missing_to_price = following and float(quantity_of(following.missing, step))
            product.expected_price = float(price_at(wanted, tiers) or 0)

    def _get_demand(self):
        """Return what active pledges want and tolerate, in steps, in one query.

        :return: ``{campaign product: (demand, tolerance)}`` for each of these
        """
        groups = self.env["coop.purchase.pledge.line"]._read_group(
            [("campaign_product_id", "in", self.ids), ("pledge_id.state", "=", "active")],
            ["campaign_product_id"],
            ["wanted:array_agg", "tolerance:array_agg"],
        )
        sums = defaultdict(lambda: (0, 0))
        for product, wanted, tolerance in groups:
            # Floats are not summed: their errors would be.
            sums[product] = tuple(
                sum(steps_of(quantity or 0, product.step) or 0 for quantity in quantities)
                for quantities in (wanted, tolerance)
            )
        return {product: sums[product] for product in self}

    def _get_box_steps(self):
        """Return how many steps fill a box; 0 where boxes are unknown."""
        return steps_of(self.box_size or 0, self.step or 1) or 0

    def _get_tier_steps(self):
        """Return the indicative prices as ``[(from, price)]``, from in steps."""
        return [
            (steps_of(tier.minimum, self.step or 1) or 0, Decimal(str(tier.price)))
            for tier in self.tier_ids.sorted("minimum")
        ]
