from odoo import fields, models


class CoopPayrollFinding(models.Model):
    """What the check of a payroll file found, with the row and what to do."""

    _name = "coop.payroll.finding"
    _description = "Finding in a Payroll File"
    _order = "run_id desc, severity, row, id"

    run_id = fields.Many2one("coop.payroll.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    severity = fields.Selection(
        [("1_error", "To correct"), ("2_warning", "To look at")], required=True, readonly=True
    )
    row = fields.Integer(readonly=True, aggregator=None, help="0: of the whole file.")
    message = fields.Text("What Was Found", required=True, readonly=True)
    advice = fields.Text("What to Do", readonly=True)
    activity_id = fields.Many2one("coop.activity", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", "Member", readonly=True, index="btree_not_null", ondelete="cascade"
    )
