from odoo import fields, models


class CoopPurchasePledgeLine(models.Model):
    """How much of one product is wanted, and within which limits."""

    _name = "coop.purchase.pledge.line"
    _description = "Product of a Purchase Pledge"
    _order = "pledge_id, id"

    pledge_id = fields.Many2one(
        "coop.purchase.pledge", required=True, readonly=True, index=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(related="pledge_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="pledge_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="pledge_id.currency_id")
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    wanted = fields.Float(digits="Product Unit", required=True)
    tolerance = fields.Float(
        digits="Product Unit", help="How much more is welcome when it fills boxes."
    )
    minimum_acceptable = fields.Float(
        digits="Product Unit", help="Less than this is of no use: then rather nothing."
    )
    maximum_price = fields.Monetary(
        help="The most that one unit may cost, without VAT; empty: the ceiling of the campaign."
    )
    substitute_allowed = fields.Boolean(help="The substitute will do as well.")
    allocation_ids = fields.One2many("coop.purchase.allocation", "pledge_line_id")

    _product_unique = models.Constraint(
        "UNIQUE(pledge_id, campaign_product_id)", "A pledge names a product once."
    )
    _quantities = models.Constraint(
        "CHECK(wanted >= 0 AND tolerance >= 0 AND wanted + tolerance > 0 "
        "AND minimum_acceptable >= 0 AND minimum_acceptable <= wanted "
        "AND wanted < 1e9 AND tolerance < 1e9)",
        "Pledge more than zero, and accept no less than nothing and no more than what is wanted.",
    )
