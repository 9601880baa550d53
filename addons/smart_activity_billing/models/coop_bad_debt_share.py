from odoo import api, fields, models


class CoopBadDebtShare(models.Model):
    """What the mutual guarantee bears for one Activity of a written-off invoice."""

    _name = "coop.bad.debt.share"
    _description = "Loss Borne for an Activity"
    _order = "date desc, id desc"

    debt_id = fields.Many2one(
        "coop.bad.debt", "Write-off", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="debt_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="debt_id.currency_id")
    invoice_id = fields.Many2one(related="debt_id.invoice_id", store=True, index=True)
    client_id = fields.Many2one(related="debt_id.partner_id", string="Client", store=True)
    date = fields.Date(related="debt_id.date", store=True)
    activity_id = fields.Many2one(
        "coop.activity", required=True, readonly=True, index=True, ondelete="restrict"
    )
    loss_amount = fields.Monetary("Loss", required=True, readonly=True)
    contribution_amount = fields.Monetary(
        "Contribution Given Back", readonly=True, help="By the shared services, for this Activity."
    )
    recovered_loss = fields.Monetary("Loss Recovered", readonly=True)
    remaining = fields.Monetary("Still Borne", compute="_compute_remaining", store=True)

    @api.depends("loss_amount", "recovered_loss")
    def _compute_remaining(self):
        for share in self:
            share.remaining = share.loss_amount - share.recovered_loss
