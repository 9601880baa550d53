from odoo import models

from ..lib.plan_input import amount_of, as_fraction


class CoopSupplierOfferLine(models.Model):
    """The price that an offer would have had."""

    _inherit = "coop.supplier.offer.line"

    def _get_award_price(self, units):
        """Return the price of one of so many units in the company's currency; None without one."""
        self.ensure_one()
        if not units or not self.tier_ids:
            return None
        tiers = self._get_tiers_in_company_currency()
        amount = amount_of(units, tiers, self.tier_kind == "incremental")
        return float(amount / as_fraction(units))
