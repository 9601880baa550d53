from odoo import fields, models


class CoopPurchasePlanLine(models.Model):
    """What a plan buys from one supplier of one product."""

    _name = "coop.purchase.plan.line"
    _description = "Line of a Purchase Plan"
    _order = "plan_id, id"
    _rec_name = "campaign_product_id"

    plan_id = fields.Many2one(
        "coop.purchase.plan", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    offer_line_id = fields.Many2one(
        "coop.supplier.offer.line", required=True, readonly=True, index=True, ondelete="restrict"
    )
    campaign_product_id = fields.Many2one(
        related="offer_line_id.campaign_product_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="offer_line_id.partner_id", store=True, index=True)
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    packs = fields.Integer(readonly=True)
    units = fields.Float(digits="Product Unit", readonly=True)
    unit_price = fields.Monetary(readonly=True, help="In the company's currency, without VAT.")
    amount = fields.Monetary(readonly=True)
    score = fields.Float(related="offer_line_id.score", aggregator="avg")
    order_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, copy=False, index="btree_not_null"
    )
