from odoo import models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """Expenses agree with the books."""

    _inherit = "coop.ledger.check"

    def _run(self, company):
        return [*super()._run(company), *self._check_expenses(company)]

    def _check_expenses(self, company):
        """Each posted expense has its posted receipt, with its amount on its Activity."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT expense.id, expense.budget_amount, COALESCE(SUM(-analytic.amount), 0)
                  FROM coop_expense expense
                  JOIN coop_activity activity ON activity.id = expense.activity_id
             LEFT JOIN account_move move ON move.id = expense.move_id AND move.state = 'posted'
             LEFT JOIN account_move_line line ON line.move_id = move.id
             LEFT JOIN account_analytic_line analytic
                    ON analytic.move_line_id = line.id
                   AND analytic.%(column)s = activity.analytic_account_id
                 WHERE expense.company_id = %(company)s AND expense.state = 'posted'
              GROUP BY expense.id
                HAVING expense.budget_amount <> COALESCE(SUM(-analytic.amount), 0)
                """,
                column=SQL.identifier(column),
                company=company.id,
            )
        )
        for expense_id, expected, found in rows:
            yield self._discrepancy(
                "expense",
                self.env["coop.expense"].browse(expense_id),
                expected,
                found,
                self.env._("what the entry took from the budget"),
            )
