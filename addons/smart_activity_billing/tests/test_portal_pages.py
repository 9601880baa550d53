import csv
import io

import openpyxl

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalPages(PortalCase):
    def open(self, url):
        return self.url_open(url, allow_redirects=False)

    def test_list_shows_own_activities_only(self):
        self.authenticate(self.user.login, self.user.login)
        page = self.open("/my/activities").text
        self.assertIn("Workshop", page)
        self.assertIn("Studio", page)
        self.assertNotIn("Gallery", page)

    def test_list_without_activity_says_what_to_do(self):
        loner = self._create_login("portal.loner", self._create_member("Loner"))
        self.authenticate(loner.login, loner.login)
        page = self.open("/my/activities").text
        self.assertIn('data-name="empty"', page)
        self.assertNotIn('data-name="new_invoice"', page)

    def test_search_and_sort(self):
        self.authenticate(self.user.login, self.user.login)
        page = self.open("/my/activities?search=work&sortby=nonsense").text
        self.assertIn("Workshop", page)
        self.assertNotIn(">Studio<", page)

    def test_counter_on_the_home_page(self):
        self.authenticate(self.user.login, self.user.login)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["activity_count"]})
        self.assertEqual(counters["activity_count"], 2)

    def test_budget_is_explained(self):
        self.workshop._reserve(100, "expense", self.own_client)
        self.authenticate(self.user.login, self.user.login)
        page = self.open(self.url()).text
        self.assertIn("935.00", page)
        self.assertIn("835.00", page)
        self.assertIn("Zeppelin Own NV", page)
        self.assertIn('data-name="chart_table"', page)

    def test_negative_budget_is_said_in_words(self):
        self._refund(self.invoice)
        self._invoice(self._line(10), activity_id=self.workshop.id, move_type="out_refund")
        self.authenticate(self.user.login, self.user.login)
        self.assertIn("negative:", self.open("/my/activities").text)

    def test_movements_run_up_to_the_balance(self):
        movements, total = self.workshop._get_movements()
        self.assertEqual(total, 2)
        self.assertEqual(movements[0]["running"], self.workshop.balance)
        self.assertEqual({row["kind"] for row in movements}, {"invoice", "contribution"})
        contributions, count = self.workshop._get_movements(kind="contribution")
        self.assertEqual([row["amount"] for row in contributions], [-65.0])
        self.assertEqual(count, 1)
        self.assertEqual(self.workshop._get_movements(date_from="2025-03-11")[1], 0)

    def test_months_end_at_the_balance(self):
        months = self.workshop._get_months(24)
        self.assertEqual(len(months), 24)
        self.assertEqual(months[-1]["balance"], self.workshop.balance)
        with self.subTest("what is older than the chart is in its first balance"):
            self._invoice(self._line(200), activity_id=self.workshop.id, invoice_date="2016-01-05")
            self.assertEqual(self.workshop._get_months(12)[-1]["balance"], self.workshop.balance)

    def test_every_page_of_another_member_is_like_one_that_does_not_exist(self):
        missing_activity = self.env["coop.activity"].search([], order="id desc", limit=1).id + 9999
        self.authenticate(self.user.login, self.user.login)
        for tail in (
            "",
            "/movements",
            "/invoices",
            "/contributions",
            "/movements/export.csv",
            "/invoices/export.xlsx",
            f"/invoices/{self.foreign_invoice.id}",
            f"/invoices/{self.foreign_invoice.id}/pdf",
            f"/invoices/{self.foreign_invoice.id}/edit",
            f"/invoices/{self.foreign_invoice.id}/files/1",
            "/invoices/new",
        ):
            with self.subTest(page=tail or "/"):
                foreign = self.open(f"/my/activities/{self.gallery.id}{tail}")
                missing = self.open(f"/my/activities/{missing_activity}{tail}")
                self.assertEqual(foreign.status_code, 404)
                self.assertEqual(missing.status_code, 404)
                self.assertNotIn("Gallery", foreign.text)

    def test_staff_reads_what_it_may_and_invoices_for_nobody(self):
        company = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        for login, group, status in (
            ("staff.accounting", "account.group_account_readonly", 200),
            ("staff.members", "smart_membership.group_membership_user", 404),
        ):
            new_test_user(self.env(su=True), login=login, groups=group, **company)
            self.authenticate(login, login)
            self.assertEqual(self.open(self.url()).status_code, status, login)
            self.assertEqual(self.open(self.url("invoices/new")).status_code, 404, login)

    def test_ids_that_no_column_holds(self):
        self.authenticate(self.user.login, self.user.login)
        for url in (f"/my/activities/{10**12}", self.url("invoices", 10**12)):
            self.assertEqual(self.open(url).status_code, 404)

    def test_foreign_invoice_behind_the_own_activity(self):
        self.authenticate(self.user.login, self.user.login)
        for tail in ("", "/pdf", "/edit"):
            response = self.open(self.url("invoices", f"{self.foreign_invoice.id}{tail}"))
            self.assertEqual(response.status_code, 404)

    def test_drafts_of_the_accountants_stay_theirs(self):
        draft = self._invoice(self._line(77), activity_id=self.workshop.id, post=False)
        self.authenticate(self.user.login, self.user.login)
        self.assertEqual(self.open(self.url("invoices", draft.id)).status_code, 404)

    def test_visitors_are_asked_to_log_in(self):
        for tail in ("", "/invoices/new"):
            response = self.open(f"/my/activities/{self.workshop.id}{tail}")
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_member_does_not_get_the_invoices_as_customer(self):
        """Core's page of invoices to pay stays empty: these are the clients' to pay."""
        self.authenticate(self.user.login, self.user.login)
        self.assertNotIn(self.invoice.name, self.open("/my/invoices").text)

    def test_invoice_page(self):
        self.invoice.invoice_date_due = "2025-04-09"
        self.authenticate(self.user.login, self.user.login)
        page = self.open(self.url("invoices", self.invoice.id)).text
        self.assertIn("Zeppelin Own NV", page)
        self.assertIn("65.00", page)
        self.assertIn("935.00", page)
        self.assertIn('data-status="overdue"', page)
        pdf = self.open(self.url("invoices", self.invoice.id, "pdf"))
        self.assertEqual(pdf.status_code, 200)
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")

    def test_exports_have_the_rows_of_the_screen(self):
        self.authenticate(self.user.login, self.user.login)
        response = self.open(self.url("movements/export.csv?kind=invoice"))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        self.assertEqual(len(rows), 2)
        self.assertIn("1000.00", rows[1])
        response = self.open(self.url("invoices/export.xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(sheet["A2"].value, self.invoice.name)
        self.assertEqual(self.open(self.url("secrets/export.csv")).status_code, 404)
        self.assertEqual(self.open(self.url("invoices/export.exe")).status_code, 404)

    def test_formulas_in_names_stay_text(self):
        formula = '=HYPERLINK("http://evil","x")'
        self.own_client.sudo().name = formula
        self._invoice(
            self._line(5, name=formula),
            activity_id=self.workshop.id,
            partner_id=self.own_client.id,
        )
        self.authenticate(self.user.login, self.user.login)
        for table in ("movements", "invoices"):
            text = self.open(self.url(f"{table}/export.csv")).content.decode("utf-8-sig")
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            self.assertIn(f"'{formula}", cells)
            self.assertFalse([cell for cell in cells if cell.startswith("=")])
            content = self.open(self.url(f"{table}/export.xlsx")).content
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            types = {cell.data_type for row in sheet for cell in row if cell.value == formula}
            self.assertEqual(types, {"s"})

    @mute_logger("odoo.http")
    def test_portal_user_reaches_nothing_by_rpc(self):
        """No record rule lets a member read the invoices, and none of our methods opens them."""
        invoice = self.invoice.with_user(self.user)
        self.assertFalse(invoice.has_access("read"))
        self.authenticate(self.user.login, self.user.login)
        for model, method, args in (
            ("account.move", "action_submission_post", [[self.invoice.id]]),
            ("account.move", "action_submission_send_back", [[self.invoice.id]]),
            ("account.move", "action_submission_use_existing_contact", [[self.invoice.id]]),
            ("account.move", "write", [[self.invoice.id], {"submission_state": "accepted"}]),
            ("account.move", "read", [[self.invoice.id], ["submission_comment"]]),
            ("coop.invoice.send.back", "create", [[{"move_id": self.invoice.id, "reason": "x"}]]),
            ("coop.activity", "write", [[self.workshop.id], {"name": "Mine"}]),
            ("coop.activity", "read", [[self.gallery.id], ["name"]]),
            ("coop.invoice.submission", "_create", [{}, self.user.partner_id.id]),
            ("coop.invoice.client", "_search_own", [self.other_user.partner_id.id, "zep"]),
            ("coop.activity", "_get_movements", [[self.gallery.id]]),
        ):
            with self.subTest(model=model, method=method), self.assertRaises(Exception) as caught:
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{model}/{method}",
                    {"model": model, "method": method, "args": args, "kwargs": {}},
                )
            self.assertRegex(str(caught.exception), "(?i)access|allowed|private|not exist|Server")
        self.assertEqual(self.workshop.name, "Workshop")
        self.assertFalse(self.invoice.submission_state)

    def count_queries(self, url):
        """Queries of a page that was shown before: nothing is left to fill caches with."""
        self.open(url)
        before = self.cr.sql_log_count
        self.assertEqual(self.open(url).status_code, 200)
        return self.cr.sql_log_count - before

    def test_list_needs_as_many_queries_for_12_activities_as_for_3(self):
        self.env["coop.activity"].create(
            {"name": "Third", "membership_id": self.member.id, "state": "open"}
        )
        self.authenticate(self.user.login, self.user.login)
        few = self.count_queries("/my/activities")
        more = self.env["coop.activity"].create(
            [
                {"name": f"More {number}", "membership_id": self.member.id, "state": "open"}
                for number in range(9)
            ]
        )
        for activity in more:
            self._invoice(self._line(10), activity_id=activity.id)
        self.assertEqual(self.count_queries("/my/activities"), few)

    def test_pages_of_an_activity_need_a_fixed_number_of_queries(self):
        self._invoice(self._line(10), activity_id=self.workshop.id, partner_id=self.own_client.id)
        self._invoice(self._line(10), activity_id=self.workshop.id, partner_id=self.own_client.id)
        self.authenticate(self.user.login, self.user.login)
        pages = [self.url(), self.url("movements"), self.url("invoices"), self.url("contributions")]
        few = {page: self.count_queries(page) for page in pages}
        for number in range(9):
            partner = self.own_client.sudo().copy({"name": f"Client {number}", "vat": False})
            self._invoice(self._line(10), activity_id=self.workshop.id, partner_id=partner.id)
        self.assertEqual({page: self.count_queries(page) for page in pages}, few)
