from odoo import models
from odoo.fields import Command


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
