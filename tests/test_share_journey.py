"""The life of a member's shares: from the public page to the bank, and out again."""

import base64
import re
from decimal import Decimal

from camt import statement
from freezegun import freeze_time
from lxml import etree
from screenshots import ScreenshotCase

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

IBAN = "BE71096123456769"
LEAVER_IBAN = "BE68539007547034"
STAFF = "staff.of.the.share.journey"
ACCOUNTANT = "accountant.of.the.share.journey"
LEAVER = "leaver.of.the.share.journey"
NEWCOMER = "noor@example.com"


class ShareJourneyCase(ScreenshotCase):
    """The cooperative of the demonstration, with staff, an accountant and a bank account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.share_class = cls.env["coop.share.class"].search(
            [("company_id", "=", cls.company.id), ("code", "=", "A")]
        )
        if not cls.share_class:
            cls.skipTest(cls, "this database has no demonstration data")
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bank of the Share Journey",
                "code": "SHJRN",
                "type": "bank",
                "show_on_dashboard": True,
            }
        )
        cls.journal.set_bank_account(IBAN)
        cls.staff = new_test_user(cls.env, STAFF, "smart_membership.group_membership_manager")
        cls.accountant = new_test_user(
            cls.env,
            ACCOUNTANT,
            "account.group_account_user,account_payment_order.group_account_payment",
        )
        # A test fills in the page faster than people do.
        cls.env["ir.config_parameter"].set_param("smart_membership.join_seconds", "-1")

    @classmethod
    def action(cls, name):
        return f"/odoo/action-smart_membership.{name}"

    def pay_by_bank(self, subscription):
        """Let the bank file of the day bring the payment of a capital call."""
        call = subscription.capital_call_id
        self.assertRegex(call.payment_reference, r"^\+\+\+\d{3}/\d{4}/\d{5}\+\+\+$")
        payment = (
            subscription.partner_id.name,
            call.payment_reference,
            Decimal(str(call.amount_total)),
        )
        wizard = (
            self.env["account.statement.import"]
            .with_user(self.accountant)
            .create(
                {
                    "statement_file": base64.b64encode(
                        statement(IBAN, fields.Date.today(), [payment])
                    ),
                    "statement_filename": "statement.xml",
                }
            )
        )
        wizard.import_file_button()

    def link_in_mail(self, pattern):
        """Return the path of a link in the mails to the newcomer."""
        mails = self.env["mail.mail"].search([("email_to", "ilike", NEWCOMER)])
        [link] = {found for mail in mails for found in re.findall(pattern, mail.body_html or "")}
        return link.replace("&amp;", "&")

    def assert_register_holds(self):
        Movement = self.env["coop.share.movement"]
        self.assertFalse(Movement._verify_chain(self.company))


class TestNewcomer(ShareJourneyCase):
    """Somebody fills in the public page on a phone, and has a vote once the bank has paid."""

    def test_from_the_public_page_to_the_vote(self):
        request = self.sign_up()
        self.play(
            "share_journey_approve",
            self.action("coop_membership_request_action"),
            STAFF,
            self.DESKTOP,
        )
        subscription = request.subscription_id
        self.assertRecordValues(
            subscription, [{"state": "approved", "quantity": 3, "amount_total": 150.0}]
        )
        membership = subscription.membership_id
        self.assertEqual((membership.state, membership.voting), ("candidate", False))

        self.pay_by_bank(subscription)
        self.play("share_journey_reconcile", "/odoo/accounting", ACCOUNTANT, self.DESKTOP)
        self.check_member(subscription)

        link = self.link_in_mail(r'href="[^"]*(/web/signup[^"]*)"')
        self.play("share_journey_welcome", link, None, self.PHONE)
        self.assertTrue(membership.partner_id.user_ids._is_portal())
        self.check_certificate(membership)

    def sign_up(self):
        self.play("join_tour", "/membership/join", None, self.PHONE)
        link = self.link_in_mail(r"/membership/join/\d+/[\w-]+")
        self.play("join_prove_tour", link, None, self.PHONE)
        request = self.env["coop.membership.request"].search([("email", "=", NEWCOMER)])
        self.assertEqual((request.state, request.quantity), ("submitted", 3))
        return request

    def check_member(self, subscription):
        self.env.invalidate_all()
        membership = subscription.membership_id
        self.assertEqual((subscription.state, membership.state), ("paid", "member"))
        self.assertTrue(membership.number)
        self.assertTrue(membership.voting)
        movement = self.env["coop.share.movement"].search(
            [("partner_to_id", "=", membership.partner_id.id)]
        )
        self.assertRecordValues(
            movement, [{"kind": "issue", "quantity": 3, "unit_price": 50.0, "paid_up": 150.0}]
        )
        self.assert_register_holds()

    def check_certificate(self, membership):
        """The paper is a PDF, and its code is known to the public page."""
        certificate = self.env["coop.share.certificate"].search(
            [("partner_id", "=", membership.partner_id.id)]
        )
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("smart_membership.report_share_certificate", certificate.ids)
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
        self.play(
            "share_journey_certificate",
            f"/membership/certificate?code={certificate.code}",
            None,
            self.PHONE,
        )


class TestLeaver(ShareJourneyCase):
    """A member resigns on a phone; the money waits for the Board's report, then for the bank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nothing may be paid yet: the report of the demonstration is revoked.
        reports = cls.env["coop.payment.test"].search([("state", "=", "confirmed")])
        reports.action_revoke()
        # Resignations take effect at the end of this very month.
        today = fields.Date.today()
        first_day = cls.company.compute_fiscalyear_dates(today)["date_from"]
        month = (today.year - first_day.year) * 12 + today.month - first_day.month + 1
        cls.company.write({"coop_exit_window_months": 12, "coop_exit_effective_month": month})
        cls._make_member()
        cls._make_payment_mode()

    @classmethod
    def _make_member(cls):
        leaver = new_test_user(
            cls.env, LEAVER, "base.group_portal", name="Fatima Ouazzani", email="fo@example.com"
        )
        subscription = cls.env["coop.share.subscription"].create(
            {
                "partner_id": leaver.partner_id.id,
                "share_class_id": cls.share_class.id,
                "quantity": 4,
            }
        )
        subscription.action_submit()
        subscription.action_approve()
        call = subscription.capital_call_id
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=call.ids
        ).create({"journal_id": cls.journal.id}).action_create_payments()
        cls.membership = subscription.membership_id

    @classmethod
    def _make_payment_mode(cls):
        """A way to pay by SEPA, as the accountant sets it up once."""
        cls.company.partner_id.write({"city": "Brussel", "zip": "1070", "street": "Kaai 1"})
        method = cls.env.ref("account_banking_sepa_credit_transfer.sepa_credit_transfer")
        outstanding = (
            cls.env["account.chart.template"]
            .with_company(cls.company)
            .ref("account_journal_payment_credit_account_id")
        )
        cls.journal.outbound_payment_method_line_ids = [
            Command.create({"payment_method_id": method.id, "payment_account_id": outstanding.id})
        ]
        cls.env["account.payment.mode"].create(
            {
                "name": "SEPA of the Journey",
                "company_id": cls.company.id,
                "payment_method_id": method.id,
                "bank_account_link": "fixed",
                "fixed_journal_id": cls.journal.id,
                "default_payment_mode": "any",
                "default_invoice": False,
            }
        )

    def test_from_resignation_to_the_bank_file(self):
        self.assertEqual((self.membership.state, self.membership.voting), ("member", True))
        self.play("share_exit_portal_tour", "/my/membership", LEAVER, self.PHONE)
        share_exit = self.env["coop.share.exit"].search(
            [("membership_id", "=", self.membership.id)]
        )
        self.play("share_journey_exit", self.action("coop_share_exit_action"), STAFF, self.DESKTOP)
        self.assertEqual(share_exit.state, "approved")

        with freeze_time(share_exit.effective_date):
            share_exit._take_effect()
        self.check_deferred(share_exit)
        self.play("share_journey_deferred", "/my/shares/resign", LEAVER, self.PHONE)

        self.play(
            "share_journey_test", self.action("coop_payment_test_action"), STAFF, self.DESKTOP
        )
        self.env.invalidate_all()
        self.assertEqual(share_exit.state, "payable")
        self.pay_by_sepa(share_exit)
        self.play("share_journey_paid", "/my/shares/resign", LEAVER, self.PHONE)

    def check_deferred(self, share_exit):
        self.env.invalidate_all()
        self.assertRecordValues(share_exit, [{"state": "deferred", "quantity": 4, "amount": 200.0}])
        self.assertEqual((self.membership.state, self.membership.voting), ("former", False))
        deferred = self.company.coop_exit_deferred_account_id
        self.assertEqual(
            share_exit.entry_ids.line_ids.filtered(lambda line: line.account_id == deferred).credit,
            200.0,
        )
        self.assert_register_holds()

    def pay_by_sepa(self, share_exit):
        """Collect and export in the browser; read the file; say that the bank took it."""
        # The accountant trusts the account after a call to the member.
        share_exit.bank_account_id.allow_out_payment = True
        self.play(
            "share_journey_sepa",
            "/odoo/action-account_payment_order.account_payment_order_outbound_action",
            ACCOUNTANT,
            self.DESKTOP,
        )
        order = self.env["account.payment.order"].search(
            [("payment_mode_id.name", "=", "SEPA of the Journey")]
        )
        self.assertEqual(order.state, "generated")
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", order._name), ("res_id", "=", order.id)]
        )
        root = etree.fromstring(attachment.raw)
        names = {"p": root.nsmap[None]}
        [transfer] = root.findall(".//p:CdtTrfTxInf", names)
        self.assertEqual(transfer.findtext(".//p:InstdAmt", namespaces=names), "200.00")
        self.assertEqual(transfer.findtext(".//p:CdtrAcct//p:IBAN", namespaces=names), LEAVER_IBAN)
        self.assertEqual(transfer.findtext(".//p:Cdtr/p:Nm", namespaces=names), "Fatima Ouazzani")
        order.generated2uploaded()
        self.assertEqual(share_exit.state, "paid")
