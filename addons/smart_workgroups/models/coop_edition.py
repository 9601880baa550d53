from odoo import fields, models


class CoopEdition(models.Model):
    """One run of the participative process, from its call for themes to its action plan."""

    _name = "coop.edition"
    _description = "Edition"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
