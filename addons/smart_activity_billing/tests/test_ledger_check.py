from odoo.tests import tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestLedgerCheck(ActivityCase):
    """Whatever is changed behind Odoo's back is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 60, cls.studio: 40}))
        cls.refund = cls._refund(cls.invoice, 100)
        cls._invoice(cls._line(500, {cls.studio: 100}))
        cls.workshop._reserve(10, "expense")
        cls.env.flush_all()

    def test_true_books_hold(self):
        self.assert_books_hold()
        check = self.env["coop.ledger.check"]._record(self.company)
        self.assertEqual((check.state, check.discrepancy_count), ("ok", 0))

    def test_each_kind_of_discrepancy_is_found(self):
        own = self.invoice.line_ids.filtered(lambda line: line.activity_id == self.workshop)
        shared = self.invoice.line_ids.filtered(
            lambda line: line.display_type == "contribution" and not line.activity_id
        )[0]
        analytic = self.invoice.invoice_line_ids.analytic_line_ids[0]
        line = "UPDATE account_move_line SET"
        for expected, statement, record in (
            ("contribution_amount", f"{line} balance = balance + 0.01 WHERE id = %s", own),
            ("contribution_pair", f"{line} balance = balance + 0.01 WHERE id = %s", shared),
            ("contribution_base", f"{line} contribution_base = 1 WHERE id = %s", own),
            (
                "contribution_rate",
                "UPDATE coop_contribution_rate SET rate = 9 WHERE id = %s",
                self.rate,
            ),
            (
                "analytic_line",
                "UPDATE account_analytic_line SET amount = amount + 1 WHERE id = %s",
                analytic,
            ),
            (
                "contribution_base",
                "DELETE FROM account_analytic_line WHERE id = %s",
                analytic,
            ),
            (
                "analytic_line",
                "UPDATE account_analytic_line SET move_line_id = NULL WHERE id = %s",
                analytic,
            ),
            (
                "reserved_amount",
                "UPDATE coop_activity SET reserved_amount = 9 WHERE id = %s",
                self.workshop,
            ),
        ):
            self.assertIn(expected, self._found_after(statement, record.id), statement)
        self.assert_books_hold()

    def test_a_cent_of_a_credit_note_in_draft_is_no_discrepancy(self):
        """0.04 contributes 0.00 or 0.01, depending on what was credited before it."""
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        first, second = self._refund(invoice, 0.04), self._refund(invoice, 0.04)
        self.assertEqual((first.contribution_amount, second.contribution_amount), (0, -0.01))
        first.button_draft()
        self.assert_books_hold()
        off = self._found_after(
            "UPDATE account_move_line SET balance = balance - 0.03 WHERE id = %s",
            second.line_ids.filtered("contribution_base").ids[0],
        )
        self.assertIn("contribution_amount", off)
        first.action_post()
        self.assert_books_hold()
        self.assertEqual(first.contribution_amount + second.contribution_amount, -0.01)

    def test_a_failed_check_reaches_the_accountants(self):
        self.env.cr.execute(
            "UPDATE coop_activity SET reserved_amount = 9 WHERE id = %s", [self.workshop.id]
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref("smart_activity_billing.ir_cron_ledger_check").method_direct_trigger()
        check = self.env["coop.ledger.check"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual(check.state, "failed")
        self.assertIn("Workshop", check.report)
        self.assertIn(self.env.user, check.activity_ids.user_id)

    def test_an_accountant_checks_now(self):
        action = self.env["coop.ledger.check"].action_run()
        self.assertEqual(self.env["coop.ledger.check"].browse(action["res_id"]).state, "ok")
