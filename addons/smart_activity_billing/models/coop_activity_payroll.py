from odoo import fields, models

PAYROLL_READERS = "smart_activity_billing.group_payroll,smart_membership.group_membership_user"


class CoopActivity(models.Model):
    """The salaries that were announced for an Activity."""

    _inherit = "coop.activity"

    payroll_announcement_count = fields.Integer(
        "Announced Salaries", compute="_compute_payroll_announcement_count", groups=PAYROLL_READERS
    )

    def _compute_payroll_announcement_count(self):
        counts = dict(
            self.env["coop.payroll.announcement"]._read_group(
                [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
            )
        )
        for activity in self:
            activity.payroll_announcement_count = counts.get(activity, 0)

    def action_view_payroll_announcements(self):
        """Open the salaries that were announced for these Activities."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_payroll_announcement_action"
        )
        return action | {
            "domain": [("activity_id", "in", self.ids)],
            "context": {"default_activity_id": self.id if len(self) == 1 else False},
        }
