from odoo import fields, models


class CoopSupplierOfferTier(models.Model):
    """A price from a number of units on."""

    _name = "coop.supplier.offer.tier"
    _description = "Price of a Supplier Offer"
    _order = "offer_line_id, minimum, id"

    offer_line_id = fields.Many2one(
        "coop.supplier.offer.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_line_id.company_id", store=True, index=True)
    offer_currency_id = fields.Many2one(related="offer_line_id.offer_currency_id")
    minimum = fields.Integer("From", required=True, help="In units; the first price is from 0.")
    price = fields.Monetary(currency_field="offer_currency_id", required=True)

    _minimum_unique = models.Constraint(
        "UNIQUE(offer_line_id, minimum)", "A price starts at a quantity once."
    )
    _minimum_not_negative = models.Constraint(
        "CHECK(minimum >= 0 AND price >= 0)", "Quantities and prices are not negative."
    )
