from odoo import fields, models


class CoopAssemblyCorrectionLine(models.TransientModel):
    """A point of frozen minutes of an Assembly as it should read."""

    _name = "coop.assembly.correction.line"
    _description = "Corrected Point of an Assembly"
    _inherit = ["coop.minutes.correction.line.mixin"]

    correction_id = fields.Many2one(
        "coop.assembly.correction", required=True, index=True, ondelete="cascade"
    )
