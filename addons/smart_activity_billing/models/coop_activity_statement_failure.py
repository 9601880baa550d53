from odoo import fields, models


class CoopActivityStatementFailure(models.Model):
    """Why a run could not make the statement of an Activity."""

    _name = "coop.activity.statement.failure"
    _description = "Activity Statement Not Made"
    _order = "id"
    _rec_name = "activity_id"

    run_id = fields.Many2one(
        "coop.activity.statement.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    activity_id = fields.Many2one(
        "coop.activity", required=True, readonly=True, index=True, ondelete="restrict"
    )
    reason = fields.Text(required=True, readonly=True)
