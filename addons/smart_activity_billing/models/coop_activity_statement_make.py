from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

COLUMNS = SQL(
    "name, company_id, activity_id, partner_id, currency_id, company_name, activity_name, "
    "activity_code, partner_name, date_from, date_to, opening, invoiced, contributed, spent, "
    "other, booked_later, closing, reserved, reserved_by_kind, lines, line_count, made_at"
)


class CoopActivityStatement(models.Model):
    """How statements are made: a month of many Activities by one query.

    The callers decide which month is over. Everything is private and reads the whole ledger.
    """

    _inherit = "coop.activity.statement"

    @api.model
    def _search_next(self, company, activities=None, after=0, limit=None):
        """Return the next Activities and the first month that each lacks.

        The first month of an Activity is that of its first entry; without entries it has none.

        :param activities: only these Activities, None or empty for all of the company
        :param int after: only Activities with a higher id
        :return: list of ``(Activity id, first day of the month or None)`` in order of id
        """
        self.env.flush_all()
        chosen = SQL("id = ANY(%s)", activities.ids) if activities else SQL("TRUE")
        return self.env.execute_query(
            SQL(
                """
                SELECT activity.id,
                       COALESCE(last.date_to + 1, date_trunc('month', first.date)::date)
                  FROM (
                       SELECT id, analytic_account_id FROM coop_activity
                        WHERE company_id = %(company)s AND id > %(after)s AND %(chosen)s
                     ORDER BY id LIMIT %(limit)s
                       ) activity
             LEFT JOIN LATERAL (
                       SELECT date_to FROM coop_activity_statement
                        WHERE activity_id = activity.id ORDER BY date_to DESC LIMIT 1
                       ) last ON TRUE
             LEFT JOIN LATERAL (
                       SELECT MIN(date) AS date FROM account_analytic_line
                        WHERE %(column)s = activity.analytic_account_id
                          -- Looked for only where there is no statement yet.
                          AND last.date_to IS NULL
                       ) first ON TRUE
              ORDER BY activity.id
                """,
                column=SQL.identifier(self.env["coop.activity"]._analytic_column()),
                company=company.id,
                after=after,
                chosen=chosen,
                limit=limit,
            )
        )

    @api.model
    def _make(self, due, date_to):
        """Make all statements that some Activities lack, month after month.

        :param due: rows of ``_search_next`` with a month that is over
        :param date_to: the last day of the last month
        :return: the ``coop.activity.statement`` that were made
        """
        made = self.browse()
        month = min((first for _activity_id, first in due), default=date_to)
        while month < date_to:
            ids = [activity_id for activity_id, first in due if first <= month]
            made += self._make_month(ids, month)
            month += relativedelta(months=1)
        return made

    @api.model
    def _make_month(self, activity_ids, date_from):
        """Make the statements of one month of some Activities."""
        date_to = date_from + relativedelta(months=1, days=-1)
        self.env.flush_all()
        # Who makes them notes what fails, Activity by Activity: it is no error of the server.
        self.env.cr.execute(
            self._query_insertion(activity_ids, date_from, date_to), log_exceptions=False
        )
        self.env["coop.activity"].invalidate_model(["statement_count"], flush=False)
        return self.browse(row_id for (row_id,) in self.env.cr.fetchall())

    def _query_insertion(self, activity_ids, date_from, date_to):
        return SQL(
            """
            INSERT INTO coop_activity_statement (%(columns)s)
            SELECT activity.code || '/' || to_char(%(date_from)s::date, 'YYYY-MM'),
                   activity.company_id, activity.id, activity.partner_id, activity.currency_id,
                   company.name, activity.name, activity.code, partner.name,
                   %(date_from)s, %(date_to)s, COALESCE(previous.closing, 0),
                   COALESCE(moved.invoiced, 0), COALESCE(moved.contributed, 0),
                   COALESCE(moved.spent, 0), COALESCE(moved.other, 0),
                   COALESCE(moved.booked_later, 0),
                   COALESCE(previous.closing, 0) + COALESCE(moved.total, 0),
                   COALESCE(activity.reserved_amount, 0), COALESCE(held.kinds, '{}'),
                   COALESCE(moved.lines::text, '[]'), COALESCE(moved.line_count, 0),
                   now() AT TIME ZONE 'UTC'
              FROM coop_activity activity
              JOIN res_company company ON company.id = activity.company_id
              JOIN res_partner partner ON partner.id = activity.partner_id
         LEFT JOIN LATERAL (
                   SELECT closing FROM coop_activity_statement
                    WHERE activity_id = activity.id ORDER BY date_to DESC LIMIT 1
                   ) previous ON TRUE
         LEFT JOIN (%(sums)s) moved ON moved.activity_id = activity.id
         LEFT JOIN (%(held)s) held ON held.activity_id = activity.id
             WHERE activity.id = ANY(%(ids)s)
          ORDER BY activity.id
         RETURNING id
            """,
            columns=COLUMNS,
            date_from=date_from,
            date_to=date_to,
            sums=self._query_sums(activity_ids, date_from, date_to),
            held=self._query_held(activity_ids),
            ids=activity_ids,
        )

    def _query_sums(self, activity_ids, date_from, date_to):
        """Return the query of what changed by Activity: sums by kind, and the lines as JSON."""
        return SQL(
            """
            SELECT activity_id, SUM(amount) AS total, COUNT(*) AS line_count,
                   SUM(amount) FILTER (WHERE kind = 'invoice') AS invoiced,
                   SUM(amount) FILTER (WHERE kind = 'contribution') AS contributed,
                   SUM(amount) FILTER (WHERE kind = 'expense') AS spent,
                   SUM(amount) FILTER (WHERE kind IN ('transfer', 'other')) AS other,
                   SUM(amount) FILTER (WHERE date < %(date_from)s) AS booked_later,
                   json_agg(
                       json_build_array(line_id, date, document, label, kind, amount, corrects)
                   ) AS lines
              FROM (
                   -- Sorted once, for the groups and for the order within them.
                   SELECT * FROM (%(changes)s) change
                 ORDER BY activity_id, date, line_id, corrects
                   ) change
          GROUP BY activity_id
            """,
            date_from=date_from,
            changes=self._query_changes(activity_ids, date_to),
        )

    def _query_held(self, activity_ids):
        """Return the query of what is reserved now, by Activity and kind."""
        return SQL(
            """
            SELECT activity_id, jsonb_object_agg(kind, remaining) AS kinds
              FROM (
                   SELECT activity_id, kind, SUM(remaining) AS remaining
                     FROM coop_budget_reservation
                    WHERE activity_id = ANY(%s) AND state = 'active'
                 GROUP BY activity_id, kind
                   ) reservation
          GROUP BY activity_id
            """,
            activity_ids,
        )

    @api.model
    def _query_changes(self, activity_ids, date_to):
        """Return the query of what statements do not tell yet, up to a day.

        :return: rows of ``activity_id, line_id, date, document, label, kind, amount, corrects``
        """
        return SQL(
            """
            WITH told_line AS MATERIALIZED (
                SELECT statement.activity_id, statement.name, statement.date_to, item.value AS item,
                       (item.value->>0)::integer AS line_id, (item.value->>5)::numeric AS amount
                  FROM coop_activity_statement statement
            CROSS JOIN json_array_elements(statement.lines::json) item
                 WHERE statement.activity_id = ANY(%(ids)s)
            ), told AS (
                -- Grouped by one number: so the planner knows that it is unique.
                SELECT (activity_id::bigint << 32) | line_id AS key, SUM(amount) AS amount,
                       MIN(activity_id) AS activity_id, MIN(line_id) AS line_id
                  FROM told_line GROUP BY 1 HAVING SUM(amount) <> 0
            ), ledger AS (
                SELECT (activity.id::bigint << 32) | line.id AS key, activity.id AS activity_id,
                       line.id AS line_id, line.date, line.amount, line.name, line.ref,
                       line.move_line_id
                  FROM coop_activity activity
                  JOIN account_analytic_line line
                    ON line.%(column)s = activity.analytic_account_id
                 WHERE activity.id = ANY(%(ids)s) AND line.date <= %(date_to)s AND line.amount <> 0
            ), difference AS MATERIALIZED (
                SELECT COALESCE(ledger.activity_id, told.activity_id) AS activity_id,
                       COALESCE(ledger.line_id, told.line_id) AS line_id, ledger.date,
                       ledger.amount, ledger.name, ledger.ref, ledger.move_line_id,
                       told.amount AS told
                  FROM ledger FULL JOIN told USING (key)
                 WHERE ledger.amount IS DISTINCT FROM told.amount
            )
            SELECT line.activity_id, line.line_id, line.date,
                   COALESCE(booked.name, line.ref) AS document, line.name AS label,
                   %(kind)s AS kind, line.amount, NULL AS corrects
              FROM difference line
         LEFT JOIN LATERAL (
                   -- Looked up one by one: the planner cannot know how few lines are new.
                   SELECT item.display_type, move.id, move.name, move.move_type
                     FROM account_move_line item JOIN account_move move ON move.id = item.move_id
                    WHERE item.id = line.move_line_id AND line.move_line_id IS NOT NULL LIMIT 1
                   ) booked ON TRUE
             WHERE line.amount IS NOT NULL
             UNION ALL
            SELECT activity_id, line_id, (origin.item->>1)::date, origin.item->>2,
                   origin.item->>3, origin.item->>4, -difference.told, origin.name
              FROM difference
              JOIN (
                   SELECT DISTINCT ON (activity_id, line_id) activity_id, line_id, name, item
                     FROM told_line
                     JOIN (
                          SELECT activity_id, line_id FROM difference WHERE told IS NOT NULL
                          ) gone USING (activity_id, line_id)
                    WHERE item->>6 IS NULL
                 ORDER BY activity_id, line_id, date_to DESC
                   ) origin USING (activity_id, line_id)
             WHERE difference.told IS NOT NULL
            """,
            ids=activity_ids,
            date_to=date_to,
            column=SQL.identifier(self.env["coop.activity"]._analytic_column()),
            kind=self.env["coop.activity"]._query_movement_kind("booked", "booked"),
        )

    # ------------------------------------------------------------------
    # Telling the members
    # ------------------------------------------------------------------

    @api.model
    def _get_mail_domain(self):
        """Return which statements are worth a mail: not the empty ones of what is closed."""
        return Domain("partner_id.email", "!=", False) & (
            Domain("activity_id.state", "!=", "closed") | Domain("line_count", ">", 0)
        )

    def _queue_mails(self):
        """Tell the members that their statements are there; the mails leave by themselves."""
        template = self.env.ref(
            "smart_activity_billing.mail_template_activity_statement", raise_if_not_found=False
        )
        if template and self:
            template.send_mail_batch(self.ids, email_layout_xmlid="mail.mail_notification_light")
