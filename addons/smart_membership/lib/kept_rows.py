"""PostgreSQL code for tables whose rows are only ever added, each with the hash of its content.

A model runs the code in its ``init``; ``prefix`` begins the names of all that is created. What
lets a new row follow the one before it differs from model to model and stays with the model.
"""


def hash_functions(prefix, table, columns, row, scope):
    """Return the code of ``<prefix>_hash(row)`` and ``<prefix>_genesis(scope)``.

    The hash is the SHA-256 of the columns as a JSON array; the genesis stands for the row before
    the first one of a ``scope``, the word for what has a chain of its own; ``row`` is the word for
    one of its rows.

    >>> "json_build_array(line.id, line.at)" in hash_functions("x", "xs", ["id", "at"], "line", "y")
    True
    """
    content = ", ".join(f"{row}.{column}" for column in columns)
    return f"""
CREATE OR REPLACE FUNCTION {prefix}_hash({row} {table})
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        json_build_array({content})::text, 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION {prefix}_genesis({scope} integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to('{scope} ' || {scope}, 'UTF8')), 'hex')
$$;
"""


def keep_triggers(prefix, table, message, movable=(), forgettable=(), extendable=(), when=None):
    """Return the code of the triggers that refuse every change with ``message``.

    :param movable: the columns that may get any other value, such as a link to a contact that is
        deleted or merged
    :param forgettable: the columns that may be emptied, and nothing else
    :param extendable: the columns of texts by language that may get further languages
    :param when: a condition on ``OLD`` from which on a row stays; without, from the beginning

    >>> keep_triggers("x", "xs", "Rows stay").count("ON xs")
    2
    >>> "NEW.until IS NULL" in keep_triggers("x", "xs", "Rows stay", forgettable=["until"])
    True
    >>> "NEW.text @> OLD.text" in keep_triggers("x", "xs", "Rows stay", extendable=["text"])
    True
    >>> "ROW WHEN (OLD.kept) EX" in keep_triggers("x", "xs", "Rows stay", when="OLD.kept")
    True
    """
    condition = f" WHEN ({when})" if when else ""
    return f"""
CREATE OR REPLACE FUNCTION {prefix}_keep() RETURNS trigger AS $$
BEGIN
{_allow_changes([*movable], [*forgettable], [*extendable])}
    RAISE EXCEPTION '{message}'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = '{prefix}_keep';
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {prefix}_keep
    BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW{condition} EXECUTE FUNCTION {prefix}_keep();
CREATE OR REPLACE TRIGGER {prefix}_keep_all
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {prefix}_keep();
"""


def _allow_changes(movable, forgettable, extendable):
    """Return the code that lets an update pass if it changes nothing but these columns."""
    if not movable + forgettable + extendable:
        return ""
    columns = ", ".join(f"'{column}'" for column in movable + forgettable + extendable)
    forgotten = "".join(
        f"\n            AND (NEW.{column} IS NULL OR NEW.{column} = OLD.{column})"
        for column in forgettable
    ) + "".join(f"\n            AND NEW.{column} @> OLD.{column}" for column in extendable)
    return f"""
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY[{columns}] = to_jsonb(OLD) - ARRAY[{columns}]{forgotten} THEN
            RETURN NEW;
        END IF;
    END IF;"""
