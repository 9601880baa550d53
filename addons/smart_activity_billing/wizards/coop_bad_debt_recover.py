from odoo import api, fields, models


class CoopBadDebtRecover(models.TransientModel):
    """Ask how much of a written-off invoice the client pays after all."""

    _name = "coop.bad.debt.recover"
    _description = "Recover a Written-off Invoice"

    debt_id = fields.Many2one("coop.bad.debt", "Write-off", required=True)
    currency_id = fields.Many2one(related="debt_id.invoice_currency_id")
    rest = fields.Monetary("Still Written Off", compute="_compute_rest")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="With VAT: what the client pays.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Text(required=True)

    @api.depends("debt_id")
    def _compute_rest(self):
        for wizard in self:
            wizard.rest = wizard.debt_id._get_rest()

    @api.depends("debt_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.debt_id._get_rest()

    def action_apply(self):
        """Open the invoice again for what the client pays.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        self.debt_id._recover(self.amount, self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
