from odoo import models

from ..books import as_books


class WizAssetMoveReverse(models.TransientModel):
    _inherit = "wiz.asset.move.reverse"

    def reverse_move(self):
        """Reverse a depreciation of an investment; the budgets get back what they bore."""
        line, entry = self.line_id, self.line_id.move_id
        if not line.asset_id.coop_investment_ids:
            return super().reverse_move()
        values = {"date": self.date_reversal, "ref": self.reason or entry.ref}
        if self.journal_id:
            values["journal_id"] = self.journal_id.id
        reversal = as_books(entry)._reverse_moves([values], cancel=True)
        line._give_back(entry, reversal.with_env(self.env))
        line.with_context(unlink_from_asset=True).update_asset_line_after_unlink_move()
        return True
