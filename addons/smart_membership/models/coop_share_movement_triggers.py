from odoo import models
from odoo.tools import SQL

from ..lib.kept_rows import hash_functions, keep_triggers

# What the names of the functions and triggers begin with.
PREFIX = "coop_share"
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

# A new movement follows the one before it, takes away no more than there is, and gets its hash.
APPEND = """
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
            -- By the index of the holder, also where statistics do not know this company yet
            -- and promise that it has no rows.
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
"""


class CoopShareMovement(models.Model):
    """The chain of the register, kept by the database itself.

    Each movement bears the SHA-256 of its columns, as a JSON array, and of the movement before
    it: who changes one row, by whatever means, breaks what follows. Neither SQL nor a merge of
    contacts can change or delete a row while the triggers stand.
    """

    _inherit = "coop.share.movement"

    def init(self):
        table = self._table
        for code in (
            hash_functions(PREFIX, table, CHAINED_COLUMNS, "movement", "company"),
            APPEND,
            keep_triggers(PREFIX, table, "The register of shares is only ever added to"),
        ):
            self.env.cr.execute(SQL(code))
