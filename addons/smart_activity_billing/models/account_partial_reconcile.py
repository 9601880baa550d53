from odoo import api, models
from odoo.exceptions import UserError

from ..books import written_by_books


class AccountPartialReconcile(models.Model):
    """What the mutual guarantee settled is opened by a recovery, which books the contrary."""

    _inherit = "account.partial.reconcile"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_written_off(self):
        if written_by_books(self):
            return
        # The rule holds even for who cannot see the write-off.
        moves = (self.debit_move_id | self.credit_move_id).move_id.sudo()
        debt = moves.coop_bad_debt_id[:1]
        if debt:
            raise UserError(
                self.env._(
                    "%(invoice)s was settled by the write-off %(debt)s. When the client pays, "
                    "recover the write-off instead of undoing the matching.",
                    invoice=debt.invoice_id.display_name,
                    debt=debt.name,
                )
            )
