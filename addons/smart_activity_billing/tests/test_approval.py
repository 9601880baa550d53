from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..lib.approval_link import hash_token
from .approval_common import ApprovalMixin
from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestApproval(ApprovalMixin, ActivityCase):
    """Who is asked by a link, what the link may do, and what ends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_approvals()

    def setUp(self):
        super().setUp()
        self.expense = self._expense_of_member()
        self.approval = self._links(self.expense)

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def test_only_the_hash_of_the_token_is_kept(self):
        self.assertEqual(self.approval.user_id, self.approver)
        token = self._token(self.approval)
        self.assertEqual(self.approval.token_hash, hash_token(token))
        self.assertEqual(self.env["coop.approval"].sudo()._find_by_token(token), self.approval)
        for other in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "", "é" * 43):
            self.assertFalse(self.env["coop.approval"].sudo()._find_by_token(other))
        for row in self.approval.sudo().read(load="")[0].values():
            self.assertNotIn(token, str(row))

    def test_the_link_is_in_no_chatter_and_in_nobodys_mailbox(self):
        token = self._token(self.approval)
        message = self.approval.sudo().mail_id.mail_message_id
        self.assertFalse(message.model or message.res_id)
        self.assertTrue(self.approval.sudo().mail_id.auto_delete)
        self.assertNotIn(token, str(self.expense.sudo().message_ids.mapped("body")))
        member = new_test_user(
            self.env(su=True), "x_portal", "base.group_portal", partner_id=self.member_partner.id
        )
        self.assertNotIn(message.create_uid, member | self.second)
        for user in (member, self.second, self.env.ref("base.user_admin")):
            found = self.env["mail.message"].with_user(user).search([("body", "ilike", token)])
            self.assertFalse(found, user.login)
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])

    def test_who_is_asked(self):
        # Nobody is asked for the own expense; nor who left, or never had the right.
        self.company.sudo().approval_user_ids = [
            Command.set((self.approver | self.second | self.env.ref("base.user_admin")).ids)
        ]
        own = self._expense(2)  # typed in by the second one
        self.assertEqual(self._links(own).user_id, self.approver)
        self.approver.sudo().active = False
        self.assertFalse(self._links(self._expense(3)))
        self.assertEqual(self._links(self._expense_of_member(4)).user_id, self.second)
        self.company.sudo().approval_user_ids = False
        self.assertFalse(self._links(self._expense_of_member(5)))

    def test_a_newer_mail_ends_the_earlier_link(self):
        self.expense.with_user(self.second).action_request_approvals()
        newer, earlier = self._links(self.expense)
        self.assertEqual((newer.state, earlier.state), ("open", "ended"))
        with self.assertRaises(UserError):
            self._decide(earlier)
        self.assertEqual(self.expense.state, "submitted")

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def test_approve(self):
        self._decide(self.approval)
        self.assertEqual(self.expense.state, "posted")
        self.assertEqual(self.expense.decided_by_id, self.approver.partner_id)
        self.assertEqual((self.approval.state, self.approval.channel), ("approved", "link"))
        self.assertTrue(self.approval.decided_at)
        [trail] = self.expense.sudo().message_ids.filtered(
            lambda message: "by the link" in (message.body or "")
        )
        self.assertEqual(trail.author_id, self.approver.partner_id)
        self.assert_books_hold()

    def test_refuse_needs_a_reason(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._decide(self.approval, "refuse")
        self.assertEqual((self.expense.state, self.approval.state), ("submitted", "open"))
        self._decide(self.approval, "refuse", "Not readable")
        self.assertEqual((self.expense.state, self.approval.state), ("refused", "refused"))
        self.assertEqual(self.expense.refusal_reason, "Not readable")
        self.assertEqual(self.workshop.reserved_amount, 0.0)
        self.assert_books_hold()

    def test_once_only(self):
        self._decide(self.approval)
        for decision in ("approve", "refuse"):
            with self.assertRaises(UserError):
                self._decide(self.approval, decision, "Why not")
        self.assertEqual(self.expense.state, "posted")

    def test_the_right_is_that_of_the_moment(self):
        group = self.env.ref("account.group_account_user")
        reader = self.env.ref("base.group_user")
        self.approver.sudo().group_ids = [Command.set(reader.ids)]
        self.assertFalse(self.approver.has_group("account.group_account_user"))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._decide(self.approval)
        self.approver.sudo().write({"group_ids": [Command.link(group.id)], "active": False})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._decide(self.approval)
        self.assertEqual((self.expense.state, self.approval.state), ("submitted", "open"))
        self.approver.sudo().active = True
        self._decide(self.approval)
        self.assertEqual(self.expense.state, "posted")

    def test_nobody_approves_the_own_expense(self):
        # Made a manager of the Activity after the mail: the link refuses, as the button does.
        for rights in ("account.group_account_user", "base.group_system"):
            self.approver.sudo().group_ids += self.env.ref(rights)
            self.workshop.sudo().manager_ids += self.approver.partner_id
            with self.assertRaisesRegex(UserError, "is your own"), self.env.cr.savepoint():
                self._decide(self.approval)
            with self.assertRaisesRegex(UserError, "is your own"), self.env.cr.savepoint():
                self._decide(self.approval, "refuse", "Mine")
        self.assertEqual(self.expense.state, "submitted")

    def test_another_company(self):
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.approver.sudo().write({"company_ids": other.ids, "company_id": other.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._decide(self.approval)

    def test_what_is_large_needs_a_login(self):
        self.company.sudo().approval_login_amount = 121.0
        with self.assertRaisesRegex(AccessError, "logging in"), self.env.cr.savepoint():
            self._decide(self.approval)
        self.company.sudo().approval_login_amount = 121.01
        self._decide(self.approval)
        self.assertEqual(self.expense.state, "posted")

    # ------------------------------------------------------------------
    # Ending
    # ------------------------------------------------------------------

    def test_decided_with_the_own_login(self):
        self.company.sudo().approval_user_ids += self.second
        expense = self._expense_of_member(6)
        self._approve(expense)  # by the first one, in the back office
        own, other = self._links(expense, self.approver), self._links(expense, self.second)
        self.assertEqual((own.state, own.channel), ("approved", "login"))
        self.assertEqual(other.state, "ended")
        self.assertIn(self.approver.name, other.end_reason)
        with self.assertRaises(UserError):
            self._decide(other)

    def test_withdrawn(self):
        self.expense.with_user(self.second).action_withdraw()
        self.assertEqual(self.approval._get_page_state(), "ended")
        with self.assertRaises(UserError):
            self._decide(self.approval)

    def test_expired(self):
        self.assertEqual(self.approval.expires_at.date(), fields.Date.today() + timedelta(days=7))
        self.approval.sudo().expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(self.approval._get_page_state(), "expired")
        with self.assertRaises(UserError):
            self._decide(self.approval)
        self.assertIn(
            self.approval, self.env["coop.approval"].sudo().search([("is_expired", "=", True)])
        )
        self.assertTrue(self.approval.sudo().mail_id)
        self.env["coop.approval"].sudo()._gc_mails()
        self.assertFalse(self.approval.sudo().mail_id)

    def test_a_change_after_the_mail(self):
        seen = self.expense.sudo()._get_approval_fingerprint()
        self.assertFalse(self.approval.sudo()._is_changed())
        self.expense.with_user(self.second).tax_ids = [Command.set(self.low_tax.ids)]
        self.assertTrue(self.approval.sudo()._is_changed())
        with self.assertRaisesRegex(UserError, "changed since"), self.env.cr.savepoint():
            self._decide(self.approval, content=seen)
        self.assertEqual((self.expense.state, self.approval.state), ("submitted", "open"))
        self._decide(self.approval)
        self.assertEqual(self.expense.state, "posted")

    def test_mails_of_ended_links_are_not_sent(self):
        mail = self.approval.sudo().mail_id
        self._approve(self.expense)
        mail.send()
        self.assertFalse(mail.exists())

    # ------------------------------------------------------------------
    # Transfers
    # ------------------------------------------------------------------

    def test_transfer(self):
        other = self._create_member("Other Member")
        gallery = self.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": other.id, "state": "open"}
        )
        user = new_test_user(
            self.env(su=True),
            "x_other",
            "base.group_portal",
            partner_id=other.partner_id.id,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            email="other@example.com",
        )
        transfer = self.env["coop.budget.transfer"].create(
            {
                "source_id": self.workshop.id,
                "destination_id": gallery.id,
                "amount": 50,
                "reason": "Lights",
            }
        )
        transfer._submit(self.member_partner)
        approval = self._links(transfer)
        self.assertEqual(approval.user_id, user)
        # One mail about it, not two.
        self.assertFalse(self.env["mail.mail"].sudo().search([("model", "=", transfer._name)]))
        self._decide(approval)
        self.assertEqual((transfer.state, transfer.decided_by_id), ("posted", user.partner_id))
        self.assertEqual(gallery.balance, 50.0)
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_rights(self):
        for user in (self.second, self.approver):
            own = self.approval.with_user(user)
            self.assertEqual(own.user_id, self.approver)
            for step in (
                lambda own=own: own.write({"state": "approved"}),
                lambda own=own: own.create({"summary": "x"}),
                lambda own=own: own.unlink(),
                lambda own=own: own.read(["token_hash"]),
                lambda own=own: own.read(["content_hash"]),
                lambda own=own: own.read(["mail_id"]),
            ):
                with self.assertRaises(AccessError):
                    step()
        member = new_test_user(
            self.env(su=True), "x_portal", "base.group_portal", partner_id=self.member_partner.id
        )
        with self.assertRaises(AccessError):
            self.approval.with_user(member).read(["summary"])
        with self.assertRaises(UserError):
            self.approval.sudo().unlink()
