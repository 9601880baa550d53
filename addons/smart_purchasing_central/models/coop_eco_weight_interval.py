from odoo import fields, models


class CoopEcoWeightInterval(models.Model):
    """How far the weight of one criterion could be another, with the same winner for a product."""

    _name = "coop.eco.weight.interval"
    _description = "Weights with the Same Winner"
    _order = "campaign_product_id, campaign_criterion_id, id"

    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    campaign_id = fields.Many2one(related="campaign_product_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="campaign_product_id.company_id", store=True, index=True)
    campaign_criterion_id = fields.Many2one(
        "coop.purchase.campaign.criterion",
        "Criterion",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    offer_line_id = fields.Many2one(
        "coop.supplier.offer.line",
        "Highest Score",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="offer_line_id.partner_id", string="Supplier")
    weight = fields.Float("Weight (%)", digits=(5, 2), readonly=True, aggregator=None)
    low = fields.Float("From (%)", digits=(5, 2), readonly=True, aggregator=None)
    high = fields.Float("To (%)", digits=(5, 2), readonly=True, aggregator=None)
