from odoo import fields, models


class CoopMeetingCorrectionLine(models.TransientModel):
    """A point of frozen minutes as it should read."""

    _name = "coop.meeting.correction.line"
    _description = "Corrected Point"
    _order = "number, id"

    correction_id = fields.Many2one(
        "coop.meeting.correction", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(required=True)
    name = fields.Char("Point")
    notes = fields.Html()
    decision = fields.Text()
