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

    It reads what was noted since the statements before (``coop.activity.statement.change``), not
    all that was told. The callers decide which month is over. Everything is private.
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
            -- Materialized: the planner may think that few changed, and sum them up once a row.
            WITH taken AS (%(deletion)s), moved AS MATERIALIZED (%(sums)s)
            INSERT INTO coop_activity_statement (%(columns)s)
            SELECT activity.code || '/' || to_char(%(date_from)s::date, 'YYYY-MM'),
                   activity.company_id, activity.id, activity.partner_id, activity.currency_id,
                   company.name, activity.name, activity.code, partner.name,
                   %(date_from)s, %(date_to)s, COALESCE(previous.closing, 0),
                   COALESCE(moved.invoiced, 0), COALESCE(moved.contributed, 0),
                   COALESCE(moved.spent, 0), COALESCE(moved.other, 0),
                   COALESCE(moved.booked_later, 0),
                   COALESCE(previous.closing, 0) + COALESCE(moved.total, 0),
                   COALESCE(held.total, 0), COALESCE(held.kinds, '{}'),
                   COALESCE(moved.lines::text, '[]'), COALESCE(moved.line_count, 0),
                   now() AT TIME ZONE 'UTC'
              FROM coop_activity activity
              JOIN res_company company ON company.id = activity.company_id
              JOIN res_partner partner ON partner.id = activity.partner_id
         LEFT JOIN LATERAL (
                   SELECT closing FROM coop_activity_statement
                    WHERE activity_id = activity.id ORDER BY date_to DESC LIMIT 1
                   ) previous ON TRUE
         LEFT JOIN moved ON moved.activity_id = activity.id
         LEFT JOIN (%(held)s) held ON held.activity_id = activity.id
             WHERE activity.id = ANY(%(ids)s)
          ORDER BY activity.id
         RETURNING id
            """,
            columns=COLUMNS,
            date_from=date_from,
            date_to=date_to,
            deletion=self._query_deletion(activity_ids, date_to),
            sums=self._query_sums(activity_ids, date_from, date_to),
            held=self._query_held(activity_ids, date_to),
            ids=activity_ids,
        )

    def _query_deletion(self, activity_ids, date_to):
        """Return the query that takes away what a statement tells: the same query reads it."""
        return SQL(
            """
            DELETE FROM coop_activity_statement_change change
                  USING coop_activity activity
                  WHERE activity.analytic_account_id = change.account_id
                    AND activity.id = ANY(%(ids)s) AND change.date <= %(date_to)s
            """,
            ids=activity_ids,
            date_to=date_to,
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

    def _query_held(self, activity_ids, date_to):
        """Return the query of what is reserved now, by Activity and kind.

        Nobody knows what was reserved in the past: a month that ended long ago has nothing.
        """
        return SQL(
            """
            SELECT activity_id, SUM(remaining) AS total, jsonb_object_agg(kind, remaining) AS kinds
              FROM (
                   SELECT activity_id, kind, SUM(remaining) AS remaining
                     FROM coop_budget_reservation
                    WHERE activity_id = ANY(%(ids)s) AND state = 'active'
                      AND now() AT TIME ZONE 'UTC' < %(until)s
                 GROUP BY activity_id, kind
                   ) reservation
          GROUP BY activity_id
            """,
            ids=activity_ids,
            until=self._get_reserved_until(date_to),
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
