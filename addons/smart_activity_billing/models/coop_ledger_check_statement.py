from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The statements of the Activities agree with the ledger, and nobody changed the latest."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_statement_sums(company),
            *self._check_statement_ledger(company),
            *self._check_statement_changes(company),
            *self._check_statement_chain(company),
        ]

    def _check_statement_sums(self, company):
        """All movements that the statements of an Activity tell sum to its last closing."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MAX(id), SUM(invoiced + contributed + spent + other),
                       (array_agg(closing ORDER BY date_to DESC))[1]
                  FROM coop_activity_statement
                 WHERE company_id = %s
              GROUP BY activity_id
                HAVING SUM(invoiced + contributed + spent + other)
                       <> (array_agg(closing ORDER BY date_to DESC))[1]
                """,
                company.id,
            )
        )
        for statement_id, expected, found in rows:
            statement = self.env["coop.activity.statement"].browse(statement_id)
            yield self._discrepancy(
                "statement_sum", statement, expected, found, self.env._("closing")
            )

    def _check_statement_ledger(self, company):
        """The ledger up to the last statement's end is its closing and what was booked since.

        What was booked since, or reset to draft since, is what the next statement would tell of
        that time. A line that was there a day before the statement was made is not of these: the
        statement should have told it.
        """
        candidates = self._query_statement_candidates(company)
        for date_to in sorted({row[1] for row in candidates}):
            own = {row[0]: row for row in candidates if row[1] == date_to}
            since = self._query_booked_since(list(own), date_to)
            for activity_id, (_id, _date, statement_id, closing, balance) in own.items():
                expected = company.currency_id.round(closing + since.get(activity_id, 0))
                if expected != balance:
                    statement = self.env["coop.activity.statement"].browse(statement_id)
                    yield self._discrepancy(
                        "statement_ledger", statement, expected, balance, self.env._("ledger")
                    )

    def _query_statement_candidates(self, company):
        """Return the Activities of which the ledger differs from the last closing.

        :return: rows of ``activity_id, date_to, statement_id, closing, balance``
        """
        column = self.env["coop.activity"]._analytic_column()
        if not column:
            return []
        return self.env.execute_query(
            SQL(
                """
                WITH last AS (
                    SELECT DISTINCT ON (activity_id) activity_id, date_to, id, closing
                      FROM coop_activity_statement
                     WHERE company_id = %(company)s
                  ORDER BY activity_id, date_to DESC
                )
                SELECT last.activity_id, last.date_to, last.id, last.closing,
                       COALESCE(SUM(line.amount), 0)
                  FROM last
                  JOIN coop_activity activity ON activity.id = last.activity_id
             LEFT JOIN account_analytic_line line
                    ON line.%(column)s = activity.analytic_account_id
                   AND line.date <= last.date_to
              GROUP BY last.activity_id, last.date_to, last.id, last.closing
                HAVING COALESCE(SUM(line.amount), 0) <> last.closing
                """,
                company=company.id,
                column=SQL.identifier(column),
            )
        )

    def _query_booked_since(self, activity_ids, date_to):
        """Return ``{activity id: amount}`` of what the next statements will tell of that time."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT change.activity_id,
                           SUM(CASE WHEN line.create_date >= statement.made_at - interval '1 day'
                                    THEN change.amount ELSE 0 END - change.told)
                      FROM (
                           SELECT activity_id, line_id, COALESCE(SUM(amount), 0) AS amount,
                                  COALESCE(SUM(told), 0) AS told
                             FROM (%(parts)s) part GROUP BY activity_id, line_id
                           HAVING COALESCE(SUM(amount), 0) <> COALESCE(SUM(told), 0)
                           ) change
                      JOIN coop_activity_statement statement
                        ON statement.activity_id = change.activity_id
                       AND statement.date_to = %(date_to)s
                 LEFT JOIN account_analytic_line line ON line.id = change.line_id
                  GROUP BY change.activity_id
                    """,
                    parts=self.env["coop.activity.statement"]._query_parts(activity_ids, date_to),
                    date_to=date_to,
                )
            )
        )

    def _check_statement_changes(self, company):
        """What no statement tells yet is noted for the next one: with it, all is told."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT activity.id, COALESCE(ledger.amount, 0) - COALESCE(told.amount, 0),
                       COALESCE(noted.amount, 0)
                  FROM coop_activity activity
             LEFT JOIN (
                       SELECT %(column)s AS account_id, SUM(amount) AS amount
                         FROM account_analytic_line WHERE %(column)s IS NOT NULL GROUP BY 1
                       ) ledger ON ledger.account_id = activity.analytic_account_id
             LEFT JOIN (
                       SELECT activity_id, SUM(invoiced + contributed + spent + other) AS amount
                         FROM coop_activity_statement GROUP BY activity_id
                       ) told ON told.activity_id = activity.id
             LEFT JOIN (
                       SELECT account_id, SUM(amount) AS amount
                         FROM coop_activity_statement_change GROUP BY account_id
                       ) noted ON noted.account_id = activity.analytic_account_id
                 WHERE activity.company_id = %(company)s
                   AND COALESCE(ledger.amount, 0) - COALESCE(told.amount, 0)
                       <> COALESCE(noted.amount, 0)
                """,
                company=company.id,
                column=SQL.identifier(self.env["coop.activity"]._analytic_column()),
            )
        )
        for activity_id, expected, found in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            yield self._discrepancy(
                "statement_changes",
                activity,
                expected,
                found,
                self.env._("what is noted for the next statement"),
            )

    def _check_statement_chain(self, company):
        """The latest statements are as they were made and follow those before them."""
        changed = self.env["coop.activity.statement"]._verify_chain(company, latest_only=True)
        if changed:
            yield self._discrepancy("statement_chain", changed, 0, 1, self.env._("changes"))
