"""The separation of a member who left, up to the file for the bank."""

import base64

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.smart_membership.tests.exit_common import ExitCase

MEMBER_IBAN = "BE68539007547034"
OWN_IBAN = "BE71096123456769"


@tagged("post_install", "-at_install")
class TestExitSepa(ExitCase):
    """The payment order of the companion addon takes the amount, the member's account and pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "account.payment.order" not in cls.env:
            cls.skipTest(cls, "the companion with payment orders is not installed")
        method = cls.env.ref("account_banking_sepa_credit_transfer.sepa_credit_transfer")
        Bank = cls.env["res.partner.bank"]
        own = Bank.create({"acc_number": OWN_IBAN, "partner_id": cls.company.partner_id.id})
        cls.company.partner_id.write({"city": "Brussel", "zip": "1070", "street": "Kaai 1"})
        cls.bank_journal.write(
            {
                "bank_account_id": own.id,
                "outbound_payment_method_line_ids": [
                    Command.create(
                        {
                            "payment_method_id": method.id,
                            "payment_account_id": cls.env["account.chart.template"]
                            .with_company(cls.company)
                            .ref("account_journal_payment_credit_account_id")
                            .id,
                        }
                    )
                ],
            }
        )
        cls.mode = cls.env["account.payment.mode"].create(
            {
                "name": "SEPA",
                "company_id": cls.company.id,
                "payment_method_id": method.id,
                "bank_account_link": "fixed",
                "fixed_journal_id": cls.bank_journal.id,
                "default_date_type": "due",
            }
        )
        cls.membership = cls._member(4, "Leaver")
        cls.account = Bank.create(
            {
                "acc_number": MEMBER_IBAN,
                "partner_id": cls.membership.partner_id.id,
                "allow_out_payment": True,
            }
        )
        Bank.search([])._compute_acc_type()
        cls.env.user.group_ids += cls.env.ref("account_payment_order.group_account_payment")

    def _order(self, share_exit):
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
                    "filter_date": share_exit.due_date,
                    "invoice": False,
                    "payment_mode": "any",
                }
            )
        )
        collect.populate()
        collect.create_payment_lines()
        return order

    def test_a_deferred_amount_is_in_no_order_and_a_payable_one_in_the_file(self):
        share_exit = self._exit(self.membership, "lost_quality", bank_account_id=self.account.id)
        share_exit.action_approve()
        self.assertEqual(share_exit.state, "deferred")
        self.assertFalse(self._order(share_exit).payment_line_ids)
        self._test_report()
        self.assertEqual(share_exit.state, "payable")
        order = self._order(share_exit)
        self.assertEqual(order.payment_line_ids.partner_bank_id, self.account)
        order.draft2open()
        attachment = self.env["ir.attachment"].browse(order.open2generated()["res_id"])
        root = etree.fromstring(base64.b64decode(attachment.datas))
        names = {"p": root.nsmap[None]}
        self.assertIn("pain.001.001", names["p"])
        [transfer] = root.findall(".//p:CdtTrfTxInf", names)
        self.assertEqual(transfer.findtext(".//p:InstdAmt", namespaces=names), "200.00")
        self.assertEqual(
            transfer.findtext(".//p:CdtrAcct/p:Id/p:IBAN", namespaces=names), MEMBER_IBAN
        )
        self.assertEqual(transfer.findtext(".//p:Cdtr/p:Nm", namespaces=names), "Leaver")
        self.assertIn(share_exit.name, transfer.findtext(".//p:Ustrd", namespaces=names))
        order.generated2uploaded()
        self.assertEqual(share_exit.state, "paid")
        self.assert_register_holds()
