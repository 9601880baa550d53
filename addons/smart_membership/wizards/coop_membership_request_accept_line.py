from odoo import fields, models


class CoopMembershipRequestAcceptLine(models.TransientModel):
    """A detail that is known otherwise: both values, and whether the new one is copied."""

    _name = "coop.membership.request.accept.line"
    _description = "Detail That Differs"

    wizard_id = fields.Many2one(
        "coop.membership.request.accept", required=True, index=True, ondelete="cascade"
    )
    field_name = fields.Char("Field", required=True)
    label = fields.Char("Detail")
    known_value = fields.Char("Known")
    asked_value = fields.Char("Filled In Now")
    copy_value = fields.Boolean("Copy")
