import re
import uuid
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .expense_common import ExpenseMixin, pdf, photo
from .portal_common import PortalCase

PAGE = "/my/expenses"
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60


class ExpensePortalCase(ExpenseMixin, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_expenses()

    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    def expenses(self):
        return self.env["coop.expense"].search([], order="id")

    def csrf(self):
        page = self.url_open(f"{PAGE}/new").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def post(self, files=None, path=f"{PAGE}/new", **values):
        """Post the form as a browser does, with one photo unless told otherwise."""
        if files is None:
            files = [("IMG_1.jpg", photo(1))]
        data = {
            "csrf_token": self.csrf(),
            "token": str(uuid.uuid4()),
            "activity_id": str(self.workshop.id),
            "product_id": str(self.material.id),
            "shop": "Café Noir",
            "date": "2025-03-12",
            "total": "121",
            "vat_rate": "",
            "description": "Paint",
            **values,
        }
        return self.url_open(
            path,
            data=data,
            files=[("files", (name, content)) for name, content in files] or None,
            allow_redirects=False,
        )


@tagged("post_install", "-at_install")
class TestExpensePortal(ExpensePortalCase):
    """What members do with expenses, and what they never reach."""

    # ------------------------------------------------------------------
    # Handing in
    # ------------------------------------------------------------------

    def test_hand_in(self):
        response = self.post([("IMG_1.jpg", photo(1)), ("page.PDF", pdf("Two"))], total="121,00")
        expense = self.expenses()
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.assertTrue(response.headers["Location"].endswith(f"/{expense.id}?submitted=1"))
        self.assertEqual((expense.state, expense.total), ("submitted", 121.0))
        self.assertEqual(expense.partner_id, self.user.partner_id)
        self.assertEqual(expense.submitted_by_id, self.user.partner_id)
        files = expense.attachment_ids.sorted("id")
        self.assertEqual(files.mapped("name"), ["IMG_1.jpg", "page.pdf"])
        self.assertEqual(self.workshop.reserved_amount, 100.0)
        page = self.url_open(response.headers["Location"]).text
        for text in ("Café Noir", "Thank you", 'data-status="submitted"', "IMG_1.jpg"):
            self.assertIn(text, page)
        self.assertIn("Café Noir", self.url_open(PAGE).text)
        self.assert_books_hold()

    def test_a_double_click_is_one_expense(self):
        token = str(uuid.uuid4())
        first, second = self.post(token=token), self.post(token=token, shop="Changed")
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(len(self.expenses()), 1)
        self.assertEqual(self.workshop.reserved_amount, 100.0)

    def test_the_rate_on_the_receipt(self):
        self.post(total="106", vat_rate="6")
        self.post([("b.jpg", photo(2))], total="50", vat_rate="0", shop="Market")
        low, none = self.expenses()
        self.assertEqual((low.tax_ids, low.budget_amount), (self.low_tax, 100.0))
        self.assertEqual((none.tax_ids.ids, none.budget_amount), ([], 50.0))
        response = self.post([("c.jpg", photo(3))], vat_rate="12")
        self.assertEqual(self.errors_of(response), {"vat_rate"})

    # ------------------------------------------------------------------
    # Errors lose nothing
    # ------------------------------------------------------------------

    def test_all_errors_at_once_and_nothing_is_lost(self):
        token = str(uuid.uuid4())
        response = self.post(
            token=token, total="12 USD", shop="", date="", product_id="", description="My <note>"
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.errors_of(response), {"total", "shop", "date", "product_id"})
        for text in (
            "12 USD",
            "My &lt;note&gt;",
            f"took in {self.company.currency_id.name}",
            "IMG_1.jpg",
            "files are kept",
        ):
            self.assertIn(text, response.text)
        self.assertFalse(self.expenses())
        # The photo is there already.
        response = self.post([], token=token)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.expenses().attachment_ids.raw, photo(1))

    def test_a_kept_photo_can_be_removed(self):
        token = str(uuid.uuid4())
        response = self.post(token=token, total="x")
        key = re.search(r'name="removed_files"[^>]*value="(\d+)"', response.text).group(1)
        response = self.post([], token=token, removed_files=key)
        self.assertEqual(self.errors_of(response), {"files"})
        self.assertFalse(self.env["ir.attachment"].browse(int(key)).exists())

    def test_amounts_that_are_none(self):
        for total in ("0", "-5", "nan", "inf", "1e9", "", "12.345", "9999999", "$5", "5 CHF"):
            response = self.post(total=total)
            self.assertEqual(self.errors_of(response), {"total"}, total)
        self.assertFalse(self.expenses())

    def test_euro_signs_are_understood(self):
        self.post(total="€ 121.00")
        self.post([("b.jpg", photo(2))], total="60.50 EUR", shop="B")
        self.assertEqual(self.expenses().mapped("total"), [121.0, 60.5])

    def test_dates_that_are_none(self):
        tomorrow = str(fields.Date.today() + timedelta(days=2))
        for date in (tomorrow, "31/12/2024", "0001-01-01", "2025-02-30"):
            self.assertEqual(self.errors_of(self.post(date=date)), {"date"}, date)

    def test_files_that_are_none(self):
        cases = {
            "HEIC": ("IMG.heic", HEIC),
            "password": ("a.pdf", pdf("Secret", encrypt="1")),
            "no PDF and no photo": ("photo.jpg", b"<script>alert(1)</script>"),
            "There is no file": ("empty.jpg", b""),
        }
        for message, file in cases.items():
            response = self.post([file])
            self.assertEqual(self.errors_of(response), {"files"}, message)
            self.assertIn(message, response.text)
        self.assertEqual(self.errors_of(self.post([])), {"files"})
        self.assertFalse(self.expenses())

    def test_a_file_of_forty_megabytes(self):
        large = photo(1) + b"\x00" * (40 * 1024 * 1024)
        response = self.post([("IMG_1.jpg", large)])
        self.assertEqual(self.errors_of(response), {"files"})
        self.assertIn("10 MB", response.text)
        self.assertFalse(self.expenses())
        self.assertFalse(
            self.env["ir.attachment"].search([("file_size", ">", 30 * 1024 * 1024)]),
        )

    def test_a_refused_category_says_why(self):
        response = self.post(product_id=str(self.fine.id))
        self.assertEqual(self.errors_of(response), {"product_id"})
        self.assertIn("no Activity pays it", response.text)

    def test_more_than_the_budget_has(self):
        response = self.post(total="5000")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.errors_of(response), {"all"})
        self.assertIn("available", response.text)
        self.assertNotIn('name="duplicate_confirmed"', response.text)
        self.assertFalse(self.expenses())

    def test_an_expired_form_is_asked_for_again(self):
        response = self.post(token="nonsense")
        self.assertEqual(response.status_code, 422)
        self.assertNotIn("nonsense", response.text)

    # ------------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------------

    def test_the_same_receipt_needs_a_tick(self):
        self.post()
        token = str(uuid.uuid4())
        response = self.post(token=token, shop="Elsewhere")
        self.assertIn("You handed in the same receipt", response.text)
        self.assertIn('name="duplicate_confirmed"', response.text)
        response = self.post([], token=token, shop="Elsewhere", duplicate_confirmed="1")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.expenses()), 2)

    def test_nothing_is_told_of_others(self):
        self.post()
        self._invoice(self._line(1000, {self.gallery: 100}))
        self.authenticate(self.other_user.login, self.other_user.login)
        response = self.post(activity_id=str(self.gallery.id))
        self.assertIn("Somebody handed in the same receipt", response.text)
        for secret in (self.expenses().name, self.user.partner_id.name, "Workshop"):
            self.assertNotIn(secret, response.text)

    # ------------------------------------------------------------------
    # Refused, corrected, withdrawn
    # ------------------------------------------------------------------

    def test_correct_what_was_refused(self):
        self.post()
        expense = self.expenses()
        self._refuse(expense, "Page 2 is missing")
        self.assertIn("Page 2 is missing", self.url_open(f"{PAGE}/{expense.id}").text)
        form = self.url_open(f"{PAGE}/{expense.id}/edit").text
        for text in ("Café Noir", "121.00", "IMG_1.jpg", "Paint"):
            self.assertIn(text, form)
        file = expense.attachment_ids
        path = f"{PAGE}/{expense.id}/edit"
        response = self.post(
            [("new.jpg", photo(7))], path=path, total="60.5", removed_files=str(file.id)
        )
        self.assertEqual(response.status_code, 303, response.text[:3000])
        self.assertEqual((expense.state, expense.total), ("submitted", 60.5))
        self.assertEqual(expense.attachment_ids.raw, photo(7))
        self.assertFalse(file.exists())
        self.assertEqual(self.workshop.reserved_amount, 50.0)
        self.assert_books_hold()
        # What waits is not edited.
        self.post([], path=path, total="1")
        self.assertEqual(expense.total, 60.5)

    def test_an_error_in_a_correction_loses_nothing(self):
        self.post()
        expense = self.expenses()
        self._refuse(expense)
        response = self.post(
            [],
            path=f"{PAGE}/{expense.id}/edit",
            total="9000",
            removed_files=str(expense.attachment_ids.id),
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual((expense.state, expense.total), ("refused", 121.0))
        self.assertEqual(expense.attachment_ids.raw, photo(1))

    def test_withdraw(self):
        self.post()
        expense = self.expenses()
        data = {"csrf_token": self.csrf()}
        self.url_open(f"{PAGE}/{expense.id}/withdraw", data=data)
        self.assertEqual((expense.state, self.workshop.reserved_amount), ("cancelled", 0.0))
        page = self.url_open(f"{PAGE}/{expense.id}/withdraw", data=data).text
        self.assertIn("cannot be done any more", page)

    def test_from_booked_to_paid(self):
        self.post()
        expense = self.expenses()
        self._approve(expense)
        page = self.url_open(f"{PAGE}/{expense.id}").text
        self.assertIn('data-status="posted"', page)
        self.assertNotIn("/withdraw", page)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=expense.move_id.ids
        ).create({})._create_payments()
        self.assertIn('data-status="paid"', self.url_open(f"{PAGE}/{expense.id}").text)

    # ------------------------------------------------------------------
    # Who reaches what
    # ------------------------------------------------------------------

    def _all_paths(self, expense):
        file = expense.attachment_ids.id
        return [f"{PAGE}/{expense.id}{end}" for end in ("", "/edit", f"/files/{file}")]

    def test_others_find_nothing(self):
        self.post()
        expense = self.expenses()
        employee = new_test_user(
            self.env(su=True),
            "x_employee",
            "base.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        for login in (self.other_user.login, employee.login, self.accountant.login):
            self.authenticate(login, login)
            for path in [*self._all_paths(expense), f"{PAGE}/999999999999", f"{PAGE}/0"]:
                self.assertEqual(self.url_open(path).status_code, 404, f"{login} {path}")
            page = self.url_open(PAGE)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("Café Noir", page.text)
        self.authenticate(self.other_user.login, self.other_user.login)
        data = {"csrf_token": self.csrf()}
        response = self.url_open(f"{PAGE}/{expense.id}/withdraw", data=data)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(expense.state, "submitted")

    def test_anonymous_visitors_log_in_first(self):
        self.post()
        paths = [PAGE, f"{PAGE}/new", *self._all_paths(self.expenses())]
        self.authenticate(None, None)
        for path in paths:
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303, path)
            self.assertIn("/web/login", response.headers["Location"])

    def test_activities_of_others_are_like_none(self):
        self.studio.action_suspend()
        for activity in (self.gallery, self.studio):
            response = self.post(activity_id=str(activity.id))
            self.assertIn("activity_id", self.errors_of(response))
        page = self.url_open(f"{PAGE}/new?activity_id={self.gallery.id}").text
        self.assertNotIn("Gallery", page)
        self.assertNotIn("Studio", page)
        self.assertFalse(self.expenses())

    def test_files_of_others_are_not_taken(self):
        self.post(total="x", token=(token := str(uuid.uuid4())))
        self._invoice(self._line(1000, {self.gallery: 100}))
        self.authenticate(self.other_user.login, self.other_user.login)
        response = self.post([], token=token, activity_id=str(self.gallery.id))
        self.assertEqual(self.errors_of(response), {"files"})

    def test_foreign_files_are_not_removed(self):
        self.post()
        file = self.expenses().attachment_ids
        self._invoice(self._line(1000, {self.gallery: 100}))
        self.authenticate(self.other_user.login, self.other_user.login)
        self.post(
            [("b.jpg", photo(9))],
            activity_id=str(self.gallery.id),
            shop="Mine",
            removed_files=str(file.id),
        )
        self.assertTrue(file.exists())

    @mute_logger("odoo.http")
    def test_members_call_nothing_by_rpc(self):
        self.post()
        expense = self.expenses()
        for model, method, args in (
            ("coop.expense", "read", [expense.ids, ["shop"]]),
            ("coop.expense", "search_read", [[]]),
            ("coop.expense", "create", [{"total": 1}]),
            ("coop.expense", "write", [expense.ids, {"total": 1}]),
            ("coop.expense", "action_submit", [expense.ids]),
            ("coop.expense", "action_approve", [expense.ids]),
            ("coop.expense", "action_refuse", [expense.ids]),
            ("coop.expense", "action_withdraw", [expense.ids]),
            ("coop.expense", "action_reset_to_draft", [expense.ids]),
            ("coop.expense", "action_view_receipt", [expense.ids]),
            ("coop.expense", "action_view_reversals", [expense.ids]),
            ("coop.expense", "action_view_duplicates", [expense.ids]),
            ("coop.expense", "_withdraw", [expense.ids]),
            ("coop.expense.refusal", "create", [{"reason": "x"}]),
            ("coop.expense.form", "_get_activities", []),
            ("ir.attachment", "read", [expense.attachment_ids.ids, ["raw"]]),
        ):
            response = self.url_open(
                "/web/dataset/call_kw",
                json={"params": {"model": model, "method": method, "args": args, "kwargs": {}}},
            )
            self.assertIn("error", response.json(), f"{model}.{method}")
        self.assertEqual((expense.state, expense.total), ("submitted", 121.0))

    # ------------------------------------------------------------------
    # Entries and empty states
    # ------------------------------------------------------------------

    def test_the_way_to_it(self):
        self.assertIn(
            f"/my/expenses/new?activity_id={self.workshop.id}", self.url_open(self.url()).text
        )
        self.assertIn("/my/expenses", self.url_open("/my").text)
        page = self.url_open(PAGE).text
        self.assertIn("Take a photo of the receipt", page)
        (self.workshop | self.studio).action_suspend()
        page = self.url_open(PAGE).text
        self.assertIn("no open Activity", page)
        self.assertNotIn("/my/expenses/new", page)
        self.assertIn("no open Activity", self.url_open(f"{PAGE}/new").text)

    def test_pages_within_their_query_budget(self):
        for number in range(5):
            self.post([(f"{number}.jpg", photo(20 + number))], total="1.21", shop=f"S{number}")
        self.url_open(PAGE)
        with self.assertQueryCount(70):
            page = self.url_open(PAGE)
        self.assertEqual(page.text.count('data-name="expense"'), 5)


@tagged("post_install", "-at_install")
class TestExpenseTour(ExpensePortalCase):
    """From the photo on a telephone to the entry, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_photo_handed_in_approved_and_seen(self):
        self.start_tour("/my", "portal_expense_hand_in", login=self.user.login)
        expense = self.expenses()
        self.assertEqual((expense.state, expense.total), ("submitted", 48.4))
        self.assertEqual(expense.attachment_ids.mimetype, "image/png")
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour("/odoo/coop-expenses", "expense_approve", login=self.colleague.login)
        self.assertEqual((expense.state, expense.move_id.state), ("posted", "posted"))
        self.browser_size, self.touch_enabled = "390x844", True
        self.start_tour(PAGE, "portal_expense_posted", login=self.user.login)
        self.assert_books_hold()
