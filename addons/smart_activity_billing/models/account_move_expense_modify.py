from odoo import models


class AccountMove(models.Model):
    """A receipt that was reversed and modified: its new version books the expense from then on."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        for move in posted.filtered(lambda move: move.move_type in ("in_receipt", "in_invoice")):
            # The expense follows its entry, whoever posts it.
            expense = move.invoice_line_ids.coop_expense_id.sudo()
            if len(expense) == 1 and expense.move_id != move and expense.reversal_count:
                expense._replace_entry(move)
        return posted
