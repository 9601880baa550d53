from odoo import fields, models


class CoopEcoCriterionPoint(models.Model):
    """A point of the value function of a criterion: this number has this value."""

    _name = "coop.eco.criterion.point"
    _description = "Point of a Value Function"
    _order = "criterion_id, measured, id"

    criterion_id = fields.Many2one(
        "coop.eco.criterion", required=True, index=True, ondelete="cascade"
    )
    measured = fields.Float("Number", required=True)
    value = fields.Float("Value (0 to 100)", required=True)

    _measured_unique = models.Constraint(
        "UNIQUE(criterion_id, measured)", "A number has one value: change that row."
    )
    _value_range = models.Constraint(
        "CHECK(value >= 0 AND value <= 100)", "Values go from 0 to 100."
    )
