from odoo import fields, models


class AccountMoveLine(models.Model):
    """The costs of a payroll run: hundreds of lines, each wholly on one Activity."""

    _inherit = "account.move.line"

    coop_payroll_run_id = fields.Many2one(
        "coop.payroll.run",
        "Payroll Run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="smart_activity_billing.group_payroll",
    )

    def _prepare_analytic_distribution_line(
        self, distribution, account_ids, distribution_on_each_plan
    ):
        column = self.env["coop.activity"]._analytic_column()
        if not self.sudo().coop_payroll_run_id or not column or not account_ids.isdecimal():
            return super()._prepare_analytic_distribution_line(
                distribution, account_ids, distribution_on_each_plan
            )
        return self._prepare_whole_analytic_line(column, int(account_ids))
