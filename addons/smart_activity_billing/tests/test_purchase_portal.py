import re
import uuid

from odoo import Command
from odoo.tests import new_test_user, tagged

from .expense_common import pdf, photo
from .portal_common import PortalCase
from .purchase_common import PurchaseMixin
from .test_expense_portal import ExpensePortalCase
from .test_supplier_bill import ubl


@tagged("post_install", "-at_install")
class TestPurchasePortal(PurchaseMixin, PortalCase):
    """Members see what is ordered and billed for their Activities, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchases()
        cls.order = cls._order(
            cls._order_line(100, 4, {cls.workshop: 100}, name="Clay, white"),
            cls._order_line(30, 1, {cls.gallery: 100}, name="Secret of the Gallery"),
        )
        cls.foreign = cls._order(cls._order_line(10, 1, {cls.gallery: 100}))

    def page(self, tail, activity=None):
        activity = activity or self.workshop
        return self.url_open(f"/my/activities/{activity.id}{tail}", allow_redirects=False)

    def _make_bill(self):
        bill = self._bill(self.order, post=False)
        self.env["ir.attachment"].create(
            {
                "name": "bill.pdf",
                "raw": pdf("Bill"),
                "res_model": "account.move",
                "res_id": bill.id,
            }
        )
        return bill

    def test_what_holds_the_money(self):
        self.authenticate(self.user.login, self.user.login)
        page = self.page("").text
        self.assertIn(f"/my/activities/{self.workshop.id}/orders/{self.order.id}", page)
        self.assertIn(self.order.name, page)
        self.assertIn("until it is billed", page)

    def test_many_lines_are_one_hold(self):
        order = self._order(*(self._order_line(1, 1, {self.workshop: 100}) for _line in range(5)))
        holds = [hold for hold in self.workshop._get_holds() if order.name in hold["origin"]]
        self.assertEqual([hold["remaining"] for hold in holds], [5])

    def test_the_order_shows_the_own_part(self):
        self._bill(self.order, quantity=1)
        self.authenticate(self.user.login, self.user.login)
        page = self.page(f"/orders/{self.order.id}").text
        for text in (self.order.name, "Clay, white", "400.00", "still held", "300.00"):
            self.assertIn(text, page)
        self.assertNotIn("Secret of the Gallery", page)

    def test_the_bill_shows_the_own_part(self):
        bill = self._make_bill()
        bill.action_post()
        self.authenticate(self.user.login, self.user.login)
        movements = self.page("/movements").text
        self.assertIn(f"/my/activities/{self.workshop.id}/bills/{bill.id}", movements)
        page = self.page(f"/bills/{bill.id}").text
        self.assertIn("Supplier under Test", page)
        self.assertNotIn("Secret of the Gallery", page)
        # The file tells of both Activities: who manages one does not get it.
        self.assertNotIn("bill.pdf", page)
        file = bill.attachment_ids
        self.assertEqual(self.page(f"/bills/{bill.id}/files/{file.id}").status_code, 404)

    def test_the_file_of_an_own_bill(self):
        bill = self._make_bill()
        bill.invoice_line_ids.analytic_distribution = {
            str(self.workshop.analytic_account_id.id): 100
        }
        bill.action_post()
        self.authenticate(self.user.login, self.user.login)
        self.assertIn("bill.pdf", self.page(f"/bills/{bill.id}").text)
        response = self.page(f"/bills/{bill.id}/files/{bill.attachment_ids.id}")
        self.assertEqual((response.status_code, response.content[:5]), (200, b"%PDF-"))

    def test_foreign_ids(self):
        draft = self._make_bill()
        foreign_bill = self._bill(self.foreign)
        rfq = self._order(self._order_line(10, 1, {self.workshop: 100}), confirm=False)
        self.authenticate(self.user.login, self.user.login)
        for tail in (
            f"/orders/{self.foreign.id}",
            f"/orders/{rfq.id}",
            "/orders/0",
            "/orders/99999999999",
            f"/bills/{draft.id}",
            f"/bills/{foreign_bill.id}",
            f"/bills/{foreign_bill.id}/files/1",
            f"/bills/{self.invoice.id}",
            "/bills/99999999999",
        ):
            with self.subTest(page=tail):
                self.assertEqual(self.page(tail).status_code, 404)
        for tail in (f"/orders/{self.order.id}", f"/bills/{foreign_bill.id}"):
            with self.subTest(foreign=tail):
                self.assertEqual(self.page(tail, self.gallery).status_code, 404)

    def test_roles(self):
        bill = self._bill(self.order)
        company = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        for login, group, status in (
            ("pp.auditor", "account.group_account_readonly", 200),
            ("pp.members", "smart_membership.group_membership_user", 404),
            ("pp.nobody", "base.group_user", 404),
            ("pp.portal", "base.group_portal", 404),
        ):
            new_test_user(self.env(su=True), login=login, groups=group, **company)
            self.authenticate(login, login)
            for tail in (f"/orders/{self.order.id}", f"/bills/{bill.id}"):
                with self.subTest(role=login, page=tail):
                    self.assertEqual(self.page(tail).status_code, status)
        self.authenticate(None, None)
        self.assertEqual(self.page(f"/orders/{self.order.id}").status_code, 303)

    def test_transfers_are_their_own_kind(self):
        self._invoice(self._line(100), activity_id=self.workshop.id)
        transfer = self.env["coop.budget.transfer"].create(
            {"source_id": self.workshop.id, "destination_id": self.studio.id, "amount": 10}
        )
        transfer._submit(self.member.partner_id)
        for activity, amount in ((self.workshop, -10), (self.studio, 10)):
            rows, count = activity._get_movements(kind="transfer")
            self.assertEqual(([row["amount"] for row in rows], count), ([amount], 1))
        self.authenticate(self.user.login, self.user.login)
        self.assertIn("Transfers", self.page("/movements?kind=transfer").text)


@tagged("post_install", "-at_install")
class TestSupplierBillPortal(ExpensePortalCase):
    """A member hands in the bill of a supplier on a phone."""

    def bill(self, files=None, **values):
        files = [("bill.pdf", pdf("Bill"))] if files is None else files
        return self.post(files, **{"payee": "supplier", "reference": "F1", **values})

    def test_hand_in(self):
        page = self.url_open("/my/expenses/new?payee=supplier").text
        for text in ("Bill of a supplier", "Number of the bill", ".xml"):
            self.assertIn(text, page)
        response = self.bill()
        expense = self.expenses()
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.assertEqual((expense.state, expense.payee), ("submitted", "supplier"))
        self.assertEqual((expense.bill_id.state, expense.bill_id.ref), ("draft", "F1"))
        self.assertEqual(self.workshop.reserved_amount, 100.0)
        page = self.url_open(response.headers["Location"]).text
        for text in ("the bill was handed in", "F1", "Paid to the supplier"):
            self.assertIn(text, page)
        self.assert_books_hold()

    def test_only_who_handed_it_in_gets_to_its_page(self):
        self.workshop.manager_ids |= self.other_user.partner_id
        self.bill()
        url = f"/my/expenses/{self.expenses().id}"
        self.assertIn(url, self.url_open(f"/my/activities/{self.workshop.id}").text)
        self.authenticate(self.other_user.login, self.other_user.login)
        page = self.url_open(f"/my/activities/{self.workshop.id}").text
        self.assertIn("Café Noir", page)
        self.assertNotIn(url, page)

    def test_an_electronic_bill_types_itself(self):
        currency = self.company.currency_id.name
        content = ubl(supplier="Électro & Fils", currency=currency)
        response = self.bill([("facture.xml", content)], shop="", date="", total="", reference="")
        expense = self.expenses()
        self.assertEqual(response.status_code, 303, response.text[:3000])
        self.assertEqual((expense.shop, expense.reference), ("Électro & Fils", "F-2025-7"))
        self.assertEqual((expense.total, str(expense.date)), (121.0, "2025-03-12"))
        self.assertEqual(len(expense.bill_id.invoice_line_ids), 2)
        self.assertEqual(self.workshop.reserved_amount, 100.0)
        file = self.url_open(f"/my/expenses/{expense.id}/files/{expense.attachment_ids.id}")
        self.assertEqual(file.headers["Content-Type"].partition(";")[0], "text/plain")
        self.assert_books_hold()

    def test_a_double_click_is_one_bill(self):
        token = str(uuid.uuid4())
        first, second = self.bill(token=token), self.bill(token=token)
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(len(self.expenses().bill_id), 1)

    def test_errors(self):
        self.assertEqual(self.errors_of(self.bill(reference="")), {"reference"})
        self.assertEqual(self.errors_of(self.bill(reference="x" * 61)), {"reference"})
        response = self.bill([("a.xml", b"<?xml version='1.0'?><svg/>")])
        self.assertEqual(self.errors_of(response), {"files"})
        response = self.bill([("a.xml", ubl(kind="CreditNote"))])
        self.assertEqual(self.errors_of(response), {"files"})
        self.assertIn("credit note", response.text)
        response = self.bill(activity_id=str(self.gallery.id))
        self.assertEqual(self.errors_of(response), {"activity_id"})
        response = self.bill(total="99999")
        self.assertIn("available", response.text)
        self.assertIn('value="F1"', response.text)
        self.assertFalse(self.expenses())
        self.assertFalse(
            self.env["account.move"].search(
                [("move_type", "=", "in_invoice"), ("company_id", "=", self.company.id)]
            )
        )

    def test_the_same_bill_again(self):
        self.bill()
        response = self.bill([("other.pdf", pdf("Again"))], total="60")
        self.assertIn("This is another one", response.text)
        self.assertEqual(len(self.expenses()), 1)
        token = re.search(r'name="token" value="([^"]+)"', response.text).group(1)
        self.bill([], token=token, total="60", duplicate_confirmed="1")
        self.assertEqual(len(self.expenses()), 2)

    def test_refused_and_corrected(self):
        self.bill()
        expense = self.expenses()
        self._refuse(expense)
        path = f"/my/expenses/{expense.id}/edit"
        self.assertIn('value="F1"', self.url_open(path).text)
        response = self.post(
            [("new.pdf", pdf("New"))], path=path, payee="supplier", reference="F2", total="60.50"
        )
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.assertEqual((expense.state, expense.bill_id.ref), ("submitted", "F2"))
        self.assertEqual(self.workshop.reserved_amount, 50.0)

    def test_withdrawn(self):
        self.bill()
        expense = self.expenses()
        self.url_open(f"/my/expenses/{expense.id}/withdraw", data={"csrf_token": self.csrf()})
        self.assertEqual((expense.state, expense.bill_id.state), ("cancelled", "cancel"))
        self.assertEqual(self.workshop.reserved_amount, 0)

    def test_an_expense_has_no_electronic_bill(self):
        response = self.post([("a.xml", ubl()), ("b.jpg", photo(1))])
        self.assertIn("is the supplier to be paid", response.text)
        self.assertFalse(self.expenses())


@tagged("post_install", "-at_install")
class TestSupplierBillTour(ExpensePortalCase):
    """From the file of a supplier to the entry, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_bill_handed_in_approved_and_seen(self):
        self.env["res.partner"].create({"name": "Drukkerij De Pers", "supplier_rank": 1})
        self.start_tour("/my/expenses", "portal_supplier_bill_hand_in", login=self.user.login)
        expense = self.expenses()
        self.assertEqual((expense.state, expense.total), ("submitted", 242.0))
        self.assertEqual(self.workshop.reserved_amount, 200.0)
        self._approve(expense)
        self.start_tour("/my/activities", "portal_supplier_bill_posted", login=self.user.login)
        self.assert_books_hold()
