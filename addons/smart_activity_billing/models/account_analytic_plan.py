from odoo import api, models
from odoo.exceptions import UserError


class AccountAnalyticPlan(models.Model):
    _inherit = "account.analytic.plan"

    def write(self, vals):
        """The plans of budgets stay at the top: each has its amounts in a column of its own."""
        activities = self.env["coop.activity"]._get_plan()
        if vals.get("parent_id") and activities in self:
            raise UserError(
                self.env._(
                    "%(plan)s is the plan of the Activities and cannot become a part of another "
                    "one: make the other one a part of it.",
                    plan=activities.name,
                )
            )
        shared = self._get_shared_plan()
        if vals.get("parent_id") and shared in self:
            raise UserError(
                self.env._(
                    "%(plan)s is the plan of what the Activities share and cannot become a part of "
                    "another one, nor of theirs.",
                    plan=shared.name,
                )
            )
        return super().write(vals)

    @api.model
    def _get_shared_plan(self):
        """Return the plan of what the Activities share, or an empty recordset when it is gone."""
        plan = self.env.ref(
            "smart_activity_billing.analytic_plan_shared_services", raise_if_not_found=False
        )
        # Which plan it is, is configuration that everybody depends on.
        return (plan or self.browse()).sudo()
