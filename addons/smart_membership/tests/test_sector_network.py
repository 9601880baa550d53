from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .directory_common import DirectoryCase, DirectoryHttpCase


class NetworkCase(DirectoryCase):
    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.foreign_sector = cls.env["coop.sector"].create({"name": "Foreign Sector"})
        cls.sector.with_user(cls.manager).action_create_mailing_list()
        cls.mail_group = cls.sector.mail_group_id

    @classmethod
    def _event(cls, name, sectors, days=10, **values):
        begin = fields.Datetime.now() + timedelta(days=days)
        return cls.env["event.event"].create(
            {
                "name": name,
                "sector_ids": sectors.ids,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=3),
                "event_mail_ids": [Command.clear()],
                "company_id": cls.company.id,
                **values,
            }
        )

    def _network(self, sector, membership=None):
        networks = self.env["coop.sector"]._networks(membership or self.own)
        return next((row for row in networks if row["sector_id"] == sector.id), None)

    def _subscribers(self):
        return self.mail_group.member_ids.partner_id


@tagged("post_install", "-at_install")
class TestSectorNetwork(NetworkCase):
    def test_a_list_is_for_its_subscribers(self):
        self.assertEqual(self.mail_group.access_mode, "members")
        self.assertEqual(self.mail_group.name, "Network Test Sector")
        with self.assertRaisesRegex(UserError, "Test Sector"):
            self.sector.action_create_mailing_list()
        with self.assertRaises(AccessError):
            self.subsector.with_user(self.services).action_create_mailing_list()

    def test_subscribe_and_unsubscribe(self):
        for _twice in range(2):
            self.sector._subscribe(self.own)
        self.assertEqual(self._subscribers(), self.own.partner_id)
        self.assertEqual(self.sector.subscriber_count, 1)
        self.assertTrue(self._network(self.sector)["subscribed"])
        self.assertFalse(self._network(self.sector, self.other)["subscribed"])
        for _twice in range(2):
            self.sector._unsubscribe(self.own)
        self.assertFalse(self._subscribers())

    def test_who_lost_the_address_can_still_leave(self):
        self.sector._subscribe(self.own)
        self.own.partner_id.email = False
        self.sector._unsubscribe(self.own)
        self.assertFalse(self.mail_group.member_ids)

    def test_subscribing_needs_an_address_and_an_open_list(self):
        self.own.partner_id.email = False
        with self.assertRaisesRegex(UserError, "e-mail"):
            self.sector._subscribe(self.own)
        with self.assertRaisesRegex(UserError, "Foreign Sector"):
            self.foreign_sector._subscribe(self.other)
        self.mail_group.is_closed = True
        with self.assertRaisesRegex(UserError, "Test Sector"):
            self.sector._subscribe(self.other)

    def test_a_message_reaches_the_subscribers(self):
        """What a subscriber writes to the list is mailed to the others."""
        self.sector._subscribe(self.own)
        self.other.partner_id.email = "second@example.com"
        self.sector._subscribe(self.other)
        self.mail_group.message_post(
            body="Who joins me?", subject="Fair", email_from="open@example.com"
        )
        mails = self.env["mail.mail"].search([("res_id", "=", self.mail_group.id)])
        mails = mails.filtered(lambda mail: mail.model == "mail.group")
        self.assertEqual(set(mails.mapped("email_to")), {"second@example.com"}, "not to the writer")

    def test_who_leaves_the_cooperative_leaves_the_networks(self):
        self.sector._subscribe(self.own)
        self.sector._subscribe(self.other)
        self.sector.animator_id = self.own
        self.own._end(self.own.date_start, "resignation")
        self.assertEqual(self._subscribers(), self.other.partner_id)
        self.assertFalse(self.sector.animator_id)

    def test_animator_is_a_member_of_this_company(self):
        self.sector.animator_id = self.generous
        self.assertEqual(self._network(self.sector)["animator"], "Généreuse Générale")
        there = self._member("There", company_id=self.other_company.id)
        for stranger in (there, self._candidate()):
            with self.assertRaises(ValidationError):
                self.sector.animator_id = stranger

    def test_each_company_has_its_own_network(self):
        self.sector.animator_id = self.generous
        there = self._member("There", company_id=self.other_company.id, sector_ids=self.sector.ids)
        self._event("Here", self.sector)
        network = self._network(self.sector, there)
        self.assertEqual(
            (network["animator"], network["has_list"], network["events"]), ("", False, [])
        )

    def test_own_sectors_and_their_parents_come_first(self):
        self._event("Elsewhere", self.foreign_sector)
        networks = self.env["coop.sector"]._networks(self.own)
        own = [row["sector_id"] for row in networks if row["own"]]
        self.assertEqual(own, [self.sector.id, self.subsector.id])
        self.assertFalse(self._network(self.foreign_sector)["own"])

    def test_events_to_come(self):
        shown = self._event("Shown", self.sector | self.foreign_sector)
        self._event("Past", self.sector, days=-10)
        self._event("Prepared", self.sector, shown_to_members=False)
        self._event("Cancelled", self.sector, kanban_state="cancel")
        self._event("There", self.sector, company_id=self.other_company.id)
        for sector in (self.sector, self.foreign_sector):
            names = [event["name"] for event in self._network(sector)["events"]]
            self.assertEqual(names, [shown.name])

    def test_staff_goes_from_sector_to_events(self):
        event = self._event("Shown", self.sector)
        self._event("Past", self.sector, days=-10)
        sector = self.sector.with_user(self.services)
        self.assertEqual(sector.event_count, 1)
        action = sector.action_view_events()
        self.assertIn(event, self.env["event.event"].search(action["domain"]))
        self.assertTrue(event.with_user(self.services).has_access("write"))

    def test_networks_cost_a_fixed_number_of_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["coop.sector"].sudo()._networks(self.own)
            return self.cr.sql_log_count - before

        def grow(number):
            for index in range(number):
                sector = self.env["coop.sector"].create({"name": f"Grown {number} {index}"})
                sector.animator_id = self.generous
                sector.action_create_mailing_list()
                self._event(f"Event {index}", sector)

        grow(2)
        count()
        few = count()
        grow(10)
        self.assertLessEqual(count(), few)
        self.assertLessEqual(few, 22)


