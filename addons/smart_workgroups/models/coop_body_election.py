from odoo import fields, models


class CoopBody(models.Model):
    """How often somebody may be elected into a body, and how this came about."""

    _inherit = "coop.body"

    term_limit = fields.Integer(
        "Terms in a Row",
        tracking=True,
        help="So many whole terms somebody may do one after the other; a pause of a year begins "
        "anew. 0: as many as the members want.",
    )

    _term_limit_positive = models.Constraint(
        "CHECK (COALESCE(term_limit, 0) >= 0)", "A number of terms is not negative."
    )
