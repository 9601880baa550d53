from odoo import fields, models


class CoopBudgetTransferReason(models.TransientModel):
    """Ask why transfers of budget are refused or reversed."""

    _name = "coop.budget.transfer.reason"
    _description = "Reason about a Budget Transfer"

    transfer_ids = fields.Many2many("coop.budget.transfer", required=True, string="Transfers")
    step = fields.Selection(
        [("refuse", "Refuse"), ("reverse", "Reverse")], required=True, default="refuse"
    )
    reason = fields.Text(required=True, help="Who asked reads this in the portal and in an e-mail.")

    def action_apply(self):
        """Refuse or reverse the transfers, all of them or none.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        if self.step == "reverse":
            result = self.transfer_ids.action_reverse(self.reason)
        else:
            result = self.transfer_ids.action_refuse(self.reason)
        # A reason of spaces is none: the actions ask again.
        return result if result is not True else {"type": "ir.actions.act_window_close"}
