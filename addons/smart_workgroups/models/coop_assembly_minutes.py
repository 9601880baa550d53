from odoo import fields, models


class CoopAssemblyMinutes(models.Model):
    """The minutes of an Assembly; a correction says for which reason, by whom and when."""

    _name = "coop.assembly.minutes"
    _description = "Frozen Minutes of an Assembly"
    _inherit = ["coop.minutes.mixin"]
    _order = "assembly_id, revision desc"
    _minutes_of = "assembly_id"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )

    _revision_once = models.UniqueIndex(
        "(assembly_id, revision)", "This revision of the minutes is frozen already."
    )
    _corrected = models.Constraint(
        "CHECK ((revision = 1) = (COALESCE(reason, '') = ''))",
        "A correction says what it corrects.",
    )
