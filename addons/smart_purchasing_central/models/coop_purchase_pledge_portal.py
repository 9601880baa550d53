from odoo import api, models
from odoo.fields import Domain

from ..lib.pledging import highest_price, quantity_of, worst_case


class CoopPurchasePledge(models.Model):
    """What members see of their own pledges."""

    _inherit = "coop.purchase.pledge"

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the pledges of somebody: for private use, and of managed Activities."""
        private = Domain("activity_id", "=", False) & Domain("partner_id", "=", person.id)
        return private | Domain("activity_id.manager_ids", "in", person.ids)

    def _get_payer_name(self):
        self.ensure_one()
        return self.activity_id.name or self.env._("Private use")

    def _estimate(self, campaign, wishes):
        """Return the most that some wishes may cost, delivery included.

        :param dict wishes: checked values by campaign product
        """
        lines = []
        for product, wish in wishes.items():
            substitute = product.browse()
            if wish.get("substitute_allowed"):
                substitute = product.substitute_id
            price = highest_price(
                product.ceiling_price, wish.get("maximum_price"), substitute.ceiling_price
            )
            lines.append((quantity_of(product._count_steps(wish), product.step), price))
        return worst_case(lines, campaign.freight_ceiling, campaign.currency_id.rounding)
