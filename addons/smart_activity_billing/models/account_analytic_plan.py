from odoo import models
from odoo.exceptions import UserError


class AccountAnalyticPlan(models.Model):
    _inherit = "account.analytic.plan"

    def write(self, vals):
        """The plan of the Activities stays at the top: all budgets are in its column."""
        activities = self.env["coop.activity"]._get_plan()
        if vals.get("parent_id") and activities in self:
            raise UserError(
                self.env._(
                    "%(plan)s is the plan of the Activities and cannot become a part of another "
                    "one: make the other one a part of it.",
                    plan=activities.name,
                )
            )
        return super().write(vals)
