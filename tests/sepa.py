"""Payment orders of the companion addon, for tests of what the cooperative pays by the bank."""

import base64

from lxml import etree

from odoo.fields import Command

MEMBER_IBAN = "BE68539007547034"
OWN_IBAN = "BE71096123456769"


class SepaMixin:
    """A bank account to pay from, a payee's account, and the accountant's payment order."""

    @classmethod
    def _setup_sepa(cls, bank_journal, payee):
        """Let the company of the class pay ``payee`` by SEPA out of a journal."""
        if "account.payment.order" not in cls.env:
            cls.skipTest(cls, "the companion with payment orders is not installed")
        env = cls.env(su=True)
        company = cls.company.with_env(env)
        cls.bank_journal = bank_journal.with_env(env)
        method = env.ref("account_banking_sepa_credit_transfer.sepa_credit_transfer")
        outstanding = (
            env["account.chart.template"]
            .with_company(company)
            .ref("account_journal_payment_credit_account_id")
        )
        line = {"payment_method_id": method.id, "payment_account_id": outstanding.id}
        company.partner_id.write({"city": "Brussel", "zip": "1070", "street": "Kaai 1"})
        Bank = env["res.partner.bank"]
        own = Bank.create({"acc_number": OWN_IBAN, "partner_id": company.partner_id.id})
        cls.bank_journal.write(
            {
                "bank_account_id": own.id,
                "outbound_payment_method_line_ids": [Command.create(line)],
            }
        )
        cls.mode = env["account.payment.mode"].create(
            {
                "name": "SEPA",
                "company_id": company.id,
                "payment_method_id": method.id,
                "bank_account_link": "fixed",
                "fixed_journal_id": cls.bank_journal.id,
                "default_date_type": "due",
            }
        )
        cls.account = Bank.create(
            {"acc_number": MEMBER_IBAN, "partner_id": payee.id, "allow_out_payment": True}
        )
        # Whether an account is an IBAN is stored, and was found out before the companion came.
        (own | cls.account)._compute_acc_type()
        cls.env.user.sudo().group_ids += env.ref("account_payment_order.group_account_payment")

    def _order(self, date):
        """A payment order with all that is due by a day, as the dialogue collects it."""
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
                    "filter_date": date,
                    "invoice": False,
                    "payment_mode": "any",
                }
            )
        )
        collect.populate()
        collect.create_payment_lines()
        return order

    def _read_transfer(self, order):
        """Make the file of an order, and return its one transfer: name, IBAN, amount and text."""
        order.draft2open()
        attachment = self.env["ir.attachment"].browse(order.open2generated()["res_id"])
        root = etree.fromstring(base64.b64decode(attachment.datas))
        names = {"p": root.nsmap[None]}
        self.assertIn("pain.001.001", names["p"])
        [transfer] = root.findall(".//p:CdtTrfTxInf", names)
        paths = ("p:Cdtr/p:Nm", "p:CdtrAcct/p:Id/p:IBAN", "p:Amt/p:InstdAmt", "p:RmtInf/p:Ustrd")
        return [transfer.findtext(path, namespaces=names) for path in paths]
