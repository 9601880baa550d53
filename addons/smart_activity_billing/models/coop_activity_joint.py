from odoo import fields, models

from .coop_activity_transfer import BACK_OFFICE


class CoopActivity(models.Model):
    """What an Activity pledges for investments with others."""

    _inherit = "coop.activity"

    pledge_count = fields.Integer("Pledges", compute="_compute_pledge_count", groups=BACK_OFFICE)

    def _compute_pledge_count(self):
        groups = self.env["coop.investment.pledge"]._read_group(
            [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
        )
        counts = {activity.id: count for activity, count in groups}
        for activity in self:
            activity.pledge_count = counts.get(activity.id, 0)

    def action_view_pledges(self):
        """Open what these Activities pledge, and pledged."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_investment_pledge_action"
        )
        return action | {"domain": [("activity_id", "in", self.ids)]}
