from odoo import fields, models


class CoopRecommendation(models.Model):
    """What a workgroup recommends; it begins with a verb of action."""

    _name = "coop.recommendation"
    _description = "Recommendation"
    _inherit = ["coop.traced.mixin"]

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
