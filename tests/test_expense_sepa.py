"""An expense of a member, up to the file for the bank."""

import base64

from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.smart_activity_billing.tests.expense_common import ExpenseCase

MEMBER_IBAN = "BE68539007547034"
OWN_IBAN = "BE71096123456769"


@tagged("post_install", "-at_install")
class TestExpenseSepa(ExpenseCase):
    """The payment order of the companion addon takes the receipt, the member's account and pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "account.payment.order" not in cls.env:
            cls.skipTest(cls, "the companion with payment orders is not installed")
        method = cls.env.ref("account_banking_sepa_credit_transfer.sepa_credit_transfer").sudo()
        Bank = cls.env["res.partner.bank"].sudo()
        own = Bank.create({"acc_number": OWN_IBAN, "partner_id": cls.company.partner_id.id})
        cls.company.partner_id.sudo().write({"city": "Brussel", "zip": "1070", "street": "Kaai 1"})
        cls.bank_journal = cls.company_data["default_journal_bank"].sudo()
        outstanding = (
            cls.env["account.chart.template"]
            .with_company(cls.company)
            .ref("account_journal_payment_credit_account_id")
        )
        line = {"payment_method_id": method.id, "payment_account_id": outstanding.id}
        cls.bank_journal.write(
            {
                "bank_account_id": own.id,
                "outbound_payment_method_line_ids": [Command.create(line)],
            }
        )
        cls.mode = (
            cls.env["account.payment.mode"]
            .sudo()
            .create(
                {
                    "name": "SEPA",
                    "company_id": cls.company.id,
                    "payment_method_id": method.id,
                    "bank_account_link": "fixed",
                    "fixed_journal_id": cls.bank_journal.id,
                    "default_date_type": "due",
                }
            )
        )
        cls.account = Bank.create(
            {
                "acc_number": MEMBER_IBAN,
                "partner_id": cls.member_partner.id,
                "allow_out_payment": True,
            }
        )
        (own | cls.account)._compute_acc_type()
        cls.env.user.sudo().group_ids += cls.env.ref("account_payment_order.group_account_payment")

    def _order(self):
        """A payment order with all that is due, as the accountant's dialogue collects it."""
        order = self.env["account.payment.order"].create(
            {
                "payment_mode_id": self.mode.id,
                "payment_type": "outbound",
                "company_id": self.company.id,
                "journal_id": self.bank_journal.id,
            }
        )
        collect = (
            self.env["account.payment.line.create"]
            .with_context(active_model=order._name, active_id=order.id)
            .create(
                {
                    "date_type": "due",
                    "due_on": "<=",
                    "filter_date": fields.Date.today(),
                    "invoice": False,
                    "payment_mode": "any",
                }
            )
        )
        collect.populate()
        collect.create_payment_lines()
        return order

    def test_only_what_was_approved_is_in_the_file_and_then_paid(self):
        expense, waiting = self._expense(1), self._expense(2)
        self._approve(expense)
        order = self._order()
        self.assertEqual(order.payment_line_ids.partner_bank_id, self.account)
        order.draft2open()
        attachment = self.env["ir.attachment"].browse(order.open2generated()["res_id"])
        root = etree.fromstring(base64.b64decode(attachment.datas))
        names = {"p": root.nsmap[None]}
        [transfer] = root.findall(".//p:CdtTrfTxInf", names)
        self.assertEqual(transfer.findtext(".//p:InstdAmt", namespaces=names), "121.00")
        self.assertEqual(
            transfer.findtext(".//p:CdtrAcct/p:Id/p:IBAN", namespaces=names), MEMBER_IBAN
        )
        self.assertIn(expense.name, transfer.findtext(".//p:Ustrd", namespaces=names))
        order.generated2uploaded()
        self.assertEqual(expense._get_member_status()[0], "paid")
        self.assertEqual(waiting._get_member_status()[0], "submitted")
        self.assert_books_hold()
