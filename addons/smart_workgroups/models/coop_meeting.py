from odoo import fields, models


class CoopMeeting(models.Model):
    """A meeting of a workgroup or a body, with its agenda, presence and minutes."""

    _name = "coop.meeting"
    _description = "Meeting"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
