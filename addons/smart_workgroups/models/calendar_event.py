from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What says of a meeting more than when it is.
TELLING = {
    "name",
    "display_name",
    "location",
    "description",
    "videocall_location",
    "coop_meeting_ids",
}


class CalendarEvent(models.Model):
    """What stands in the calendar of a meeting is moved with the meeting only."""

    _inherit = "calendar.event"

    coop_meeting_ids = fields.One2many("coop.meeting", "event_id", "Meeting of the Co-operative")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Let nobody guess word by word what is only "busy" in the calendar of others.

        Core hides what a private event says where it is read, and finds it all the same.
        """
        domain = Domain(domain)
        if not self.env.su and not bypass_access:
            names = {one.field_expr.split(".")[0] for one in domain.iter_conditions()}
            if names & TELLING:
                domain &= ~self._get_busy_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_busy_domain(self):
        """Return what finds the events of closed meetings to which the user is not invited."""
        closed = self.env["coop.meeting"]._get_confidential_domain()
        own = Domain("partner_ids", "in", self.env.user.partner_id.ids)
        own |= Domain("user_id", "=", self.env.uid)
        return Domain("coop_meeting_ids", "any!", closed) & ~own

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"start", "stop", "start_date", "stop_date", "allday"}:
            # Whoever sees an event may know that it follows a meeting.
            for meeting in self.sudo().coop_meeting_ids:
                event = meeting.event_id
                if (event.start, event.stop) != (meeting.date_start, meeting.date_end):
                    raise UserError(
                        self.env._(
                            "“%(event)s” follows the meeting of that name: ask its secretary to "
                            "move the meeting instead.",
                            event=event.name,
                        )
                    )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_no_meeting(self):
        # As above.
        for meeting in self.sudo().coop_meeting_ids:
            if meeting.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(event)s” follows the meeting of that name: cancel the meeting instead.",
                        event=meeting.event_id.name,
                    )
                )
