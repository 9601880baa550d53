from odoo import fields, models


class CoopSupplierPriceListFinding(models.Model):
    """What the check of a price list found, with the row and what to do."""

    _name = "coop.supplier.price.list.finding"
    _description = "Finding in a Price List"
    _order = "price_list_id desc, severity, row, id"

    price_list_id = fields.Many2one(
        "coop.supplier.price.list", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="price_list_id.company_id", store=True, index=True)
    is_opened = fields.Boolean(related="price_list_id.is_opened", store=True, index=True)
    drafter_id = fields.Many2one(related="price_list_id.drafter_id", store=True)
    severity = fields.Selection(
        [("1_error", "To correct"), ("2_warning", "To look at")], required=True, readonly=True
    )
    row = fields.Integer(readonly=True, aggregator=None, help="0: of the whole file.")
    message = fields.Text("What Was Found", required=True, readonly=True)
    advice = fields.Text("What to Do", readonly=True)
