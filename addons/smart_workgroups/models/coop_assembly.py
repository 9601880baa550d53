from odoo import fields, models


class CoopAssembly(models.Model):
    """A General Assembly of the members."""

    _name = "coop.assembly"
    _description = "General Assembly"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
