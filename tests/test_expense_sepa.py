"""An expense of a member, up to the file for the bank."""

from sepa import MEMBER_IBAN, SepaMixin

from odoo import fields
from odoo.tests import tagged

from odoo.addons.smart_activity_billing.tests.expense_common import ExpenseCase

SUPPLIER_IBAN = "BE68539007547034"


@tagged("post_install", "-at_install")
class TestExpenseSepa(SepaMixin, ExpenseCase):
    """The payment order of the companion addon takes the receipt, the member's account and pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_sepa(cls.company_data["default_journal_bank"], cls.member_partner)

    def test_only_what_was_approved_is_in_the_file_and_then_paid(self):
        expense, waiting = self._expense(1), self._expense(2)
        self._approve(expense)
        order = self._order(fields.Date.today())
        self.assertEqual(order.payment_line_ids.partner_bank_id, self.account)
        _name, iban, amount, text = self._read_transfer(order)
        self.assertEqual((iban, amount), (MEMBER_IBAN, "121.00"))
        self.assertIn(expense.name, text)
        order.generated2uploaded()
        self.assertEqual(expense._get_member_status()[0], "paid")
        self.assertEqual(waiting._get_member_status()[0], "submitted")
        self.assert_books_hold()

    def test_a_bill_is_paid_to_the_supplier(self):
        supplier = self.env["res.partner"].create({"name": "Clay & Co", "supplier_rank": 1})
        bank = self.env["res.partner.bank"].create(
            {"partner_id": supplier.id, "acc_number": SUPPLIER_IBAN, "allow_out_payment": True}
        )
        expense = self._expense(3, shop="Clay & Co", payee="supplier", reference="F7")
        self._approve(expense)
        order = self._order(fields.Date.today())
        self.assertEqual(order.payment_line_ids.partner_bank_id, bank)
        _name, iban, amount, text = self._read_transfer(order)
        self.assertEqual((iban, amount), (SUPPLIER_IBAN, "121.00"))
        self.assertIn("F7", text)
        order.generated2uploaded()
        self.assertEqual(expense._get_member_status()[1], "Paid to the supplier")
        self.assert_books_hold()
