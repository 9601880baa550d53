from odoo import api, models
from odoo.tools import SQL


class EventRegistration(models.Model):
    _inherit = "event.registration"

    @api.constrains("active", "state", "event_id", "event_slot_id", "event_ticket_id")
    def _check_seats_availability(self):
        """Count the seats when nobody else can take one.

        Counting alone lets two people have the last seat at once: neither sees the other's. Of two
        that touch the row of the event, the second fails to serialize and is replayed.
        """
        events = self.event_id.filtered(
            lambda event: event.seats_limited or any(event.event_ticket_ids.mapped("seats_limited"))
        )
        if events:
            ids = tuple(sorted(events.ids))
            self.env.cr.execute(
                SQL("UPDATE event_event SET id = id WHERE id IN %s", ids), log_exceptions=False
            )
        return super()._check_seats_availability()
