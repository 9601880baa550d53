import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .share_common import ShareCase


@tagged("post_install", "-at_install")
class TestShareDocuments(ShareCase, HttpCase):
    """Extract of the register and certificate, and what a third party may ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._member(3, "Ada Peeters")
        cls.ada.partner_id.write(
            {
                "street": "Brem dreef 4",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref("base.be").id,
                "lang": "en_US",
            }
        )
        cls.portal_subscription = cls._subscribe(2, cls.portal.partner_id)
        cls._pay(cls.portal_subscription)

    def _extract(self, **values):
        return self.env["coop.share.extract"].create({"company_id": self.company.id, **values})

    def test_the_extract_has_what_the_law_wants(self):
        self.ada.partner_id.write({"is_company": True, "company_registry": "0123456749"})
        extract = self._extract()
        row = next(row for row in extract._get_holders() if row.name == "Ada Peeters")
        self.assertEqual(row.domicile, "Brem dreef 4, 9000 Gent, Belgium")
        self.assertEqual(
            (row.registry, row.member_number, row.quantity, row.paid_up),
            ("0123456749", self.ada.number, 3, 150.0),
        )
        [(share_class, rows, count, quantity, paid_up)] = extract._get_classes(
            extract._get_holders()
        )
        self.assertEqual((share_class, len(rows), count), (self.share_a, 2, 2))
        self.assertEqual((quantity, paid_up), (5, 250.0))

    def test_an_extract_of_another_day(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        extract = self._extract(date=yesterday)
        self.assertFalse(extract._get_holders())
        self.assertFalse(extract._get_movements())

    def test_the_extract_is_one_query_for_any_number_of_holders(self):
        extract = self._extract()
        extract._get_holders()
        with self.assertQueryCount(1):
            self.assertEqual(len(extract._get_holders()), 2)

    def test_spreadsheet(self):
        self.ada.partner_id.name = "=1+1"
        book = openpyxl.load_workbook(io.BytesIO(self._extract()._make_xlsx()))
        self.assertEqual(book.sheetnames, ["Classes", "Holders", "Movements"])
        names = [cell.value for cell in book["Holders"]["C"]]
        self.assertIn("=1+1", names)
        self.assertTrue(all(cell.data_type == "s" for cell in book["Holders"]["C"]))
        self.assertEqual([cell.value for cell in book["Movements"]["A"]][1:], [1, 2])

    def test_pdf(self):
        report = self.env["ir.actions.report"]
        html, kind = report._render_qweb_html(
            "smart_membership.report_share_extract", self._extract().ids
        )
        self.assertEqual(kind, "html")
        text = html.decode()
        for wanted in (
            "Ada Peeters",
            "Brem dreef 4",
            "Class A",
            "Issue",
            self._register()[-1].hash,
        ):
            self.assertIn(wanted, text)

    def test_certificate_in_words_and_with_a_code(self):
        certificate = self.env["coop.share.certificate"]._issue(self.ada.partner_id, self.company)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_membership.report_share_certificate", certificate.ids
        )
        text = html.decode()
        self.assertIn(certificate._get_written_code(), text)
        self.assertIn("One Hundred And Fifty", text)
        self.assertIn("Ada Peeters", text)
        self.assertTrue(certificate._is_current())
        self._pay(self._subscribe(1, self.ada.partner_id))
        self.assertFalse(certificate._is_current())
        self.assertEqual(certificate._get_certified(), [(self.share_a, 3, 150.0)])

    def test_a_certificate_stays_as_it_was_made(self):
        certificate = self.env["coop.share.certificate"]._issue(self.ada.partner_id, self.company)
        with self.assertRaises(UserError):
            certificate.write({"date": "2001-01-01"})
        with self.assertRaises(UserError):
            certificate.unlink()
        with self.assertRaisesRegex(UserError, "holds no shares"):
            certificate._issue(self.partner_a, self.company)
        with self.assertRaises(AccessError):
            certificate.with_user(self.portal).read(["code"])

    def test_anybody_with_the_code_may_ask(self):
        certificate = self.env["coop.share.certificate"]._issue(self.ada.partner_id, self.company)
        self.env.flush_all()
        page = self.url_open(
            f"/membership/certificate?code={certificate._get_written_code().lower()}"
        ).text
        self.assertIn("Ada Peeters", page)
        self.assertIn("The register says the same today.", page)
        for code in ("ABCDE", "A" * 20, "<script>alert(1)</script>"):
            page = self.url_open("/membership/certificate", data=None, params={"code": code}).text
            self.assertIn("knows no certificate", page)
            self.assertNotIn("<script>alert(1)", page)

    def test_members_print_their_own_only(self):
        self.authenticate("share_portal", "share_portal")
        response = self.url_open("/my/shares/extract")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        # Under test, the report stays the HTML that the PDF is made of.
        self.assertIn(self.portal.name, response.text)
        self.assertNotIn("Ada Peeters", response.text)
        self.authenticate("share_other", "share_other")
        self.assertEqual(self.url_open("/my/shares/extract").status_code, 404)

    def test_a_broken_register_is_made_known_once(self):
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE coop_share_movement DISABLE TRIGGER USER; "
            "UPDATE coop_share_movement SET quantity = 9 WHERE company_id = %s AND number = 1",
            [self.company.id],
        )
        self.env.invalidate_all()
        for _night in range(2):
            self.env["coop.share.movement"]._cron_verify()
        tasks = self.company.partner_id.activity_ids.filtered(
            lambda task: "movement 1" in (task.summary or "")
        )
        self.assertEqual(len(tasks), 1)
