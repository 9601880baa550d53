from odoo import api, fields, models


class CoopSupplierOfferTier(models.Model):
    """A price from a number of units on."""

    _name = "coop.supplier.offer.tier"
    _description = "Price of a Supplier Offer"
    _order = "offer_line_id, minimum, id"

    offer_line_id = fields.Many2one(
        "coop.supplier.offer.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_line_id.company_id", store=True, index=True)
    is_opened = fields.Boolean(related="offer_line_id.is_opened", store=True, index=True)
    drafter_id = fields.Many2one(related="offer_line_id.drafter_id", store=True)
    offer_currency_id = fields.Many2one(related="offer_line_id.offer_currency_id")
    minimum = fields.Integer("From", required=True, help="In units; the first price is from 0.")
    price = fields.Monetary(currency_field="offer_currency_id", required=True)

    _minimum_unique = models.Constraint(
        "UNIQUE(offer_line_id, minimum)", "A price starts at a quantity once."
    )
    _minimum_not_negative = models.Constraint(
        "CHECK(minimum >= 0 AND price >= 0 AND price < 1e9)",
        "Quantities and prices are not negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        tiers = super().create(vals_list)
        tiers.offer_line_id._check_editable()
        return tiers

    def write(self, vals):
        self.check_access("write")
        self.offer_line_id._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self.offer_line_id._check_editable()
