from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .approval_common import ApprovalMixin
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestInvoiceCorrection(ApprovalMixin, PortalCase):
    """The accountant corrects a draft, and the member agrees or not: by link or in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_approvals()

    def setUp(self):
        super().setUp()
        self.invoice = self.submit()
        self.invoice.invoice_line_ids.price_unit = 900
        self._propose()
        self.approval = self._links(self.invoice)

    def _propose(self, reason="The order says 900"):
        action = self.invoice.action_submission_send_back()
        dialogue = self.env["coop.invoice.send.back"].with_context(**action["context"])
        dialogue.create({"reason": reason}).action_propose()

    def _answer(self, step, **values):
        page = self.url_open(self.url("invoices", self.invoice.id)).text
        proof, content = (
            page.partition(f'name="{name}" value="')[2].partition('"')[0]
            for name in ("csrf_token", "content")
        )
        return self.url_open(
            self.url("invoices", self.invoice.id, step),
            data={"csrf_token": proof, "content": content, **values},
            allow_redirects=False,
        )

    def test_agree_by_link(self):
        self.assertEqual(self.invoice.submission_state, "proposed")
        self.assertEqual(self.approval.user_id, self.user)
        with self.assertRaisesRegex(UserError, "waits for the agreement"):
            self.invoice.action_post()
        self._decide(self.approval)
        self.assertEqual(self.invoice.submission_state, "submitted")
        self.assertEqual(self.invoice.correction_outcome, "agreed")
        self.assertIn("agrees", self.invoice.activity_ids.summary)
        self.invoice.action_submission_post()
        self.assertEqual(self.invoice.state, "posted")
        self.assertEqual(self.invoice.submission_state, "accepted")
        self.assert_books_hold()

    def test_refuse_by_link(self):
        self._decide(self.approval, "refuse", "It was 1,000")
        self.assertEqual(self.invoice.correction_outcome, "refused")
        self.assertEqual(self.invoice.correction_answer, "It was 1,000")
        self.assertEqual(self.approval.state, "refused")
        # Asked once more, with a new link.
        self._propose("Then 950")
        self.assertFalse(self.invoice.correction_outcome)
        self.assertEqual(self._links(self.invoice)[0].state, "open")

    def test_in_the_portal(self):
        page = self.url_open(self.url("invoices", self.invoice.id)).text
        self.assertIn("The order says 900", page)
        self._answer("disagree", reason="  ")
        self.assertEqual(self.invoice.submission_state, "proposed")
        self._answer("disagree", reason="No")
        self.env.invalidate_all()
        self.assertEqual(self.invoice.correction_answer, "No")
        self.assertEqual((self.approval.state, self.approval.channel), ("refused", "login"))
        self._propose("Then 950")
        self._answer("agree")
        self.env.invalidate_all()
        self.assertEqual(self.invoice.correction_outcome, "agreed")

    def test_a_draft_that_changed_is_not_agreed_with(self):
        page = self.url_open(self._address(self.approval)).text
        self.assertIn("900", page)
        seen = self.invoice.sudo()._get_approval_fingerprint()
        self.invoice.invoice_line_ids.price_unit = 800
        with self.assertRaisesRegex(UserError, "changed since"), self.env.cr.savepoint():
            self._decide(self.approval, content=seen)
        self.assertTrue(self.approval.sudo()._is_changed())

    def test_take_back_and_rights(self):
        with self.assertRaises(AccessError):
            self.invoice.with_user(self.other_user)._approve_as(self.other_user.partner_id)
        with self.assertRaises(AccessError):
            self.invoice.with_user(self.user).action_correction_take_back()
        self.invoice.action_correction_take_back()
        self.assertEqual(self.invoice.submission_state, "submitted")
        self.assertEqual(self.approval.state, "ended")
        with self.assertRaises(UserError):
            self._decide(self.approval)

    def test_cancelled_meanwhile(self):
        self.invoice.button_cancel()
        self.assertEqual(self.approval.state, "ended")
        with self.assertRaisesRegex(UserError, "used or ended"), self.env.cr.savepoint():
            self._decide(self.approval)
        # A draft again, it can be posted without an answer that nobody can give.
        self.invoice.button_draft()
        self.assertEqual(self.invoice.submission_state, "submitted")
        self.assert_books_hold()

    def test_who_manages_it_no_more_does_not_answer(self):
        self.workshop.manager_ids = self.other_user.partner_id
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._decide(self.approval)
        self.assertEqual(self.invoice.submission_state, "proposed")

    def test_foreign_invoice(self):
        self.authenticate(self.other_user.login, self.other_user.login)
        csrf = self.url_open(self.url("invoices/new", activity=self.gallery)).text
        proof = csrf.partition('name="csrf_token" value="')[2].partition('"')[0]
        for activity in (self.workshop, self.gallery):
            response = self.url_open(
                self.url("invoices", self.invoice.id, "agree", activity=activity),
                data={"csrf_token": proof},
            )
            self.assertEqual(response.status_code, 404)

    def test_reason_and_reach(self):
        self.invoice.action_correction_take_back()
        with self.assertRaises(ValidationError):
            self._propose("   ")
        self.user.sudo().active = False
        with self.assertRaisesRegex(UserError, "no login"):
            self._propose()

    def test_clients_do_not_see_it(self):
        client = new_test_user(
            self.env(su=True), "x_client", "base.group_portal", partner_id=self.own_client.id
        )
        with self.assertRaises(AccessError):
            self.invoice.with_user(client).read(["approval_ids"])
