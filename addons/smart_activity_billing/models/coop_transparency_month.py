from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

AMOUNTS = ("invoiced", "contributed", "spent", "transferred", "other")


class CoopTransparencyMonth(models.Model):
    """The analytic ledger summed up: a row for each company, month and Activity.

    What is on the accounts of the shared services has a row for each general account, without an
    Activity. Amounts have the sign of the budget. The rows are internal; what members read is
    `coop.transparency.figure`, in which no few of them can be recognised.

    A row keeps the member, sector and antenna that the Activity had when it was first summed up:
    who moves to another sector takes no past figures along, which would tell how large they were.
    """

    _name = "coop.transparency.month"
    _description = "Activity Month"
    _order = "month desc, activity_id, id"
    _log_access = False
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    activity_id = fields.Many2one("coop.activity", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", "Member", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    sector_id = fields.Many2one("coop.sector", readonly=True, ondelete="set null")
    antenna_id = fields.Many2one("coop.antenna", readonly=True, ondelete="set null")
    shared_account_id = fields.Many2one(
        "account.analytic.account", "Shared Services", readonly=True, ondelete="cascade"
    )
    general_account_id = fields.Many2one("account.account", readonly=True, ondelete="cascade")
    invoiced = fields.Monetary(required=True, readonly=True)
    contributed = fields.Monetary(required=True, readonly=True)
    spent = fields.Monetary(required=True, readonly=True)
    transferred = fields.Monetary(required=True, readonly=True)
    other = fields.Monetary(required=True, readonly=True)
    line_count = fields.Integer("Analytic Lines", required=True, readonly=True)

    _row_unique = models.UniqueIndex(
        "(company_id, month, COALESCE(activity_id, 0), COALESCE(shared_account_id, 0), "
        "COALESCE(general_account_id, 0))",
        "A month is summed up once.",
    )
    _activity_month_idx = models.Index("(activity_id, month)")
    _about_something = models.Constraint(
        "CHECK(activity_id IS NOT NULL OR shared_account_id IS NOT NULL)",
        "A row is about an Activity or the shared services.",
    )

    @api.model
    def _shared_column(self, company):
        """Return the column of analytic lines that holds the accounts of the shared services."""
        # Which plan it is, is configuration that everybody depends on.
        account = company.sudo().shared_services_account_id
        return account.root_plan_id._column_name() if account else None

    @api.model
    def _sum_up(self, company, month):
        """Make the rows of one month equal to the ledger."""
        amounts = SQL(", ").join(SQL.identifier(name) for name in AMOUNTS)
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS MATERIALIZED (%(sums)s), gone AS (
                    DELETE FROM coop_transparency_month old
                     WHERE company_id = %(company)s AND month = %(month)s
                       AND NOT EXISTS (
                           SELECT FROM fresh
                            WHERE fresh.activity_id IS NOT DISTINCT FROM old.activity_id
                              AND fresh.shared_id IS NOT DISTINCT FROM old.shared_account_id
                              AND fresh.general_id IS NOT DISTINCT FROM old.general_account_id
                           )
                )
                INSERT INTO coop_transparency_month AS row (
                       company_id, month, activity_id, partner_id, sector_id, antenna_id,
                       shared_account_id, general_account_id, line_count, %(amounts)s)
                SELECT %(company)s, %(month)s, activity_id, activity.partner_id,
                       activity.sector_id, activity.antenna_id, shared_id, general_id,
                       line_count, %(amounts)s
                  FROM fresh
             LEFT JOIN coop_activity activity ON activity.id = fresh.activity_id
                    ON CONFLICT (
                       company_id, month, COALESCE(activity_id, 0),
                       COALESCE(shared_account_id, 0), COALESCE(general_account_id, 0))
                    DO UPDATE SET (line_count, %(amounts)s) =
                       ROW (EXCLUDED.line_count, %(excluded)s)
                 WHERE (row.line_count, %(current)s) <> (EXCLUDED.line_count, %(excluded)s)
                """,
                sums=self._query_sums(company, month),
                company=company.id,
                month=month,
                amounts=amounts,
                current=SQL(", ").join(SQL("row.%s", SQL.identifier(name)) for name in AMOUNTS),
                excluded=SQL(", ").join(
                    SQL("EXCLUDED.%s", SQL.identifier(name)) for name in AMOUNTS
                ),
            ),
            log_exceptions=False,
        )
        self.invalidate_model(flush=False)

    @api.model
    def _query_sums(self, company, month=None):
        """Return the query that sums up the ledger: of one month, or of all.

        :return: rows of ``month, activity_id, shared_id, general_id, line_count`` and the amounts
        """
        column = self.env["coop.activity"]._analytic_column()
        shared = self._shared_column(company)
        return SQL(
            """
            SELECT date_trunc('month', line.date)::date AS month, line.activity_id, line.shared_id,
                   line.general_id, COUNT(*) AS line_count,
                   COALESCE(SUM(amount) FILTER (WHERE kind = 'invoice'), 0) AS invoiced,
                   COALESCE(SUM(amount) FILTER (WHERE kind = 'contribution'), 0) AS contributed,
                   COALESCE(SUM(amount) FILTER (WHERE kind = 'expense'), 0) AS spent,
                   COALESCE(SUM(amount) FILTER (WHERE kind = 'transfer'), 0) AS transferred,
                   COALESCE(SUM(amount) FILTER (WHERE kind = 'other'), 0) AS other
              FROM (
                   SELECT line.date, line.amount, activity.id AS activity_id,
                          %(shared)s AS shared_id,
                          CASE WHEN activity.id IS NULL THEN line.general_account_id END
                              AS general_id,
                          CASE WHEN transfer.move_id IS NOT NULL THEN 'transfer'
                               ELSE %(kind)s END AS kind
                     FROM account_analytic_line line
                LEFT JOIN coop_activity activity ON activity.analytic_account_id = line.%(column)s
                LEFT JOIN account_move_line item ON item.id = line.move_line_id
                LEFT JOIN account_move move ON move.id = item.move_id
                LEFT JOIN (
                          SELECT move_id FROM coop_budget_transfer
                           WHERE company_id = %(company)s AND move_id IS NOT NULL
                           UNION
                          SELECT reversal_move_id FROM coop_budget_transfer
                           WHERE company_id = %(company)s AND reversal_move_id IS NOT NULL
                          ) transfer ON transfer.move_id = move.id
                    WHERE line.company_id = %(company)s AND %(month)s
                      AND (activity.id IS NOT NULL OR %(shared)s IS NOT NULL)
                   ) line
          GROUP BY 1, 2, 3, 4
            """,
            shared=SQL("line.%s", SQL.identifier(shared)) if shared else SQL("NULL::integer"),
            column=SQL.identifier(column),
            kind=self.env["coop.activity"]._query_movement_kind(),
            company=company.id,
            month=SQL("line.date >= %s AND line.date < %s", month, month + relativedelta(months=1))
            if month
            else SQL("TRUE"),
        )
