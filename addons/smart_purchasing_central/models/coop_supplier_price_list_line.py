from odoo import api, fields, models


class CoopSupplierPriceListLine(models.Model):
    """What a price list would change in an offer: one row for each article."""

    _name = "coop.supplier.price.list.line"
    _description = "Difference of a Price List"
    _order = "price_list_id desc, is_jump desc, change, row, id"

    price_list_id = fields.Many2one(
        "coop.supplier.price.list", required=True, index=True, ondelete="cascade"
    )
    # Known beforehand: a file has thousands of rows, and each is written once.
    company_id = fields.Many2one(
        related="price_list_id.company_id", store=True, precompute=True, index=True
    )
    is_opened = fields.Boolean(
        related="price_list_id.is_opened", store=True, precompute=True, index=True
    )
    drafter_id = fields.Many2one(related="price_list_id.drafter_id", store=True, precompute=True)
    offer_currency_id = fields.Many2one(related="price_list_id.offer_currency_id")
    row = fields.Integer(readonly=True, aggregator=None)
    supplier_reference = fields.Char(readonly=True)
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product", "Product", readonly=True, ondelete="cascade"
    )
    change = fields.Selection(
        [
            ("1_new", "New"),
            ("2_changed", "Changed"),
            ("3_gone", "Not on the List any More"),
            ("4_same", "As Before"),
            ("5_beside", "Not Bought Here"),
        ],
        required=True,
        readonly=True,
    )
    old_price = fields.Monetary(
        "Price Before", currency_field="offer_currency_id", readonly=True, aggregator=None
    )
    new_price = fields.Monetary(
        "Price Now", currency_field="offer_currency_id", readonly=True, aggregator=None
    )
    percentage = fields.Float("Change (%)", readonly=True, aggregator=None, digits=(12, 1))
    is_jump = fields.Boolean("Jump", readonly=True)
    changes = fields.Json(readonly=True, help="What changes beside prices: name, old and new.")
    # In words only when it is read: in the language of who reads it.
    detail = fields.Char("What Else Changes", compute="_compute_detail")

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_detail(self):
        for line in self:
            line.detail = ", ".join(line._describe_change(*one) for one in line.changes or ())

    def _describe_change(self, name, old, new):
        values = {} if name == "quantities" else {"old": f"{old:g}", "new": f"{new:g}"}
        return {
            "quantities": self.env._("quantities of the prices"),
            "pack": self.env._("pack %(old)s → %(new)s", **values),
            "capacity": self.env._("capacity %(old)s → %(new)s", **values),
            "co2": self.env._("CO2 %(old)s → %(new)s g", **values),
        }[name]
