from odoo import fields, models


class CoopPurchaseCampaignProduct(models.Model):
    """A product that a campaign buys, and what members know of it before they pledge."""

    _name = "coop.purchase.campaign.product"
    _description = "Product of a Purchase Campaign"
    _order = "campaign_id, sequence, id"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    step = fields.Float(
        default=1.0,
        digits="Product Unit",
        help="Members pledge in multiples of this: 1 kg, or 0.5 kg.",
    )
    box_size = fields.Float(
        digits="Product Unit", help="How many units are in a box, as far as known; zero: unknown."
    )
    reference_price = fields.Monetary(
        help="What one unit costs to who buys alone, without VAT: savings are counted from it."
    )
    ceiling_price = fields.Monetary(
        required=True,
        help="The most that one unit may cost, without VAT: pledges reserve it.",
    )
    unit_weight = fields.Float("Weight (kg)", help="Of one unit.")
    surplus_cost = fields.Monetary(
        help="What each unit above all that is wanted counts in the plan, beside its price."
    )
    substitute_id = fields.Many2one(
        "coop.purchase.campaign.product",
        help="What members who allow it get when this cannot be had.",
    )
    tier_ids = fields.One2many(
        "coop.purchase.campaign.tier",
        "campaign_product_id",
        "Indicative Prices",
        copy=True,
        help="From how many units on which price is expected: members see how much is missing.",
    )
    pledge_line_ids = fields.One2many("coop.purchase.pledge.line", "campaign_product_id")
    offer_line_ids = fields.One2many("coop.supplier.offer.line", "campaign_product_id")

    _product_unique = models.Constraint(
        "UNIQUE(campaign_id, product_id)", "A campaign names a product once."
    )
