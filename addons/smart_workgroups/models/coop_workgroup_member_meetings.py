from odoo import fields, models
from odoo.fields import Command


class CoopWorkgroupMember(models.Model):
    """Who joins is invited to what is convoked already; who leaves is not expected there."""

    _inherit = "coop.workgroup.member"

    def _attend(self):
        """Let the coming meetings of these workgroups expect who takes part now."""
        # Whoever joins or leaves has no right on meetings and calendars.
        meetings = self.workgroup_id.sudo().meeting_ids.filtered(
            lambda one: one.state == "convoked" and one.date_start > fields.Datetime.now()
        )
        for meeting in meetings:
            meeting._invite()
            people = meeting._get_people()
            left = self.partner_id - people
            meeting.presence_ids.filtered(lambda one, left=left: one.partner_id in left).unlink()
            changes = [Command.link(one.id) for one in self.partner_id & people]
            changes += [Command.unlink(one.id) for one in left]
            meeting.event_id.write({"partner_ids": changes})
