"""The list of Activities and the nightly check over two years of a large cooperative's books.

2,000 Activities and 500,000 analytic lines on them, made by copying the rows of one posted invoice,
so that all that the check proves holds. BENCH_SCALE makes the ledger larger or smaller.
"""

import os
from statistics import median

from lxml import etree

from odoo.fields import Command

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ACTIVITIES = max(int(2_000 * SCALE), 100)
# Each has four lines on its Activity and one contribution: five analytic lines.
INVOICES = max(int(100_000 * SCALE), ACTIVITIES)
RUNS = 7
LIMIT = 5
# The Activities with full books, as one who types a name in the search box asks for them.
LEDGERS = [("name", "like", "Ledger %")]
TABLES = ("coop_activity", "account_move", "account_move_line", "account_analytic_line")


def main(bench):
    """Fill the books once, then measure as if they had always been there."""
    with bench.env("addons", commit=True) as env:
        if not get_activities(env):
            fill(env)
    bench.vacuum("addons", *TABLES)
    with bench.env("addons") as env:
        lines = count(env, "account_analytic_line")
        bench.show(
            "the ledger", f"{count(env, 'coop_activity')} Activities, {lines} analytic lines"
        )
        measure_list(bench, env)
        measure_check(bench, env)


def get_activities(env):
    """Return the Activities whose books are full."""
    return env["coop.activity"].search(LEDGERS, order="id")


def measure_list(bench, env):
    """Compare reading a page of the list with the bare sum of the same Activities."""
    Activity = env["coop.activity"]
    specification = list_specification(env)

    def read(rows):
        env.invalidate_all()
        result = Activity.web_search_read(LEDGERS, specification, limit=rows, order="id")
        if len(result["records"]) != rows or not any(row["available"] for row in result["records"]):
            raise AssertionError("the list shows no budgets")

    accounts = Activity.search(LEDGERS, limit=80, order="id").analytic_account_id.ids
    column = Activity._analytic_column()

    def aggregate():
        env.cr.execute(
            f"SELECT {column}, SUM(amount) FROM account_analytic_line "
            f"WHERE {column} = ANY(%s) GROUP BY {column}",
            [accounts],
        )
        if len(env.cr.fetchall()) != 80:
            raise AssertionError("the ledger is not full")

    read(80)
    aggregate()
    figures = [(bench.seconds(read, 80), bench.seconds(aggregate)) for _run in range(RUNS)]
    page, bare = (median(values) for values in zip(*figures, strict=True))
    queries = {rows: bench.queries(env, read, rows) for rows in (20, 80)}
    bench.show("list of 80 Activities", f"{page * 1000:.1f} ms; the bare sum {bare * 1000:.1f} ms")
    bench.show("queries of the list", f"{queries[20]} for 20 rows, {queries[80]} for 80 rows")
    bench.ratio("list of 80 Activities / the bare sum", page, bare, LIMIT)
    # A query that more rows cost would multiply with them.
    bench.ratio("queries for 80 rows / for 20 rows", queries[80], queries[20], 1)


def list_specification(env):
    """Return what the web client asks for to show the list."""
    views = env["coop.activity"].get_views([(False, "list")])
    names = [
        node.get("name") for node in etree.fromstring(views["views"]["list"]["arch"]).iter("field")
    ]
    fields = env["coop.activity"]._fields
    if "available" not in names:
        raise AssertionError("the list does not show what is available")
    return {
        name: {"fields": {"display_name": {}}} if fields[name].relational else {} for name in names
    }


def measure_check(bench, env):
    """Show how long the nightly check takes; it must find nothing."""
    found = []
    check = env["coop.ledger.check"].sudo()
    seconds = bench.seconds(lambda: found.extend(check._run(env.company)))
    if found:
        raise AssertionError(f"the check found {len(found)} discrepancies: {found[:3]}")
    bench.show("nightly check of these books", f"{seconds:.1f} s")


