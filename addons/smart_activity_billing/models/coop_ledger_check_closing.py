from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that closed Activities have nothing left, and that closings moved what they say."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_closed_activities(company),
            *self._check_closing_entries(company),
        ]

    def _check_closed_activities(self, company):
        """What was closed step by step has no balance and nothing reserved."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT activity.id, COALESCE(SUM(line.amount), 0), activity.reserved_amount
                  FROM coop_activity activity
             LEFT JOIN account_analytic_line line
                    ON line.%(column)s = activity.analytic_account_id
                 WHERE activity.company_id = %(company)s AND activity.state = 'closed'
                   AND EXISTS (
                       SELECT FROM coop_activity_closing closing
                        WHERE closing.activity_id = activity.id AND closing.state = 'closed'
                       )
              GROUP BY activity.id
                HAVING COALESCE(SUM(line.amount), 0) <> 0 OR activity.reserved_amount <> 0
                """,
                column=SQL.identifier(column),
                company=company.id,
            )
        )
        for activity_id, balance, reserved in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            yield self._discrepancy(
                "closed_activity",
                activity,
                0,
                balance or reserved,
                self.env._("what is left of a closed Activity"),
            )

    def _check_closing_entries(self, company):
        """Each entry takes from the Activity what the closing says; a reopening gives it back."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                WITH entry AS (
                    SELECT id, activity_id, move_id, -settled_amount AS amount
                      FROM coop_activity_closing
                     WHERE company_id = %(company)s AND move_id IS NOT NULL
                     UNION ALL
                    SELECT id, activity_id, reversal_move_id, settled_amount
                      FROM coop_activity_closing
                     WHERE company_id = %(company)s AND reversal_move_id IS NOT NULL
                )
                SELECT entry.id, entry.amount,
                       COALESCE(SUM(analytic.amount) FILTER (
                           WHERE analytic.%(column)s = activity.analytic_account_id
                       ), 0)
                  FROM entry
                  JOIN coop_activity activity ON activity.id = entry.activity_id
             LEFT JOIN account_move_line line
                    ON line.move_id = entry.move_id AND line.parent_state = 'posted'
             LEFT JOIN account_analytic_line analytic ON analytic.move_line_id = line.id
              GROUP BY entry.id, entry.move_id, entry.amount
                HAVING COALESCE(SUM(analytic.amount), 0) <> 0
                    OR COALESCE(SUM(analytic.amount) FILTER (
                           WHERE analytic.%(column)s = activity.analytic_account_id
                       ), 0) <> entry.amount
                """,
                column=SQL.identifier(column),
                company=company.id,
            )
        )
        for closing_id, expected, found in rows:
            closing = self.env["coop.activity.closing"].browse(closing_id)
            yield self._discrepancy(
                "closing_entry", closing, expected, found, self.env._("what the entry moved")
            )
