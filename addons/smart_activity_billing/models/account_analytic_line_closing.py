from odoo import api, models


class AccountAnalyticLine(models.Model):
    """Nothing is booked behind the back of a closing that counts the balance."""

    _inherit = "account.analytic.line"

    @api.model_create_multi
    def create(self, vals_list):
        column = self.env["coop.activity"]._analytic_column()
        account_ids = {vals[column] for vals in vals_list if column and vals.get(column)}
        if account_ids:
            # Which Activities are being closed is a rule for whoever books.
            self.env["coop.activity"].sudo()._bump_closing(account_ids)
        return super().create(vals_list)
