from odoo import api, fields, models

from ..lib.plain_text import to_text


class CoopRecommendation(models.Model):
    """Each change of the text is a version, with who made it."""

    _inherit = "coop.recommendation"

    version_ids = fields.One2many("coop.recommendation.version", "recommendation_id", readonly=True)
    amendment_ids = fields.One2many("coop.recommendation.amendment", "recommendation_id")
    version_count = fields.Integer("Versions", compute="_compute_version_count")

    @api.depends("version_ids")
    def _compute_version_count(self):
        for recommendation in self:
            recommendation.version_count = len(recommendation.version_ids)

    @api.model_create_multi
    def create(self, vals_list):
        recommendations = super().create(vals_list)
        for recommendation in recommendations:
            recommendation._keep_version()
        return recommendations

    def write(self, vals):
        changing = {"name", "text"} & vals.keys()
        before = {one.id: (one.name, one.text) for one in self} if changing else {}
        result = super().write(vals)
        for recommendation in self if changing else ():
            if before[recommendation.id] != (recommendation.name, recommendation.text):
                recommendation._keep_version()
        return result

    def _keep_version(self):
        """Add the text as it is now to the versions; the context says why in `version_note`."""
        # Versions are kept by the system: nobody has the right to write them.
        self.env["coop.recommendation.version"].sudo().create(
            {
                "recommendation_id": self.id,
                "number": self.version_count + 1,
                "lang": self.env.lang or self.lang,
                "name": self.name,
                "text": self.text,
                "note": self.env.context.get("version_note"),
                "partner_id": self.env.user.partner_id.id,
            }
        )
        self.invalidate_recordset(["version_ids", "version_count"])

    def _plain_text(self):
        """Return the text as one would type it."""
        return to_text(self.text)
