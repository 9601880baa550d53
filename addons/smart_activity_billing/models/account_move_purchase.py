from odoo import models


class AccountMove(models.Model):
    """A posted bill takes out what its orders hold; reset to draft, it gives it back."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._settle_orders()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._settle_orders()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._settle_orders()
        return result

    def _settle_orders(self):
        bills = self.filtered(lambda move: move.is_purchase_document(include_receipts=True))
        # Core resets nothing to draft several times for each invoice that is made.
        if bills:
            bills.invoice_line_ids.purchase_line_id._settle_budget(booked=True)
