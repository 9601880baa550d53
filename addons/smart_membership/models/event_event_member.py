from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class EventEvent(models.Model):
    """Members register for an event of a sector network, and think better of it."""

    _inherit = "event.event"

    def _get_member_registrations(self, partner):
        """Return the registrations of a contact for these events that stand, by event."""
        registrations = self.env["event.registration"].search(
            Domain("event_id", "in", self.ids)
            & Domain("partner_id", "=", partner.id)
            & Domain("state", "!=", "cancel")
        )
        return registrations.grouped("event_id")

    def _describe_for_member(self, registrations):
        """Return what the page of networks says about registering for this event."""
        self.ensure_one()
        limited = self.seats_limited and self.seats_max
        return {
            "event_id": self.id,
            "registered": bool(registrations.filtered(lambda one: one.state in ("draft", "open"))),
            "attended": bool(registrations.filtered(lambda one: one.state == "done")),
            # Which of several moments suits is to be said to the organiser.
            "open": self.event_registrations_open and not self.is_multi_slots,
            "sold_out": self.event_registrations_sold_out,
            "seats_left": self.seats_available if limited else None,
        }

    def _register_member(self, membership):
        """Register a member; a second time it is as registered as before.

        Call it with superuser rights: the caller checked whose membership it is. The core sends
        its mail of confirmation, and refuses what goes beyond the seats.

        :raise UserError: registration is closed, or there is no seat left
        """
        self.ensure_one()
        # Of two equal clicks the second fails to touch the row, is replayed, and finds the first.
        self.env.cr.execute(
            SQL("UPDATE coop_membership SET id = id WHERE id = %s", membership.id),
            log_exceptions=False,
        )
        if registration := self._get_member_registrations(membership.partner_id).get(self):
            return registration[:1]
        if self.event_registrations_sold_out:
            raise UserError(self.env._("“%(event)s” is full: no seat is left.", event=self.name))
        if not self.event_registrations_open or self.is_multi_slots:
            raise UserError(
                self.env._(
                    "You cannot register for “%(event)s” here: ask the animator of the network.",
                    event=self.name,
                )
            )
        ticket = self.event_ticket_ids.filtered("sale_available")[:1]
        return self.env["event.registration"].create(
            {
                "event_id": self.id,
                "event_ticket_id": ticket.id,
                "partner_id": membership.partner_id.id,
            }
        )

    def _cancel_member(self, membership):
        """Cancel the registration of a member; without one do nothing.

        Call it with superuser rights, as above.

        :raise UserError: the member was there
        """
        self.ensure_one()
        own = self._get_member_registrations(membership.partner_id)
        for registration in own.get(self, ()):
            if registration.state == "done":
                raise UserError(self.env._("You were at “%(event)s”: that stays.", event=self.name))
            registration.action_cancel()
