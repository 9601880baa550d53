from odoo import api, fields, models


class CoopBadDebtWriteOff(models.TransientModel):
    """Ask how much of an invoice the mutual guarantee is to bear, and why."""

    _name = "coop.bad.debt.write.off"
    _description = "Write off to the Mutual Guarantee"

    invoice_id = fields.Many2one("account.move", required=True)
    company_id = fields.Many2one(related="invoice_id.company_id")
    currency_id = fields.Many2one(related="invoice_id.currency_id")
    partner_id = fields.Many2one(related="invoice_id.commercial_partner_id", string="Client")
    residual = fields.Monetary("Still Open", related="invoice_id.amount_residual")
    tax_amount = fields.Monetary(related="invoice_id.amount_tax")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="With VAT: all that is open, or a part of it.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Text(required=True)
    recover_vat = fields.Boolean(
        "Claim the VAT Back",
        compute="_compute_recover_vat",
        store=True,
        precompute=True,
        readonly=False,
        help="The tax office accepts it once the loss is certain, for example after a bankruptcy.",
    )

    @api.depends("invoice_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.invoice_id.amount_residual

    @api.depends("invoice_id")
    def _compute_recover_vat(self):
        for wizard in self:
            wizard.recover_vat = bool(
                wizard.invoice_id.amount_tax and wizard.invoice_id.company_id.bad_debt_vat_recovery
            )

    def action_apply(self):
        """Write the amount off, and show it.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        debt = self.env["coop.bad.debt"]._write_off(
            self.invoice_id, self.amount, self.date, self.reason, self.recover_vat
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": debt._name,
            "res_id": debt.id,
            "view_mode": "form",
        }
