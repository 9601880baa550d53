from odoo import fields, models


class CoopWorkgroup(models.Model):
    """Members who work on one theme of an edition, and write recommendations."""

    _name = "coop.workgroup"
    _description = "Workgroup"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
