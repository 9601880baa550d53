from odoo import models
from odoo.exceptions import UserError

from ..lib.plan_input import in_units


class CoopPurchaseCampaign(models.Model):
    """Who gets what of the orders: allocated at ordering, by the campaign's rules."""

    _inherit = "coop.purchase.campaign"

    def _allocate(self):
        """Share what is ordered among the pledges, and the rest to the shared services.

        Minimum acceptables come first, then what is wanted, then what is tolerated; nobody gets a
        unit for more than it may cost.

        :return: the allocations
        :raise UserError: something of the campaign has come in already
        """
        self.ensure_one()
        # Allocations are made by the system, whoever orders.
        Allocation = self.env["coop.purchase.allocation"].sudo()
        former = Allocation.search([("campaign_id", "=", self.id)])
        if any(one.received for one in former):
            raise UserError(
                self.env._(
                    "Goods of %(campaign)s have come in: its allocations stay as they are.",
                    campaign=self.display_name,
                )
            )
        former._withdraw_orders()
        plan = self.plan_id.sudo()
        plan_lines = {line.offer_line_id.id: line for line in plan.line_ids}
        # One read for all points: a prefetch of their pledges.
        shares = plan._share()
        pledge_lines = self.env["coop.purchase.pledge.line"].sudo()
        pledge_lines = pledge_lines.browse([taker for taker, _offer, _steps in shares if taker])
        points = {line.id: line.pledge_id.antenna_id.id for line in pledge_lines}
        return Allocation.create(
            [
                {
                    **self._prepare_allocation(plan_lines[offer_id], steps),
                    "pledge_line_id": taker,
                    "antenna_id": points.get(taker),
                }
                for taker, offer_id, steps in shares
            ]
        )

    def _prepare_allocation(self, plan_line, steps):
        product = plan_line.campaign_product_id
        return {
            "campaign_id": self.id,
            "campaign_product_id": product.id,
            "order_line_id": plan_line.order_line_id.id,
            "ordered": float(in_units(steps, product.step)),
            "unit_price": plan_line.unit_price,
        }