# ----------------------------------------------------------------------
# The books
# ----------------------------------------------------------------------


# Copy i of the invoice, and what its amounts are; the balance of an item depends on what it is.
COPIES = "generate_series(1, %(invoices)s) AS copy(i)"
NAME = "'BENCH/' || copy.i"
AMOUNT = "(10 + copy.i %% 90)"
TOTAL = f"{AMOUNT} * 4"
CONTRIBUTION = f"round({TOTAL} * 0.065, 2)"
BALANCE = f"""CASE item.display_type WHEN 'product' THEN -{AMOUNT}
    WHEN 'payment_term' THEN {TOTAL}
    ELSE CASE WHEN item.activity_id IS NULL THEN -{CONTRIBUTION} ELSE {CONTRIBUTION} END END"""
# One invoice in ten is not paid yet.
OPEN_AMOUNT = f"CASE WHEN copy.i %% 10 = 0 THEN {TOTAL} ELSE 0 END"


def fill(env):
    """Make the Activities by the ORM and the invoices by SQL, from one that was posted."""
    activities, invoice = make_template(env(su=True))
    env.flush_all()
    env.cr.execute(
        "CREATE TEMPORARY TABLE bench_activity ON COMMIT DROP AS "
        "SELECT id, analytic_account_id AS account, row_number() OVER (ORDER BY id) - 1 AS number "
        "FROM coop_activity WHERE id = ANY(%s)",
        [activities.ids],
    )
    env.cr.execute("ANALYZE bench_activity")
    copies = f"{COPIES} JOIN bench_activity ON bench_activity.number = copy.i %% {len(activities)}"
    parameters = {"invoices": INVOICES, "move": invoice.id}
    items = len(invoice.line_ids)
    first_move = reserve_ids(env, "account_move", INVOICES)
    first_item = reserve_ids(env, "account_move_line", INVOICES * items)
    reserve_ids(env, "account_analytic_line", INVOICES * len(invoice.line_ids.analytic_line_ids))
    # Copy i of a row gets the id: first + i * number of rows + its place among them.
    move_id = f"{first_move} + copy.i"
    item_id = f"{first_item} + (copy.i - 1) * {items}"
    copy_invoices(env, copies, parameters, move_id)
    copy_items(env, copies, parameters, move_id, item_id)
    copy_analytic_lines(env, copies, parameters, item_id)
    env.cr.execute("ANALYZE coop_activity")
    env.invalidate_all()


def copy_invoices(env, copies, parameters, move_id):
    """Copy the invoice: each copy has its own name, Activity and total."""
    totals = (
        "amount_untaxed",
        "amount_total",
        "amount_untaxed_signed",
        "amount_untaxed_in_currency_signed",
        "amount_total_signed",
        "amount_total_in_currency_signed",
    )
    copy_rows(
        env,
        "account_move",
        f"account_move source, {copies}",
        "source.id = %(move)s",
        parameters,
        id=move_id,
        name=NAME,
        sequence_prefix="'BENCH/'",
        sequence_number="copy.i",
        sequence_name=None,
        payment_reference=NAME,
        access_token="NULL",
        activity_id="bench_activity.id",
        amount_residual=OPEN_AMOUNT,
        amount_residual_signed=OPEN_AMOUNT,
        payment_state="CASE WHEN copy.i %% 10 = 0 THEN 'not_paid' ELSE 'paid' END",
        **dict.fromkeys(totals, TOTAL),
    )


