from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that investments, their shares, assets, reservations and entries agree."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_investment_shares(company),
            *self._check_investment_movements(company),
            *self._check_investment_reservations(company),
            *self._check_investment_assets(company),
            *self._check_investment_budgets(company),
            *self._check_investment_bills(company),
        ]

    def _check_investment_shares(self, company):
        """The shares of what is funded or bought are the whole of it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT investment.id, COALESCE(investment.purchase_value, 0),
                       COALESCE(SUM(share.share_amount), 0)
                  FROM coop_investment investment
             LEFT JOIN coop_investment_share share ON share.investment_id = investment.id
                 WHERE investment.company_id = %s
                   AND investment.state IN ('funded', 'active', 'closed')
              GROUP BY investment.id
                HAVING COALESCE(SUM(share.share_amount), 0)
                       <> COALESCE(investment.purchase_value, 0)
                """,
                company.id,
            )
        )
        yield from self._investment_discrepancies(
            "investment_share", rows, self.env._("sum of the shares")
        )

    def _check_investment_movements(self, company):
        """The values of each share are the sums of its movements."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT share.investment_id,
                       COALESCE(SUM(movement.cost - movement.written_off), 0), share.book_value
                  FROM coop_investment_share share
                  JOIN coop_investment investment ON investment.id = share.investment_id
             LEFT JOIN coop_investment_movement movement ON movement.share_id = share.id
                 WHERE share.company_id = %s AND investment.state IN ('active', 'closed')
              GROUP BY share.id
                HAVING COALESCE(SUM(movement.cost), 0) <> COALESCE(share.share_amount, 0)
                    OR COALESCE(SUM(movement.written_off), 0) <> COALESCE(share.written_off, 0)
                    OR share.share_amount - COALESCE(share.written_off, 0)
                       <> COALESCE(share.book_value, 0)
                """,
                company.id,
            )
        )
        yield from self._investment_discrepancies(
            "investment_movement", rows, self.env._("value of a share")
        )

    def _check_investment_reservations(self, company):
        """Each share keeps reserved what is not written off of it; who holds none, nothing."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT share.investment_id,
                       CASE WHEN investment.state = 'active' THEN share.book_value ELSE 0 END,
                       COALESCE(reservation.remaining, 0)
                  FROM coop_investment_share share
                  JOIN coop_investment investment ON investment.id = share.investment_id
             LEFT JOIN coop_budget_reservation reservation ON reservation.id = share.reservation_id
                 WHERE share.company_id = %s
                   AND investment.state IN ('active', 'closed', 'cancelled', 'lapsed')
                   AND COALESCE(reservation.remaining, 0) <>
                       CASE WHEN investment.state = 'active' THEN share.book_value ELSE 0 END
                """,
                company.id,
            )
        )
        yield from self._investment_discrepancies(
            "investment_reservation", rows, self.env._("reserved for a share")
        )

    def _check_investment_assets(self, company):
        """The book value is what the asset cost less all that its board wrote off."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT investment.id,
                       asset.purchase_value - COALESCE(SUM(line.amount), 0), investment.book_value
                  FROM coop_investment investment
                  JOIN account_asset asset ON asset.id = investment.asset_id
             LEFT JOIN account_asset_line line
                    ON line.asset_id = asset.id AND line.type = 'depreciate'
                   AND (line.move_id IS NOT NULL OR line.init_entry)
                 WHERE investment.company_id = %s AND investment.state = 'active'
              GROUP BY investment.id, asset.id
                HAVING asset.purchase_value - COALESCE(SUM(line.amount), 0)
                       <> COALESCE(investment.book_value, 0)
                """,
                company.id,
            )
        )
        yield from self._investment_discrepancies(
            "investment_asset", rows, self.env._("book value")
        )

    def _check_investment_budgets(self, company):
        """Each entry took from each Activity what its shares bore, less what was sold."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                WITH borne AS (
                    SELECT investment_id, move_id, activity_id,
                           SUM(written_off - COALESCE(proceeds, 0)) AS amount
                      FROM coop_investment_movement
                     WHERE company_id = %(company)s AND move_id IS NOT NULL
                       AND kind <> 'transfer'
                  GROUP BY investment_id, move_id, activity_id
                ), booked AS (
                    SELECT line.move_id, activity.id AS activity_id,
                           -SUM(analytic.amount) AS amount
                      FROM account_analytic_line analytic
                      JOIN account_move_line line ON line.id = analytic.move_line_id
                      JOIN account_move move ON move.id = line.move_id
                      JOIN coop_activity activity
                        ON activity.analytic_account_id = analytic.%(column)s
                     WHERE line.move_id IN (SELECT move_id FROM borne)
                       -- A bill has other lines, which are costs.
                       AND (line.coop_investment_id IS NOT NULL OR move.move_type = 'entry')
                  GROUP BY line.move_id, activity.id
                )
                SELECT borne.investment_id, borne.amount, COALESCE(booked.amount, 0)
                  FROM borne LEFT JOIN booked USING (move_id, activity_id)
                 WHERE borne.amount <> COALESCE(booked.amount, 0)
                """,
                company=company.id,
                column=SQL.identifier(column),
            )
        )
        yield from self._investment_discrepancies(
            "investment_budget", rows, self.env._("what an entry took from a budget")
        )

    def _check_investment_bills(self, company):
        """What posted bills and credit notes put on the account of assets is the cost."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT investment.id, COALESCE(booked.amount, 0), investment.purchase_value
                  FROM coop_investment investment
                  JOIN (
                    SELECT movement.investment_id, SUM(movement.cost) AS amount
                      FROM coop_investment_movement movement
                      JOIN account_move move ON move.id = movement.move_id
                     WHERE movement.kind IN ('purchase', 'credit') AND move.state = 'posted'
                  GROUP BY movement.investment_id
                  ) booked ON booked.investment_id = investment.id
                 WHERE investment.company_id = %s AND investment.state IN ('active', 'closed')
                   AND booked.amount <> investment.purchase_value
                """,
                company.id,
            )
        )
        yield from self._investment_discrepancies(
            "investment_bill", rows, self.env._("purchase value")
        )

    def _investment_discrepancies(self, check, rows, what):
        for investment_id, expected, found in rows:
            investment = self.env["coop.investment"].browse(investment_id)
            yield self._discrepancy(check, investment, expected, found, what)
