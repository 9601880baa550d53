from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .concurrency_common import ConcurrencyCase
from .directory_common import DirectoryHttpCase
from .test_sector_network import NetworkCase

GUESTS = 4


@tagged("post_install", "-at_install")
class TestEventRegistration(NetworkCase):
    def _registrations(self, event, membership=None):
        domain = [("event_id", "=", event.id), ("state", "!=", "cancel")]
        if membership:
            domain.append(("partner_id", "=", membership.partner_id.id))
        return self.env["event.registration"].search(domain)

    def test_register_and_cancel(self):
        event = self._event("Fair", self.sector)
        for _twice in range(2):
            event._register_member(self.own)
        [registration] = self._registrations(event, self.own)
        self.assertRecordValues(
            registration, [{"name": "Open Member", "email": "open@example.com", "state": "open"}]
        )
        self.assertTrue(self._network(self.sector)["events"][0]["registered"])
        self.assertFalse(self._network(self.sector, self.other)["events"][0]["registered"])
        for _twice in range(2):
            event._cancel_member(self.own)
        self.assertFalse(self._registrations(event))
        event._register_member(self.own)
        self.assertEqual(len(self._registrations(event, self.own)), 1, "and back again")

    def test_the_core_confirms_by_mail(self):
        event = self._event("Fair", self.sector)
        event.event_mail_ids = [
            Command.create(
                {
                    "interval_unit": "now",
                    "interval_type": "after_sub",
                    "template_ref": f"mail.template,{self.env.ref('event.event_subscription').id}",
                }
            )
        ]
        registration = event._register_member(self.own)
        mails = self.env["mail.mail"].search(
            [("model", "=", registration._name), ("res_id", "=", registration.id)]
        )
        self.assertTrue(mails)
        self.assertIn("Fair", mails[0].subject)
        self.assertIn("Open Member", mails[0].body_html)

    def test_a_full_event(self):
        event = self._event("Small", self.sector, seats_limited=True, seats_max=1)
        self.assertEqual(self._network(self.sector)["events"][0]["seats_left"], 1)
        event._register_member(self.own)
        values = self._network(self.sector, self.other)["events"][0]
        self.assertTrue(values["sold_out"])
        with self.assertRaisesRegex(UserError, "Small"):
            event._register_member(self.other)
        event._cancel_member(self.own)
        event._register_member(self.other)
        self.assertEqual(self._registrations(event).partner_id, self.other.partner_id)

    def test_who_was_there_stays(self):
        event = self._event("Fair", self.sector)
        event._register_member(self.own).action_set_done()
        with self.assertRaisesRegex(UserError, "Fair"):
            event._cancel_member(self.own)

    def test_several_moments_are_for_the_organiser(self):
        event = self._event("Two Days", self.sector, is_multi_slots=True)
        self.assertFalse(self._network(self.sector)["events"][0]["open"])
        with self.assertRaisesRegex(UserError, "animator"):
            event._register_member(self.own)


@tagged("post_install", "-at_install")
class TestEventRegistrationPortal(NetworkCase, DirectoryHttpCase):
    PAGE = "/my/networks"

    def _press(self, event, button):
        return self._post(
            f"{self.PAGE}/events/{event.id}/{button}", page=self.PAGE, sector_id=str(self.sector.id)
        )

    def _taken(self, event):
        return event.registration_ids.filtered(lambda one: one.state == "open").partner_id

    def test_member_registers_and_cancels(self):
        event = self._event("Fair", self.sector)
        self._login(self.portal)
        self.assertIn('data-name="register_event"', self.url_open(self.PAGE).text)
        response = self._press(event, "register")
        self.assertEqual(response.status_code, 303)
        self.assertIn(f"#network_{self.sector.id}", response.headers["Location"])
        self.assertEqual(self._taken(event), self.own.partner_id)
        self.assertIn("You are registered", self.url_open(self.PAGE).text)
        self._press(event, "cancel")
        self.assertFalse(self._taken(event))

    def test_full_says_so(self):
        event = self._event("Small", self.sector, seats_limited=True, seats_max=1)
        event._register_member(self.other)
        self._login(self.portal)
        page = self.url_open(self.PAGE).text
        self.assertIn('data-name="sold_out"', page)
        self.assertNotIn('data-name="register_event"', page)
        self.assertIn("no seat is left", self._press(event, "register").text)
        self.assertEqual(self._taken(event), self.other.partner_id)

    def test_only_events_of_the_page(self):
        hidden = self._event("Prepared", self.sector, shown_to_members=False)
        past = self._event("Past", self.sector, days=-10)
        there = self._event("There", self.sector, company_id=self.other_company.id)
        plain = self._event("No Network", self.env["coop.sector"])
        event = self._event("Fair", self.sector)
        self._login(self.portal)
        for other in (hidden, past, there, plain):
            with self.subTest(event=other.name):
                self.assertEqual(self._press(other, "register").status_code, 404)
                self.assertFalse(other.registration_ids)
        url = f"{self.PAGE}/events/{event.id}/register"
        self.assertEqual(self.url_open(url).status_code, 405)
        self._login(self.client)
        data = {"csrf_token": self._token("/my/account")}
        self.assertEqual(self.url_open(url, data=data).status_code, 404)
        self.assertFalse(event.registration_ids)


@tagged("post_install", "-at_install")
class TestLastSeat(ConcurrencyCase):
    """Real connections at once, committed, for the last seat; then all is cleaned up again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._clean_up)
        with cls.connection() as env:
            company = env["res.company"].create({"name": "Cooperative of the Last Seat"})
            partners = env["res.partner"].create(
                [{"name": f"Guest {index}"} for index in range(GUESTS)]
            )
            memberships = env["coop.membership"].create(
                [{"partner_id": one.id, "company_id": company.id} for one in partners]
            )
            begin = fields.Datetime.now() + timedelta(days=5)
            event = env["event.event"].create(
                {
                    "name": "Last Seat",
                    "date_begin": begin,
                    "date_end": begin + timedelta(hours=2),
                    "company_id": company.id,
                    "event_mail_ids": [Command.clear()],
                    "seats_limited": True,
                    "seats_max": 1,
                }
            )
            cls.company_id, cls.event_id = company.id, event.id
            cls.partner_ids, cls.membership_ids = partners.ids, memberships.ids

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            event = env["event.event"].browse(cls.event_id)
            event.registration_ids.unlink()
            event.unlink()
            env["coop.membership"].browse(cls.membership_ids).unlink()
            company = env["res.company"].browse(cls.company_id)
            cls.delete_company(env, company, env["res.partner"].browse(cls.partner_ids))

    def test_one_gets_it(self):
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            results = self.at_once([self._register(one) for one in self.membership_ids])
        self.assertEqual(results.count("registered"), 1, results)
        with self.connection() as env:
            event = env["event.event"].browse(self.event_id)
            self.assertEqual((event.seats_taken, event.seats_available), (1, 0))

    def _register(self, membership_id):
        def register(env):
            membership = env["coop.membership"].browse(membership_id)
            env["event.event"].browse(self.event_id)._register_member(membership)
            return "registered"

        return register
