from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..lib.money import allocate, exact


class CoopLedgerCheck(models.Model):
    """Pledges hold what they say, for what is still to be bought, and nothing else."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_pledged_sums(company),
            *self._check_pledges_held(company),
            *self._check_buyouts_held(company),
            *self._check_rents(company),
        ]

    def _check_pledged_sums(self, company):
        """What is pledged is the sum of the pledges; when funded, all of it, and never more."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT investment.id, COALESCE(SUM(pledge.amount), 0), investment.pledged_amount
                  FROM coop_investment investment
             LEFT JOIN coop_investment_pledge pledge
                    ON pledge.investment_id = investment.id AND pledge.state = 'active'
                 WHERE investment.company_id = %(company)s AND investment.is_joint
              GROUP BY investment.id
                HAVING COALESCE(SUM(pledge.amount), 0) <> COALESCE(investment.pledged_amount, 0)
                    OR investment.state = 'funded'
                       AND investment.pledged_amount IS DISTINCT FROM investment.target
                    OR investment.state NOT IN ('pledging', 'funded') AND COUNT(pledge.id) > 0
                """,
                company=company.id,
            )
        )
        for investment_id, expected, found in rows:
            yield self._discrepancy(
                "pledged_amount",
                self.env["coop.investment"].browse(investment_id),
                expected,
                found or 0,
                self.env._("pledged amount"),
            )

    def _check_pledges_held(self, company):
        """A pledge has its reservation: of its amount while it holds, of nothing afterwards."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pledge.id, CASE WHEN pledge.state = 'active' THEN pledge.amount ELSE 0 END,
                       reservation.remaining
                  FROM coop_investment_pledge pledge
                  JOIN coop_budget_reservation reservation ON reservation.id = pledge.reservation_id
                 WHERE pledge.company_id = %(company)s
                   AND (reservation.remaining
                            <> CASE WHEN pledge.state = 'active' THEN pledge.amount ELSE 0 END
                        OR reservation.activity_id <> pledge.activity_id
                        OR reservation.kind <> 'investment')
                """,
                company=company.id,
            )
        )
        for pledge_id, expected, found in rows:
            yield self._discrepancy(
                "pledge",
                self.env["coop.investment.pledge"].browse(pledge_id),
                expected,
                found,
                self.env._("what the pledge holds"),
            )

    def _check_buyouts_held(self, company):
        """Who accepted to take over holds its part until the share moves, and not longer."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id, CASE WHEN line.state = 'accepted' THEN line.amount ELSE 0 END,
                       reservation.remaining
                  FROM coop_investment_buyout_line line
                  JOIN coop_investment_buyout buyout ON buyout.id = line.buyout_id
                  JOIN coop_budget_reservation reservation ON reservation.id = line.reservation_id
                 WHERE line.company_id = %(company)s
                   AND (reservation.remaining
                            <> CASE WHEN line.state = 'accepted' THEN line.amount ELSE 0 END
                        OR reservation.activity_id <> line.activity_id
                        OR line.state = 'accepted' AND buyout.state <> 'submitted')
                """,
                company=company.id,
            )
        )
        for line_id, expected, found in rows:
            yield self._discrepancy(
                "buyout",
                self.env["coop.investment.buyout.line"].browse(line_id),
                expected,
                found,
                self.env._("what is held to take over"),
            )

    def _check_rents(self, company):
        """Each line of rent went to those who owned the investment on its day, to the cent."""
        column = self.env["coop.activity"]._analytic_column()
        rents = self.env["account.move"].search(
            [
                ("rented_investment_id", "!=", False),
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
            ]
        )
        for line in rents.invoice_line_ids.filtered(lambda one: one.display_type == "product"):
            costs = line.move_id._get_rent_costs()
            weights = list(costs.values())
            unit = company.currency_id.rounding
            parts = allocate(-line.balance, weights, unit) if weights else []
            expected = {
                activity.analytic_account_id: part
                for activity, part in zip(costs, parts, strict=True)
                if part
            }
            found = defaultdict(int)
            for analytic in line.analytic_line_ids.filtered(column):
                found[analytic[column]] += exact(analytic.amount, unit)
            for account in expected.keys() | found.keys():
                if expected.get(account, 0) != found[account]:
                    yield self._discrepancy(
                        "rent",
                        line.move_id,
                        expected.get(account, 0),
                        found[account],
                        self.env._("rent of %(activity)s", activity=account.name),
                    )
