from datetime import timedelta
from functools import partial

import psycopg2
from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..lib.slots import DAYS, by_day, in_zone, typed_moment, week_of
from ..models.coop_investment_booking import FURTHEST_DAYS
from ..models.coop_investment_joint_portal import PAGE
from .portal_joint_investment import JointInvestmentPortal

FORM_FIELDS = ("activity_id", "day", "clock", "end_day", "end_clock", "note")


class InvestmentBookingPortal(JointInvestmentPortal):
    """Who owns a part of an investment books when to use it."""

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:investment_id>/calendar",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_investment_calendar(self, investment_id, day=None, **kwargs):
        """Show a week of the use calendar, and the form that books."""
        investment = self._get_own_investment(investment_id)
        return self._render_calendar(investment, self._read_date(day), notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/<int:investment_id>/calendar/book",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_book(self, investment_id, **kwargs):
        """Book a time; what is taken already is said, and nothing typed is lost."""
        investment = self._get_own_investment(investment_id)
        form = {name: typed_text(kwargs.get(name))[:200] for name in FORM_FIELDS}
        form["end_day"] = form["end_day"] or form["day"]
        values, error = self._read_booking(investment, form)
        if not error:
            error = self._book(values)
        if error:
            return self._render_calendar(
                investment, self._read_date(form["day"]), form=form, error=error
            )
        return request.redirect(
            f"{PAGE}/{investment.id}/calendar?day={fields.Date.to_string(values['day'])}&done=booked"
        )

    @http.route(
        f"{PAGE}/bookings/<int:booking_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_booking_cancel(self, booking_id, **kwargs):
        """Leave a time that the user booked to others."""
        booking = self._get_booking(booking_id)
        day = in_zone(booking.start, self._get_zone()).date()
        return self._go_step(
            booking,
            lambda booking: booking.action_cancel(),
            partial(self._render_calendar, booking.investment_id, day),
            f"{PAGE}/{booking.investment_id.id}/calendar?day={day}&done=cancelled",
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_investment(self, investment_id):
        """Return an investment in use of which the user owns a part, or answer that none is."""
        investment = self._get_investment(investment_id)
        if investment.state != "active" or not self._get_own_sharers(investment):
            raise NotFound()
        return investment

    def _get_own_sharers(self, investment):
        """Return the Activities of the user that own a part."""
        person = request.env.user.partner_id
        return investment._get_owners().filtered(lambda one: person in one.manager_ids)

    def _get_booking(self, booking_id):
        """Return a booking of the user, or answer that there is none."""
        # By the own Activities only.
        Booking = request.env["coop.investment.booking"].sudo()
        own = [("activity_id.manager_ids", "in", request.env.user.partner_id.ids)]
        return self._find_own(Booking, own, booking_id)

    def _read_booking(self, investment, form):
        """Return what is to be booked, and what is wrong with it."""
        env = request.env
        sharers = self._get_own_sharers(investment)
        activity = sharers.filtered(lambda one: one.id == typed_id(form["activity_id"]))
        if not activity:
            return None, env._("Choose which of your Activities uses it.")
        zone = self._get_zone()
        start = typed_moment(form["day"], form["clock"], zone)
        stop = typed_moment(form["end_day"], form["end_clock"], zone)
        if start is None or stop is None:
            return None, env._("Choose the day, and the time from and to when you use it.")
        return {
            "day": in_zone(start, zone).date(),
            "investment_id": investment.id,
            "activity_id": activity.id,
            "person_id": env.user.partner_id.id,
            "start": start,
            "stop": stop,
            "note": form["note"],
        }, None

    def _book(self, values):
        """Book, and return what stands in the way.

        The form sent twice finds the time taken by the user's own booking, which is no error.
        """
        # Members have no right on bookings: whose Activity it is was checked.
        Booking = request.env["coop.investment.booking"].sudo()
        vals = {name: value for name, value in values.items() if name != "day"}
        # Whoever books at this very moment is waited for, and seen.
        Booking._take_turns(request.env["coop.investment"].sudo().browse(vals["investment_id"]))
        same = [(name, "=", value) for name, value in vals.items() if name != "note"]
        if Booking.search_count([*same, ("state", "=", "booked")], limit=1):
            return None
        try:
            with request.env.cr.savepoint():
                Booking.with_context(mail_create_nosubscribe=True, tz=self._get_zone()).create(vals)
        except UserError as error:
            return str(error)
        except psycopg2.errors.ExclusionViolation:
            return request.env._("This overlaps another booking: choose another time.")
        return None

    # ------------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------------

    def _render_calendar(self, investment, day, form=None, error=None, notice=None):
        zone = self._get_zone()
        today = in_zone(fields.Datetime.now(), zone).date()
        # Where nobody booked, there is nothing to look at.
        bounds = (today - timedelta(days=5 * 366), today + timedelta(days=FURTHEST_DAYS + DAYS))
        days = week_of(min(max(day or today, bounds[0]), bounds[1]))
        values = self._prepare_portal_layout_values() | {
            "page_name": "investment_part",
            "part_name": request.env._("Calendar"),
            "investment": investment,
            "sharers": self._get_own_sharers(investment),
            "days": by_day(days, self._search_slots(investment, days, zone)),
            "today": today,
            "now": in_zone(fields.Datetime.now(), zone),
            "previous": days[0] - timedelta(days=DAYS),
            "next": days[0] + timedelta(days=DAYS),
            "zone": zone,
            "person": request.env.user.partner_id,
            "form": form or dict.fromkeys(FORM_FIELDS, "") | {"day": str(max(days[0], today))},
            "error": error,
            "notice": notice,
        }
        return request.render(
            "smart_activity_billing.portal_investment_calendar",
            values,
            status=422 if error else 200,
        )

    def _search_slots(self, investment, days, zone):
        """Return what is booked around these days, as the clock on the wall shows it."""
        first = fields.Datetime.to_datetime(days[0]) - timedelta(days=1)
        last = fields.Datetime.to_datetime(days[-1]) + timedelta(days=2)
        # Who owns a part knows when the others use it.
        bookings = (
            request.env["coop.investment.booking"]
            .sudo()
            .search(
                [
                    ("investment_id", "=", investment.id),
                    ("state", "=", "booked"),
                    ("start", "<", last),
                    ("stop", ">", first),
                ]
            )
        )
        return [
            (in_zone(booking.start, zone), in_zone(booking.stop, zone), booking)
            for booking in bookings
        ]
