"""The main job of the cooperative, from the member's phone to the bank and back."""

import base64
from decimal import Decimal

from camt import statement
from screenshots import ScreenshotCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user

IBAN = "BE68539007547034"
ACCOUNTANT = "accountant.of.the.journey"
MEMBER = "member.of.the.journey"
# What the message about an unreadable file says.
CLEAR = "not supported|nothing was imported"


class JourneyCase(ScreenshotCase):
    """The company of the database with a member, an Activity, an accountant and a bank account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls._setup_company()
        cls.activity = cls.env["coop.activity"].create(
            {
                "name": "Pottery of the Journey",
                "membership_id": cls._make_member().id,
                "state": "open",
            }
        )
        cls.accountant = new_test_user(
            cls.env,
            ACCOUNTANT,
            "account.group_account_user,analytic.group_analytic_accounting",
            name="Accountant of the Journey",
            email="accountant@example.com",
        )

    @classmethod
    def _setup_company(cls):
        today = fields.Date.today()
        Rate = cls.env["coop.contribution.rate"]
        if not Rate._get_rate(cls.company, today):
            Rate.create({"date_from": today, "rate": 6.5})
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bank of the Journey",
                "code": "JOURN",
                "type": "bank",
                "show_on_dashboard": True,
            }
        )
        cls.journal.set_bank_account(IBAN)

    @classmethod
    def _make_member(cls):
        user = new_test_user(
            cls.env,
            MEMBER,
            "base.group_portal",
            name="Member of the Journey",
            email="member@example.com",
        )
        membership = cls.env["coop.membership"].create({"partner_id": user.partner_id.id})
        membership.action_activate()
        return membership

    def import_file(self, content, name="statement.xml"):
        """Import a bank file in the wizard, as the accountant does."""
        wizard = (
            self.env["account.statement.import"]
            .with_user(self.accountant)
            .create({"statement_file": base64.b64encode(content), "statement_filename": name})
        )
        action = wizard.import_file_button()
        return self.env["account.bank.statement"].search(action["domain"])

    def invoice(self):
        """The one invoice of the Activity."""
        invoice = self.env["account.move"].search([("activity_id", "=", self.activity.id)])
        self.assertEqual(len(invoice), 1)
        return invoice


class TestJourney(JourneyCase):
    """Submitted on a phone, posted at a desk, paid through the bank, seen by the member."""

    def test_from_invoice_to_payment(self):
        self.play("journey_submit", "/my", MEMBER, self.PHONE)
        invoice = self.invoice()
        self.assertEqual((invoice.state, invoice.submission_state), ("draft", "submitted"))
        self.photograph_draft(invoice)

        self.play("journey_review", "/odoo/invoices-to-review", ACCOUNTANT, self.DESKTOP)
        self.check_posted(invoice)

        [line] = self.import_file(self.bank_file(invoice)).line_ids
        self.assertEqual((line.amount, line.journal_id), (1210.0, self.journal))
        self.play("journey_reconcile", "/odoo/accounting", ACCOUNTANT, self.DESKTOP)
        self.check_paid(invoice, line)

        self.play("journey_paid", f"/my/activities/{self.activity.id}", MEMBER, self.PHONE)
        self.photograph_paid(invoice)

    def test_accountant_with_a_phone(self):
        """Somebody posts on the way: the same tour on a small screen."""
        tax = self.company.account_sale_tax_id
        client = self.env["res.partner"].create(
            {"name": "Museum of the Journey", "country_id": self.env.ref("base.be").id}
        )
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": client.id,
                "activity_id": self.activity.id,
                "submission_state": "submitted",
                "submitted_by_id": self.activity.partner_id.id,
                "submission_date": fields.Datetime.now(),
                "invoice_line_ids": [
                    fields.Command.create(
                        {"name": "Plates", "price_unit": 1000, "tax_ids": tax.ids}
                    )
                ],
            }
        )
        self.play("journey_review", "/odoo/invoices-to-review", ACCOUNTANT, self.PHONE)
        self.check_posted(invoice)

    def check_posted(self, invoice):
        invoice.invalidate_recordset()
        self.assertEqual((invoice.state, invoice.submission_state), ("posted", "accepted"))
        self.assertEqual(invoice.amount_untaxed, 1000.0)
        self.assertEqual(invoice.amount_tax, 210.0)
        self.assertEqual(invoice.amount_total, 1210.0)
        self.assertEqual(invoice.contribution_amount, 65.0)
        self.assertEqual((self.activity.balance, self.activity.unpaid_amount), (935.0, 935.0))
        self.assertEqual(self.env["coop.ledger.check"]._run(self.company), [])

    def bank_file(self, invoice):
        payment = (invoice.partner_id.name, invoice.payment_reference, Decimal("1210.00"))
        self.assertRegex(invoice.payment_reference, r"^\+\+\+\d{3}/\d{4}/\d{5}\+\+\+$")
        return statement(IBAN, fields.Date.today(), [payment])

    def check_paid(self, invoice, line):
        invoice.invalidate_recordset()
        line.invalidate_recordset()
        self.assertTrue(line.is_reconciled)
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0.0))
        # The money moved from one asset to another: the budget is what it was.
        self.activity.invalidate_recordset()
        self.assertEqual((self.activity.balance, self.activity.unpaid_amount), (935.0, 0.0))
        self.assertEqual(self.env["coop.ledger.check"]._run(self.company), [])

    def photograph_draft(self, invoice):
        page = f"/my/activities/{self.activity.id}/invoices"
        for name, url, selector in (
            ("01-my-activities", "/my/activities", "[data-name='my_activities']"),
            ("03-form-empty", f"{page}/new", "[data-name='invoice_form']"),
            ("05-submitted", f"{page}/{invoice.id}", "[data-name='invoice_page']"),
        ):
            self.photograph(name, url, MEMBER, selector, [self.DESKTOP])

    def photograph_paid(self, invoice):
        page = f"/my/activities/{self.activity.id}"
        self.photograph("13-activity-paid", page, MEMBER, "[data-name='budget']", [self.DESKTOP])
        self.photograph(
            "14-invoice-paid",
            f"{page}/invoices/{invoice.id}",
            MEMBER,
            "[data-name='invoice_page']",
            [self.DESKTOP],
        )
        for name, url, selector in (
            ("15-portal-home", "/my", ".o_portal_index_card"),
            ("16-movements", f"{page}/movements", "[data-name='movements']"),
            ("17-contributions", f"{page}/contributions", "[data-name='contributions']"),
            ("18-invoices", f"{page}/invoices", "[data-name='invoices']"),
        ):
            self.photograph(name, url, MEMBER, selector)
        for name, url, selector in (
            ("20-activity-form", f"/odoo/coop.activity/{self.activity.id}", ".o_form_view"),
            ("21-invoice-form", f"/odoo/account.move/{invoice.id}", ".o_form_view"),
        ):
            self.photograph(name, url, ACCOUNTANT, selector)


class TestBankFile(JourneyCase):
    """A file that is not what a bank sends leaves nothing behind but a clear message."""

    def good_file(self):
        payments = [
            ("Museum", "+++123/4567/89002+++", Decimal("10.00")),
            ("Theatre", "+++123/4567/89003+++", Decimal("20.00")),
        ]
        return statement(IBAN, fields.Date.today(), payments)

    def refused(self, content, name="statement.xml"):
        """Import what cannot be imported; return the message. An error logged fails the test."""
        before = self.env["account.bank.statement.line"].search_count([])
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.import_file(content, name)
        self.assertEqual(self.env["account.bank.statement.line"].search_count([]), before)
        return str(refusal.exception)

    def test_good_file_twice(self):
        self.assertEqual(self.import_file(self.good_file()).line_ids.mapped("amount"), [10, 20])
        self.assertIn("already imported", self.refused(self.good_file()))

    def test_no_xml(self):
        self.assertRegex(self.refused(b"date;amount\n1;2\n", "bank.csv"), CLEAR)

    def test_other_xml(self):
        self.assertRegex(self.refused(b"<Document><Stmt/></Document>"), CLEAR)

    def test_cut_off_file(self):
        """Half a download must not become half a statement."""
        content = self.good_file()
        for share in (0.3, 0.6, 0.75, 0.95):
            with self.subTest(share=share):
                self.assertTrue(self.refused(content[: int(len(content) * share)]))

    def test_amount_that_is_no_number(self):
        self.assertTrue(self.refused(self.good_file().replace(b">20.00<", b">twenty<")))

    def test_account_of_somebody_else(self):
        content = self.good_file().replace(IBAN.encode(), b"BE71096123456769")
        self.assertIn("BE71096123456769", self.refused(content))


class TestBankMatch(JourneyCase):
    """A payment is matched with what it says, not with whatever its payer owes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Else the companion leaves alone what tests import.
        cls.env = cls.env(context={**cls.env.context, "_test_account_reconcile_oca": True})
        cls.client_partner = cls.env["res.partner"].create({"name": "Circus of the Journey"})

    def make_invoice(self, price):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "activity_id": self.activity.id,
                "invoice_line_ids": [
                    fields.Command.create({"name": "Plates", "price_unit": price, "tax_ids": False})
                ],
            }
        )
        invoice.action_post()
        return invoice

    def pay(self, communication, amount, party=None):
        payment = (party or self.client_partner.name, communication, Decimal(amount))
        number = f"{communication}{amount}{party}"
        content = statement(IBAN, fields.Date.today(), [payment], number=number)
        return self.import_file(content).line_ids

    def test_the_invoice_that_is_named_of_two(self):
        first, second = self.make_invoice(100), self.make_invoice(40)
        line = self.pay(second.payment_reference, 40)
        self.assertEqual(line.payment_ref, second.payment_reference)
        self.assertTrue(line.is_reconciled)
        self.assertEqual((first.amount_residual, second.amount_residual), (100, 0))

    def test_the_communication_typed_as_words(self):
        first, second = self.make_invoice(100), self.make_invoice(40)
        digits = second.payment_reference.replace("+", "").replace("/", "")
        self.assertTrue(
            self.pay(f"***{digits[:3]}/{digits[3:7]}/{digits[7:]}***", 15).is_reconciled
        )
        self.assertTrue(self.pay(digits, 25).is_reconciled)
        self.assertEqual((first.amount_residual, second.amount_residual), (100, 0))

    def test_the_communication_of_something_else(self):
        """Of a capital call that was paid, or of another invoice: it does not pay the only one."""
        invoice = self.make_invoice(100)
        line = self.pay("+++123/4567/89002+++", 100)
        self.assertEqual(line.payment_ref, "+++123/4567/89002+++")
        self.assertEqual((line.is_reconciled, invoice.amount_residual), (False, 100))

    def test_words_that_are_part_of_a_number(self):
        """A year, a journal or a sign is in the number of each invoice, and pays none of them."""
        invoice = self.make_invoice(100)
        parts = invoice.name.split("/")
        for words in (*parts, "/".join(parts[:2]), f"/{parts[1]}/", "%", "_"):
            for party in (self.client_partner.name, "Nobody of the Journey"):
                with self.subTest(words, party=party):
                    line = self.pay(f" {words} ", 100, party)
                    self.assertEqual((line.is_reconciled, invoice.amount_residual), (False, 100))
        self.assertTrue(self.pay(invoice.name.lower(), 100).is_reconciled)
        self.assertFalse(invoice.amount_residual)

    def test_without_communication(self):
        invoice = self.make_invoice(100)
        for party in (self.client_partner.name, "Nobody of the Journey"):
            line = self.pay("", 100, party)
            self.assertEqual(line.payment_ref, "Without communication")
            self.assertEqual((line.is_reconciled, invoice.amount_residual), (False, 100))
