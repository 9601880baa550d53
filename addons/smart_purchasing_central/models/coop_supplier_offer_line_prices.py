from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.smart_activity_billing.lib.money import exact

from ..lib.tiers import find_problem


class CoopSupplierOfferLine(models.Model):
    """The prices of an offer: sound, and in the company's currency."""

    _inherit = "coop.supplier.offer.line"

    def _get_tiers(self):
        """Return ``[(from_units, price)]`` in the currency of the offer, from the first unit on."""
        self.ensure_one()
        unit = self.offer_currency_id.rounding
        return sorted((tier.minimum, exact(tier.price, unit)) for tier in self.tier_ids)

    def _get_tiers_in_company_currency(self, with_life_cycle=False):
        """Return ``[(from_units, price)]`` in the company's currency at the rate of the deadline.

        :param bool with_life_cycle: add what use, upkeep and disposal cost: what offers are
            compared by where the campaign says so, never what is ordered at
        """
        self.ensure_one()
        rate, unit = self.offer_id._get_rate(), self.company_id.currency_id.rounding
        later = Decimal(0)
        if with_life_cycle and self.campaign_id.counts_life_cycle:
            later = exact(Decimal(str(self.life_cycle_cost)) * rate, unit)
        return [(start, exact(price * rate, unit) + later) for start, price in self._get_tiers()]

    def _check_tiers(self):
        """Refuse prices that overlap, leave a gap or rise.

        :raise UserError: naming the product, the quantity and what to do
        """
        for line in self:
            tiers = line._get_tiers()
            problem = find_problem(tiers)
            if not problem and any(price == 0 for _start, price in tiers):
                problem = ("free", 0)
            if problem:
                code, start = problem
                raise UserError(self._get_tier_message(code, start, line._get_product_name()))

    def _get_tier_message(self, code, start, product):
        """Return what is wrong with prices in words."""
        texts = {
            "empty": self.env._("%(product)s has no price: fill in one.", product=product),
            "gap": self.env._(
                "The prices of %(product)s start at %(start)s units: add one for the first units.",
                product=product,
                start=start,
            ),
            "twice": self.env._(
                "%(product)s has two prices from %(start)s units on: leave one.",
                product=product,
                start=start,
            ),
            "rise": self.env._(
                "The price of %(product)s rises from %(start)s units on: more units never cost "
                "more each. Correct the quantities or the prices.",
                product=product,
                start=start,
            ),
            "negative": self.env._(
                "%(product)s has a negative price or quantity: correct it.", product=product
            ),
            "free": self.env._(
                "%(product)s has a price of zero: fill in the price, or leave the product out.",
                product=product,
            ),
        }
        return texts[code]

    def _get_product_name(self):
        return self.campaign_product_id.product_id.display_name
