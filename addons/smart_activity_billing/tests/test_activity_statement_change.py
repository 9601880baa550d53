from datetime import date

from odoo.tests import tagged

from .statement_common import StatementCase


@tagged("post_install", "-at_install")
class TestActivityStatementChange(StatementCase):
    """What changes on the ledger is noted by the database, for the next statement to tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Change = cls.env["coop.activity.statement.change"].sudo()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.lines = cls.env["account.analytic.line"].search(
            [("move_line_id", "in", cls.invoice.line_ids.ids), (cls._column(), "!=", False)]
        )

    @classmethod
    def _column(cls):
        return cls.env["coop.activity"]._analytic_column()

    def _noted(self, activity=None):
        """``{(line, date): amount}`` of what no statement tells yet."""
        self.env.flush_all()
        account = (activity or self.workshop).analytic_account_id
        groups = self.Change._read_group(
            [("account_id", "=", account.id)], ["line_id", "date:day"], ["amount:sum"]
        )
        return {(line_id, day): amount for line_id, day, amount in groups if amount}

    def _update(self, change, *values):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE account_analytic_line SET {change} WHERE id = ANY(%s)",
            [*values, self.lines.ids],
        )
        self.env.invalidate_all()

    def _amounts(self, day):
        return {(line.id, day): line.amount for line in self.lines}

    def test_what_comes_and_goes(self):
        self.assertEqual(self._noted(), self._amounts(date(2025, 3, 10)))
        self.assertEqual(sorted(self._noted().values()), [-65, 1000])
        self.invoice.button_draft()
        self.assertEqual(self._noted(), {})

    def test_a_statement_takes_what_it_tells(self):
        self._invoice(self._line(100, {self.workshop: 100}), invoice_date="2025-04-02")
        self._make(3)
        self.assertEqual({day for _line, day in self._noted()}, {date(2025, 4, 2)})
        gone = {key: -amount for key, amount in self._amounts(date(2025, 3, 10)).items()}
        self.invoice.button_draft()
        self.assertEqual(gone.items() - self._noted().items(), set())
        self._make(4)
        self.assertEqual(self._noted(), {})
        self.assert_statements_hold()

    def test_changed_by_sql(self):
        """Whoever changes a line, the next statement takes back and tells anew."""
        self._make(3)
        self._update("amount = amount + 1")
        self._make(4)
        statement = self._of(self.workshop, 4)
        self.assertEqual(statement.closing, 937)
        self.assertEqual(
            sorted(line.amount for line in statement._get_lines()), [-1000, -64, 65, 1001]
        )
        self._update("date = %s", "2025-06-05")
        self._make(6)
        self.assertEqual(self._of(self.workshop, 5).closing, 0)
        self.assertEqual(self._of(self.workshop, 6).closing, 937)
        self._update(f"{self._column()} = %s", self.studio.analytic_account_id.id)
        self._make(7)
        self.assertEqual(self._of(self.workshop, 7).closing, 0)
        self.assertEqual(self._of(self.studio, 7).closing, 937)
        self.assertEqual(self._noted() | self._noted(self.studio), {})

    def test_what_does_not_matter_is_not_noted(self):
        self._make(3)
        self._update("write_date = now(), name = 'Otherwise'")
        self.assertFalse(self._noted())
        # On no Activity.
        self._invoice(self._line(100))
        account = self.company.shared_services_account_id
        self.assertFalse(self.Change.search([("account_id", "=", account.id)]))

    def test_the_check_names_what_is_not_noted(self):
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM coop_activity_statement_change WHERE line_id = %s", [self.lines[0].id]
        )
        discrepancies = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual([row["check"] for row in discrepancies], ["statement_changes"])
        self.assertEqual(discrepancies[0]["record"], self.workshop)
        self.Change._note_again()
        self.assertEqual(self._noted(), self._amounts(date(2025, 3, 10)))
        self.assert_books_hold()

    def test_noted_again_after_a_statement_was_deleted(self):
        """What its lines told is told again, by the statement that is made anew."""
        self._make(3)
        self._invoice(self._line(100, {self.workshop: 100}), invoice_date="2025-03-20")
        self._make(4)
        told = self._of(self.workshop, 4).lines
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE coop_activity_statement DISABLE TRIGGER USER")
        self.env.cr.execute(
            "DELETE FROM coop_activity_statement WHERE id = %s", [self._of(self.workshop, 4).id]
        )
        self.env.cr.execute("ALTER TABLE coop_activity_statement ENABLE TRIGGER USER")
        self.env.invalidate_all()
        discrepancies = self.env["coop.ledger.check"]._run(self.company)
        self.assertIn("statement_changes", {row["check"] for row in discrepancies})
        self.Change._note_again()
        self._make(4)
        self.assertEqual(self._of(self.workshop, 4).lines, told)
        self.assert_statements_hold()
