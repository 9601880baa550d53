from collections import defaultdict
from decimal import Decimal

from odoo import models

from odoo.addons.smart_activity_billing.lib.money import exact


class CoopPurchaseCampaign(models.Model):
    """What Activities are committed to once it is ordered: what they get, no worst case."""

    _inherit = "coop.purchase.campaign"

    def _commit_allocations(self):
        """Give back what pledges hold beyond what was ordered for them.

        The margin for delivery stays as it was: what a delivery costs does not fall with the goods.
        """
        self.ensure_one()
        # The system holds what is promised, whoever approves the last order.
        campaign = self.sudo()
        goods = defaultdict(Decimal)
        for allocation in campaign.allocation_ids:
            ordered = Decimal(str(allocation.ordered)) * Decimal(str(allocation.unit_price))
            goods[allocation.pledge_id] += ordered
        pledges = campaign.pledge_ids.filtered(lambda pledge: pledge.state == "active")
        needed = {
            pledge: campaign._get_commitment(goods[pledge], pledge.reserved_amount)
            for pledge in pledges
        }
        pledges.reservation_id._lower_all(
            {pledge.reservation_id: needed[pledge] for pledge in pledges if pledge.reservation_id}
        )
        for pledge, amount in needed.items():
            pledge.reserved_amount = amount

    def _get_commitment(self, goods, worst_case):
        """Return what a pledge needs for goods of this value, never more than its worst case."""
        if not goods:
            return 0.0
        worst_case, margin = Decimal(str(worst_case)), Decimal(str(self.freight_ceiling))
        delivery = worst_case * margin / (100 + margin)
        return float(min(worst_case, exact(goods + delivery, self.currency_id.rounding)))
