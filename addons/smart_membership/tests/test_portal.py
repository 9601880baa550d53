from odoo.tests import HttpCase, tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, MembershipCase):
    # A telephone: the width for which the page is made first.
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.membership = cls.env["coop.membership"].create(
            {
                "partner_id": cls.portal.partner_id.id,
                "antenna_id": cls.antenna.id,
                "sector_ids": cls.subsector.ids,
                "state": "member",
            }
        )

    def test_tour_my_membership(self):
        self.start_tour("/my", "membership_portal_tour", login=self.portal.login)

    def test_page_shows_the_own_membership(self):
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open("/my/membership").text
        for text in ("Test Antenna", "Contact Person", "contact@example.com", "Test Subsector"):
            self.assertIn(text, page)

    def test_page_of_who_is_no_member(self):
        self._member("Not for Others")
        self.authenticate(self.portal_other.login, self.portal_other.login)
        response = self.url_open("/my/membership")
        self.assertEqual(response.status_code, 200)
        self.assertIn("You are not a member yet", response.text)
        self.assertNotIn("Not for Others", response.text)

    def test_page_takes_no_id(self):
        foreign = self._member("Not for Others")
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(f"/my/membership?id={foreign.id}&membership_id={foreign.id}").text
        self.assertNotIn("Not for Others", page)
        self.assertEqual(self.url_open(f"/my/membership/{foreign.id}").status_code, 404)

    def test_page_of_an_employee_without_access_to_members(self):
        self.authenticate(self.employee.login, self.employee.login)
        response = self.url_open("/my/membership")
        self.assertEqual(response.status_code, 200)
        self.assertIn("You are not a member yet", response.text)

    def test_page_wants_a_login(self):
        self.authenticate(None, None)
        response = self.url_open("/my/membership", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_card_on_the_home_page_is_for_members(self):
        for user, count in ((self.portal, 1), (self.portal_other, 0)):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                answer = self.make_jsonrpc_request(
                    "/my/counters", {"counters": ["membership_count"]}
                )
                self.assertEqual(answer["membership_count"], count)

    def test_names_are_escaped(self):
        self.antenna.name = "<script>alert(1)</script>"
        self.authenticate(self.portal.login, self.portal.login)
        self.assertNotIn("<script>alert(1)", self.url_open("/my/membership").text)
