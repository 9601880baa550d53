from odoo import fields, models


class CoopResolution(models.Model):
    """What an Assembly decides on."""

    _name = "coop.resolution"
    _description = "Resolution"
    _inherit = ["coop.traced.mixin"]

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
