import io
from datetime import date

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestActivityStatementPortal(PortalCase):
    """A member reads and downloads the statements of the own Activities, and of no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Statement = cls.env["coop.activity.statement"].sudo()

    def _make(self, month=3):
        run = self.env["coop.activity.statement.run"]._ask(
            self.company, date(2025, month, 1), send_mail=False
        )
        run = run.sudo()
        while run.state not in ("done", "failed"):
            run._work_batch()
        return self.Statement.search([("company_id", "=", self.company.id)])

    def _statement(self, activity):
        return self.Statement.search([("activity_id", "=", activity.id)], limit=1)

    def test_before_the_first_one(self):
        self.authenticate(self.user.login, self.user.login)
        page = self.url_open(self.url("statements"))
        self.assertEqual(page.status_code, 200)
        self.assertRegex(page.text, r'data-name="first_date"[^>]*>04/01/2025<')
        empty = self.url_open(self.url("statements", activity=self.studio)).text
        self.assertIn('data-name="empty"', empty)
        self.assertNotIn('data-name="first_date"', empty)

    def test_list_and_page(self):
        self._make(4)
        statement = self._statement(self.workshop)
        self.authenticate(self.user.login, self.user.login)
        listed = self.url_open(self.url("statements")).text
        self.assertIn("March 2025", listed)
        self.assertIn("April 2025", listed)
        self.assertIn(statement._get_url(), listed)
        self.assertIn('data-name="tab_statements"', listed)
        first = self.Statement.search([("activity_id", "=", self.workshop.id)])[-1]
        page = self.url_open(first._get_url()).text
        self.assertIn("935.00", page)
        self.assertIn("1,000.00", page)
        self.assertIn("Contribution to the shared services", page)
        self.assertIn(first.name, page)

    def test_files(self):
        self._make()
        statement = self._statement(self.workshop)
        self.authenticate(self.user.login, self.user.login)
        book = self.url_open(statement._get_url("xlsx"))
        self.assertIn("spreadsheetml", book.headers["Content-Type"])
        rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
        self.assertEqual([row[-1] for row in rows[1:]], [0, 1000, 935, 935])
        pdf = self.url_open(statement._get_url("pdf"))
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        # Under test the report stays HTML.
        self.assertIn("935.00", pdf.text)

    def test_a_real_pdf(self):
        self._make()
        content, extension = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(
                "smart_activity_billing.action_report_statement",
                self._statement(self.workshop).ids,
            )
        )
        self.assertEqual((content[:4], extension), (b"%PDF", "pdf"))

    def test_what_is_not_yours_does_not_exist(self):
        self._make()
        own, foreign = self._statement(self.workshop), self._statement(self.gallery)
        self.assertTrue(foreign)
        self.authenticate(self.user.login, self.user.login)
        mixed = self.url("statements", foreign.id)
        for url in (
            foreign._get_url(),
            foreign._get_url("pdf"),
            foreign._get_url("xlsx"),
            mixed,
            f"{mixed}/pdf",
            f"{mixed}/xlsx",
            self.url("statements", 0),
            self.url("statements", 2**40),
            self.url("statements", activity=self.gallery),
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        self.assertEqual(self.url_open(own._get_url()).status_code, 200)

    @mute_logger("odoo.http")
    def test_nothing_by_rpc(self):
        self._make()
        own, foreign = self._statement(self.workshop), self._statement(self.gallery)
        self.authenticate(self.user.login, self.user.login)
        calls = (
            ("coop.activity.statement", "read", [foreign.ids, ["closing"]]),
            ("coop.activity.statement", "action_download_pdf", [foreign.ids]),
            ("coop.activity.statement", "action_download_xlsx", [foreign.ids]),
            ("coop.activity.statement", "write", [own.ids, {"closing": 1}]),
            ("coop.activity.statement", "unlink", [own.ids]),
            ("coop.activity.statement", "create", [[{"activity_id": self.workshop.id}]]),
            ("coop.activity.statement.run", "read", [[1], ["state"]]),
            ("coop.activity.statement.run", "action_retry", [[1]]),
            ("coop.activity.statement.run", "action_view_statements", [[1]]),
            ("coop.activity.statement.make", "create", [[{"date": "2025-03-01"}]]),
            ("coop.activity.statement", "_make", [[], "2025-03-31"]),
        )
        for model, method, args in calls:
            with self.subTest(model=model, method=method):
                answer = self.url_open(
                    f"/web/dataset/call_kw/{model}/{method}",
                    json={
                        "jsonrpc": "2.0",
                        "method": "call",
                        "params": {"model": model, "method": method, "args": args, "kwargs": {}},
                    },
                ).json()
                self.assertIn("error", answer)

    def test_strangers_log_in_first(self):
        self._make()
        response = self.url_open(self._statement(self.workshop)._get_url(), allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_queries_do_not_grow_with_lines(self):
        for _number in range(12):
            self._invoice(self._line(10), activity_id=self.workshop.id)
        self._make(12)
        statements = self.Statement.search([("activity_id", "=", self.workshop.id)])
        self.authenticate(self.user.login, self.user.login)
        first, last = statements[-1]._get_url(), statements[0]._get_url()
        self.assertEqual((statements[-1].line_count, statements[0].line_count), (26, 0))
        counts = []
        for url in (last, first, last):
            self.url_open(url)
            before = self.env.cr.sql_log_count
            self.url_open(url)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[2] + 2)


@tagged("post_install", "-at_install")
class TestActivityStatementTour(PortalCase):
    """The same on a phone, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_read_a_statement(self):
        run = self.env["coop.activity.statement.run"]._ask(
            self.company, date(2025, 3, 1), send_mail=False
        )
        run = run.sudo()
        while run.state not in ("done", "failed"):
            run._work_batch()
        self.start_tour("/my/activities", "portal_statement_read", login=self.user.login)
        page = self.url_open(f"/my/activities/{self.workshop.id}/statements").text
        self.assertEqual(page.count('data-name="statement"'), 1)
