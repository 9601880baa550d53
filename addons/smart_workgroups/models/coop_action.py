from odoo import fields, models


class CoopAction(models.Model):
    """What is done of what was decided: programme, project or task."""

    _name = "coop.action"
    _description = "Action"
    _inherit = ["coop.traced.mixin"]

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
