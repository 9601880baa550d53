from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that transfers of budget moved what they say, and nothing else."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_transfer_amounts(company),
            *self._check_transfer_entries(company),
        ]

    def _check_transfer_amounts(self, company):
        """Each entry takes the amount from the giver and brings it to the receiver, no more."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                WITH entry AS (%(entries)s),
                expected AS (
                    SELECT transfer_id, move_id, giver.analytic_account_id AS account_id,
                           -amount AS amount
                      FROM entry JOIN coop_activity giver ON giver.id = giver_id
                     UNION ALL
                    SELECT transfer_id, move_id, receiver.analytic_account_id, amount
                      FROM entry JOIN coop_activity receiver ON receiver.id = receiver_id
                ),
                found AS (
                    SELECT entry.transfer_id, entry.move_id, analytic.%(column)s AS account_id,
                           SUM(analytic.amount) AS amount
                      FROM entry
                      JOIN account_move_line line ON line.move_id = entry.move_id
                      JOIN account_analytic_line analytic ON analytic.move_line_id = line.id
                  GROUP BY entry.transfer_id, entry.move_id, analytic.%(column)s
                )
                SELECT transfer_id, COALESCE(expected.amount, 0), COALESCE(found.amount, 0)
                  FROM expected FULL JOIN found USING (transfer_id, move_id, account_id)
                 WHERE expected.amount IS DISTINCT FROM found.amount
                """,
                entries=self._query_transfer_entries(company),
                column=SQL.identifier(column),
            )
        )
        for transfer_id, expected, found in rows:
            transfer = self.env["coop.budget.transfer"].browse(transfer_id)
            yield self._discrepancy(
                "transfer_amount", transfer, expected, found, self.env._("amount of an Activity")
            )

    def _check_transfer_entries(self, company):
        """Each entry is posted, with two lines of the amount on one account."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT entry.transfer_id, 2 * entry.amount, COALESCE(SUM(ABS(line.balance)), 0)
                  FROM (%(entries)s) entry
             LEFT JOIN account_move_line line
                    ON line.move_id = entry.move_id AND line.parent_state = 'posted'
              GROUP BY entry.transfer_id, entry.move_id, entry.amount
                HAVING COUNT(line.id) <> 2 OR COUNT(DISTINCT line.account_id) <> 1
                    OR SUM(line.balance) <> 0 OR SUM(ABS(line.balance)) <> 2 * entry.amount
                """,
                entries=self._query_transfer_entries(company),
            )
        )
        for transfer_id, expected, found in rows:
            transfer = self.env["coop.budget.transfer"].browse(transfer_id)
            yield self._discrepancy(
                "transfer_entry", transfer, expected, found, self.env._("debit and credit")
            )

    def _query_transfer_entries(self, company):
        """Query all entries of transfers: what each moves from whom to whom."""
        return SQL(
            """
            SELECT id AS transfer_id, move_id, amount, source_id AS giver_id,
                   destination_id AS receiver_id
              FROM coop_budget_transfer WHERE company_id = %(company)s AND move_id IS NOT NULL
             UNION ALL
            SELECT id, reversal_move_id, amount, destination_id, source_id
              FROM coop_budget_transfer
             WHERE company_id = %(company)s AND reversal_move_id IS NOT NULL
            """,
            company=company.id,
        )
