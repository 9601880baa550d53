from odoo import fields, models


class CoopInvestmentReason(models.TransientModel):
    """Ask why joint investments are given up."""

    _name = "coop.investment.reason"
    _description = "Reason about an Investment"

    investment_ids = fields.Many2many("coop.investment", required=True, string="Investments")
    reason = fields.Text(
        required=True, help="Everybody who pledged reads this in the portal and in an e-mail."
    )

    def action_apply(self):
        """Give the investments up, all of them or none.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        result = self.investment_ids.action_cancel_proposal(self.reason)
        # A reason of spaces is none: the action asks again.
        return result if result is not True else {"type": "ir.actions.act_window_close"}
