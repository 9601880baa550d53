from odoo import models


class AccountMoveLine(models.Model):
    """A bill that came before its order takes out what the order holds when the two are matched."""

    _inherit = "account.move.line"

    def write(self, vals):
        if "purchase_line_id" not in vals:
            return super().write(vals)
        posted = self.filtered(lambda line: line.parent_state == "posted")
        before = posted.purchase_line_id
        result = super().write(vals)
        (before | posted.purchase_line_id)._settle_budget(booked=True)
        return result
