from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# The settings that name an analytic account of all.
SHARED = (
    "shared_services_account_id",
    "mutual_guarantee_account_id",
    "activity_closing_account_id",
)


class ResCompany(models.Model):
    """What is everybody's is on analytic accounts of its own, on which no Activity has a budget."""

    _inherit = "res.company"

    @api.constrains(*SHARED)
    def _check_shared_accounts(self):
        """Refuse accounts on which contributions would be somebody's, or be found by no proof."""
        plan = self.env["account.analytic.plan"]._get_shared_plan()
        activities = self.env["coop.activity"]._get_plan()
        # Whoever writes settings need not see the analytic ledger.
        for company in self.sudo() if plan else ():
            for name in SHARED:
                account = company[name]
                root = account.root_plan_id
                # What closed Activities leave behind may go anywhere else.
                fits = root != activities if name == "activity_closing_account_id" else root == plan
                if account and not fits:
                    raise ValidationError(
                        self.env._(
                            "%(account)s is an analytic account of the plan %(plan)s: choose one "
                            "of the plan %(shared)s in the settings of %(company)s (%(field)s).",
                            account=account.display_name,
                            plan=account.plan_id.name,
                            shared=plan.name,
                            company=company.name,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.model
    def _find_sharing(self, accounts):
        """Return the companies whose settings name one of these analytic accounts."""
        # The rule holds whoever changes the account.
        named = Domain.OR(Domain(name, "in", accounts.ids) for name in SHARED)
        return self.sudo().search(named)
