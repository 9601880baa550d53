from odoo import api, fields, models


class CoopShareExit(models.Model):
    """A member who leaves is reminded of the Activities that are still open: nothing is blocked."""

    _inherit = "coop.share.exit"

    open_activity_ids = fields.Many2many(
        "coop.activity", compute="_compute_open_activity_ids", string="Open Activities"
    )

    @api.depends("membership_id", "kind")
    def _compute_open_activity_ids(self):
        for share_exit in self:
            # Part of the shares can go while the Activities stay.
            leaves = share_exit.kind != "partial"
            membership = share_exit.membership_id if leaves else share_exit.membership_id[:0]
            share_exit.open_activity_ids = membership._get_open_activities().ids

    def action_close_activities(self):
        """Open the closings of all Activities of who leaves."""
        self.check_access("read")
        return self.membership_id.action_close_activities()

    def action_submit(self):
        result = super().action_submit()
        for share_exit in self.filtered("open_activity_ids"):
            share_exit.message_post(
                body=self.env._(
                    "Still open: %(activities)s. Close them before the exit takes effect.",
                    activities=", ".join(share_exit.open_activity_ids.mapped("display_name")),
                )
            )
        return result
