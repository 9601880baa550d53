from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MembershipCase
from .remote_common import RemoteCalls


@tagged("post_install", "-at_install")
class TestContactsStayPrivate(RemoteCalls, HttpCase, MembershipCase):
    """What members could try to learn about others over the wire, and staff to write."""

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.own = cls.env["coop.membership"].create(
            {"partner_id": cls.portal.partner_id.id, "state": "member"}
        )
        cls.foreign = cls._member("Somebody Else", antenna_id=cls.antenna.id)
        cls.foreign.partner_id.write({"email": "secret@example.com", "phone": "+32 2 555 99 99"})
        cls.own.antenna_id = cls.antenna

    def test_members_learn_nothing_of_others(self):
        self.authenticate(self.portal.login, self.portal.login)
        new = {"partner_id": self.foreign.partner_id.id}
        for model, method, *args in (
            ("coop.membership", "onchange", [], new, ["partner_id"], {"email": {}, "phone": {}}),
            ("coop.membership", "onchange", self.own.ids, new, ["partner_id"], {"email": {}}),
            ("coop.membership", "web_read", self.foreign.ids, {"email": {}}),
            ("coop.membership", "web_save", self.own.ids, {"profile": "advanced"}, {}),
            ("coop.membership", "copy", self.own.ids),
            ("coop.membership", "message_post", self.own.ids),
            ("coop.membership.end", "default_get", ["membership_ids"]),
            ("coop.membership.end", "create", {"membership_ids": self.foreign.ids}),
            ("coop.counter", "search_read", []),
            ("coop.counter", "write", [1], {"last_number": 0}),
            ("coop.antenna", "write", self.antenna.ids, {"contact_ids": []}),
            ("res.partner", "read", self.foreign.partner_id.ids, ["email"]),
            ("res.partner", "read", self.portal.partner_id.ids, ["membership_id"]),
        ):
            if method == "default_get":
                # A dialogue without records tells nothing.
                self.assertFalse(self.call(model, method, *args).get("membership_ids"))
                continue
            with self.subTest(model=model, method=method):
                self.refused(model, method, *args)
        for model, domain in (
            ("coop.membership", [["partner_id.email", "ilike", "secret"]]),
            (
                "coop.membership",
                [["antenna_id.membership_ids.partner_id.email", "ilike", "secret"]],
            ),
            ("coop.antenna", [["membership_ids.partner_id.email", "ilike", "secret"]]),
            ("coop.antenna", [["contact_ids.email", "ilike", "contact"]]),
            ("res.partner", [["membership_ids.number", "=", self.foreign.number]]),
        ):
            with self.subTest(model=model, domain=domain):
                self.assertEqual(self.call(model, "search", domain), [])
        names = self.call("coop.membership", "name_search", "")
        self.assertEqual([name_id for name_id, _name in names], self.own.ids)

    def test_page_shows_names_as_text(self):
        self.contact.name = "<script>alert(1)</script>"
        self.portal.partner_id.name = "<img src=x onerror=alert(2)>"
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open("/my/membership").text
        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertNotIn("<script>alert(1)", page)
        self.assertNotIn("<img src=x", page)
        self.assertNotIn("Somebody Else", page)

    def test_visitors_are_sent_to_the_login(self):
        response = self.url_open("/my/membership", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_staff_write_no_numbers(self):
        counter = self.env["coop.counter"].search([("company_id", "=", self.company.id)])
        for user in (self.services, self.manager):
            with self.assertRaises(AccessError):
                counter.with_user(user).write({"last_number": 0})
            for values in ({"number": 1}, {"state": "candidate"}, {"partner_id": self.contact.id}):
                with self.subTest(user=user.login, values=values), self.assertRaises(UserError):
                    self.foreign.with_user(user).write(values)
            with self.assertRaises(UserError):
                self.env["coop.membership"].with_user(user).create(
                    {"partner_id": self.contact.id, "number": 7}
                )
        self.assertEqual(self.foreign.number, 2)
