"""An expense from the photo of its receipt to the bank, approved by a link in an e-mail."""

import base64
import re
from decimal import Decimal

from camt import statement
from screenshots import ScreenshotCase
from sepa import MEMBER_IBAN, OWN_IBAN, SepaMixin

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.smart_activity_billing.tests.test_expense_portal import PAGE, ExpensePortalCase


@tagged("post_install", "-at_install")
class TestApprovalJourney(SepaMixin, ScreenshotCase, ExpensePortalCase):
    """Handed in on a phone, approved from a mailbox, paid by a file for the bank, seen as paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_sepa(cls.company_data["default_journal_bank"], cls.member_partner)
        cls.colleague.sudo().email = "colleague@example.com"
        cls.company.sudo().approval_user_ids = [Command.set(cls.colleague.ids)]

    def read_mail(self):
        """The address of the link in the one mail that waits for the accountant."""
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", self.colleague.partner_id.ids)])
        )
        self.assertEqual(len(mail), 1)
        self.assertIn("48.40", mail.subject)
        return re.search(r"https?://[^/\"]+(/approval/[A-Za-z0-9_-]{43})", mail.body_html).group(1)

    def pay(self, expense):
        """Pay by a SEPA file, and import what the bank says of it, as the accountant does."""
        order = self._order(fields.Date.today())
        name, iban, amount, text = self._read_transfer(order)
        self.assertEqual((iban, amount), (MEMBER_IBAN, "48.40"))
        self.assertIn(expense.name, text)
        order.generated2uploaded()
        paid = statement(OWN_IBAN, fields.Date.today(), [(name, text, Decimal(f"-{amount}"))])
        paid = paid.replace(b"EUR", self.company.currency_id.name.encode())
        wizard = (
            self.env["account.statement.import"]
            .with_user(self.colleague)
            .create({"statement_file": base64.b64encode(paid), "statement_filename": "paid.xml"})
        )
        action = wizard.import_file_button()
        [line] = self.env["account.bank.statement"].search(action["domain"]).line_ids
        self.assertEqual((line.amount, line.is_reconciled), (-48.4, False))
        return line

    def test_from_the_photo_to_the_bank(self):
        self.play("portal_expense_hand_in", "/my", self.user.login, self.PHONE)
        expense = self.expenses()
        address = self.read_mail()
        # Scanners of mail read the link before anybody does.
        self.opener.cookies.clear()
        for method in ("head", "get"):
            getattr(self.opener, method)(self.base_url() + address)
        self.assertEqual(expense.state, "submitted")
        self.play("journey_approve_by_link", address, None, self.PHONE)
        self.env.invalidate_all()
        self.assertEqual((expense.state, expense.move_id.state), ("posted", "posted"))
        self.assertEqual(expense.decided_by_id, self.colleague.partner_id)
        self.play("journey_link_used", address, None, self.PHONE)
        line = self.pay(expense)
        self.assertEqual(expense.payment_state, "in_payment")
        self.play(
            "journey_expense_reconcile", "/odoo/accounting", self.colleague.login, self.DESKTOP
        )
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(expense.payment_state, "paid")
        self.play("journey_expense_paid", PAGE, self.user.login, self.PHONE)
        self.assert_books_hold()
