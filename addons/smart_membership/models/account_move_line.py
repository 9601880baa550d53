from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _compute_account_id(self):
        """Capital that is called and not paid yet stands on an account of its own."""
        called = self.filtered(
            lambda line: (
                line.display_type == "payment_term"
                and line.move_id.share_class_id.receivable_account_id
            )
        )
        for line in called:
            line.account_id = line.move_id.share_class_id.receivable_account_id
        super(AccountMoveLine, self - called)._compute_account_id()
