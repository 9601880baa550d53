"""PostgreSQL code for tables of which each company has one row of numbered rows, in a chain.

Each row bears the SHA-256 of its columns and of the row before it: who changes one character
anywhere, by whatever means, breaks it. What keeps rows as they are is ``kept_rows`` of
smart_membership; this adds how a row follows the one before.
"""


def append_trigger(prefix, table):
    """Return the code of a trigger by which a new row follows the last one of its company.

    Two sessions that both add the next row are kept apart by the unique number.

    >>> "x_in_order" in append_trigger("x", "xs")
    True
    """
    return f"""
CREATE OR REPLACE FUNCTION {prefix}_append() RETURNS trigger AS $$
DECLARE
    previous {table};
BEGIN
    SELECT * INTO previous FROM {table}
        WHERE company_id = NEW.company_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> COALESCE(previous.number, 0) + 1 THEN
        RAISE EXCEPTION USING
            MESSAGE = 'Row ' || NEW.number || ' does not follow the row before it',
            ERRCODE = 'integrity_constraint_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = '{prefix}_in_order';
    END IF;
    NEW.previous_hash := COALESCE(previous.hash, {prefix}_genesis(NEW.company_id));
    NEW.hash := {prefix}_hash(NEW);
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {prefix}_append BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION {prefix}_append();
"""


def acyclic_trigger(prefix, table):
    """Return the code of a trigger that refuses a link which would close a circle.

    A link goes from ``source_model, source_id`` to ``target_model, target_id``. What another
    session links at the same time is not seen here: it cannot have the same number, so one of
    both fails and is replayed.

    >>> "x_acyclic" in acyclic_trigger("x", "xs")
    True
    """
    return f"""
CREATE OR REPLACE FUNCTION {prefix}_acyclic() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE reached(model, id) AS (
            SELECT NEW.target_model, NEW.target_id
             UNION
            SELECT link.target_model, link.target_id
              FROM {table} link
              JOIN reached ON link.source_model = reached.model AND link.source_id = reached.id
        )
        SELECT FROM reached WHERE model = NEW.source_model AND id = NEW.source_id
    ) THEN
        RAISE EXCEPTION USING
            MESSAGE = NEW.target_model || ' ' || NEW.target_id || ' already led to '
                || NEW.source_model || ' ' || NEW.source_id,
            ERRCODE = 'integrity_constraint_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = '{prefix}_acyclic';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {prefix}_acyclic BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION {prefix}_acyclic();
"""


def first_broken(prefix, table):
    """Return the query for the id of the first row of a company that does not hold.

    A row is broken when its content does not give its hash; else when it does not follow the one
    before it. When the last ones are missing, the last one that is left is named. Parameters:
    ``company``, and ``last``: the number that the company has come to.

    >>> first_broken("x", "xs").count("x_hash(line)")
    1
    """
    return f"""
    WITH checked AS (
        SELECT id, number, company_id,
               hash IS DISTINCT FROM {prefix}_hash(line) AS changed,
               previous_hash IS DISTINCT FROM COALESCE(
                   lag(hash) OVER in_order, {prefix}_genesis(%(company)s))
               OR number <> COALESCE(lag(number) OVER in_order, 0) + 1 AS misplaced,
               number < %(last)s AND lead(number) OVER in_order IS NULL AS cut
          FROM {table} line
               -- A row that was moved to another company is found by its links.
         WHERE company_id = %(company)s
            OR previous_hash = {prefix}_genesis(%(company)s)
            OR previous_hash IN (SELECT hash FROM {table} WHERE company_id = %(company)s)
            OR hash IN (SELECT previous_hash FROM {table} WHERE company_id = %(company)s)
        WINDOW in_order AS (PARTITION BY company_id ORDER BY number, id)
    )
    SELECT id FROM checked
     WHERE changed OR (company_id = %(company)s AND (misplaced OR cut))
     ORDER BY changed DESC, number LIMIT 1
    """
