from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that payroll runs cost the Activities what their salaries say, and no more."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_payroll_costs(company),
            *self._check_payroll_debts(company),
            *self._check_payroll_announcements(company),
        ]

    def _check_payroll_costs(self, company):
        """Each entry takes from each Activity what its salaries cost; a reversal gives it back."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                WITH entry AS (%(entries)s),
                expected AS (
                    SELECT entry.run_id, entry.move_id, activity.analytic_account_id AS account_id,
                           SUM(-entry.sign * line.cost) AS amount
                      FROM entry
                      JOIN coop_payroll_run_line line ON line.run_id = entry.run_id
                      JOIN coop_activity activity ON activity.id = line.activity_id
                  GROUP BY entry.run_id, entry.move_id, activity.analytic_account_id
                ),
                found AS (
                    SELECT entry.run_id, entry.move_id, analytic.%(column)s AS account_id,
                           SUM(analytic.amount) AS amount
                      FROM entry
                      JOIN account_move_line line ON line.move_id = entry.move_id
                      JOIN account_analytic_line analytic ON analytic.move_line_id = line.id
                  GROUP BY entry.run_id, entry.move_id, analytic.%(column)s
                )
                SELECT run_id, COALESCE(expected.amount, 0), COALESCE(found.amount, 0)
                  FROM expected FULL JOIN found USING (run_id, move_id, account_id)
                 WHERE COALESCE(expected.amount, 0) <> COALESCE(found.amount, 0)
                """,
                entries=self._query_payroll_entries(company),
                column=SQL.identifier(column),
            )
        )
        yield from self._tell_payroll("payroll_cost", rows, self.env._("cost of an Activity"))

    def _check_payroll_debts(self, company):
        """Each entry is posted, and owes what its salaries cost."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT entry.run_id, entry.cost, COALESCE(-entry.sign * SUM(line.balance), 0)
                  FROM (%(entries)s) entry
             LEFT JOIN account_move_line line
                    ON line.move_id = entry.move_id AND line.parent_state = 'posted'
                   AND line.coop_payroll_run_id IS NULL
              GROUP BY entry.run_id, entry.move_id, entry.sign, entry.cost
                HAVING entry.cost <> COALESCE(-entry.sign * SUM(line.balance), 0)
                """,
                entries=self._query_payroll_entries(company),
            )
        )
        yield from self._tell_payroll("payroll_debt", rows, self.env._("what is owed"))

    def _check_payroll_announcements(self, company):
        """What was announced is booked once, holds nothing more, and by a run that stands."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT announcement.id, reservation.remaining
                  FROM coop_payroll_announcement announcement
                  JOIN coop_payroll_run run ON run.id = announcement.run_id
                  JOIN coop_budget_reservation reservation
                    ON reservation.id = announcement.reservation_id
                 WHERE announcement.company_id = %s
                   AND (run.state <> 'posted' OR reservation.remaining <> 0)
                """,
                company.id,
            )
        )
        for announcement_id, remaining in rows:
            # Whoever checks the books reads the names of runs, and not who earns what.
            announcement = self.env["coop.payroll.announcement"].sudo().browse(announcement_id)
            yield self._discrepancy(
                "payroll_announcement",
                announcement,
                0,
                remaining,
                self.env._("what is reserved for a salary that was booked"),
            )

    def _tell_payroll(self, check, rows, what):
        for run_id, expected, found in rows:
            # As above.
            run = self.env["coop.payroll.run"].sudo().browse(run_id)
            yield self._discrepancy(check, run, expected, found, what)

    def _query_payroll_entries(self, company):
        """Query all entries of runs: their cost, and 1 or, of reversals, -1."""
        return SQL(
            """
            SELECT id AS run_id, move_id, 1 AS sign, cost
              FROM coop_payroll_run WHERE company_id = %(company)s AND move_id IS NOT NULL
             UNION ALL
            SELECT id, reversal_move_id, -1, cost
              FROM coop_payroll_run
             WHERE company_id = %(company)s AND reversal_move_id IS NOT NULL
            """,
            company=company.id,
        )
