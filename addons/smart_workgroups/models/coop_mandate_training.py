from odoo import api, fields, models
from odoo.fields import Domain


class CoopMandate(models.Model):
    """What who holds a mandate still has to learn."""

    _inherit = "coop.mandate"

    missing_training_ids = fields.Many2many(
        "coop.training",
        string="Missing Trainings",
        compute="_compute_missing_training_ids",
        search="_search_missing_training_ids",
        groups="smart_workgroups.group_governance_user",
        help="Trainings that the role needs, and that the holder has not done or not renewed.",
    )

    @api.depends("body_id", "role", "partner_id")
    def _compute_missing_training_ids(self):
        missing = self.env["coop.training"]._find_missing(self)
        for mandate in self:
            mandate.missing_training_ids = missing[mandate]

    @api.model
    def _search_missing_training_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        mandates = self.search(self._active_domain())
        wanted = set(value)
        found = [
            mandate.id
            for mandate, trainings in self.env["coop.training"]._find_missing(mandates).items()
            if wanted & set(trainings.ids) or (False in wanted and not trainings)
        ]
        return Domain("id", "in", found)
