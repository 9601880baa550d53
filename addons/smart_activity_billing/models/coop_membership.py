from odoo import fields, models


class CoopMembership(models.Model):
    _inherit = "coop.membership"

    coop_activity_ids = fields.One2many(
        "coop.activity", "membership_id", string="Economic Activities"
    )
    coop_activity_count = fields.Integer(compute="_compute_coop_activity_count")

    def _compute_coop_activity_count(self):
        counts = dict(
            self.env["coop.activity"]._read_group(
                [("membership_id", "in", self.ids)], ["membership_id"], ["__count"]
            )
        )
        for membership in self:
            membership.coop_activity_count = counts.get(membership, 0)

    def action_view_activities(self):
        """Open the Activities of the member."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_activity_action"
        )
        return action | {
            "domain": [("membership_id", "=", self.id)],
            "context": {"default_membership_id": self.id},
        }
