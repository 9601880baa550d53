from odoo import api, fields, models
from odoo.exceptions import UserError

from ..books import written_by_books


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

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("coop_payroll_run_id") for vals in vals_list):
            self._check_booked_by_run()
        return super().create(vals_list)

    def write(self, vals):
        if "coop_payroll_run_id" in vals:
            self._check_booked_by_run()
        return super().write(vals)

    def _check_booked_by_run(self):
        if not written_by_books(self):
            raise UserError(
                self.env._("The costs of a payroll run are booked by posting it, not by hand.")
            )

    def _prepare_analytic_distribution_line(
        self, distribution, account_ids, distribution_on_each_plan
    ):
        column = self.env["coop.activity"]._analytic_column()
        of_run = distribution == 100.0 and self.sudo().coop_payroll_run_id
        if not of_run or not column or not account_ids.isdecimal():
            return super()._prepare_analytic_distribution_line(
                distribution, account_ids, distribution_on_each_plan
            )
        return self._prepare_whole_analytic_line(column, int(account_ids))
