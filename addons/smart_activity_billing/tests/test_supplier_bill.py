from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.coop_expense_receipt import DuplicateError
from .expense_common import ExpenseCase, pdf
from .purchase_common import PurchaseMixin


def ubl(number="F-2025-7", price="100.00", supplier="Clay & Co", kind="Invoice", currency="EUR"):
    """Return an electronic bill of two lines, with 21 % of VAT."""
    half, total = float(price) / 2, float(price) * 1.21
    line = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    lines = "".join(
        f"""
  <cac:{kind}Line><cbc:ID>{row}</cbc:ID><cbc:{line} unitCode="C62">1</cbc:{line}>
   <cbc:LineExtensionAmount currencyID="{currency}">{half:.2f}</cbc:LineExtensionAmount>
   <cac:Item><cbc:Name>Clay {row}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>
    <cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
   </cac:ClassifiedTaxCategory></cac:Item>
   <cac:Price><cbc:PriceAmount currencyID="{currency}">{half:.2f}</cbc:PriceAmount></cac:Price>
  </cac:{kind}Line>"""
        for row in (1, 2)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
 <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
 <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2025-03-12</cbc:IssueDate>
 <cbc:{kind}TypeCode>{380 if kind == "Invoice" else 381}</cbc:{kind}TypeCode>
 <cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
  <cbc:RegistrationName>{supplier.replace("&", "&amp;")}</cbc:RegistrationName>
 </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
  <cbc:RegistrationName>Us</cbc:RegistrationName>
 </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
 <cac:TaxTotal>
  <cbc:TaxAmount currencyID="{currency}">{total - 2 * half:.2f}</cbc:TaxAmount>
 </cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="{currency}">{price}</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="{currency}">{price}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="{currency}">{total:.2f}</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="{currency}">{total:.2f}</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>{lines}
</{kind}>""".encode()


@tagged("post_install", "-at_install")
class TestSupplierBill(PurchaseMixin, ExpenseCase):
    """A member hands in the bill of a supplier: a draft, approved by an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchases()
        cls.clay = cls.env["res.partner"].create({"name": "Clay & Co", "supplier_rank": 1})
        cls.before = cls.workshop.available

    def _bill_of(self, number=1, submit=True, content=None, **values):
        return self._expense(
            number,
            submit=submit,
            content=content or pdf(f"Bill {number}"),
            **{"shop": "Clay & Co", "payee": "supplier", "reference": f"F{number}", **values},
        )

    def test_handed_in_it_is_a_draft_that_holds_the_money(self):
        expense = self._bill_of()
        bill = expense.bill_id
        self.assertEqual((bill.move_type, bill.state, bill.ref), ("in_invoice", "draft", "F1"))
        self.assertEqual((bill.partner_id, bill.amount_total), (self.clay, 121.0))
        self.assertEqual(bill.attachment_ids.raw, expense.attachment_ids.raw)
        self.assertEqual((expense.state, expense.budget_amount), ("submitted", 100.0))
        self.assertEqual(self.workshop.available, self.before - 100)
        self.assert_books_hold()

    def test_approved_it_is_posted_and_payable_to_the_supplier(self):
        expense = self._bill_of()
        self._approve(expense)
        bill = expense.bill_id
        self.assertEqual((expense.state, expense.move_id, bill.state), ("posted", bill, "posted"))
        payable = bill.line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable"
        )
        self.assertEqual((payable.balance, payable.partner_id), (-121.0, self.clay))
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assertEqual(self.workshop.available, self.before - 100)
        self.assertEqual(expense._get_member_steps()[2]["label"], "Paid to the supplier")
        self.assert_books_hold()
        with self.assertRaisesRegex(UserError, "reverse it"):
            bill.button_draft()

    def test_expenses_and_bills_approved_in_one_go(self):
        expenses = self._bill_of(1) | self._expense(2) | self._bill_of(3, total=60.5)
        self._approve(expenses)
        self.assertEqual(set(expenses.mapped("state")), {"posted"})
        for expense in expenses:
            self.assertEqual(
                expense.move_id.move_type,
                "in_invoice" if expense.payee == "supplier" else "in_receipt",
            )
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # The accountant
    # ------------------------------------------------------------------

    def test_posting_the_draft_is_approving_it(self):
        expense = self._bill_of()
        expense.bill_id.with_user(self.colleague).action_post()
        self.assertEqual((expense.state, expense.bill_id.state), ("posted", "posted"))
        self.assertEqual(expense.decided_by_id, self.colleague.partner_id)
        self.assert_books_hold()

    def test_nobody_posts_the_own_one(self):
        expense = self._bill_of()
        with self.assertRaisesRegex(UserError, "your own"), self.env.cr.savepoint():
            expense.bill_id.with_user(self.accountant).action_post()
        clerk = new_test_user(
            self.env,
            "clerk_of_bills",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            expense.bill_id.with_user(clerk).action_post()
        self.env.invalidate_all()
        self.assertEqual(expense.bill_id.state, "draft")

    def test_corrected_in_the_draft(self):
        expense = self._bill_of()
        draft = expense.bill_id.with_user(self.colleague)
        draft.invoice_line_ids.price_unit = 242.0
        self._approve(expense)
        self.assertEqual((expense.total, expense.budget_amount), (242.0, 200.0))
        self.assertEqual(self.workshop.available, self.before - 200)
        self.assert_books_hold()

    def test_a_corrected_draft_is_another_one_for_the_link(self):
        expense = self._bill_of()
        before = expense._get_approval_fingerprint()
        rows = dict(expense._get_approval_rows())
        self.assertEqual(rows["To be paid to"], "Clay & Co")
        self.assertEqual(rows["Number of the bill"], "F1")
        expense.bill_id.invoice_line_ids.price_unit = 130.0
        self.assertNotEqual(expense._get_approval_fingerprint(), before)

    def test_corrected_to_more_than_there_is(self):
        expense = self._bill_of()
        expense.bill_id.invoice_line_ids.price_unit = 99999.0
        with self.assertRaisesRegex(UserError, "available"), self.env.cr.savepoint():
            self._approve(expense)

    def test_corrected_to_another_activity(self):
        expense = self._bill_of()
        account = str(self.studio.analytic_account_id.id)
        expense.bill_id.invoice_line_ids.analytic_distribution = {account: 100}
        with self.assertRaisesRegex(UserError, "Nothing of the bill"), self.env.cr.savepoint():
            self._approve(expense)

    def test_a_supplier_that_nobody_knows(self):
        expense = self._bill_of(shop="100% Clay_")
        self.assertFalse(expense.bill_id.partner_id)
        with self.assertRaisesRegex(UserError, "fill in the supplier"), self.env.cr.savepoint():
            self._approve(expense)
        expense.bill_id.partner_id = self.clay
        self._approve(expense)
        self.assertEqual(expense.supplier_id, self.clay)

    def test_refused_and_handed_in_again(self):
        expense = self._bill_of()
        bill = expense.bill_id
        self._refuse(expense)
        self.assertEqual((bill.state, self.workshop.available), ("cancel", self.before))
        expense.with_user(self.accountant).action_reset_to_draft()
        self.assertFalse(bill.exists() or expense.bill_id)
        expense.with_user(self.accountant).action_submit()
        self._approve(expense)
        self.assertEqual(expense.state, "posted")
        self.assert_books_hold()

    def test_a_refused_one_is_not_posted(self):
        expense = self._bill_of()
        self._refuse(expense)
        expense.bill_id.button_draft()
        with self.assertRaisesRegex(UserError, "Refused"):
            expense.bill_id.with_user(self.colleague).action_post()

    def test_withdrawn(self):
        expense = self._bill_of()
        expense._withdraw()
        self.assertEqual((expense.bill_id.state, expense.state), ("cancel", "cancelled"))
        self.assertEqual(self.workshop.available, self.before)

    # ------------------------------------------------------------------
    # Electronic bills
    # ------------------------------------------------------------------

    def test_an_electronic_bill_is_read(self):
        currency = self.company.currency_id.name
        expense = self._bill_of(content=ubl(currency=currency), total=1.0, reference="typed")
        bill = expense.bill_id
        self.assertEqual((bill.ref, bill.partner_id), ("F-2025-7", self.clay))
        self.assertEqual(len(bill.invoice_line_ids), 2)
        self.assertEqual((expense.total, expense.budget_amount), (121.0, 100.0))
        self.assertEqual((expense.reference, str(expense.date)), ("F-2025-7", "2025-03-12"))
        self.assertEqual(self.workshop.available, self.before - 100)
        self._approve(expense)
        self.assertEqual(self.workshop.available, self.before - 100)
        self.assert_books_hold()

    def test_files_that_are_no_bill(self):
        for content, message in (
            (b"<svg/>", "no PDF and no photo"),
            (b'<?xml version="1.0"?><svg/>', "cannot be read"),
            (ubl().replace(b"?>", b"?><!DOCTYPE Invoice>", 1), "cannot be read"),
            (ubl(kind="CreditNote"), "credit note"),
        ):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                self._bill_of(content=content)

    def test_a_member_is_not_paid_for_an_electronic_bill(self):
        with self.assertRaisesRegex(UserError, "is the supplier to be paid"):
            self._bill_of(content=ubl(), payee="member")

    # ------------------------------------------------------------------
    # The same bill twice
    # ------------------------------------------------------------------

    def test_the_same_number_of_the_same_supplier(self):
        self._bill_of(1)
        again = self._bill_of(2, submit=False, reference="F1", total=60.0, shop="clay & CO")
        self.assertTrue(again.duplicate_ids)
        with self.assertRaises(DuplicateError), self.env.cr.savepoint():
            again.action_submit()
        again.duplicate_confirmed = True
        again.action_submit()
        self.assertEqual(again.state, "submitted")

    def test_a_bill_that_the_books_have(self):
        self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.clay.id,
                "invoice_date": "2025-03-12",
                "ref": "F1",
                "invoice_line_ids": [self._line(100, {self.workshop: 100})],
            }
        ).action_post()
        with self.assertRaisesRegex(UserError, "has bill F1 of Clay & Co already"):
            self._bill_of(1)

    # ------------------------------------------------------------------
    # Reversed and modified
    # ------------------------------------------------------------------

    def _modify(self, move):
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.colleague)
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "date": fields.Date.today()})
        )
        return self.env["account.move"].browse(wizard.modify_moves()["res_id"])

    def test_a_receipt_reversed_and_modified(self):
        for expense in (self._expense(5), self._bill_of(6)):
            self._approve(expense)
            first = expense.move_id
            draft = self._modify(first)
            self.assertEqual(expense._get_member_status()[0], "reversed")
            self.assert_books_hold()
            draft.invoice_line_ids.price_unit = 60.5
            draft.invoice_date = "2025-03-12"
            draft.with_user(self.colleague).action_post()
            self.assertEqual((expense.move_id, expense.total), (draft, 60.5))
            self.assertEqual(expense.budget_amount, 50.0)
            self.assertEqual(expense._get_member_status()[0], "posted")
            self.assert_books_hold()
            with self.assertRaisesRegex(UserError, "reverse it"):
                draft.button_draft()
        self.assertEqual(self.workshop.available, self.before - 100)
