from datetime import timedelta

from odoo import fields, models

# How long those who pledged have to answer, where nothing else is chosen.
DAYS = 14


class CoopInvestmentReopen(models.TransientModel):
    """Propose a funded investment once more, because it is dearer than was agreed."""

    _name = "coop.investment.reopen"
    _description = "Propose an Investment Once More"

    investment_id = fields.Many2one("coop.investment", required=True)
    currency_id = fields.Many2one(related="investment_id.currency_id")
    pledged_amount = fields.Monetary(related="investment_id.pledged_amount")
    target = fields.Monetary("Real Price", required=True)
    deadline = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now() + timedelta(days=DAYS)
    )

    def action_apply(self):
        """Let Activities pledge the difference.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.investment_id.check_access("write")
        # Who may was checked; pledges and their reservations are moved by the system only.
        self.investment_id.sudo()._reopen(self.target, self.deadline)
        return {"type": "ir.actions.act_window_close"}
