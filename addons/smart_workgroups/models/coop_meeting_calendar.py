from odoo import fields, models
from odoo.fields import Command
from odoo.tools import format_date, format_time


class CoopMeeting(models.Model):
    """A convoked meeting stands in the calendars of its people, and moves there with it."""

    _inherit = "coop.meeting"

    def _make_event(self):
        """Put this meeting into the calendars; core sends the invitations."""
        self.ensure_one()
        # Events are of whom they concern; who convokes need not be one of them.
        Event = self.env["calendar.event"].sudo().with_context(mail_create_nosubscribe=True)
        event = Event.create(
            {
                **self._prepare_event(),
                "user_id": self._get_responsible().id,
                "partner_ids": [Command.set(self.presence_ids.partner_id.ids)],
            }
        )
        self._write_decision({"event_id": event.id})

    def _move_event(self):
        """Let the calendars follow what changed; core tells those who are invited."""
        for meeting in self.filtered(lambda one: one.state == "convoked" and one.event_id):
            # As above.
            meeting.event_id.sudo().write(meeting._prepare_event())

    def _prepare_event(self):
        return {
            "name": self.name,
            "start": self.date_start,
            "stop": self.date_end,
            "location": self._get_place() or False,
            "videocall_location": self.url or False,
        }

    def _get_place(self):
        """Return where this meeting is, in words."""
        return ", ".join(filter(None, (self.antenna_id.name, self.place)))

    def _get_moment(self, zone=None):
        """Return when this meeting begins, in words and at local time.

        :param str zone: name of a time zone, the one of the announcement unless told otherwise
        """
        zone = zone or self._get_zone()
        local = fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date_start)
        day = format_date(self.env, local.date(), date_format="full")
        return f"{day}, {format_time(self.env, self.date_start, tz=zone, time_format='short')}"
