from odoo import models


class CoopSupplierOfferLine(models.Model):
    """The price that an offer would have had."""

    _inherit = "coop.supplier.offer.line"

    def _get_award_price(self, units):
        """Return the price of one of so many units in the company's currency; None without one."""
        self.ensure_one()
        step = self.campaign_product_id.step or 1.0
        tiers = self.tier_ids.filtered(lambda tier: tier.minimum * step <= units)
        if not tiers:
            return None
        price = tiers.sorted("minimum")[-1].price
        company = self.company_id
        day = self.offer_id.campaign_id.offer_deadline or self.create_date
        return self.offer_currency_id._convert(price, company.currency_id, company, day.date())
