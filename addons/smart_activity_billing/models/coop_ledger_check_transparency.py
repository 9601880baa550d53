from odoo import api, models
from odoo.tools import SQL

from .coop_transparency_month import AMOUNTS


class CoopLedgerCheck(models.Model):
    """What members read about the cooperative is what the ledger says.

    Months that changed since the last update are left out: the update does them next.
    """

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [
            *super()._run(company),
            *self._check_transparency_months(company),
            *self._check_transparency_figures(company),
        ]

    def _check_transparency_months(self, company):
        """Each row of each month is the sum of its analytic lines, and none is missing."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(fresh.month, kept.month),
                       COALESCE(fresh.activity_id, kept.activity_id),
                       %(fresh)s, %(kept)s
                  FROM (%(sums)s) fresh
             FULL JOIN (SELECT * FROM coop_transparency_month WHERE company_id = %(company)s) kept
                    ON kept.month = fresh.month
                   AND COALESCE(kept.activity_id, 0) = COALESCE(fresh.activity_id, 0)
                   AND COALESCE(kept.shared_account_id, 0) = COALESCE(fresh.shared_id, 0)
                   AND COALESCE(kept.general_account_id, 0) = COALESCE(fresh.general_id, 0)
                 WHERE (%(differs)s)
                   AND COALESCE(fresh.month, kept.month) NOT IN (
                       SELECT month FROM coop_transparency_change WHERE company_id = %(company)s)
              ORDER BY 1, 2
                """,
                sums=self.env["coop.transparency.month"]._query_sums(company),
                company=company.id,
                fresh=_sum_of("fresh"),
                kept=_sum_of("kept"),
                differs=SQL(" OR ").join(
                    SQL("fresh.%(name)s IS DISTINCT FROM kept.%(name)s", name=SQL.identifier(name))
                    for name in ("line_count", *AMOUNTS)
                ),
            )
        )
        for month, activity_id, expected, found in rows:
            record = self.env["coop.activity"].browse(activity_id) if activity_id else company
            yield self._discrepancy(
                "transparency_month",
                record,
                expected,
                found,
                self.env._("sum of the month %(month)s", month=f"{month:%m/%Y}"),
            )

    def _check_transparency_figures(self, company):
        """The published cells of each stretch of time sum to what all Activities did in it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT figure.id, COALESCE(SUM(month.total), 0), figure.total
                  FROM (
                       SELECT MIN(id) AS id, date_from, date_to,
                              SUM(invoiced - contributed - spent) AS total
                         FROM coop_transparency_figure
                        WHERE company_id = %(company)s
                          AND subject IN ('total', 'sector', 'antenna')
                          AND NOT EXISTS (
                              SELECT FROM coop_transparency_change change
                               WHERE change.company_id = %(company)s
                                 AND date_part('year', change.month) = year)
                     GROUP BY subject, date_from, date_to
                       ) figure
             LEFT JOIN (
                       SELECT month, SUM(invoiced + contributed + spent) AS total
                         FROM coop_transparency_month
                        WHERE company_id = %(company)s AND activity_id IS NOT NULL
                     GROUP BY month
                       ) month ON month.month BETWEEN figure.date_from AND figure.date_to
              GROUP BY figure.id, figure.total
                HAVING COALESCE(SUM(month.total), 0) <> figure.total
                """,
                company=company.id,
            )
        )
        for figure_id, expected, found in rows:
            yield self._discrepancy(
                "transparency_figure",
                self.env["coop.transparency.figure"].browse(figure_id),
                expected,
                found,
                self.env._("what members read"),
            )


def _sum_of(table):
    return SQL(" + ").join(
        SQL("COALESCE(%s.%s, 0)", SQL.identifier(table), SQL.identifier(name)) for name in AMOUNTS
    )
