from odoo import fields, models


class CoopEthicsCase(models.Model):
    """A question on an Activity or a sector, put to the ethics committee."""

    _name = "coop.ethics.case"
    _description = "Case of the Ethics Committee"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
