from odoo import models


class CoopBadDebt(models.Model):
    """A recovery takes back what the write-off booked, there where that was booked.

    The entry is the truth, whatever the settings say today.
    """

    _inherit = "coop.bad.debt"

    def _get_booked(self):
        """Return ``{"loss", "vat", "contribution": journal item}`` that the write-off debited."""
        guarantee = str(self.guarantee_account_id.id)
        booked = {}
        for line in self.move_id.line_ids.sorted("id"):
            if line.balance > 0:
                distribution = line.analytic_distribution or {}
                cost = "loss" if guarantee in distribution else "contribution"
                booked.setdefault(cost if distribution else "vat", line)
        return booked

    def _get_contribution_accounts(self):
        """Return the account and the analytic account that give the contribution back."""
        booked = self._get_booked().get("contribution")
        if not booked:
            company = self.company_id
            return company.contribution_account_id, company.shared_services_account_id
        [key] = booked.analytic_distribution
        return booked.account_id, self.env["account.analytic.account"].browse(int(key))
