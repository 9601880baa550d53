from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """What stands in the calendar of a meeting is moved with the meeting only."""

    _inherit = "calendar.event"

    coop_meeting_ids = fields.One2many("coop.meeting", "event_id", "Meeting of the Co-operative")

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
