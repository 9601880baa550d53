from odoo import fields, models


class CoopSupplierOfferLine(models.Model):
    """The offer of a supplier for one product."""

    _name = "coop.supplier.offer.line"
    _description = "Product of a Supplier Offer"
    _order = "offer_id, id"

    offer_id = fields.Many2one("coop.supplier.offer", required=True, index=True, ondelete="cascade")
    campaign_id = fields.Many2one(related="offer_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="offer_id.partner_id", store=True, index=True)
    offer_currency_id = fields.Many2one(related="offer_id.offer_currency_id")
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        index=True,
        ondelete="restrict",
    )
    supplier_reference = fields.Char(help="The supplier's own number of the product.")
    pack = fields.Integer(
        "Units in a Pack",
        default=1,
        required=True,
        help="In steps of the campaign's product: only whole packs are delivered.",
    )
    capacity = fields.Integer(help="The most units that can be delivered; zero: no limit.")
    tier_kind = fields.Selection(
        [("all_units", "For all units"), ("incremental", "For the units from there on")],
        required=True,
        default="all_units",
    )
    tier_ids = fields.One2many("coop.supplier.offer.tier", "offer_line_id", "Prices", copy=True)
    co2_grams = fields.Integer("CO2 (g)", help="Of one unit, as far as known; zero: unknown.")
    life_cycle_cost = fields.Monetary(
        currency_field="offer_currency_id",
        help="What use, upkeep and disposal of one unit cost beside its price.",
    )
    score = fields.Float(
        readonly=True, copy=False, help="Eco and social score, 0 to 100, given at the evaluation."
    )
    knock_out_reason = fields.Char(readonly=True, copy=False)

    _product_unique = models.Constraint(
        "UNIQUE(offer_id, campaign_product_id)", "An offer names a product once."
    )
    _pack_positive = models.Constraint("CHECK(pack > 0)", "A pack has at least one unit.")
