from odoo import api, models
from odoo.tools import SQL


class CoopActivityStatement(models.Model):
    """What the ledger says and the statements do not tell yet: as noted, and by comparing all."""

    _inherit = "coop.activity.statement"

    def _query_changes(self, activity_ids, date_to):
        """Return the query of what statements do not tell yet, up to a day.

        :return: rows of ``activity_id, line_id, date, document, label, kind, amount, corrects``
        """
        return SQL(
            """
            WITH difference AS MATERIALIZED (%(difference)s),
                 origin AS MATERIALIZED (%(origins)s)
            SELECT line.activity_id, line.line_id, line.date,
                   COALESCE(move.name, line.ref) AS document, line.name AS label,
                   %(kind)s AS kind, line.amount, NULL AS corrects
              FROM difference line
         LEFT JOIN account_move_line item ON item.id = line.move_line_id
         LEFT JOIN account_move move ON move.id = item.move_id
             WHERE line.amount IS NOT NULL
             UNION ALL
            SELECT activity_id, line_id, (origin.item->>1)::date, origin.item->>2,
                   origin.item->>3, origin.item->>4, -difference.told, origin.name
              FROM difference JOIN origin USING (activity_id, line_id)
             WHERE difference.told IS NOT NULL
            """,
            difference=self._query_difference(activity_ids, date_to),
            origins=self._query_origins(),
            kind=self.env["coop.activity"]._query_movement_kind(),
        )

    def _query_difference(self, activity_ids, date_to):
        """Return the query of the lines that changed: worth ``amount`` now, ``told`` before.

        What was told of a line is what it is worth now without what was noted since.
        """
        return SQL(
            """
            SELECT new.activity_id, new.line_id, line.date, line.amount, line.name, line.ref,
                   line.move_line_id, NULLIF(COALESCE(line.amount, 0) - new.amount, 0) AS told,
                   new.since
              FROM (
                   SELECT activity.id AS activity_id, change.account_id, change.line_id,
                          SUM(change.amount) AS amount, MIN(change.date) AS since
                     FROM coop_activity_statement_change change
                     JOIN coop_activity activity
                       ON activity.analytic_account_id = change.account_id
                    WHERE activity.id = ANY(%(ids)s) AND change.date <= %(date_to)s
                 GROUP BY activity.id, change.account_id, change.line_id
                   HAVING SUM(change.amount) <> 0
                   ) new
         LEFT JOIN account_analytic_line line
                -- By its id alone: statistics of yesterday may promise that no line is so old.
                ON line.id = new.line_id AND line.%(column)s + 0 = new.account_id
               AND line.date + 0 <= %(date_to)s AND line.amount <> 0
            """,
            ids=activity_ids,
            date_to=date_to,
            column=SQL.identifier(self.env["coop.activity"]._analytic_column()),
        )

    def _query_origins(self):
        """Return the query of which statement told the lines that are not what they were."""
        return SQL(
            """
            SELECT DISTINCT ON (gone.activity_id, line_id) gone.activity_id,
                   (item.value->>0)::integer AS line_id, statement.name, item.value AS item
              FROM (
                   SELECT activity_id, MIN(since) AS since, array_agg(line_id) AS line_ids
                     FROM difference WHERE told IS NOT NULL GROUP BY activity_id
                   ) gone
              JOIN coop_activity_statement statement
                ON statement.activity_id = gone.activity_id AND statement.date_to >= gone.since
        CROSS JOIN json_array_elements(statement.lines::json) item
             WHERE (item.value->>0)::integer = ANY(gone.line_ids) AND item.value->>6 IS NULL
          ORDER BY gone.activity_id, line_id, statement.date_to DESC
            """
        )

    @api.model
    def _query_parts(self, activity_ids, date_to):
        """Return the query of all that the ledger and the statements say of some Activities.

        It reads the whole history, for proofs.

        :return: rows of ``activity_id, line_id, date`` and either ``amount`` or ``told``
        """
        return SQL(
            """
            SELECT activity.id AS activity_id, line.id AS line_id, line.date, line.amount,
                   NULL::numeric AS told
              FROM coop_activity activity
              JOIN account_analytic_line line ON line.%(column)s = activity.analytic_account_id
             WHERE activity.id = ANY(%(ids)s) AND line.date <= %(date_to)s
             UNION ALL
            SELECT statement.activity_id, (item.value->>0)::integer, (item.value->>1)::date,
                   NULL, (item.value->>5)::numeric
              FROM coop_activity_statement statement
        CROSS JOIN json_array_elements(statement.lines::json) item
             WHERE statement.activity_id = ANY(%(ids)s)
            """,
            ids=activity_ids,
            date_to=date_to,
            column=SQL.identifier(self.env["coop.activity"]._analytic_column()),
        )
