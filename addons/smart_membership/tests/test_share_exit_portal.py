from lxml import html

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestShareExitPortal(HttpCase, ExitCase):
    # A telephone: the width for which the page is made first.
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal.partner_id.email = "portal@example.com"
        subscription = cls._subscribe(4, cls.portal.partner_id)
        cls._pay(subscription)
        cls.membership = subscription.membership_id
        cls.foreign = cls._member(3, "Not for Others")

    def _page(self):
        return html.fromstring(self.url_open("/my/shares/resign").text)

    def _post(self, url="/my/shares/resign", **values):
        return self.url_open(url, data={"csrf_token": Request.csrf_token(self), **values})

    def _exits(self):
        return self.env["coop.share.exit"].search([("membership_id", "=", self.membership.id)])

    def test_tour_resignation(self):
        self.start_tour("/my/membership", "share_exit_portal_tour", login=self.portal.login)
        share_exit = self._exits()
        self.assertEqual((share_exit.state, share_exit.kind), ("submitted", "resignation"))
        self.assertEqual(share_exit.bank_account_id.sanitized_acc_number, "BE68539007547034")
        self.assertEqual(share_exit.bank_account_id.partner_id, self.portal.partner_id)
        self.assertTrue(share_exit.portal_confirmed_at)
        self.assertEqual(share_exit.reason, "I move abroad")

    def test_the_page_says_what_will_happen(self):
        self.authenticate(self.portal.login, self.portal.login)
        page = self._page()
        self.assertIn("200.00", page.find_class("o_resign_amount")[0].text_content())
        effective = self.env["coop.share.exit"].new({"membership_id": self.membership.id})
        self.assertIn(
            str(effective.effective_date.year),
            page.find_class("o_resign_effective")[0].text_content(),
        )
        self.assertNotIn("Not for Others", page.text_content())
        self.assertFalse(self._exits())

    def test_a_mistake_loses_nothing_of_what_was_typed(self):
        self.authenticate(self.portal.login, self.portal.login)
        number = str(self.membership.number)
        for values, message in (
            ({"confirmation": "999", "iban": "", "reason": "Abroad"}, "Type your member number"),
            ({"confirmation": number, "iban": "BE00", "reason": "Abroad"}, "no valid IBAN"),
            (
                {"confirmation": number, "part": "part", "quantity": "x", "reason": "Abroad"},
                "how many",
            ),
            (
                {
                    "confirmation": number,
                    "part": "part",
                    "quantity": "2",
                    "share_class_id": str(self.share_a.id),
                    "reason": "Abroad",
                },
                "all their shares",
            ),
        ):
            with self.subTest(message=message):
                response = self._post(**values)
                page = html.fromstring(response.text)
                self.assertIn(message, page.find_class("o_resign_error")[0].text_content())
                self.assertEqual(page.get_element_by_id("reason").text_content().strip(), "Abroad")
                self.assertEqual(
                    page.get_element_by_id("confirmation").get("value"), values["confirmation"]
                )
                self.assertFalse(self._exits())

    def test_only_known_fields_of_the_own_membership(self):
        self.authenticate(self.portal.login, self.portal.login)
        self._post(
            confirmation=str(self.membership.number),
            membership_id=str(self.foreign.id),
            kind="death",
            state="paid",
            amount="9999",
            beneficiary_id=str(self.foreign.partner_id.id),
        )
        share_exit = self._exits()
        self.assertRecordValues(
            share_exit,
            [
                {
                    "state": "submitted",
                    "kind": "resignation",
                    "amount": 200.0,
                    "beneficiary_id": False,
                    "request_date": fields.Date.context_today(share_exit),
                }
            ],
        )
        self.assertEqual(self.foreign.state, "member")
        # Once is enough: the second time there is no form, and a repeated one is refused.
        self.assertFalse(self._page().find_class("o_resign_form"))
        self._post(confirmation=str(self.membership.number))
        self.assertEqual(self._exits(), share_exit)

    def test_who_changes_their_mind_stays(self):
        self.authenticate(self.portal.login, self.portal.login)
        self._post(confirmation=str(self.membership.number))
        self._post("/my/shares/resign/withdraw")
        self.assertEqual(self._exits().state, "cancelled")
        self._post(confirmation=str(self.membership.number))
        decided = self._exits()[:1]
        decided.action_approve()
        self._post("/my/shares/resign/withdraw")
        self.assertNotEqual(decided.state, "cancelled")

    def test_nobody_withdraws_for_another(self):
        foreign = self._exit(self.foreign)
        self.authenticate(self.portal.login, self.portal.login)
        self._post("/my/shares/resign/withdraw", id=str(foreign.id), exit_id=str(foreign.id))
        self.assertEqual(foreign.state, "submitted")

    def test_an_open_request_for_shares_is_cancelled_on_the_way(self):
        subscription = self._subscribe(1, self.portal.partner_id)
        self.authenticate(self.portal.login, self.portal.login)
        self.assertIn(subscription.name, self._page().text_content())
        number = str(self.membership.number)
        self.assertIn(subscription.name, self._post(confirmation=number).text)
        self.assertFalse(self._exits())
        self._post(confirmation=number, cancel_subscriptions="1")
        self.assertEqual(subscription.state, "cancelled")
        self.assertEqual(self._exits().state, "submitted")

    def test_a_part_where_the_statutes_allow_it(self):
        self.company.coop_exit_partial = True
        self.authenticate(self.portal.login, self.portal.login)
        self._post(
            confirmation=str(self.membership.number),
            part="part",
            quantity="3",
            share_class_id=str(self.share_a.id),
        )
        self.assertEqual((self._exits().kind, self._exits().amount), ("partial", 150.0))

    def test_founders_read_why_they_stay(self):
        self.membership.founder = True
        self.authenticate(self.portal.login, self.portal.login)
        page = self._page()
        self.assertTrue(page.find_class("o_resign_refusal"))
        self.assertFalse(page.find_class("o_resign_form"))
        self._post(confirmation=str(self.membership.number))
        self.assertFalse(self._exits())

    def test_who_is_no_member_reads_so(self):
        self.authenticate(self.other.login, self.other.login)
        self.assertTrue(self._page().find_class("o_resign_none"))
        response = self._post(confirmation="1")
        self.assertEqual(response.status_code, 200)
        self.authenticate(self.services.login, self.services.login)
        self.assertTrue(self._page().find_class("o_resign_none"))

    def test_wants_a_login_and_a_token(self):
        response = self.url_open("/my/shares/resign", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.authenticate(self.portal.login, self.portal.login)
        with mute_logger("odoo.http"):
            response = self.url_open(
                "/my/shares/resign", data={"confirmation": str(self.membership.number)}
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._exits())

    def test_the_page_costs_few_queries(self):
        self.authenticate(self.portal.login, self.portal.login)
        self._post(confirmation=str(self.membership.number))
        self.url_open("/my/shares/resign")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.url_open("/my/shares/resign")
        self.assertLessEqual(self.env.cr.sql_log_count - before, 50)
