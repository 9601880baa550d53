from odoo import fields, models


class CoopPayrollReversal(models.TransientModel):
    """Ask why payroll runs are reversed."""

    _name = "coop.payroll.reversal"
    _description = "Reversal of a Payroll Run"

    run_ids = fields.Many2many("coop.payroll.run", required=True, string="Payroll Runs")
    reason = fields.Text(required=True)

    def action_apply(self):
        """Reverse the runs, all of them or none.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        result = self.run_ids.action_reverse(self.reason)
        # A reason of spaces is none: the action asks again.
        return result if result is not True else {"type": "ir.actions.act_window_close"}
