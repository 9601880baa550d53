from odoo import fields, models


class CoopMeetingCorrectionLine(models.TransientModel):
    """A point of frozen minutes of a meeting as it should read."""

    _name = "coop.meeting.correction.line"
    _description = "Corrected Point"
    _inherit = ["coop.minutes.correction.line.mixin"]

    correction_id = fields.Many2one(
        "coop.meeting.correction", required=True, index=True, ondelete="cascade"
    )
    decision = fields.Text()
