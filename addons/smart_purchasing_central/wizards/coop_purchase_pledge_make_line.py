from odoo import fields, models


class CoopPurchasePledgeMakeLine(models.TransientModel):
    """How much of one product a buyer pledges for somebody."""

    _name = "coop.purchase.pledge.make.line"
    _description = "Product of a Pledge for Somebody"
    _order = "id"

    make_id = fields.Many2one(
        "coop.purchase.pledge.make", required=True, index=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(related="make_id.campaign_id")
    currency_id = fields.Many2one(related="make_id.currency_id")
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        ondelete="cascade",
        domain="[('campaign_id', '=', campaign_id)]",
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    wanted = fields.Float(digits="Product Unit")
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
