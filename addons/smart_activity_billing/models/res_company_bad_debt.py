from odoo import fields, models
from odoo.fields import Domain

# Where the Belgian chart keeps losses on customers, and VAT to get back.
BELGIAN_LOSS_CODE = "642"
BELGIAN_VAT_CODE = "411"


class ResCompany(models.Model):
    """Who bears the loss of an invoice that is never paid: the mutual guarantee."""

    _inherit = "res.company"

    mutual_guarantee_account_id = fields.Many2one(
        "account.analytic.account",
        check_company=True,
        help="Analytic account that bears the invoices which clients never pay. Empty: it is made "
        "when it is first needed.",
    )
    bad_debt_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
        help="Where the loss is booked.",
    )
    bad_debt_contribution_policy = fields.Selection(
        [
            ("keep", "Stays with the shared services"),
            ("refund", "Goes to the mutual guarantee"),
            ("activity", "Goes back to the Activity"),
        ],
        default="keep",
        required=True,
        help="What becomes of the contribution of an invoice that is written off. What would go "
        "back to a closed Activity goes to the mutual guarantee.",
    )
    bad_debt_vat_recovery = fields.Boolean(
        help="Propose to claim back the VAT of what is written off. The tax office accepts it once "
        "the loss is certain, for example after a bankruptcy: ask your adviser.",
    )
    bad_debt_vat_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', '=', 'asset')]",
        help="Where the VAT that is claimed back is booked.",
    )

    def _create_contribution_accounts(self):
        """Create what the mutual guarantee needs; a branch uses that of its root company."""
        super()._create_contribution_accounts()
        for company in self.filtered(lambda company: company.chart_template):
            company._get_mutual_guarantee_account()
            company._get_bad_debt_account()

    def _get_mutual_guarantee_account(self):
        """Return the analytic account that bears the losses; created where there is none yet."""
        self.ensure_one()
        # Which account it is, is a setting that every write-off depends on.
        company = self.sudo()
        if not company.mutual_guarantee_account_id:
            if company.parent_id:
                account = company.root_id._get_mutual_guarantee_account()
            else:
                account = company._create_shared_account(lambda env: env._("Mutual guarantee"))
            company.mutual_guarantee_account_id = account
        return company.mutual_guarantee_account_id

    def _get_bad_debt_account(self):
        """Return the account of the losses; found or created where none is set."""
        self.ensure_one()
        # As above.
        company = self.sudo()
        if not company.bad_debt_account_id:
            if company.parent_id:
                account = company.root_id._get_bad_debt_account()
            else:
                account = company._find_belgian_account(BELGIAN_LOSS_CODE)
                account = account or company._create_zero_account(
                    lambda env: env._("Losses on customers, borne by the mutual guarantee")
                )
            company.bad_debt_account_id = account
        return company.bad_debt_account_id

    def _get_bad_debt_vat_account(self):
        """Return the account of VAT that is claimed back, or none where none is set or known."""
        self.ensure_one()
        # As above.
        company = self.sudo()
        return company.bad_debt_vat_account_id or company._find_belgian_account(BELGIAN_VAT_CODE)

    def _find_belgian_account(self, code):
        Account = self.env["account.account"].with_company(self)
        if not (self.chart_template or "").startswith("be"):
            return Account
        mine = Domain("company_ids", "in", self.ids)
        return Account.search(mine & Domain("code", "=like", f"{code}%"), order="code", limit=1)
