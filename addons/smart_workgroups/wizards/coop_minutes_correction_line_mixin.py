from odoo import fields, models


class CoopMinutesCorrectionLineMixin(models.AbstractModel):
    """A point of frozen minutes as it should read."""

    _name = "coop.minutes.correction.line.mixin"
    _description = "Corrected Point"
    _order = "number, id"

    number = fields.Integer(required=True)
    name = fields.Char("Point")
    notes = fields.Html()
