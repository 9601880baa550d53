from odoo import api, models
from odoo.tools import SQL

from .coop_purchase_allocation_move import FIELD_OF_KIND


class CoopLedgerCheck(models.Model):
    """The proof that campaigns charged what was billed, and that trails sum to allocations."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_campaign_clearing(company),
            *self._check_campaign_entries(company),
            *self._check_campaign_pledges(company),
            *self._check_campaign_trails(company),
        ]

    def _check_campaign_clearing(self, company):
        """Closed campaigns have nothing on their clearing account; charges are what was billed."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT campaign.id, campaign.state, COALESCE(ledger.balance, 0),
                       COALESCE(ledger.billed, 0), COALESCE(charge.amount, 0)
                  FROM coop_purchase_campaign campaign
             LEFT JOIN LATERAL (
                       SELECT -SUM(line.amount) AS balance,
                              -SUM(line.amount) FILTER (WHERE NOT EXISTS (
                                  SELECT FROM coop_purchase_charge own
                                    JOIN account_move_line item ON item.move_id = own.move_id
                                   WHERE own.campaign_id = campaign.id
                                     AND item.id = line.move_line_id)) AS billed
                         FROM account_analytic_line line
                        WHERE line.%(column)s = campaign.clearing_account_id
                       ) ledger ON TRUE
             LEFT JOIN LATERAL (
                       SELECT SUM(amount) AS amount FROM coop_purchase_charge
                        WHERE campaign_id = campaign.id
                       ) charge ON TRUE
                 WHERE campaign.company_id = %(company)s
                   AND campaign.clearing_account_id IS NOT NULL
                """,
                column=SQL.identifier(self.env["coop.purchase.campaign"]._get_clearing_column()),
                company=company.id,
            )
        )
        for campaign_id, state, balance, billed, charged in rows:
            campaign = self.env["coop.purchase.campaign"].browse(campaign_id)
            if state == "closed" and balance:
                yield self._discrepancy(
                    "campaign_clearing", campaign, 0, balance, self.env._("clearing account")
                )
            if billed - charged != balance:
                yield self._discrepancy(
                    "campaign_charges",
                    campaign,
                    billed - balance,
                    charged,
                    self.env._("sum of the charges"),
                )

    def _check_campaign_entries(self, company):
        """What each Activity was charged is what the entries took from its budget."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                WITH charged AS (
                    SELECT move_id, activity_id, SUM(amount) AS amount
                      FROM coop_purchase_charge
                     WHERE company_id = %(company)s AND activity_id IS NOT NULL
                  GROUP BY move_id, activity_id
                ), booked AS (
                    SELECT item.move_id, activity.id AS activity_id, -SUM(line.amount) AS amount
                      FROM account_analytic_line line
                      JOIN account_move_line item ON item.id = line.move_line_id
                      JOIN coop_activity activity ON activity.analytic_account_id = line.%(column)s
                     WHERE item.move_id IN (SELECT move_id FROM charged)
                  GROUP BY item.move_id, activity.id
                )
                SELECT activity_id, COALESCE(charged.amount, 0), COALESCE(booked.amount, 0)
                  FROM charged FULL JOIN booked USING (move_id, activity_id)
                 WHERE COALESCE(charged.amount, 0) <> COALESCE(booked.amount, 0)
                """,
                column=SQL.identifier(column),
                company=company.id,
            )
        )
        for activity_id, expected, found in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            yield self._discrepancy(
                "campaign_entry", activity, expected, found, self.env._("charges of campaigns")
            )

    def _check_campaign_pledges(self, company):
        """Pledges that are over hold nothing."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pledge.campaign_id, SUM(reservation.remaining)
                  FROM coop_purchase_pledge pledge
                  JOIN coop_budget_reservation reservation
                    ON reservation.id = pledge.reservation_id
                 WHERE pledge.company_id = %s AND pledge.state <> 'active'
                   AND reservation.state = 'active'
              GROUP BY pledge.campaign_id
                """,
                company.id,
            )
        )
        for campaign_id, held in rows:
            campaign = self.env["coop.purchase.campaign"].browse(campaign_id)
            yield self._discrepancy(
                "campaign_pledge", campaign, 0, held, self.env._("what ended pledges hold")
            )

    def _check_campaign_trails(self, company):
        """Each quantity of an allocation is the sum of its movements."""
        for kind, name in FIELD_OF_KIND.items():
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT allocation.id, COALESCE(SUM(move.quantity), 0),
                           COALESCE(allocation.%(name)s, 0)
                      FROM coop_purchase_allocation allocation
                 LEFT JOIN coop_purchase_allocation_move move
                        ON move.allocation_id = allocation.id AND move.kind = %(kind)s
                     WHERE allocation.company_id = %(company)s
                  GROUP BY allocation.id
                    HAVING COALESCE(SUM(move.quantity), 0) <> COALESCE(allocation.%(name)s, 0)
                    """,
                    name=SQL.identifier(name),
                    kind=kind,
                    company=company.id,
                )
            )
            for allocation_id, expected, found in rows:
                yield self._discrepancy(
                    "campaign_trail",
                    self.env["coop.purchase.allocation"].browse(allocation_id),
                    expected,
                    found,
                    self.env._("quantity by its trail"),
                )
