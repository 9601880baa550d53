from odoo import api, models
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import hash_functions, keep_triggers

PREFIX = "coop_statement"

# What the hash of a statement covers, in this order: every column but the hash itself.
CHAINED_COLUMNS = (
    "id",
    "name",
    "company_id",
    "activity_id",
    "partner_id",
    "currency_id",
    "company_name",
    "activity_name",
    "activity_code",
    "partner_name",
    "date_from",
    "date_to",
    "opening",
    "invoiced",
    "contributed",
    "spent",
    "other",
    "booked_later",
    "closing",
    "reserved",
    "reserved_by_kind",
    "lines",
    "line_count",
    "made_at",
    "previous_hash",
)

# A statement follows the month before it, which nobody changed, and gets its hash.
APPEND = """
CREATE OR REPLACE FUNCTION coop_statement_append() RETURNS trigger AS $$
DECLARE
    previous coop_activity_statement;
BEGIN
    SELECT * INTO previous FROM coop_activity_statement
        WHERE activity_id = NEW.activity_id ORDER BY date_to DESC LIMIT 1;
    IF previous.hash IS DISTINCT FROM coop_statement_hash(previous)
            AND previous.id IS NOT NULL THEN
        RAISE EXCEPTION USING
            MESSAGE = previous.name, ERRCODE = 'integrity_constraint_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'coop_statement_changed';
    END IF;
    IF NEW.date_from <> COALESCE(previous.date_to + 1, NEW.date_from)
            OR NEW.opening <> COALESCE(previous.closing, 0) THEN
        RAISE EXCEPTION USING
            MESSAGE = 'Statement ' || NEW.name || ' does not follow the one before it',
            ERRCODE = 'integrity_constraint_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'coop_statement_in_order';
    END IF;
    NEW.previous_hash := COALESCE(previous.hash, coop_statement_genesis(NEW.activity_id));
    NEW.hash := coop_statement_hash(NEW);
    RETURN NEW;
END
-- Planned once, when there may be few statements still: it must use its index.
$$ LANGUAGE plpgsql SET enable_seqscan = off;
CREATE OR REPLACE TRIGGER coop_statement_append BEFORE INSERT ON coop_activity_statement
    FOR EACH ROW EXECUTE FUNCTION coop_statement_append();
"""

# Where the server can, the lines are compressed the fast way.
COMPRESS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression'
                                         AND 'lz4' = ANY(enumvals)) THEN
        ALTER TABLE coop_activity_statement ALTER COLUMN lines SET COMPRESSION lz4;
    END IF;
END $$;
"""


class CoopActivityStatement(models.Model):
    """The chain of the statements of each Activity, kept by the database itself."""

    _inherit = "coop.activity.statement"

    def init(self):
        table = self._table
        for code in (
            hash_functions(PREFIX, table, CHAINED_COLUMNS, "statement", "activity"),
            APPEND,
            COMPRESS,
            keep_triggers(PREFIX, table, "The statements of Activities are only ever added to"),
        ):
            self.env.cr.execute(SQL(code))

    @api.model
    def _verify_chain(self, company, latest_only=False):
        """Return the first statement of a company that was changed, or an empty recordset.

        A statement was changed when its content does not give its hash; else it is named when it
        does not follow the one before it. That the last one of an Activity was deleted leaves no
        trace in the chain: the next run would make it again.

        :param bool latest_only: look at the last statement of each Activity only
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH linked AS (
                    SELECT id, date_to,
                           previous_hash IS DISTINCT FROM COALESCE(
                               lag(hash) OVER chain, coop_statement_genesis(activity_id))
                           OR date_from <> lag(date_to) OVER chain + 1
                           OR opening <> COALESCE(lag(closing) OVER chain, 0) AS misplaced,
                           lead(id) OVER chain IS NULL AS latest
                      FROM coop_activity_statement
                     WHERE company_id = %(company)s
                        OR activity_id IN (
                           SELECT id FROM coop_activity WHERE company_id = %(company)s)
                    WINDOW chain AS (PARTITION BY activity_id ORDER BY date_to, id)
                ), checked AS (
                    SELECT linked.id, linked.date_to, misplaced,
                           statement.hash IS DISTINCT FROM coop_statement_hash(statement) AS changed
                      FROM linked
                      JOIN coop_activity_statement statement ON statement.id = linked.id
                     WHERE latest OR %(all)s
                )
                SELECT id FROM checked
                 WHERE changed OR misplaced
                 ORDER BY changed DESC, date_to, id LIMIT 1
                """,
                company=company.id,
                all=not latest_only,
            )
        )
        return self.browse(row_id for (row_id,) in rows)
