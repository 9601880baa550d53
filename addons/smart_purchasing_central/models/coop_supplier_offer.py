from odoo import fields, models


class CoopSupplierOffer(models.Model):
    """What one supplier offers for a campaign: sealed until the deadline, then evaluated."""

    _name = "coop.supplier.offer"
    _description = "Supplier Offer"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin"]
    _check_company_auto = True
    _reference_letter = "O"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Sealed"),
            ("evaluated", "Evaluated"),
            ("knocked_out", "Knocked Out"),
            ("selected", "Selected"),
            ("rejected", "Not Selected"),
            ("withdrawn", "Withdrawn"),
        ]
    )
    offer_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the Offer",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    # Amounts of an offer are in its own currency, without VAT.
    delivery_cost = fields.Monetary(currency_field="offer_currency_id")
    free_delivery_from = fields.Monetary(
        currency_field="offer_currency_id", help="Goods of this value are delivered free; zero: no."
    )
    minimum_order = fields.Monetary(currency_field="offer_currency_id", help="On goods, net.")
    lead_time = fields.Integer("Lead Time (days)")
    valid_until = fields.Date()
    line_ids = fields.One2many("coop.supplier.offer.line", "offer_id", "Products", copy=True)
    order_id = fields.Many2one(
        "purchase.order", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    _one_each = models.UniqueIndex(
        "(campaign_id, partner_id) WHERE state <> 'withdrawn'",
        "A supplier makes one offer for a campaign: change it.",
    )
