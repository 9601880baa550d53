from odoo import fields, models


class CoopFrozenText(models.Model):
    """The full text of a record as it was at one moment; added, never changed."""

    _name = "coop.frozen.text"
    _description = "Frozen Text"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
