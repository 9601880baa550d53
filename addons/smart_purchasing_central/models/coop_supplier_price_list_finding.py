from odoo import api, fields, models


class CoopSupplierPriceListFinding(models.Model):
    """What the check of a price list found, with the row and what to do.

    Kept are a code and the facts; the words are made when they are read, in the reader's language.
    """

    _name = "coop.supplier.price.list.finding"
    _description = "Finding in a Price List"
    _order = "price_list_id desc, severity, row, id"

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
    severity = fields.Selection(
        [("1_error", "To correct"), ("2_warning", "To look at")], required=True, readonly=True
    )
    row = fields.Integer(readonly=True, aggregator=None, help="0: of the whole file.")
    code = fields.Char(required=True, readonly=True)
    facts = fields.Json(readonly=True)
    # Who may read a finding may read the names in it.
    message = fields.Text("What Was Found", compute="_compute_message", compute_sudo=True)
    advice = fields.Text("What to Do", compute="_compute_message", compute_sudo=True)

    @api.depends("code", "facts")
    @api.depends_context("lang")
    def _compute_message(self):
        for finding in self:
            say = getattr(finding, f"_say_{finding.code}")
            finding.message, finding.advice = say(**(finding.facts or {}))
