from odoo import fields, models


class ResCompany(models.Model):
    """How long the Board may take, how long an action may be silent, who decides on rates."""

    _inherit = "res.company"

    recommendation_answer_days = fields.Integer(
        default=90, help="Days in which the Board is to answer a recommendation."
    )
    action_silence_days = fields.Integer(
        default=120, help="Days without an update after which an action under way is silent."
    )
    rate_needs_resolution = fields.Boolean(
        help="A new contribution rate needs a resolution that the General Assembly adopted."
    )

    _answer_days_positive = models.Constraint(
        "CHECK (recommendation_answer_days > 0)", "The Board has at least one day to answer."
    )
    _silence_days_positive = models.Constraint(
        "CHECK (action_silence_days > 0)", "An action may be silent for at least one day."
    )
