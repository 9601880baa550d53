from datetime import date

from .common import ActivityCase


class StatementCase(ActivityCase):
    """Statements of the two Activities, made at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Statement = cls.env["coop.activity.statement"].sudo()
        cls.Run = cls.env["coop.activity.statement.run"].sudo()

    @classmethod
    def _make(cls, month, activities=None, **values):
        """Have the statements made until a month of 2025; return the run."""
        run = cls.Run._ask(cls.company, date(2025, month, 1), activities, **values).sudo()
        cls._work(run)
        return run

    @classmethod
    def _work(cls, run):
        while run.state in ("waiting", "making", "mailing"):
            run._work_batch()
            # As between two batches of a worker.
            cls.env.flush_all()

    def _of(self, activity, month):
        return self.Statement.search(
            [
                ("activity_id", "=", activity.id),
                ("date_from", "=", date(2025, month, 1)),
            ]
        )

    def _figures(self, statement):
        return (
            statement.opening,
            statement.invoiced,
            statement.contributed,
            statement.spent,
            statement.other,
            statement.closing,
        )

    def _break(self, statement, **values):
        """Change a statement behind the back of the triggers."""
        self.env.flush_all()
        columns = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute("ALTER TABLE coop_activity_statement DISABLE TRIGGER USER")
        self.env.cr.execute(
            f"UPDATE coop_activity_statement SET {columns} WHERE id = %s",
            [*values.values(), statement.id],
        )
        self.env.cr.execute("ALTER TABLE coop_activity_statement ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def assert_statements_hold(self):
        """The books hold, and all lines of the statements are the ledger up to the last one."""
        self.assert_books_hold()
        self.assertFalse(self.Statement._verify_chain(self.company))
        for activity in self.workshop | self.studio:
            statements = self.Statement.search([("activity_id", "=", activity.id)], order="date_to")
            balance = 0.0
            for statement in statements:
                self.assertEqual(statement.opening, balance)
                balance = statement.closing
                lines = statement._get_lines()
                self.assertEqual(len(lines), statement.line_count)
                if lines:
                    self.assertEqual(float(lines[-1].running), balance)
