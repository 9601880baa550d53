from odoo import fields, models


class CoopIndicator(models.Model):
    """What is measured of the impact of the co-operative, and how."""

    _name = "coop.indicator"
    _description = "Indicator of Social Impact"
    _inherit = ["coop.translated.mixin"]

    name = fields.Char(required=True, translate=True)
    definition = fields.Html(translate=True, help="What it measures, and what it does not.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
