import re

from odoo.tests import HttpCase, tagged

from .share_common import ShareCase


@tagged("post_install", "-at_install")
class TestMyShares(HttpCase, ShareCase):
    """The own shares in the portal."""

    browser_size = "390x844"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.partner = self.portal.partner_id
        self.authenticate(self.portal.login, self.portal.login)
        self.bank = self.env["res.partner.bank"].create(
            {
                "acc_number": "BE71096123456769",
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )

    def open_page(self):
        self.html = self.url_open("/my/shares").text
        return self.html

    def hidden(self, name):
        return re.search(rf'name="{name}"[^>]*value="([^"]+)"', self.html)[1]

    def ask(self, keys=None, **values):
        if not keys:
            self.open_page()
            keys = (self.hidden("csrf_token"), self.hidden("page_key"))
        data = {
            "csrf_token": keys[0],
            "page_key": keys[1],
            "share_class": str(self.share_a.id),
            "quantity": "3",
            **values,
        }
        return self.url_open("/my/shares", data=data, allow_redirects=False)

    def subscriptions(self):
        return self.env["coop.share.subscription"].search(
            [("partner_id", "=", self.partner.id)], order="id"
        )

    def test_from_call_to_extract(self):
        subscription = self._subscribe(2, self.partner)
        call = subscription.capital_call_id
        page = self.open_page()
        self.assertIn("o_shares_none", page)
        self.assertIn(call.payment_reference, page)
        self.assertIn("BE71", page)
        self.assertIn(f"/my/invoices/{call.id}?access_token=", page)
        self.assertIn("100.00", page)
        self._pay(subscription)
        page = self.open_page()
        self.assertNotIn("o_shares_call", page)
        self.assertIn("o_shares_voting", page)
        self.assertRegex(page, r"o_shares_quantity[^>]*>2<")
        self.assertRegex(page, r"No\.\s*1<")
        self.assertEqual(page.count("o_shares_movement"), 1)
        self.assertIn('href="/my/shares/resign"', page)

    def test_only_the_own(self):
        self._member(7, "Somebody Else")
        self._subscribe(1, self.other.partner_id)
        page = self.open_page()
        for text in (
            "o_shares_holding",
            "o_shares_movement",
            "o_shares_call",
            "Somebody Else",
            "/my/shares/resign",
        ):
            self.assertNotIn(text, page)
        page = self.url_open(
            f"/my/shares?partner_id={self.other.partner_id.id}&id=1&subscription_id=1"
        ).text
        self.assertNotIn("o_shares_call", page)
        self.assertEqual(self.url_open("/my/shares/1").status_code, 404)

    def test_ask_for_more(self):
        self._pay(self._subscribe(2, self.partner))
        response = self.ask()
        self.assertEqual(response.status_code, 303)
        more = self.subscriptions()[1:]
        self.assertRecordValues(
            more,
            [
                {
                    "state": "submitted",
                    "quantity": 3,
                    "share_class_id": self.share_a.id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertIn("o_shares_asked", self.url_open("/my/shares?asked=1").text)
        self.assertIn(more.name, self.open_page())

    def test_sent_twice_makes_one(self):
        self._pay(self._subscribe(2, self.partner))
        self.open_page()
        keys = (self.hidden("csrf_token"), self.hidden("page_key"))
        for _time in range(3):
            self.assertEqual(self.ask(keys).status_code, 303)
        self.assertEqual(len(self.subscriptions()), 2)

    def test_bad_input(self):
        self._pay(self._subscribe(2, self.partner))
        self.share_a.maximum_quantity = 4
        for values in (
            {"quantity": "0"},
            {"quantity": "-1"},
            {"quantity": "1.5"},
            {"quantity": "100001"},
            {"quantity": "3"},  # 5 would be above the maximum
            {"share_class": str(self.share_c.id)},
            {"share_class": "x"},
            {"page_key": "x"},
        ):
            with self.subTest(values=values):
                response = self.ask(**values)
                self.assertEqual(response.status_code, 422)
                self.assertIn("o_join_errors", response.text)
        self.assertEqual(len(self.subscriptions()), 1)
        response = self.ask(
            quantity="1",
            partner_id=str(self.other.partner_id.id),
            state="paid",
            company_id="1",
            unit_price="0.01",
        )
        self.assertEqual(response.status_code, 303)
        self.assertRecordValues(
            self.subscriptions()[1:],
            [{"partner_id": self.partner.id, "state": "submitted", "unit_price": 50.0}],
        )

    def test_who_is_no_member_asks_nothing(self):
        page = self.open_page()
        self.assertNotIn("o_shares_form", page)
        self.assertIn("/membership/join", page)

    def test_login_and_card(self):
        self._pay(self._subscribe(2, self.partner))
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["share_count"]})
        self.assertEqual(answer["share_count"], 2)
        self.assertIn('href="/my/shares"', self.url_open("/my").text)
        self.authenticate(None, None)
        response = self.url_open("/my/shares", allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_the_capital_call_is_called_so(self):
        subscription = self._subscribe(2, self.partner)
        call = subscription.capital_call_id
        page = self.url_open(call.get_portal_url()).text
        self.assertIn("o_capital_call_breadcrumb", page)
        html = self.url_open(call.get_portal_url(report_type="html")).text
        self.assertIn("Capital call", html)
        for text in ("Invoice", "Untaxed", "Taxes", "VAT"):
            self.assertNotIn(text, re.sub(r"<(head|script|style).*?</\1>", "", html, flags=re.S))
        self.assertEqual(call.type_name, "Capital call")
        subscription.action_cancel()
        refund = call.reversal_move_ids
        self.assertEqual(refund.type_name, "Capital call taken back")

    def test_an_invoice_is_still_an_invoice(self):
        invoice = self.init_invoice("out_invoice", self.partner_a, amounts=[100], post=True)
        self.assertEqual(invoice.type_name, "Invoice")
        html = self.url_open(invoice.get_portal_url(report_type="html")).text
        self.assertIn("Invoice", html)
        self.assertNotIn("Capital call", html)

    def test_many_cost_as_few(self):
        self._pay(self._subscribe(2, self.partner))
        self._subscribe(1, self.partner)
        few = self._count_queries()
        for _number in range(6):
            self._subscribe(1, self.partner)
            self._pay(self._subscribe(1, self.partner))
        many = self._count_queries()
        self.assertEqual(self.open_page().count("o_shares_call card"), 7)
        self.assertGreater(few, 10)
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 60)

    def _count_queries(self):
        """Return the queries of one page, with only the registry and the templates warm."""
        self.open_page()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.open_page()
        return self.cr.sql_log_count - before
