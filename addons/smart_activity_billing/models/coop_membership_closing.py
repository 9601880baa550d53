from odoo import models


class CoopMembership(models.Model):
    """A member who leaves ends all Activities, each in its own closing."""

    _inherit = "coop.membership"

    def _get_open_activities(self):
        """Return the Activities of these members that are not closed, with superuser rights."""
        # That they are open may be said to who leaves, and to who handles the exit.
        return self.sudo().coop_activity_ids.filtered(lambda one: one.state != "closed")

    def action_close_activities(self):
        """Make a closing of each open Activity that has none yet, and open them all.

        :raise AccessError: the user may not close Activities
        """
        Closing = self.env["coop.activity.closing"]
        Closing.check_access("create")
        activities = self.env["coop.activity"].search(
            [("membership_id", "in", self.ids), ("state", "in", ("draft", "open", "suspended"))]
        )
        under_way = Closing.search(
            [
                ("activity_id", "in", activities.ids),
                ("state", "in", ("draft", "asked", "progress")),
            ]
        )
        Closing.create(
            [{"activity_id": activity.id} for activity in activities - under_way.activity_id]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_activity_closing_action"
        )
        return action | {
            "domain": [("activity_id.membership_id", "in", self.ids)],
            "context": {},
        }
