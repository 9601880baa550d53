from odoo import api, fields, models


class CoopPurchaseCampaignTier(models.Model):
    """The price that is expected for a product from a number of units on."""

    _name = "coop.purchase.campaign.tier"
    _description = "Indicative Price of a Purchase Campaign"
    _order = "campaign_product_id, minimum, id"

    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="campaign_product_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_product_id.currency_id")
    minimum = fields.Float("From", digits="Product Unit", required=True)
    price = fields.Monetary(required=True)

    _minimum_unique = models.Constraint(
        "UNIQUE(campaign_product_id, minimum)", "A price starts at a quantity once."
    )
    _not_negative = models.Constraint(
        "CHECK(minimum >= 0 AND price >= 0)", "Quantities and prices are not negative."
    )

    @api.constrains("minimum", "price")
    def _check_falling(self):
        self.campaign_product_id._check_tiers()
