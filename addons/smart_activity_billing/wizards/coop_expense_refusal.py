from odoo import fields, models


class CoopExpenseRefusal(models.TransientModel):
    """Ask an accountant why expenses are refused."""

    _name = "coop.expense.refusal"
    _description = "Refuse Expenses"

    expense_ids = fields.Many2many("coop.expense", string="Expenses", required=True)
    reason = fields.Text(
        required=True, help="The member reads this in the portal and in an e-mail."
    )

    def action_refuse(self):
        """Refuse the expenses with this reason."""
        self.ensure_one()
        self.check_access("write")
        self.expense_ids._check_accountant()
        self.expense_ids._refuse(self.env.user.partner_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