@tagged("post_install", "-at_install")
class TestNetworkPortal(NetworkCase, DirectoryHttpCase):
    PAGE = "/my/networks"

    def _press(self, button, sector=None):
        return self._post(f"{self.PAGE}/{(sector or self.sector).id}/{button}", page=self.PAGE)

    def test_page(self):
        self.sector.animator_id = self.generous
        self._event("Spring Fair", self.sector)
        self._login(self.portal)
        page = self.url_open(self.PAGE).text
        for text in (
            "Test Sector",
            "Généreuse Générale",
            "Spring Fair",
            "Subscribe to the mailing",
        ):
            self.assertIn(text, page)
        self.assertNotIn("generous@example.com", page)

    def test_member_subscribes_reads_and_leaves(self):
        self._login(self.portal)
        archive = f"/groups/{self.env['ir.http']._slug(self.mail_group)}"
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(archive).status_code, 403)
        self.assertEqual(self._press("subscribe").status_code, 303)
        self.assertEqual(self._subscribers(), self.own.partner_id)
        self.assertIn(archive, self.url_open(self.PAGE).text)
        self.assertEqual(self.url_open(archive).status_code, 200)
        self._press("unsubscribe")
        self.assertFalse(self._subscribers())

    def test_subscribing_without_address(self):
        self.portal.partner_id.email = False
        self._login(self.portal)
        response = self._press("subscribe")
        self.assertEqual(response.status_code, 200)
        self.assertIn('data-name="error"', response.text)
        self.assertFalse(self._subscribers())

    def test_clients_and_guessed_sectors(self):
        self._login(self.portal)
        token = self._token(self.PAGE)
        for sector_id in (0, 2**31, 10**30):
            response = self.url_open(
                f"{self.PAGE}/{sector_id}/subscribe", data={"csrf_token": token}
            )
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.url_open(f"{self.PAGE}/{self.sector.id}/subscribe").status_code, 405)
        self._login(self.client)
        response = self.url_open(
            f"{self.PAGE}/{self.sector.id}/subscribe",
            data={"csrf_token": self._token("/my/account")},
        )
        self.assertEqual(response.status_code, 404)
        self.assertFalse(self._subscribers())
