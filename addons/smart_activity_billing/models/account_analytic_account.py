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
        if archived:
            self._check_not_shared()
        elif "plan_id" in vals:
            plan = self.env["account.analytic.plan"].browse(vals["plan_id"])
            self.filtered(lambda one: one.root_plan_id != plan.root_id)._check_not_shared()
        return super().write(vals)

    def _check_not_shared(self):
        """Refuse to take away what the settings of a company name.

        :raise UserError: naming the account and the company
        """
        for company in self.env["res.company"]._find_sharing(self) if self else ():
            raise UserError(
                self.env._(
                    "%(accounts)s gets the contributions of %(company)s, or bears its losses: "
                    "choose another analytic account in its settings first.",
                    accounts=", ".join(self.mapped("display_name")),
                    company=company.name,
                )
            )
