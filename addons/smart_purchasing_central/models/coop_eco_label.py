from odoo import fields, models


class CoopEcoLabel(models.Model):
    """A label that somebody independent gives, and what it is worth here."""

    _name = "coop.eco.label"
    _description = "Eco or Social Label"
    _order = "name, id"

    name = fields.Char(required=True)
    issuer = fields.Char(help="Who gives it.")
    website = fields.Char(help="Where a licence number can be looked up.")
    scope = fields.Char(translate=True, help="What it says, and of what.")
    value = fields.Float(
        "Value (0 to 100)",
        default=100.0,
        required=True,
        help="What it gives in the criteria that count it; of several, the best counts.",
    )
    active = fields.Boolean(default=True)
    criterion_ids = fields.Many2many("coop.eco.criterion", string="Counts in")

    _name_unique = models.Constraint("UNIQUE(name)", "There is a label of this name already.")
    _value_range = models.Constraint(
        "CHECK(value >= 0 AND value <= 100)", "The value of a label goes from 0 to 100."
    )
