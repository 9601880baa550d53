from odoo import fields, models


class CoopPayrollRunLine(models.Model):
    """What one row of the file costs one Activity, beside what was announced and the month before.

    The amounts beside it are of all rows of the run for the same person and Activity, and stand on
    the first of them.
    """

    _name = "coop.payroll.run.line"
    _description = "Salary of a Payroll Run"
    _order = "run_id desc, row, id"
    _check_company_auto = True

    run_id = fields.Many2one("coop.payroll.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date("Month", related="run_id.date_from", store=True)
    state = fields.Selection(related="run_id.state", store=True, index=True)
    row = fields.Integer(readonly=True, aggregator=None)
    activity_id = fields.Many2one(
        "coop.activity", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    gross = fields.Monetary("Gross Wage", readonly=True)
    employer = fields.Monetary("Employer's Contributions", readonly=True)
    other = fields.Monetary("Other Costs", readonly=True)
    net = fields.Monetary("Net Wage", readonly=True)
    cost = fields.Monetary(readonly=True, help="What the Activity pays.")
    announced = fields.Monetary(readonly=True, help="What was announced for this salary.")
    announced_difference = fields.Monetary(
        "Beside Announced", readonly=True, help="The cost less what was announced."
    )
    previous = fields.Monetary("Month Before", readonly=True)
    previous_difference = fields.Monetary(
        "Beside Month Before", readonly=True, help="The cost less that of the month before."
    )

    _adds_up = models.Constraint(
        "CHECK (cost = gross + employer + other)", "The cost is the sum of its kinds."
    )
