from odoo import models
from odoo.exceptions import UserError

PROJECT_PLAN = "analytic.project_plan"


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    def write(self, vals):
        """Keep the budgets where they are: core empties the column of the new plan of projects."""
        plan = self.env["coop.activity"]._get_plan()
        if (
            plan
            and PROJECT_PLAN in self.mapped("key")
            and str(vals.get("value") or "").strip() == str(plan.id)
        ):
            raise UserError(
                self.env._(
                    "The plan %(plan)s holds the budgets of all Activities in a column of its own, "
                    "so it cannot be the plan of the projects: choose another one.",
                    plan=plan.name,
                )
            )
        return super().write(vals)
