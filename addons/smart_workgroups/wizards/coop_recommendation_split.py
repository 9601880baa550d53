from odoo import fields, models


class CoopRecommendationSplit(models.TransientModel):
    """Says into which recommendations one is split."""

    _name = "coop.recommendation.split"
    _description = "Split a Recommendation"

    source_id = fields.Many2one(
        "coop.recommendation", "Split", required=True, readonly=True, ondelete="cascade"
    )
    titles = fields.Text(required=True, help="One line for each new recommendation.")

    def action_split(self):
        """Split it, and show the new drafts."""
        self.ensure_one()
        self.source_id.check_access("write")
        titles = [line.strip() for line in self.titles.splitlines() if line.strip()]
        parts = self.source_id._split(titles)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Parts of %s", self.source_id.display_name),
            "res_model": "coop.recommendation",
            "view_mode": "list,form",
            "domain": [("id", "in", parts.ids)],
        }
