import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .share_common import ShareCase

EMAIL = "noor@example.com"


@tagged("post_install", "-at_install")
class TestMembershipWelcome(HttpCase, ShareCase):
    """Who becomes a member by paying finds the way into the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer = cls.env["res.partner"].create(
            {"name": "Noor Vermeiren", "email": EMAIL, "company_id": cls.company.id}
        )

    def _mails(self):
        mails = self.env["mail.mail"].search([("email_to", "ilike", EMAIL)])
        return mails.filtered(lambda mail: "o_welcome_link" in (mail.body_html or ""))

    def _link(self):
        [link] = re.findall(r'href="([^"]*/web/signup[^"]*)"', self._mails()[:1].body_html)
        return link.replace("&amp;", "&")

    def test_from_payment_to_login(self):
        subscription = self._subscribe(2, self.newcomer)
        self.assertFalse(self._mails())
        self._pay(subscription)
        self.assertEqual(len(self._mails()), 1)
        page = self.url_open(self._link())
        token = re.search(r"token=([^&]+)", self._link())[1]
        answer = self.url_open(
            "/web/signup",
            data={
                "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1],
                "token": token,
                "login": EMAIL,
                "name": "Noor Vermeiren",
                "password": "a-very-Long-secret-1",
                "confirm_password": "a-very-Long-secret-1",
                "redirect": "/my/shares",
            },
        )
        self.assertEqual((page.status_code, answer.status_code), (200, 200))
        user = self.newcomer.user_ids
        self.assertTrue(user._is_portal())
        self.assertEqual(user.company_id, self.company)
        self.assertIn("o_shares_voting", answer.text)

    def test_the_link_is_in_no_chatter(self):
        subscription = self._subscribe(2, self.newcomer)
        self._pay(subscription)
        records = (subscription, subscription.membership_id, self.newcomer)
        for record in records:
            for message in record.message_ids:
                self.assertNotIn("/web/signup", message.body)
        [message] = self._mails().mail_message_id
        self.assertFalse(message.with_user(self.services).search([("id", "=", message.id)]))
        with self.assertRaises(AccessError):
            message.with_user(self.services).read(["body"])

    def test_once_and_only_to_newcomers(self):
        subscription = self._subscribe(2, self.newcomer)
        line = self._pay(subscription)
        line.remove_move_reconcile()
        call_line = subscription.capital_call_id.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        (line | call_line).reconcile()
        self._pay(self._subscribe(1, self.newcomer))
        self.assertEqual(len(self._mails()), 1)
        # Nobody to write to is no reason not to become a member.
        self.assertEqual(self._member(1, "Without an address").state, "member")

    def test_again(self):
        subscription = self._subscribe(2, self.newcomer)
        with self.assertRaisesRegex(UserError, "Noor Vermeiren is not in state"):
            subscription.membership_id.with_user(self.services).action_welcome()
        self._pay(subscription)
        subscription.membership_id.with_user(self.services).action_welcome()
        self.assertEqual(len(self._mails()), 2)
        nameless = self._member(1, "Without an address")
        with self.assertRaisesRegex(UserError, "Without an address"):
            (nameless | subscription.membership_id).with_user(self.services).action_welcome()
        with self.assertRaises(AccessError):
            subscription.membership_id.with_user(self.portal).action_welcome()
        self.newcomer.user_ids = self.portal
        subscription.membership_id.with_user(self.services).action_welcome()
        newest = self._mails().sorted("id")[-1]
        self.assertNotIn("token=", newest.body_html)
        self.assertIn("/my/shares", newest.body_html)
