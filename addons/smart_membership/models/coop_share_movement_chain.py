from odoo import api, models
from odoo.tools import SQL

# What the hash of a movement covers, in this order: every column but the hash itself.
CHAINED_COLUMNS = (
    "id",
    "company_id",
    "number",
    "date",
    "kind",
    "share_class_id",
    "partner_from_id",
    "partner_to_id",
    "quantity",
    "unit_price",
    "paid_up",
    "origin",
    "res_model",
    "res_id",
    "reversed_id",
    "recorded_at",
    "recorded_by_id",
    "previous_hash",
)


class CoopShareMovement(models.Model):
    """The chain of the register, kept by the database itself.

    Each movement bears the SHA-256 of its columns, as a JSON array, and of the movement before
    it: who changes one row, by whatever means, breaks what follows. Neither SQL nor a merge of
    contacts can change or delete a row while the triggers stand.
    """

    _inherit = "coop.share.movement"

    def init(self):
        columns = SQL(", ").join(SQL("movement.%s", SQL.identifier(c)) for c in CHAINED_COLUMNS)
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION coop_share_hash(movement coop_share_movement)
                RETURNS text LANGUAGE sql STABLE AS $$
                    SELECT encode(sha256(convert_to(
                        json_build_array(%s)::text, 'UTF8')), 'hex')
                $$;

                CREATE OR REPLACE FUNCTION coop_share_genesis(company integer)
                RETURNS text LANGUAGE sql IMMUTABLE AS $$
                    SELECT encode(sha256(convert_to('company ' || company, 'UTF8')), 'hex')
                $$;

                CREATE OR REPLACE FUNCTION coop_share_append() RETURNS trigger AS $$
                DECLARE
                    previous coop_share_movement;
                    held bigint;
                    paid numeric;
                BEGIN
                    SELECT * INTO previous FROM coop_share_movement
                        WHERE company_id = NEW.company_id AND number >= NEW.number - 1
                        ORDER BY number DESC LIMIT 1;
                    IF NEW.number <> COALESCE(previous.number, 0) + 1
                            OR NEW.date < previous.date THEN
                        RAISE EXCEPTION USING
                            MESSAGE = 'Movement ' || NEW.number || ' does not follow the register',
                            ERRCODE = 'integrity_constraint_violation',
                            TABLE = TG_TABLE_NAME, CONSTRAINT = 'coop_share_in_order';
                    END IF;
                    IF NEW.partner_from_id IS NOT NULL THEN
                        SELECT SUM(CASE WHEN partner_to_id = NEW.partner_from_id
                                        THEN quantity ELSE -quantity END),
                               SUM(CASE WHEN partner_to_id = NEW.partner_from_id
                                        THEN paid_up ELSE -paid_up END)
                            INTO held, paid FROM coop_share_movement
                            -- By the index of the holder, also where statistics do not know
                            -- this company yet and promise that it has no rows.
                            WHERE company_id + 0 = NEW.company_id
                              AND share_class_id + 0 = NEW.share_class_id
                              AND NEW.partner_from_id IN (partner_to_id, partner_from_id);
                        IF COALESCE(held, 0) < NEW.quantity OR COALESCE(paid, 0) < NEW.paid_up THEN
                            RAISE EXCEPTION USING
                                MESSAGE = 'Contact ' || NEW.partner_from_id
                                    || ' does not hold so many shares',
                                ERRCODE = 'integrity_constraint_violation',
                                TABLE = TG_TABLE_NAME, CONSTRAINT = 'coop_share_holding';
                        END IF;
                    END IF;
                    NEW.previous_hash := COALESCE(
                        previous.hash, coop_share_genesis(NEW.company_id));
                    NEW.hash := coop_share_hash(NEW);
                    RETURN NEW;
                END
                -- Planned once, when the register may still be small: it must use its indexes.
                $$ LANGUAGE plpgsql SET enable_seqscan = off;
                CREATE OR REPLACE TRIGGER coop_share_append BEFORE INSERT ON coop_share_movement
                    FOR EACH ROW EXECUTE FUNCTION coop_share_append();

                CREATE OR REPLACE FUNCTION coop_share_keep() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'The register of shares is only ever added to'
                        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                              CONSTRAINT = 'coop_share_keep';
                END
                $$ LANGUAGE plpgsql;
                CREATE OR REPLACE TRIGGER coop_share_keep
                    BEFORE UPDATE OR DELETE ON coop_share_movement
                    FOR EACH ROW EXECUTE FUNCTION coop_share_keep();
                CREATE OR REPLACE TRIGGER coop_share_keep_all
                    BEFORE TRUNCATE ON coop_share_movement
                    FOR EACH STATEMENT EXECUTE FUNCTION coop_share_keep();
                """,
                columns,
            )
        )

    @api.model
    def _verify_chain(self, company):
        """Return the first broken movement of a company's register, or an empty recordset.

        A movement is broken when its content does not give its hash; else when it does not follow
        the one before it. When the last ones are missing, the last one that is left is named.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH checked AS (
                    SELECT id, number, company_id,
                           hash IS DISTINCT FROM coop_share_hash(movement) AS changed,
                           previous_hash IS DISTINCT FROM COALESCE(
                               lag(hash) OVER in_order, coop_share_genesis(%(company)s))
                           OR number <> COALESCE(lag(number) OVER in_order, 0) + 1 AS misplaced,
                           number < %(last)s AND lead(number) OVER in_order IS NULL AS cut
                      FROM coop_share_movement movement
                           -- A row that was moved to another company is found by its links.
                     WHERE company_id = %(company)s
                        OR previous_hash = coop_share_genesis(%(company)s)
                        OR previous_hash IN (
                           SELECT hash FROM coop_share_movement WHERE company_id = %(company)s)
                        OR hash IN (
                           SELECT previous_hash FROM coop_share_movement
                            WHERE company_id = %(company)s)
                    WINDOW in_order AS (PARTITION BY company_id ORDER BY number, id)
                )
                SELECT id FROM checked
                 WHERE changed OR (company_id = %(company)s AND (misplaced OR cut))
                 ORDER BY changed DESC, number LIMIT 1
                """,
                company=company.id,
                last=self._last_number(company),
            )
        )
        return self.browse(row_id for (row_id,) in rows)

    @api.model
    def _cron_verify(self):
        """Verify the registers of all companies, and alert who manages members when one broke."""
        for company in self.env["res.company"].search([]):
            broken = self._verify_chain(company)
            if broken:
                self._alert_broken(company, broken)

    @api.model
    def _alert_broken(self, company, movement):
        """Leave one task about a broken register on the company's contact."""
        partner = company.partner_id
        summary = self.env._("The register of shares is broken at movement %s", movement.number)
        if self.env["mail.activity"].search_count(
            [
                ("res_model", "=", partner._name),
                ("res_id", "=", partner.id),
                ("summary", "=", summary),
            ],
            limit=1,
        ):
            return
        managers = self.env.ref("smart_membership.group_membership_manager").all_user_ids
        manager = managers.filtered(lambda user: not user.share and company in user.company_ids)
        partner.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=summary,
            note=self.env._(
                "Somebody changed the database behind the back of Odoo. Compare with the last "
                "extract and a backup before anything else is recorded."
            ),
            user_id=(manager[:1] or self.env.user).id,
        )

    @api.model
    def _last_number(self, company):
        """Return the number that the register of a company has come to."""
        # The counter is nobody's to read by hand.
        counter = (
            self.env["coop.counter"]
            .sudo()
            .search([("company_id", "=", company.id), ("kind", "=", self._name)])
        )
        return counter.last_number
