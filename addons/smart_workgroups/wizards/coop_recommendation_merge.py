from odoo import fields, models


class CoopRecommendationMerge(models.TransientModel):
    """Says into which other recommendation some go."""

    _name = "coop.recommendation.merge"
    _description = "Merge Recommendations"

    source_ids = fields.Many2many("coop.recommendation", string="Merge", required=True)
    target_id = fields.Many2one(
        "coop.recommendation",
        "Into",
        required=True,
        ondelete="cascade",
        domain="[('state', 'in', ('draft', 'submitted', 'review')), ('id', 'not in', source_ids)]",
    )

    def action_merge(self):
        """Merge them, and show what they went into."""
        self.ensure_one()
        (self.source_ids | self.target_id).check_access("write")
        self.source_ids._merge_into(self.target_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "coop.recommendation",
            "view_mode": "form",
            "res_id": self.target_id.id,
        }
