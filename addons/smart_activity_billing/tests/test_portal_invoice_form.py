import uuid

from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@tagged("post_install", "-at_install")
class TestPortalInvoiceForm(PortalCase):
    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    # What comes out

    def test_submission_makes_a_draft_of_the_activity(self):
        invoice = self.submit(ref="PO 12", comment="Please send before Friday", invoice_date="")
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(invoice.submission_state, "submitted")
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.activity_id, self.workshop)
        self.assertEqual(invoice.company_id, self.company)
        self.assertEqual(invoice.ref, "PO 12")
        self.assertEqual(invoice.amount_untaxed, 1000.0)
        self.assertEqual(
            invoice.invoice_line_ids.analytic_distribution,
            {str(self.workshop.analytic_account_id.id): 100.0},
        )
        self.assertFalse(invoice.invoice_user_id)
        self.assertIn("before Friday", invoice.message_ids[0].body)
        self.assertEqual(invoice.message_ids[0].author_id, self.user.partner_id)
        self.assertNotIn(self.user.partner_id, invoice.message_partner_ids)

    def test_preview_equals_the_invoice(self):
        dollar = self.setup_other_currency("USD", rates=[("2024-01-01", 1.25)])
        zero = self.tax.copy({"name": "0 % under test", "amount": 0.0})
        for lines, currency in (
            ([("3", "33.33", self.tax)], self.company.currency_id),
            ([("1", "0.05", self.tax), ("7", "14.29", zero)], self.company.currency_id),
            ([("2.5", "19.99", self.tax)], dollar),
        ):
            with self.subTest(lines=lines):
                preview = self.make_jsonrpc_request(
                    "/my/activities/preview",
                    {
                        "activity_id": self.workshop.id,
                        "currency_id": str(currency.id),
                        "client": {"partner_id": str(self.own_client.id)},
                        "lines": [
                            {"quantity": quantity, "price": price, "tax_id": str(tax.id)}
                            for quantity, price, tax in lines
                        ],
                    },
                )
                invoice = self.submit(
                    currency_id=str(currency.id),
                    line_name=["Work"] * len(lines),
                    line_quantity=[line[0] for line in lines],
                    line_price=[line[1] for line in lines],
                    line_tax_id=[str(line[2].id) for line in lines],
                )
                home = self.company.currency_id
                self.assertEqual(preview["untaxed"], currency.format(invoice.amount_untaxed))
                self.assertEqual(preview["total"], currency.format(invoice.amount_total))
                self.assertEqual(preview["contribution"], home.format(invoice.contribution_amount))

    def test_numbers_in_the_notation_of_the_member(self):
        self.env["res.lang"].sudo()._activate_lang("fr_BE")
        self.env["res.lang"].sudo().search([("code", "=", "fr_BE")]).write(
            {"decimal_point": ",", "thousands_sep": "."}
        )
        self.user.sudo().lang = "fr_BE"
        invoice = self.submit(line_quantity="1,5", line_price="1.234,56")
        self.assertEqual(invoice.invoice_line_ids.quantity, 1.5)
        self.assertEqual(invoice.invoice_line_ids.price_unit, 1234.56)

    def test_html_is_stored_as_text_and_shown_escaped(self):
        invoice = self.submit(
            line_name="<script>alert(1)</script>", comment="<img src=x onerror=alert(2)>"
        )
        self.assertEqual(invoice.invoice_line_ids.name, "<script>alert(1)</script>")
        self.assertNotIn("<img", invoice.message_ids[0].body)
        page = self.url_open(self.url("invoices", invoice.id)).text
        self.assertNotIn("<script>alert(1)", page)
        self.assertNotIn("<img src=x", page)
        self.assertIn("&lt;script&gt;alert(1)", page)

    # Clients

    def new_client(self, **values):
        return {
            "client_mode": "new",
            "client_kind": "company",
            "client_name": "Brand New SRL",
            "client_country_id": str(self.env.ref("base.be").id),
            "client_lang": "en_US",
            **values,
        }

    def test_new_client(self):
        invoice = self.submit(
            **self.new_client(client_vat="BE 0477.472.701", client_email="new@example.com")
        )
        partner = invoice.partner_id
        self.assertEqual(partner.name, "Brand New SRL")
        self.assertEqual(partner.vat, "BE0477472701")
        self.assertTrue(partner.is_company)

    def test_client_errors_stand_beside_their_fields_and_keep_what_was_typed(self):
        response = self.post_form(
            **self.new_client(
                client_name="",
                client_vat="BE0477472702",
                client_email="not an address",
                client_country_id=str(self.env.ref("base.be").id),
                client_city="Typed City",
                client_lang="xx_XX",
                client_zip="9" * 40,
            )
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(
            self.errors_of(response),
            {"client_name", "client_vat", "client_email", "client_lang", "client_zip"},
        )
        self.assertIn("Typed City", response.text)
        self.assertFalse(self.submissions())

    def test_own_duplicate_is_proposed(self):
        for values in ({"client_name": "ZEPPELIN own"}, {"client_vat": "BE0403170701"}):
            with self.subTest(values=values):
                response = self.post_form(**self.new_client(**values))
                self.assertEqual(response.status_code, 422)
                self.assertIn('data-name="client_duplicates"', response.text)
        invoice = self.submit(**self.new_client(client_name="Zeppelin own", client_confirmed="1"))
        self.assertNotEqual(invoice.partner_id, self.own_client)

    def test_clients_of_others_never_show(self):
        """Same name and VAT number as another member's client: a contact as any new one."""
        response = self.post_form(
            **self.new_client(client_name="Zeppelin Foreign NV", client_vat="BE0202239951")
        )
        self.assertEqual(response.status_code, 303)
        invoice = self.submissions()
        self.assertNotEqual(invoice.partner_id, self.foreign_client)
        self.assertIn(self.foreign_client, invoice.submission_duplicate_ids)

    def test_search_finds_own_clients_only(self):
        def search(term):
            found = self.make_jsonrpc_request("/my/activities/clients", {"term": term})
            return [client["name"] for client in found]

        self.assertEqual(search("zeppelin"), ["Zeppelin Own NV"])
        self.assertEqual(search("BE 0403.170"), ["Zeppelin Own NV"])
        self.assertEqual(search("0202239951"), [])
        self.assertEqual(search("z"), [])
        self.assertEqual(search("%%"), ["Zeppelin Own NV"])
        found = self.make_jsonrpc_request("/my/activities/clients", {"term": "zeppelin"})
        self.assertEqual(set(found[0]), {"id", "name", "vat", "city"})

    def test_search_and_preview_take_any_input(self):
        for term in ({}, [], 7, None, "x" * 10000):
            self.assertEqual(
                self.make_jsonrpc_request("/my/activities/clients", {"term": term}), []
            )
        for lines in (None, "x", [1, None], [{"quantity": "nan", "price": {}, "tax_id": []}]):
            totals = self.make_jsonrpc_request(
                "/my/activities/preview",
                {"activity_id": self.workshop.id, "lines": lines, "client": "x", "date": 5},
            )
            self.assertIn("0.00", totals["total"])

    # Bad input

    def test_bad_numbers(self):
        for value in ("nan", "inf", "-1", "1e6", "0x10", "", "1.2.3", "999999999999", "1.23456"):
            with self.subTest(value=value):
                response = self.post_form(line_quantity=value, line_price=value)
                self.assertEqual(response.status_code, 422)
                self.assertEqual(self.errors_of(response), {"line_0_quantity", "line_0_price"})
        self.assertFalse(self.submissions())

    def test_foreign_ids_are_invalid(self):
        other_company = self.setup_other_company()["company"]
        foreign_tax = (
            self.env["account.tax"]
            .sudo()
            .search([("company_id", "=", other_company.id), ("type_tax_use", "=", "sale")], limit=1)
        )
        purchase_tax = self.company_data["default_tax_purchase"]
        for field, wrong, error in (
            ("activity_id", self.gallery.id, "activity_id"),
            ("activity_id", "1 OR 1=1", "activity_id"),
            ("partner_id", self.foreign_client.id, "partner_id"),
            ("partner_id", 10**12, "partner_id"),
            ("line_tax_id", foreign_tax.id, "line_0_tax_id"),
            ("line_tax_id", purchase_tax.id, "line_0_tax_id"),
            ("currency_id", 10**8, "currency_id"),
            ("currency_id", "EUR", "currency_id"),
            ("invoice_date", "2020-01-01", "invoice_date"),
            ("invoice_date", "yesterday", "invoice_date"),
            ("ref", "x" * 101, "ref"),
            ("comment", "x" * 2001, "comment"),
            ("line_name", "x" * 1001, "line_0_name"),
        ):
            with self.subTest(field=field, wrong=str(wrong)[:20]):
                response = self.post_form(**{field: str(wrong)})
                self.assertEqual(response.status_code, 422)
                self.assertEqual(self.errors_of(response), {error})
        self.assertFalse(self.submissions())

    def test_all_errors_at_once(self):
        response = self.post_form(line_price="x", partner_id="", currency_id="", line_name="Kept")
        self.assertEqual(self.errors_of(response), {"line_0_price", "partner_id", "currency_id"})
        self.assertIn("Kept", response.text)

    def test_totals_have_limits(self):
        for quantity, price in (("1", "0"), ("100000", "10000000")):
            response = self.post_form(line_quantity=quantity, line_price=price)
            self.assertEqual(self.errors_of(response), {"lines"})

    def test_too_many_lines(self):
        count = 51
        response = self.post_form(
            line_name=["Work"] * count,
            line_quantity=["1"] * count,
            line_price=["1"] * count,
            line_tax_id=[str(self.tax.id)] * count,
        )
        self.assertEqual(self.errors_of(response), {"lines"})

    def test_activity_that_is_not_open(self):
        self.workshop.action_suspend()
        response = self.post_form()
        self.assertEqual(self.errors_of(response), {"activity_id"})
        self.assertFalse(self.submissions())

    def test_form_needs_its_csrf_token(self):
        data = {**self.form_data(), "csrf_token": "wrong"}
        with mute_logger("odoo.http"):
            response = self.url_open(self.url("invoices/new"), data=data)
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.submissions())

    # Without JavaScript

    def test_lines_without_javascript(self):
        page = self.post_form(operation="add_line")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.text.count('name="line_price"'), 2)
        page = self.post_form(
            operation="remove_line:0",
            line_name=["First", "Second"],
            line_quantity=["1", "1"],
            line_price=["1", "2"],
            line_tax_id=[str(self.tax.id)] * 2,
        )
        self.assertNotIn("First", page.text)
        self.assertIn("Second", page.text)
        self.assertFalse(self.submissions())

    # Replay

    def test_replayed_form_makes_one_invoice(self):
        token = str(uuid.uuid4())
        first = self.post_form(token=token)
        second = self.post_form(token=token, line_price="2000")
        self.assertEqual(len(self.submissions()), 1)
        self.assertEqual(first.headers["Location"], second.headers["Location"])

    def test_token_of_another_member_is_no_way_to_the_invoice(self):
        token = str(uuid.uuid4())
        self.post_form(token=token)
        self.authenticate(self.other_user.login, self.other_user.login)
        self.assertFalse(
            self.env["coop.invoice.submission"]._find_by_token(
                self.company, token, self.other_user.partner_id
            )
        )

    def test_form_without_token(self):
        response = self.post_form(token="1234")
        self.assertEqual(response.status_code, 422)
        self.assertNotIn('value="1234"', response.text)
        self.assertFalse(self.submissions())

    # Files

    def test_files_are_attached_and_read_back(self):
        invoice = self.submit(files=[("files", ("order.pdf", PDF, "application/pdf"))])
        file = invoice.submission_attachment_ids
        self.assertEqual((file.name, file.raw), ("order.pdf", PDF))
        url = self.url("invoices", invoice.id, "files", file.id)
        self.assertEqual(self.url_open(url).content, PDF)
        secret = self.env["ir.attachment"].create(
            {"name": "internal", "raw": b"x", "res_model": "account.move", "res_id": invoice.id}
        )
        url = self.url("invoices", invoice.id, "files", secret.id)
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_files_of_other_kinds_are_refused(self):
        for name, content in (
            ("page.pdf", b"<html><script>1</script></html>"),
            ("run.exe", PDF),
            ("image.png", PDF),
        ):
            with self.subTest(name=name):
                response = self.post_form(files=[("files", (name, content, "application/pdf"))])
                self.assertEqual(self.errors_of(response), {"files"})
        self.assertFalse(self.submissions())

    def test_too_many_megabytes_are_refused(self):
        size = 6 * 1024 * 1024
        big = [("files", (f"{n}.pdf", PDF + b"0" * size, "application/pdf")) for n in range(2)]
        response = self.post_form(files=big)
        self.assertEqual(response.status_code, 413)
        self.assertIn("too large", response.text)
        huge = [("files", ("huge.pdf", PDF + b"0" * (30 * 1024 * 1024), "application/pdf"))]
        self.assertEqual(self.post_form(files=huge).status_code, 413)
        self.assertFalse(self.submissions())
        just_over = [("files", ("a.pdf", PDF + b"0" * 10 * 1024 * 1024, "application/pdf"))]
        self.assertEqual(self.errors_of(self.post_form(files=just_over)), {"files"})

    # Sent back

    def test_correct_and_submit_again(self):
        invoice = self.submit(files=[("files", ("order.pdf", PDF, "application/pdf"))])
        invoice._send_back_submission("Wrong price")
        page = self.url_open(self.url("invoices", invoice.id)).text
        self.assertIn("Wrong price", page)
        self.assertIn('data-name="correct"', page)
        page = self.url_open(self.url("invoices", invoice.id, "edit")).text
        self.assertIn("Portraits", page)
        file = invoice.submission_attachment_ids
        for _replay in range(2):
            response = self.post_form(
                path=f"invoices/{invoice.id}/edit", line_price="1200", removed_files=str(file.id)
            )
            self.assertEqual(response.status_code, 303)
        self.assertEqual(self.submissions(), invoice)
        self.assertEqual(invoice.submission_state, "submitted")
        self.assertEqual(invoice.amount_untaxed, 1200.0)
        self.assertFalse(invoice.submission_attachment_ids)
        self.assertFalse(file.exists())

    def test_submitted_invoice_cannot_be_edited(self):
        invoice = self.submit()
        self.post_form(path=f"invoices/{invoice.id}/edit", line_price="9999")
        self.assertEqual(invoice.amount_untaxed, 1000.0)

    def test_withdraw(self):
        invoice = self.submit()
        url = self.url("invoices", invoice.id, "withdraw")
        self.url_open(url, data={"csrf_token": self.csrf_token()})
        self.assertEqual((invoice.state, invoice.submission_state), ("cancel", "withdrawn"))
        trail = invoice.message_ids.filtered(lambda message: "withdrew" in message.body)
        self.assertEqual(trail.author_id, self.user.partner_id)

    def test_posted_invoice_cannot_be_withdrawn(self):
        invoice = self.submit()
        invoice.action_post()
        url = self.url("invoices", invoice.id, "withdraw")
        self.url_open(url, data={"csrf_token": self.csrf_token()})
        self.assertEqual(invoice.state, "posted")

    def test_other_members_cannot_withdraw(self):
        invoice = self.submit()
        self.authenticate(self.other_user.login, self.other_user.login)
        page = self.url_open(self.url("invoices/new", activity=self.gallery)).text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        for activity in (self.workshop, self.gallery):
            url = self.url("invoices", invoice.id, "withdraw", activity=activity)
            self.assertEqual(self.url_open(url, data={"csrf_token": csrf}).status_code, 404)
        self.assertEqual(invoice.state, "draft")
