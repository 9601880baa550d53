from odoo import fields, models


class CoopBadDebtRecovery(models.Model):
    """What a client pays of a written-off invoice after all: a trail of who booked it, and why."""

    _name = "coop.bad.debt.recovery"
    _description = "Recovery of a Written-off Invoice"
    _order = "date desc, id desc"

    debt_id = fields.Many2one(
        "coop.bad.debt", "Write-off", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="debt_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="debt_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    vat_amount = fields.Monetary("VAT to Pay Again", readonly=True)
    loss_amount = fields.Monetary("Loss Recovered", required=True, readonly=True)
    contribution_amount = fields.Monetary("Contribution Taken Again", readonly=True)
    reason = fields.Text(required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    decided_by_id = fields.Many2one(
        "res.partner", "Booked by", required=True, readonly=True, ondelete="restrict"
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "More than nothing is recovered.")
