from odoo import models


class ChargedColumns(dict):
    """``{analytic account id: column of the analytic lines}`` of an entry of charges.

    An object of its own: no remote call can put one into a context.
    """


class AccountMoveLine(models.Model):
    """The charges of a campaign: thousands of lines, each wholly on one analytic account."""

    _inherit = "account.move.line"

    def _prepare_analytic_distribution_line(
        self, distribution, account_ids, distribution_on_each_plan
    ):
        columns = self.env.context.get("campaign_columns")
        account_id = int(account_ids) if account_ids.isdecimal() else None
        if not isinstance(columns, ChargedColumns) or account_id not in columns:
            return super()._prepare_analytic_distribution_line(
                distribution, account_ids, distribution_on_each_plan
            )
        vals = self._prepare_whole_analytic_line(columns[account_id], account_id)
        return vals | {"partner_id": self.partner_id.id}
