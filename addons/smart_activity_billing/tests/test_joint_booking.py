from datetime import datetime, timedelta

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .joint_common import JointCase
from .test_joint_portal import JointPortalCase


class BookingMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investment = cls._bought()
        # A Monday at noon, at least a week from now.
        today = datetime.combine(fields.Date.today(), datetime.min.time())
        cls.monday = today + timedelta(days=14 - today.weekday(), hours=12)

    def _book(self, activity, after=0, until=2, **values):
        """Book from so many hours after that Monday's noon."""
        return self.env["coop.investment.booking"].create(
            {
                "investment_id": self.investment.id,
                "activity_id": activity.id,
                "start": self.monday + timedelta(hours=after),
                "stop": self.monday + timedelta(hours=until),
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestJointBooking(BookingMixin, JointCase):
    """One Activity at a time uses what several own."""

    def test_one_at_a_time(self):
        self._book(self.workshop, 0, 2)
        for start, stop in ((0, 2), (1, 3), (-1, 1), (0.5, 1), (-5, 5)):
            with self.assertRaisesRegex(ValidationError, "taken by Workshop"):
                self._book(self.gallery, start, stop)
        # Where one ends, the next begins.
        later = self._book(self.gallery, 2, 4)
        earlier = self._book(self.press, -2, 0)
        with self.assertRaisesRegex(ValidationError, "taken by Workshop"):
            later.start = self.monday + timedelta(hours=1)
        with self.assertRaisesRegex(ValidationError, "taken by Workshop"):
            earlier.stop = self.monday + timedelta(hours=1)
        later.write({"start": later.start + timedelta(hours=1)})
        self.assertEqual(self.investment.booking_count, 3)

    def test_cancelled_is_free(self):
        booking = self._book(self.workshop)
        with self.assertRaises(AccessError):
            booking.with_user(self.receiver).action_cancel()
        booking.with_user(self.giver).action_cancel()
        self.assertEqual(booking.state, "cancelled")
        self._book(self.gallery)
        with self.assertRaises(UserError):
            booking.unlink()

    def test_another_investment_is_free(self):
        """The same hours of another machine: each is taken, and free again, by itself."""
        booking = self._book(self.workshop)
        other = self._bought(target=90)
        of_other = self._book(self.workshop, investment_id=other.id)
        self.assertEqual((booking.start, booking.stop), (of_other.start, of_other.stop))
        self.assertEqual((self.investment.booking_count, other.booking_count), (1, 1))
        with self.assertRaisesRegex(ValidationError, "taken by Workshop"):
            self._book(self.gallery, investment_id=other.id)
        of_other.with_user(self.giver).action_cancel()
        self._book(self.gallery, investment_id=other.id)
        self.assertEqual(booking.state, "booked")
        with self.assertRaisesRegex(ValidationError, "taken by Workshop"):
            self._book(self.gallery)

    def test_owners_only_and_in_use_only(self):
        stranger = self.env["coop.activity"].create(
            {"name": "Stranger", "membership_id": self.member.id, "state": "open"}
        )
        with self.assertRaisesRegex(ValidationError, "Stranger has no share"):
            self._book(stranger)
        proposal = self._proposal(10)
        with self.assertRaisesRegex(ValidationError, "not in use"):
            self._book(self.workshop, investment_id=proposal.id)

    def test_possible_times_only(self):
        hour = timedelta(hours=1)
        now = fields.Datetime.now()
        for start, stop in (
            (self.monday, self.monday),
            (self.monday, self.monday - hour),
            (self.monday, self.monday + timedelta(days=32)),
            (now - 2 * hour, now - hour),
            (now + timedelta(days=400), now + timedelta(days=401)),
        ):
            with self.subTest(start=start), self.assertRaises(ValidationError):
                self._book(self.workshop, start=start, stop=stop)

    @mute_logger("odoo.sql_db")
    def test_the_database_says_so_too(self):
        first, second = self._book(self.workshop, 0, 2), self._book(self.gallery, 2, 4)
        self.env.flush_all()
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            self.cr.execute(
                "UPDATE coop_investment_booking SET start = start - interval '1 minute' "
                "WHERE id = %s",
                second.ids,
            )
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.cr.execute(
                "UPDATE coop_investment_booking SET stop = start WHERE id = %s", first.ids
            )


@tagged("post_install", "-at_install")
class TestJointCalendar(BookingMixin, JointPortalCase):
    """The calendar on a phone."""

    def book(self, activity, clock="09:00", end="11:00", **values):
        return self.post(
            f"/{self.investment.id}/calendar/book",
            **{
                "activity_id": str(activity.id),
                "day": str(self.monday.date()),
                "clock": clock,
                "end_day": "",
                "end_clock": end,
                "note": "Cutting",
                **values,
            },
        )

    def test_book_see_and_cancel(self):
        self.giver.tz = "Europe/Brussels"
        self.login_as(self.giver)
        for _press in range(2):
            response = self.book(self.workshop)
            self.assertEqual(response.status_code, 303, response.text[:2000])
        booking = self.investment.booking_ids
        self.assertEqual(len(booking), 1)
        self.assertIn(booking.start.hour, (7, 8))
        page = self.url_open(response.headers["Location"]).text
        for text in ("09:00", "11:00", "Workshop", "Cutting"):
            self.assertIn(text, page)
        self.login_as(self.receiver)
        self.receiver.tz = "Europe/Brussels"
        response = self.book(self.gallery, "10:00", "12:00", note="Kept as typed")
        self.assertEqual(response.status_code, 422)
        self.assertIn("taken by Workshop", response.text)
        self.assertIn('value="Kept as typed"', response.text)
        self.assertEqual(self.post(f"/bookings/{booking.id}/cancel").status_code, 404)
        self.login_as(self.giver)
        self.assertEqual(self.post(f"/bookings/{booking.id}/cancel").status_code, 303)
        self.assertEqual(booking.state, "cancelled")

    def test_owners_only(self):
        self.login_as(self.third)
        other = self._proposal(10)
        self.assertEqual(self.open(f"/{other.id}/calendar").status_code, 404)
        self.assertEqual(self.book(self.workshop).status_code, 422)
        self.assertEqual(self.open(f"/{self.investment.id}/calendar").status_code, 200)
        stranger = self._create_portal_user("j_stranger", self._create_member("Stranger"), "en_US")
        self.login_as(stranger)
        self.assertEqual(self.open(f"/{self.investment.id}/calendar").status_code, 404)
        self.assertEqual(self.book(self.workshop).status_code, 404)
        self.assertFalse(self.investment.booking_ids)

    def test_wrong_times(self):
        self.login_as(self.third)
        for values in (
            {"day": "soon"},
            {"clock": ""},
            {"end_clock": "25:00"},
            {"clock": "11:00", "end": "09:00"},
            {"day": "2020-01-01"},
        ):
            with self.subTest(values=values):
                self.assertEqual(self.book(self.press, **values).status_code, 422)
        for day in ("", "nonsense", "0001-01-01", "9999-12-31"):
            page = self.open(f"/{self.investment.id}/calendar?day={day}")
            self.assertEqual(page.status_code, 200)
