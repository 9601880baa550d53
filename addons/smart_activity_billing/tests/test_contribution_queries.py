from odoo.tests import tagged

from .common import ActivityCase

# The Activity, the rates, the pair of journal items and their analytic accounts, the rows of
# Activities that are being closed, the payments that core looks up for new journal items; and what
# is only read where nothing is in memory yet.
QUERIES_MORE = 10


@tagged("post_install", "-at_install")
class TestContributionQueries(ActivityCase):
    """What posting one invoice alone costs, and what it need not look up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["account.analytic.plan"].create({"name": "Departments"})
        cls.department = cls.env["account.analytic.account"].create(
            {"name": "Brussels", "plan_id": plan.id, "company_id": cls.company.id}
        )

    def _without_activity(self):
        distribution = {str(self.department.id): 100}
        return self._invoice(self._line(100, analytic_distribution=distribution), post=False)

    def _with_activity(self):
        return self._invoice(self._line(100, {self.workshop: 100}), post=False)

    def _post_alone(self, invoice):
        """Post as a request does, which has nothing in memory; return the number of queries."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        invoice.action_post()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_one_invoice_alone_within_its_query_budget(self):
        # What the first one of a server reads once is no cost of each.
        self._post_alone(self._without_activity())
        self._post_alone(self._with_activity())
        plain = self._post_alone(self._without_activity())
        invoice = self._with_activity()
        with self.assertQueryCount(plain + QUERIES_MORE):
            self._post_alone(invoice)
        self.assertEqual(invoice.contribution_amount, 6.5)
        self.assert_books_hold()

    def test_the_pair_changes_nothing_that_is_stored_of_the_invoice(self):
        """Nothing is computed anew for it; to do so changes nothing."""
        invoice = self._with_activity()
        invoice.action_post()
        names = [
            name
            for name, field in invoice._fields.items()
            if field.store and field.compute and field.readonly
        ]
        self.assertIn("amount_residual_signed", names)
        self.env.flush_all()
        self.env.invalidate_all()
        before = invoice.read(names)
        for name in names:
            self.env.add_to_compute(invoice._fields[name], invoice)
        self.assertEqual(invoice.read(names), before)

    def test_what_is_in_memory_knows_the_pair_at_once(self):
        invoice = self._with_activity()
        lines = invoice.invoice_line_ids
        self.assertFalse(self.rate.is_used)
        self.assertEqual(invoice.contribution_amount, 6.5)
        invoice.action_post()
        self.assertTrue(self.rate.is_used)
        self.assertEqual(invoice.invoice_line_ids, lines)
        self.assertEqual(
            len(invoice.line_ids.filtered(lambda line: line.display_type == "contribution")), 2
        )
        in_memory = invoice.line_ids
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(invoice.line_ids, in_memory)
        self.assertEqual(invoice.contribution_amount, 6.5)
