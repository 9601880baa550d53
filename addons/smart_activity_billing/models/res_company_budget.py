from odoo import fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    """How the company moves budget between Activities, and how far an override goes."""

    _inherit = "res.company"

    budget_transfer_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', 'in', ('income', 'expense'))]",
        help="Profit and loss account of both lines of a transfer between Activities. It nets to "
        "zero.",
    )
    budget_transfer_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Where transfers between Activities are booked. Empty: the first journal for "
        "miscellaneous entries.",
    )
    activity_overdraft_limit = fields.Monetary(
        "Largest overdraft",
        help="How far below zero an override may bring an Activity. 0: no limit.",
    )

    _activity_overdraft_limit_possible = models.Constraint(
        "CHECK (COALESCE(activity_overdraft_limit, 0) >= 0 "
        "AND COALESCE(activity_overdraft_limit, 0) < 'Infinity')",
        "The largest overdraft is an amount, or 0 for no limit.",
    )

    def _create_contribution_accounts(self):
        """Create the account of the transfers too; a branch uses that of its root company."""
        super()._create_contribution_accounts()
        for company in self.filtered(lambda company: company.chart_template):
            company._get_budget_transfer_account()

    def _get_zero_accounts(self):
        """Return the accounts that net to zero: what is booked on them is nobody's income."""
        return self.contribution_account_id | self.budget_transfer_account_id

    def _get_budget_transfer_account(self):
        """Return the account of the transfers; created where the company has none yet.

        Both accounts that net to zero stand beside each other.
        """
        self.ensure_one()
        # Which account it is, is a setting that every transfer depends on.
        company = self.sudo()
        if not company.budget_transfer_account_id:
            if company.parent_id:
                account = company.root_id._get_budget_transfer_account()
            else:
                account = company._create_zero_account(
                    lambda env: env._("Transfers of budget between Activities")
                )
            company.budget_transfer_account_id = account
        return company.budget_transfer_account_id

    def _get_budget_transfer_journal(self):
        """Return the journal of the transfers, or none where there is no journal for it."""
        self.ensure_one()
        # Which journal it is, is a setting that every transfer depends on.
        company = self.sudo()
        if company.budget_transfer_journal_id:
            return company.budget_transfer_journal_id
        others = company.currency_exchange_journal_id | company.tax_cash_basis_journal_id
        general = (
            Domain(self.env["account.journal"]._check_company_domain(company))
            & Domain("type", "=", "general")
            & Domain("id", "not in", others.ids)
        )
        return self.env["account.journal"].sudo().search(general, limit=1)  # as above
