from odoo import fields, models
from odoo.exceptions import UserError


class AccountAnalyticAccount(models.Model):
    _inherit = "account.analytic.account"

    coop_activity_ids = fields.One2many("coop.activity", "analytic_account_id")

    def write(self, vals):
        archived = "active" in vals and not vals["active"]
        if {"plan_id", "company_id"} & set(vals) or archived:
            # The rule holds even for who cannot see the Activity.
            for activity in self.sudo().with_context(active_test=False).coop_activity_ids:
                account = activity.analytic_account_id
                if (
                    vals.get("plan_id", account.plan_id.id) != account.plan_id.id
                    or vals.get("company_id", account.company_id.id) != account.company_id.id
                    or archived
                ):
                    raise UserError(
                        self.env._(
                            "%(account)s holds the budget of the Activity %(activity)s: its plan "
                            "and company stay, and it is archived with the Activity only.",
                            account=account.display_name,
                            activity=activity.display_name,
                        )
                    )
        return super().write(vals)
