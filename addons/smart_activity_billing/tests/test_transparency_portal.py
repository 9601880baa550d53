import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .transparency_common import TransparencyCase

TABLES = ("months", "services", "sectors", "antennas", "flows", "concentration", "mine")


@tagged("post_install", "-at_install")
class TestTransparencyPortal(TransparencyCase, HttpCase):
    """The page is for members; each reads the own part, and nobody that of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        su = cls.env(su=True)
        cls.client_user = new_test_user(
            su,
            "tr_client",
            "base.group_portal",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls._update()

    def open(self, path="", login="tr_member"):
        self.authenticate(login, login)
        return self.url_open(f"/my/transparency{path}", allow_redirects=False)

    def test_page_of_a_member(self):
        page = self.open("?period=2025-02").text
        for text in ("4,500.00", "292.50", "120.00", "Web test, Wood test"):
            self.assertIn(text, page)
        self.assertEqual(re.search(r'data-name="my_percent">([\d.]+)', page).group(1), "2.2")
        # The name of no member and of no Activity is on it.
        for name in ("Member 1", "Trade 1"):
            self.assertNotIn(name, page)

    def test_the_latest_year_is_shown_first_and_nonsense_is_no_error(self):
        page = self.open()
        self.assertEqual(page.status_code, 200)
        for period in ("2025-Q1", "2025", "2025-13", "1", "x" * 3000, "2031", "2025-04%00"):
            self.assertEqual(self.open(f"?period={period}").status_code, 200)

    def test_tables_as_csv(self):
        for table in TABLES:
            with self.subTest(table=table):
                response = self.open(f"/{table}/export.csv?period=2025-Q1")
                self.assertEqual(response.status_code, 200)
                self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(self.open("/members/export.csv").status_code, 404)

    def test_formulas_in_names_are_neutralised(self):
        self.web.name = "=cmd|' /C calc'!A0"
        self.wood.name = "A"
        self.activities.sector_id = self.web
        self.env.cr.execute("DELETE FROM coop_transparency_month")
        self._invoice(
            *(self._line(5, {activity: 100}) for activity in self.activities),
            invoice_date="2024-02-05",
        )
        self._update()
        text = self.open("/sectors/export.csv?period=2024").content.decode("utf-8-sig")
        self.assertIn("'=cmd", text)
        self.assertFalse(re.search(r'(?m)^"?=', text))

    def test_nobody_but_members(self):
        for path in ("", *(f"/{table}/export.csv" for table in TABLES)):
            with self.subTest(path=path):
                for login in ("tr_client", "tr_clerk", "tr_accountant"):
                    self.assertEqual(self.open(path, login).status_code, 404)
                self.authenticate(None, None)
                response = self.url_open(f"/my/transparency{path}", allow_redirects=False)
                self.assertIn("/web/login", response.headers["Location"])

    def test_former_members_and_other_companies(self):
        self.env.cr.execute(
            "UPDATE coop_membership SET state = 'former', date_end = date_start, "
            "exit_reason = 'resignation' WHERE id = %s",
            [self.members[0].id],
        )
        self.members.invalidate_recordset(["state"])
        self.assertEqual(self.open().status_code, 404)
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        partner = self._create_member("Foreigner", other).partner_id
        new_test_user(
            self.env(su=True),
            "tr_foreigner",
            "base.group_portal",
            partner_id=partner.id,
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        page = self.open("?period=2025-02", "tr_foreigner")
        self.assertIn('data-name="empty"', page.text)
        self.assertNotIn("4,500.00", page.text)

    def test_home_begins_with_the_work(self):
        self.authenticate("tr_member", "tr_member")
        page = self.url_open("/my").text
        work = page.split('id="portal_work_category"')[1]
        urls = re.findall(r'href="/my/([a-z]+)"', work)
        self.assertEqual(urls[:3], ["activities", "expenses", "transfers"])
        self.assertLess(urls.index("transparency"), urls.index("membership"))
        self.assertIn("expenses.svg", page)

    def test_routes_only_read(self):
        self.assertEqual(self.open("?period=2025").status_code, 200)
        response = self.url_open("/my/transparency", data={"period": "2025"})
        self.assertIn(response.status_code, (400, 404, 405))
