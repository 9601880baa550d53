from odoo import fields, models


class CoopWorkgroup(models.Model):
    """What a workgroup recommends."""

    _inherit = "coop.workgroup"

    recommendation_ids = fields.One2many("coop.recommendation", "workgroup_id", "Recommendations")
    recommendation_count = fields.Integer(
        compute="_compute_recommendation_count",
        groups="smart_workgroups.group_governance_user,smart_workgroups.group_governance_director",
    )

    def _compute_recommendation_count(self):
        counts = dict(
            self.env["coop.recommendation"]._read_group(
                [("workgroup_id", "in", self.ids)], ["workgroup_id"], ["__count"]
            )
        )
        for workgroup in self:
            workgroup.recommendation_count = counts.get(workgroup._origin, 0)

    def action_view_recommendations(self):
        """Open what this workgroup recommends."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_workgroups.coop_recommendation_action"
        )
        return action | {
            "domain": [("workgroup_id", "=", self.id)],
            "context": {"default_workgroup_id": self.id},
        }
