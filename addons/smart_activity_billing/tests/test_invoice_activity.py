from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestInvoiceActivity(ActivityCase):
    """The Activity of a document is the default of its lines; posted, it is locked."""

    def _activities(self, move):
        return [
            list(shares) for shares in move.invoice_line_ids._get_activity_percentages().values()
        ]

    def test_lines_follow_the_document_in_the_form(self):
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.client_partner
            form.activity_id = self.workshop
            for price in (100, 200):
                with form.invoice_line_ids.new() as line:
                    line.name = "Work"
                    line.price_unit = price
        invoice = form.save()
        self.assertEqual(self._activities(invoice), [[self.workshop]] * 2)
        with Form(invoice) as form:
            form.activity_id = self.studio
        self.assertEqual(self._activities(invoice), [[self.studio]] * 2)

    def test_lines_with_an_activity_of_their_own_keep_it(self):
        invoice = self._invoice(
            self._line(100),
            self._line(100, {self.studio: 100}),
            activity_id=self.workshop.id,
            post=False,
        )
        self.assertEqual(self._activities(invoice), [[self.workshop], [self.studio]])
        self.env["coop.activity"].create({"name": "Third", "membership_id": self.member.id})
        third = self.env["coop.activity"].search([("name", "=", "Third")], limit=1)
        invoice.activity_id = third
        self.assertEqual(self._activities(invoice), [[third], [self.studio]])
        invoice.activity_id = False
        self.assertEqual(self._activities(invoice), [[], [self.studio]])

    def test_a_changed_account_or_product_keeps_the_activity(self):
        invoice = self._invoice(
            self._line(100, {self.workshop: 40, self.studio: 60}),
            activity_id=self.workshop.id,
            post=False,
        )
        invoice.invoice_line_ids.product_id = self.product_a
        self.assertEqual(self._activities(invoice), [[self.workshop, self.studio]])

    def test_an_activity_of_another_company_is_refused(self):
        other = self.setup_other_company()["company"]
        foreign = (
            self.env["coop.activity"]
            .sudo()
            .create(
                {
                    "name": "Elsewhere",
                    "company_id": other.id,
                    "membership_id": self._create_member("Other", other).id,
                }
            )
        )
        with self.assertRaises(UserError):
            self._invoice(self._line(100), activity_id=foreign.id, post=False)

    def test_posted_lines_keep_their_activity(self):
        invoice = self._invoice(self._line(100, {self.workshop: 100}), activity_id=self.workshop.id)
        line = invoice.invoice_line_ids
        studio = str(self.studio.analytic_account_id.id)
        column = self.env["coop.activity"]._analytic_column()
        for values in (
            {studio: 100},
            False,
            {studio: 100, "__update__": [column]},
            {str(self.workshop.analytic_account_id.id): 50, studio: 50},
        ):
            with self.assertRaisesRegex(UserError, "posted"), self.env.cr.savepoint():
                line.analytic_distribution = values
        with self.assertRaisesRegex(UserError, "posted"):
            invoice.activity_id = self.studio
        for own in invoice.line_ids.filtered(lambda line: line.display_type == "contribution"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                own.analytic_distribution = {studio: 100}
        self.assertEqual(self.workshop.balance, 93.5)
        self.assert_books_hold()

    def test_posted_lines_may_get_another_plan(self):
        plan = self.env["account.analytic.plan"].create({"name": "Departments"})
        department = self.env["account.analytic.account"].create(
            {"name": "Brussels", "plan_id": plan.id, "company_id": self.company.id}
        )
        invoice = self._invoice(
            self._line(100, {self.workshop: 100}), self._line(100, {self.studio: 100})
        )
        workshop = str(self.workshop.analytic_account_id.id)
        invoice.invoice_line_ids[0].analytic_distribution = {
            f"{workshop},{department.id}": 100,
        }
        self.assertEqual(department.balance, 100)
        self.assertEqual(self.workshop.balance, 93.5)
        self.assert_books_hold()

    def test_nobody_edits_the_analytic_lines_of_an_activity(self):
        invoice = self._invoice(self._line(100, {self.workshop: 100}))
        column = self.env["coop.activity"]._analytic_column()
        AnalyticLine = self.env["account.analytic.line"]
        line = invoice.invoice_line_ids.analytic_line_ids
        values = {
            "name": "By hand",
            "amount": 1000,
            column: self.workshop.analytic_account_id.id,
            "company_id": self.company.id,
        }
        for forged in ({}, {"activity_books": True}, {"skip_analytic_sync": True}):
            forged_line = line.with_context(**forged)
            with self.assertRaisesRegex(UserError, "Workshop"):
                AnalyticLine.with_context(**forged).create(values)
            with self.assertRaisesRegex(UserError, "Workshop"):
                AnalyticLine.with_context(**forged).create(
                    values | {"move_line_id": invoice.invoice_line_ids.id}
                )
            with self.assertRaisesRegex(UserError, "Workshop"):
                forged_line.write({"amount": 1})
            with self.assertRaisesRegex(UserError, "Workshop"):
                forged_line.write({column: False})
            with self.assertRaisesRegex(UserError, "Workshop"):
                forged_line.unlink()
        line.name = "A better description"
        self.assertEqual(self.workshop.balance, 93.5)

    def test_the_contribution_lines_of_a_posted_invoice_stay(self):
        invoice = self._invoice(self._line(100, {self.workshop: 100}))
        contributions = invoice.line_ids.filtered(lambda line: line.display_type == "contribution")
        with self.assertRaises(UserError):
            contributions.unlink()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            contributions[0].balance = 1
