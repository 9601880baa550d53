from odoo import api, models

# In the data of a transaction: the closed Activities on which something was booked.
LATE = "coop_late_activity_ids"


class AccountAnalyticLine(models.Model):
    """Nothing is booked behind the back of a closing that counts the balance, or has counted it."""

    _inherit = "account.analytic.line"

    @api.model_create_multi
    def create(self, vals_list):
        column = self.env["coop.activity"]._analytic_column()
        account_ids = {vals[column] for vals in vals_list if column and vals.get(column)}
        if account_ids:
            # Which Activities are being closed is a rule for whoever books.
            closed = self.env["coop.activity"].sudo()._bump_closing(account_ids)
            if closed:
                self.env.cr.precommit.data.setdefault(LATE, set()).update(closed)
        return super().create(vals_list)
