from odoo import api, models


class AccountPartialReconcile(models.Model):
    """Payments that come and go: shares follow."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._get_moves()._settle_shares()
        return partials

    def unlink(self):
        if not self:
            return super().unlink()
        moves = self._get_moves()
        result = super().unlink()
        moves.exists()._settle_shares()
        return result

    def _get_moves(self):
        return (self.debit_move_id | self.credit_move_id).move_id
