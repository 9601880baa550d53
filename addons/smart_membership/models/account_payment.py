from odoo import models


class AccountPayment(models.Model):
    """Payments without an entry of their own pay by their state: shares follow it."""

    _inherit = "account.payment"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            (self.invoice_ids | self.reconciled_invoice_ids)._settle_shares()
        return result
