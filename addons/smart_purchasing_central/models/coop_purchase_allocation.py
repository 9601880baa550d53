from odoo import fields, models


class CoopPurchaseAllocation(models.Model):
    """The truth of who gets what: a part of one order line for one line of a pledge.

    A row without a pledge line is what the shared services take.
    """

    _name = "coop.purchase.allocation"
    _description = "Purchase Allocation"
    _order = "campaign_id desc, id"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    pledge_line_id = fields.Many2one(
        "coop.purchase.pledge.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    pledge_id = fields.Many2one(related="pledge_line_id.pledge_id", store=True, index=True)
    activity_id = fields.Many2one(related="pledge_id.activity_id", store=True, index=True)
    partner_id = fields.Many2one(related="pledge_id.partner_id", store=True, index=True)
    antenna_id = fields.Many2one(
        "coop.antenna",
        "Pick-up Point",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    ordered = fields.Float(digits="Product Unit", readonly=True)
    received = fields.Float(
        digits="Product Unit", readonly=True, help="The part of what came in at the hub."
    )
    handed_over = fields.Float(digits="Product Unit", readonly=True)
    returned = fields.Float(digits="Product Unit", readonly=True)
    unit_price = fields.Monetary(readonly=True, help="As ordered, without VAT.")