def copy_items(env, copies, parameters, move_id, item_id):
    """Copy the items of the invoice: each is as large as its copy says, and on its Activity."""
    residual = f"CASE item.display_type WHEN 'payment_term' THEN {OPEN_AMOUNT} ELSE 0 END"
    price = f"CASE item.display_type WHEN 'product' THEN {AMOUNT} ELSE {{}} END"
    on_activity = "CASE WHEN item.activity_id IS NULL THEN NULL ELSE {} END"
    copy_rows(
        env,
        "account_move_line",
        f"account_move_line item, {copies}",
        "item.move_id = %(move)s",
        parameters,
        alias="item",
        id=f"{item_id} + (row_number() OVER (PARTITION BY copy.i ORDER BY item.id))",
        move_id=move_id,
        move_name=NAME,
        balance=BALANCE,
        amount_currency=BALANCE,
        debit=f"GREATEST({BALANCE}, 0)",
        credit=f"GREATEST(-({BALANCE}), 0)",
        amount_residual=residual,
        amount_residual_currency=residual,
        price_unit=price.format("item.price_unit"),
        price_subtotal=price.format(0),
        price_total=price.format(0),
        activity_id=on_activity.format("bench_activity.id"),
        contribution_base=on_activity.format(TOTAL),
        analytic_distribution=(
            "CASE WHEN item.analytic_distribution IS NULL OR item.display_type = 'contribution' "
            "AND item.activity_id IS NULL THEN item.analytic_distribution "
            "ELSE jsonb_build_object(bench_activity.account::text, 100.0) END"
        ),
    )


def copy_analytic_lines(env, copies, parameters, item_id):
    """Copy the analytic lines of the invoice, each to the copy of the item that it belongs to."""
    column = env["coop.activity"]._analytic_column()
    ranked = (
        "(SELECT id, row_number() OVER (ORDER BY id) AS place, display_type, activity_id "
        "FROM account_move_line WHERE move_id = %(move)s) item"
    )
    copy_rows(
        env,
        "account_analytic_line",
        f"account_analytic_line source JOIN {ranked} ON item.id = source.move_line_id, {copies}",
        "TRUE",
        parameters,
        id="nextval('account_analytic_line_id_seq')",
        move_line_id=f"{item_id} + item.place",
        amount=f"-({BALANCE})",
        **{column: f"CASE WHEN source.{column} IS NULL THEN NULL ELSE bench_activity.account END"},
    )


def make_template(env):
    """Return the Activities and one posted invoice of four lines for the first of them."""
    if not env["coop.contribution.rate"].search([("date_from", "<=", "2026-03-02")]):
        env["coop.contribution.rate"].create({"date_from": "2020-01-01", "rate": 6.5})
    members = env["res.partner"].create([{"name": f"Member {i}"} for i in range(ACTIVITIES // 2)])
    memberships = env["coop.membership"].create([{"partner_id": one.id} for one in members])
    activities = env["coop.activity"].create(
        [
            {
                "name": f"Ledger {number}",
                "membership_id": memberships[number % len(memberships)].id,
                "state": "open",
            }
            for number in range(ACTIVITIES)
        ]
    )
    client = env["res.partner"].create({"name": "Client"})
    invoice = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": client.id,
            "invoice_date": "2026-03-02",
            "activity_id": activities[0].id,
            "invoice_line_ids": [
                Command.create(
                    {"name": f"Work {i}", "price_unit": 100, "tax_ids": [Command.clear()]}
                )
                for i in range(4)
            ],
        }
    )
    invoice.action_post()
    return activities, invoice


def copy_rows(env, table, source, condition, parameters, alias="source", **columns):
    """Copy rows of a table with other values in some columns; the rest is as in the source.

    :param columns: SQL by column; ``None`` and names that the table lacks are left out
    """
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    values = [columns.get(name) or f"{alias}.{name}" for name in names]
    env.cr.execute(
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {source} WHERE {condition}",
        parameters,
    )
    env.cr.execute(f"ANALYZE {table}")


def reserve_ids(env, table, number):
    """Let the sequence of a table jump; return the last id that was in use before."""
    env.cr.execute(f"SELECT nextval('{table}_id_seq')")
    [last] = env.cr.fetchone()
    env.cr.execute(f"SELECT setval('{table}_id_seq', {last + number})")
    return last


def count(env, table):
    """Return how many rows a table has."""
    env.cr.execute(f"SELECT COUNT(*) FROM {table}")
    return env.cr.fetchone()[0]
