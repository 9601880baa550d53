import logging
from datetime import timedelta

from odoo import fields
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..lib.approval_link import new_token
from .approval_common import ApprovalMixin
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestApprovalPage(ApprovalMixin, PortalCase):
    """The page behind the link, over the wire, as people and scanners of mail use it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_approvals()

    def setUp(self):
        super().setUp()
        self.expense = self._expense_of_member()
        self.approval = self._links(self.expense)
        self.address = self._address(self.approval)

    def fill_in(self, decision="approve", reason="", headers=None, **values):
        content = self.expense.sudo()._get_approval_fingerprint()
        data = {"decision": decision, "reason": reason, "content": content, **values}
        return self.url_open(self.address, data=data, headers=headers or {}, allow_redirects=False)

    def assert_nothing_happened(self):
        self.env.invalidate_all()
        self.assertEqual((self.expense.state, self.approval.state), ("submitted", "open"))
        self.assertFalse(self.approval.decided_at)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def test_reading_changes_nothing(self):
        before = self.approval.sudo().read(["write_date", "state", "expires_at"])
        for method in ("get", "head", "get"):
            response = getattr(self.opener, method)(self.base_url() + self.address)
            self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.approval.sudo().read(["write_date", "state", "expires_at"]), before)
        self.assert_nothing_happened()
        for query in ("?decision=approve", "?decision=approve&content=x&reason=y"):
            self.url_open(self.address + query)
            self.assert_nothing_happened()

    def test_the_page_shows_the_document_and_who_decides(self):
        response = self.url_open(self.address)
        for text in (
            self.member_partner.name,
            "Shop 1",
            "121.00",
            "You decide as",
            self.approver.name,
        ):
            self.assertIn(text, response.text)
        [file] = self.expense.sudo().attachment_ids
        self.assertIn(f"{self.address}/files/{file.id}", response.text)
        self.assertNotIn("session_id=", response.text)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        receipt = self.url_open(f"{self.address}/files/{file.id}")
        self.assertEqual((receipt.status_code, receipt.content), (200, file.raw))
        self.assertIn("no-store", receipt.headers["Cache-Control"])
        self.assertEqual(receipt.headers["X-Content-Type-Options"], "nosniff")

    def test_files_of_others(self):
        foreign = self._expense_of_member(2).sudo().attachment_ids
        self.assertEqual(self.url_open(f"{self.address}/files/{foreign.id}").status_code, 404)
        own = self.expense.sudo().attachment_ids
        self.assertEqual(self.url_open(f"/approval/{new_token()}/files/{own.id}").status_code, 404)

    def test_unknown_links_are_all_the_same(self):
        answers = {
            (response.status_code, len(response.text))
            for response in (
                self.url_open(f"/approval/{token}") for token in (new_token(), "x", "a" * 43)
            )
        }
        self.assertEqual(len(answers), 1)
        self.assertEqual(answers.pop()[0], 404)
        response = self.url_open(f"/approval/{new_token()}", data={"decision": "approve"})
        self.assertEqual(response.status_code, 404)

    def test_the_log_does_without_the_token(self):
        token = self._token(self.approval)
        logger = logging.getLogger("werkzeug")
        line = logger.makeRecord(
            "werkzeug", logging.INFO, "", 0, f'"GET {self.address} HTTP/1.1" 200', (), None
        )
        self.assertTrue(logger.filter(line))
        self.assertIn("/approval/***", line.getMessage())
        self.assertNotIn(token, line.getMessage())

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def test_approve(self):
        response = self.fill_in()
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.env.invalidate_all()
        self.assertEqual((self.expense.state, self.approval.state), ("posted", "approved"))
        self.assertEqual(self.expense.decided_by_id, self.approver.partner_id)
        page = self.url_open(self.address)
        self.assertIn('data-state="approved"', page.text)
        # Once: what comes after it changes nothing, and the receipt is not shown any more.
        again = self.fill_in("refuse", "Too late")
        self.assertIn('data-state="approved"', again.text)
        self.env.invalidate_all()
        self.assertEqual(self.expense.state, "posted")
        file = self.expense.sudo().attachment_ids
        self.assertEqual(self.url_open(f"{self.address}/files/{file.id}").status_code, 404)
        # Nobody was logged in by it.
        self.assertIn("/web/login", self.url_open("/my").url)
        self.assert_books_hold()

    def test_refuse(self):
        response = self.fill_in("refuse", "   ")
        self.assertEqual(response.status_code, 422)
        self.assert_nothing_happened()
        self.assertEqual(self.fill_in("refuse", "Not readable").status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(
            (self.expense.state, self.expense.refusal_reason), ("refused", "Not readable")
        )
        self.assertIn('data-state="refused"', self.url_open(self.address).text)

    def test_only_from_the_own_page(self):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "https://evil.example.com"},
        ):
            self.assertEqual(self.fill_in(headers=headers).status_code, 403)
            self.assert_nothing_happened()
        # A form of another page does not know what was shown.
        self.assertEqual(self.fill_in(content="").status_code, 409)
        self.assertEqual(self.fill_in(decision="").status_code, 200)
        self.assert_nothing_happened()
        self.assertEqual(self.fill_in(headers={"Sec-Fetch-Site": "same-origin"}).status_code, 303)

    def test_changed_meanwhile(self):
        seen = self.expense.sudo()._get_approval_fingerprint()
        self.expense.with_user(self.second).tax_ids = self.low_tax
        page = self.url_open(self.address).text
        self.assertIn('data-name="changed"', page)
        response = self.fill_in(content=seen)
        self.assertEqual(response.status_code, 409)
        self.assertIn("changed since", response.text)
        self.assert_nothing_happened()
        self.assertEqual(self.fill_in().status_code, 303)

    def test_what_is_no_fingerprint(self):
        for content in ("", "é", "\x00", "x" * 100_000):
            response = self.fill_in(content=content)
            self.assertEqual(response.status_code, 409)
            self.assert_nothing_happened()
        data = {"decision": "approve", "reason": ""}
        response = self.url_open(
            self.address, data=data, files={"content": ("a.txt", b"x")}, allow_redirects=False
        )
        self.assertEqual(response.status_code, 409)
        self.assert_nothing_happened()

    def test_left_meanwhile(self):
        self.approver.sudo().active = False
        response = self.fill_in()
        self.assertEqual(response.status_code, 403)
        self.assert_nothing_happened()

    def test_logged_in_as_another(self):
        self.authenticate(self.user.login, self.user.login)
        response = self.fill_in()
        self.assertEqual(response.status_code, 403)
        self.assertIn("This link is for", response.text)
        self.assert_nothing_happened()
        self.authenticate(self.approver.login, self.approver.login)
        self.assertEqual(self.fill_in().status_code, 403)  # without the proof of the session
        self.assert_nothing_happened()
        page = self.url_open(self.address).text
        proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        self.assertEqual(self.fill_in(csrf_token=proof).status_code, 303)

    def test_expired_and_ended(self):
        self.approval.sudo().expires_at = fields.Datetime.now() - timedelta(minutes=1)
        response = self.url_open(self.address)
        self.assertEqual(response.status_code, 410)
        self.assertIn('data-state="expired"', response.text)
        self.assertNotIn("121.00", response.text)
        self.assertIn('data-state="expired"', self.fill_in().text)
        self.assert_nothing_happened()
        # Who was asked gets a new mail, as long as that person may decide.
        self.assertIn('data-name="renew"', response.text)
        self.assertEqual(
            self.url_open(
                f"{self.address}/renew", data={"x": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
            ).status_code,
            403,
        )
        self.url_open(f"{self.address}/renew", data={"x": "1"})
        newer = self._links(self.expense)[0]
        self.assertEqual((newer.user_id, newer.state), (self.approver, "open"))
        self.assertNotEqual(newer, self.approval)
        self.env.invalidate_all()
        self.assertEqual(self.approval.state, "ended")
        self.assertIn("A newer mail", self.url_open(self.address).text)
        again = self.url_open(f"{self.address}/renew", data={"x": "1"})
        self.assertEqual(len(self._links(self.expense)), 2)
        self.assertEqual(again.status_code, 422)
        self.expense.with_user(self.second).action_withdraw()
        response = self.url_open(self.address)
        self.assertEqual(response.status_code, 410)
        self.assertIn('data-state="ended"', response.text)

    def test_large_needs_a_login(self):
        self.company.sudo().approval_login_amount = 100
        page = self.url_open(self.address)
        self.assertIn('data-name="needs_login"', page.text)
        self.assertNotIn('data-name="approve"', page.text)
        self.assertEqual(self.fill_in().status_code, 403)
        self.assert_nothing_happened()

    @mute_logger("odoo.http")
    def test_nobody_reads_links_by_rpc(self):
        self.authenticate(self.user.login, self.user.login)
        for method, arguments in (
            ("search_read", [[]]),
            ("write", [self.approval.ids, {"state": "approved"}]),
        ):
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {"model": "coop.approval", "method": method, "args": arguments, "kwargs": {}},
                )
        self.assert_nothing_happened()
