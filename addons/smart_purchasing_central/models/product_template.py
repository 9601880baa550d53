from odoo import fields, models


class ProductTemplate(models.Model):
    """What members find when they say what they need."""

    _inherit = "product.template"

    in_purchasing_centre = fields.Boolean(
        help="Members choose it in the portal when they say what they need."
    )
