from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that the mutual guarantee bears what was written off less what was recovered."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_guarantee(company),
            *self._check_guarantee_strays(company),
            *self._check_bad_debt_settled(company),
            *self._check_bad_debt_shares(company),
        ]

    def _check_guarantee(self, company):
        """The entries of each write-off leave its standing loss on the guarantee account.

        Less the contribution, where the policy gave that to the guarantee.
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH taken AS (
                    SELECT debt_id, SUM(contribution_amount) AS amount
                      FROM coop_bad_debt_recovery GROUP BY debt_id
                )
                SELECT debt.id,
                       CASE WHEN debt.contribution_policy = 'refund'
                            THEN COALESCE(debt.contribution_amount, 0) - COALESCE(taken.amount, 0)
                            ELSE 0 END
                       - debt.loss_amount + COALESCE(debt.recovered_loss, 0),
                       COALESCE(found.amount, 0)
                  FROM coop_bad_debt debt
             LEFT JOIN taken ON taken.debt_id = debt.id
             LEFT JOIN LATERAL (
                    SELECT SUM(analytic.amount) AS amount
                      FROM account_move move
                      JOIN account_move_line line ON line.move_id = move.id
                      JOIN account_analytic_line analytic ON analytic.move_line_id = line.id
                     WHERE move.coop_bad_debt_id = debt.id AND move.state = 'posted'
                       AND analytic.%(column)s = debt.guarantee_account_id
                 ) found ON TRUE
                 WHERE debt.company_id = %(company)s AND debt.state <> 'draft'
                   AND CASE WHEN debt.contribution_policy = 'refund'
                            THEN COALESCE(debt.contribution_amount, 0) - COALESCE(taken.amount, 0)
                            ELSE 0 END
                       - debt.loss_amount + COALESCE(debt.recovered_loss, 0)
                       <> COALESCE(found.amount, 0)
                """,
                company=company.id,
                column=self._get_guarantee_column(),
            )
        )
        yield from self._tell_bad_debts("guarantee", rows, self.env._("mutual guarantee"))

    def _check_guarantee_strays(self, company):
        """Nothing else is booked as a loss on the guarantee account."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MIN(analytic.id), 0, SUM(analytic.amount)
                  FROM account_analytic_line analytic
                  JOIN res_company company ON company.id = analytic.company_id
             LEFT JOIN account_move_line line ON line.id = analytic.move_line_id
             LEFT JOIN account_move move ON move.id = line.move_id
                 WHERE company.id = %(company)s AND move.coop_bad_debt_id IS NULL
                   AND analytic.%(column)s = company.mutual_guarantee_account_id
                   AND analytic.general_account_id = company.bad_debt_account_id
              GROUP BY line.id HAVING SUM(analytic.amount) <> 0
                """,
                company=company.id,
                column=self._get_guarantee_column(),
            )
        )
        for line_id, expected, found in rows:
            line = self.env["account.analytic.line"].browse(line_id)
            yield self._discrepancy(
                "guarantee_stray", line, expected, found, self.env._("loss without a write-off")
            )

    def _check_bad_debt_settled(self, company):
        """What stands of a write-off settles its invoice, to the cent."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT debt.id, debt.amount - COALESCE(debt.recovered_amount, 0),
                       COALESCE(SUM(partial.amount), 0)
                  FROM coop_bad_debt debt
             LEFT JOIN account_move_line credit
                    ON credit.move_id = debt.move_id AND credit.balance < 0
             LEFT JOIN (
                    account_partial_reconcile partial
                    JOIN account_move_line debit ON debit.id = partial.debit_move_id
                 ) ON partial.credit_move_id = credit.id AND debit.move_id = debt.invoice_id
                 WHERE debt.company_id = %s AND debt.state <> 'draft'
              GROUP BY debt.id
                HAVING debt.amount - COALESCE(debt.recovered_amount, 0)
                       <> COALESCE(SUM(partial.amount), 0)
                """,
                company.id,
            )
        )
        yield from self._tell_bad_debts("bad_debt", rows, self.env._("settled on the invoice"))

    def _check_bad_debt_shares(self, company):
        """The Activities together have the loss, and what was recovered of it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT debt.id, debt.loss_amount - COALESCE(debt.recovered_loss, 0),
                       COALESCE(SUM(share.loss_amount - COALESCE(share.recovered_loss, 0)), 0)
                  FROM coop_bad_debt debt
             LEFT JOIN coop_bad_debt_share share ON share.debt_id = debt.id
                 WHERE debt.company_id = %s AND debt.state <> 'draft'
              GROUP BY debt.id
                HAVING debt.loss_amount - COALESCE(debt.recovered_loss, 0)
                       <> COALESCE(SUM(share.loss_amount - COALESCE(share.recovered_loss, 0)), 0)
                """,
                company.id,
            )
        )
        yield from self._tell_bad_debts("bad_debt_share", rows, self.env._("loss by Activity"))

    def _tell_bad_debts(self, check, rows, what):
        for debt_id, expected, found in rows:
            debt = self.env["coop.bad.debt"].browse(debt_id)
            yield self._discrepancy(check, debt, expected, found, what)

    def _get_guarantee_column(self):
        plan = self.env.ref("smart_activity_billing.analytic_plan_shared_services")
        return SQL.identifier(plan.sudo()._column_name())
