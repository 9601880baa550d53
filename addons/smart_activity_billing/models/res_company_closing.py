from odoo import fields, models


class ResCompany(models.Model):
    """What becomes of the balance of an Activity that closes."""

    _inherit = "res.company"

    activity_closing_account_id = fields.Many2one(
        "account.analytic.account",
        check_company=True,
        help="Gets what is left of an Activity that closes, and bears its deficit. Empty: the "
        "shared services.",
    )

    def _get_closing_account(self):
        """Return the analytic account of the cooperative for what Activities leave behind."""
        self.ensure_one()
        # Which account it is, is a setting that every closing depends on.
        company = self.sudo()
        account = company.activity_closing_account_id or company.shared_services_account_id
        if not account:
            company._check_contribution_settings()
        return account
