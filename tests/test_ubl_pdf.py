"""The client's documents do not know that an Activity contributes."""

from contextlib import closing
from io import BytesIO

from documents import DOCUMENTS, make_cases, make_company, make_distributions

from odoo.tests import HttpCase
from odoo.tools.pdf import PdfReader


class TestDocuments(HttpCase):
    """The same invoices with and without Activities, in one database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = make_company(cls.env)
        cls.plain = make_cases(cls.env, cls.client, [{}, {}, {}])
        cls.shared = make_cases(cls.env, cls.client, make_distributions(cls.env))

    def test_only_the_shared_ones_contribute(self):
        """Else the other tests would compare what is equal anyway."""
        for case, move in self.shared.items():
            with self.subTest(case=case):
                items = move.line_ids.filtered(lambda line: line.display_type == "contribution")
                self.assertTrue(items)
                self.assertTrue(move.contribution_amount)
                self.assertEqual(self.plain[case].contribution_amount, 0)

    def test_same_totals(self):
        names = ("amount_untaxed", "amount_tax", "amount_total", "amount_residual")
        for case, move in self.shared.items():
            for name in names:
                with self.subTest(case=case, name=name):
                    self.assertEqual(move[name], self.plain[case][name])

    def test_same_documents(self):
        self.maxDiff = None
        for kind, make in DOCUMENTS.items():
            for case, move in self.shared.items():
                with self.subTest(kind=kind, case=case):
                    document = make(move)
                    self.assertIn("Work 0", document)
                    self.assertEqual(document, make(self.plain[case]))

    def test_same_pdf(self):
        """The real file draws the same page, number included: made, forgotten, and made again."""
        plain = self._draw("several VAT rates", [{}, {}, {}])
        self.assertGreater(len(plain), 10_000)
        self.assertEqual(plain, self._draw("several VAT rates", make_distributions(self.env)))
        self.assertNotEqual(plain, self._draw("discount", [{}, {}, {}]))

    def _draw(self, case, distributions):
        """Return the drawing instructions of all pages of a PDF, without its date of printing."""
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with closing(self.cr.savepoint()):  # rolled back
            move = make_cases(self.env, self.client, distributions)[case]
            # It is made of the id of the record, which is never the same.
            move.payment_reference = "+++090/9337/55493+++"
            content, kind = report._render_qweb_pdf(
                "account.report_invoice_with_payments", move.ids
            )
        self.env.invalidate_all()
        self.assertEqual(kind, "pdf")
        pages = PdfReader(BytesIO(content)).pages
        return b"\n".join(page.get_contents().get_data() for page in pages)
