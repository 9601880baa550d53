from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    contribution_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', 'in', ('income', 'expense'))]",
        help="Profit and loss account of both contribution lines of an invoice. It nets to zero: "
        "turnover is not inflated.",
    )
    shared_services_account_id = fields.Many2one(
        "account.analytic.account",
        check_company=True,
        help="Analytic account that receives the contributions and pays for the shared services.",
    )
    activity_available_basis = fields.Selection(
        [("invoiced", "What was invoiced"), ("paid", "What clients have paid")],
        default="invoiced",
        required=True,
        help="What a member may spend: all that was invoiced, or only what clients have paid.",
    )
    activity_overdraft_policy = fields.Selection(
        [("block", "Refuse the spending"), ("warn", "Accept it and log a warning")],
        default="block",
        required=True,
        help="What happens when a spending exceeds what the Activity has available.",
    )

    def _create_contribution_accounts(self):
        """Create what the contribution needs and the company does not have yet.

        A branch keeps its books in its root company's accounts, so it uses those.
        """
        branches = self.filtered("parent_id")
        for company in self - branches:
            if not company.shared_services_account_id:
                company.shared_services_account_id = company._create_shared_account(
                    lambda env: env._("Shared services")
                )
            if not company.contribution_account_id and company.chart_template:
                company.contribution_account_id = company._create_contribution_account()
        for branch in branches:
            root = branch.root_id
            root._create_contribution_accounts()
            branch.shared_services_account_id = root.shared_services_account_id
            branch.contribution_account_id = root.contribution_account_id

    def _create_contribution_account(self):
        return self._create_zero_account(lambda env: env._("Contribution to the shared services"))

    def _create_shared_account(self, tell):
        """Create an analytic account beside that of the shared services.

        :param tell: gives its name in the language of an environment
        """
        self.ensure_one()
        plan = self.env.ref("smart_activity_billing.analytic_plan_shared_services")
        account = self.env["account.analytic.account"].create(
            {"name": tell(self.env), "plan_id": plan.id, "company_id": self.id}
        )
        return self._name_in_all_languages(account, tell)

    def _create_zero_account(self, tell):
        """Create a P&L account that nets to zero, beside the company's other operating costs.

        :param tell: gives its name in the language of an environment
        """
        self.ensure_one()
        Account = self.env["account.account"].with_company(self)
        last_expense = Account.search(
            [("company_ids", "in", self.ids), ("account_type", "=", "expense")],
            order="code desc",
            limit=1,
        )
        start_code = "649000" if (self.chart_template or "").startswith("be") else last_expense.code
        account = Account.create(
            {
                "name": tell(self.env),
                "code": Account._search_new_account_code(start_code or "600000"),
                "account_type": "expense",
                "company_ids": [fields.Command.set(self.ids)],
            }
        )
        return self._name_in_all_languages(account, tell)

    def _name_in_all_languages(self, account, tell):
        """Name an account for everybody, not only in the language of who had it made."""
        names = {
            code: tell(self.with_context(lang=code).env)
            for code, _label in self.env["res.lang"].get_installed()
        }
        account.update_field_translations("name", names)
        return account

    def _check_contribution_settings(self):
        """Refuse to book contributions with a half-configured company.

        :raise RedirectWarning: names what is missing and opens the settings
        """
        self.ensure_one()
        missing = [
            name
            for name, value in (
                (self.env._("the contribution account"), self.contribution_account_id),
                (
                    self.env._("the analytic account of the shared services"),
                    self.shared_services_account_id,
                ),
                (
                    self.env._("the analytic plan of the Activities"),
                    self.env["coop.activity"]._get_plan(),
                ),
            )
            if not value
        ]
        if missing:
            message = self.env._(
                "%(company)s cannot book contributions yet. Missing in the settings: %(missing)s.",
                company=self.display_name,
                missing=", ".join(missing),
            )
            if not self.env.user.has_group("base.group_system"):
                # Only administrators open the settings.
                raise UserError(
                    self.env._("%(message)s Ask an administrator to add it.", message=message)
                )
            raise RedirectWarning(
                message,
                self.env.ref("account.action_account_config").id,
                self.env._("Open the settings"),
            )
