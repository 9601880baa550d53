from odoo import fields, models


class CoopAssemblyCorrection(models.TransientModel):
    """Record a correction of the frozen minutes of an Assembly."""

    _name = "coop.assembly.correction"
    _description = "Correction of the Minutes of an Assembly"
    _inherit = ["coop.minutes.correction.mixin"]
    _corrects = "assembly_id"

    assembly_id = fields.Many2one("coop.assembly", required=True, ondelete="cascade")
    line_ids = fields.One2many(
        "coop.assembly.correction.line",
        "correction_id",
        "Points",
        compute="_compute_lines",
        store=True,
        readonly=False,
    )
