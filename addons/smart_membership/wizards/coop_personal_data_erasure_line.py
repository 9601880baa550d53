from odoo import fields, models


class CoopPersonalDataErasureLine(models.TransientModel):
    """What happens with the records of one kind."""

    _name = "coop.personal.data.erasure.line"
    _description = "Line of an Erasure"

    erasure_id = fields.Many2one(
        "coop.personal.data.erasure", required=True, ondelete="cascade", index=True
    )
    what = fields.Char(readonly=True)
    count = fields.Integer("Records", readonly=True)
    action = fields.Selection(
        [("delete", "Deleted"), ("clear", "Kept without Details"), ("keep", "Kept")], readonly=True
    )
    why = fields.Char("Why It Is Kept", readonly=True)
