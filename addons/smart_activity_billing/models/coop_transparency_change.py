from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.sql import table_exists

# Statements of any origin leave a note: the ORM, a cascade, a repair by hand. They note the month
# only, so that one statement over a thousand lines adds one row, and nobody waits for anybody.
NOTE = """
CREATE OR REPLACE FUNCTION coop_transparency_note() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO coop_transparency_change (company_id, month)
        SELECT DISTINCT company_id, date_trunc('month', date)::date FROM old_lines;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO coop_transparency_change (company_id, month)
        SELECT DISTINCT company_id, date_trunc('month', date)::date FROM new_lines;
    ELSE
        INSERT INTO coop_transparency_change (company_id, month)
        SELECT company_id, date_trunc('month', date)::date FROM old_lines
         UNION
        SELECT company_id, date_trunc('month', date)::date FROM new_lines;
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER coop_transparency_added AFTER INSERT ON account_analytic_line
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION coop_transparency_note();
CREATE OR REPLACE TRIGGER coop_transparency_changed AFTER UPDATE ON account_analytic_line
    REFERENCING OLD TABLE AS old_lines NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION coop_transparency_note();
CREATE OR REPLACE TRIGGER coop_transparency_removed AFTER DELETE ON account_analytic_line
    REFERENCING OLD TABLE AS old_lines
    FOR EACH STATEMENT EXECUTE FUNCTION coop_transparency_note();
"""


class CoopTransparencyChange(models.Model):
    """The months of which the analytic ledger changed since they were summed up.

    A trigger of the database adds the rows, in the transaction of the change: so what is booked
    late, deleted or reversed is never missed, and what is not committed yet is not taken for done.
    """

    _name = "coop.transparency.change"
    _description = "Month to Sum up again"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    month = fields.Date(required=True, readonly=True)

    _company_month_idx = models.Index("(company_id, month)")

    def init(self):
        self.env.cr.execute(SQL(NOTE))

    def _auto_init(self):
        is_new = not table_exists(self.env.cr, self._table)
        result = super()._auto_init()
        if is_new:
            # What was booked before there was a trigger.
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO coop_transparency_change (company_id, month)
                    SELECT DISTINCT company_id, date_trunc('month', date)::date
                      FROM account_analytic_line
                    """
                )
            )
        return result
