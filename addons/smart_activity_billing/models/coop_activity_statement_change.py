from odoo import api, fields, models
from odoo.tools import SQL

# Each line that comes, goes or changes is noted in the transaction that does it, whoever does it.
NOTE = """
CREATE OR REPLACE FUNCTION coop_statement_note() RETURNS trigger AS $$
DECLARE
    budget text;
    noted text := 'INSERT INTO coop_activity_statement_change (account_id, line_id, date, amount) ';
BEGIN
    -- The column of the plan of the Activities, while there is one.
    SELECT attname INTO budget
      FROM ir_model_data plan
      JOIN pg_attribute ON attrelid = TG_RELID AND NOT attisdropped
       AND attname = 'x_plan' || plan.res_id || '_id'
     WHERE plan.module = 'smart_activity_billing' AND plan.name = 'analytic_plan_activities';
    IF budget IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        EXECUTE noted || format(
            'SELECT %1$I, id, date, amount FROM added WHERE %1$I IS NOT NULL AND amount <> 0',
            budget);
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE noted || format(
            'SELECT %1$I, id, date, -amount FROM gone WHERE %1$I IS NOT NULL AND amount <> 0',
            budget);
    ELSE
        EXECUTE noted || format(
            'SELECT account_id, id, date, SUM(amount) FROM (
                 SELECT %1$I AS account_id, id, date, amount FROM added
                  UNION ALL SELECT %1$I, id, date, -amount FROM gone) line
              WHERE account_id IS NOT NULL
           GROUP BY account_id, id, date HAVING SUM(amount) <> 0', budget);
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER coop_statement_note_added AFTER INSERT ON account_analytic_line
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION coop_statement_note();
CREATE OR REPLACE TRIGGER coop_statement_note_gone AFTER DELETE ON account_analytic_line
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION coop_statement_note();
CREATE OR REPLACE TRIGGER coop_statement_note_changed AFTER UPDATE ON account_analytic_line
    REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION coop_statement_note();
"""


class CoopActivityStatementChange(models.Model):
    """What changed on the ledger of an Activity and no statement tells yet.

    Triggers of the database note the amount of each analytic line that comes, and the contrary of
    one that goes, with its date. A statement takes what is noted up to its last day, in the
    transaction that makes it. So it never reads what was told before, however long the history
    is; and what is booked while it is being made is noted for the next one, not lost.
    """

    _name = "coop.activity.statement.change"
    _description = "Change that No Statement Tells Yet"
    _order = "id"
    _rec_name = "line_id"
    _log_access = False

    account_id = fields.Many2one(
        "account.analytic.account", required=True, readonly=True, ondelete="cascade"
    )
    # No link: the line may be gone.
    line_id = fields.Integer("Analytic Line", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    amount = fields.Float(digits=0, required=True, readonly=True)

    _account_date_idx = models.Index("(account_id, date)")

    @api.model
    def _watch(self):
        """Let the database note what changes; the first time, note what is not told yet."""
        self.env.cr.execute("SELECT FROM pg_trigger WHERE tgname = 'coop_statement_note_added'")
        watched = self.env.cr.rowcount
        # Each month empties the table: what is gone must not be read over and over.
        self.env.cr.execute(
            "ALTER TABLE coop_activity_statement_change SET "
            "(autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)"
        )
        self.env.cr.execute(NOTE)
        if not watched:
            self._note_again()

    @api.model
    def _note_again(self):
        """Compare the whole ledger with all statements, and note what these do not tell.

        For when the notes cannot be right: before there were any, and after a statement was
        deleted behind the back of Odoo.
        """
        self.env.flush_all()
        activities = self.env["coop.activity"].with_context(active_test=False).search([])
        if not activities:
            return
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM coop_activity_statement_change;
                INSERT INTO coop_activity_statement_change (account_id, line_id, date, amount)
                SELECT activity.analytic_account_id, line_id, date,
                       SUM(COALESCE(part.amount, 0) - COALESCE(told, 0))
                  FROM (%(parts)s) part JOIN coop_activity activity ON activity.id = activity_id
              GROUP BY activity.analytic_account_id, line_id, date
                HAVING SUM(COALESCE(part.amount, 0) - COALESCE(told, 0)) <> 0
                """,
                parts=self.env["coop.activity.statement"]._query_parts(activities.ids, "infinity"),
            )
        )
