"""The page of transparency over 500,000 and over 5,000,000 analytic lines, and the nightly update.

2,000 Activities of 1,000 members; a year has 504,000 lines, and the long history ten such years.
Both pages show the same year, and are asked for in turn, since the machine is not equally quick at
all times. In databases of their own, made from that of the addons and dropped at the end.
BENCH_SCALE makes the cooperative larger or smaller.
"""

import logging
import os
from statistics import median

from werkzeug.test import Client

import odoo.http
import odoo.sql_db
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ACTIVITIES = max(int(2_000 * SCALE), 100)
LAST_YEAR, YEARS = 2025, 10
RUNS = 9
LIMIT = 1.5
LOGIN = "bench-transparency"
PREFIX = f"{os.environ.get('BENCH_DATABASE', 'coop_bench')}_transparency"
SHORT, LONG = f"{PREFIX}_short", f"{PREFIX}_long"
TABLES = ("account_analytic_line", "coop_transparency_month", "coop_transparency_figure")


def main(bench):
    """Measure with one year of history and with nine years more, one page beside the other."""
    # Stock Odoo uses functions of its pinned libraries that are deprecated.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    with bench.env("addons") as env:
        source = env.cr.dbname
    try:
        copy_database(source, SHORT)
        with bench.env(SHORT, commit=True) as env:
            prepare(env(su=True))
        add_years(bench, SHORT, [LAST_YEAR])
        copy_database(SHORT, LONG)
        add_years(bench, LONG, range(LAST_YEAR - YEARS + 1, LAST_YEAR))
        short, long = visit(bench, SHORT, LONG)
        bench.ratio(f"page over {YEARS} years / over one", long, short, LIMIT)
    finally:
        for database in (SHORT, LONG):
            drop_database(database)


def add_years(bench, database, years):
    """Add the lines of some years, and update the figures."""
    with bench.env(database, commit=True) as env:
        for year in years:
            fill(env(su=True), year)
    bench.vacuum(database, *TABLES)
    with bench.env(database, commit=True) as env:
        admin = env(su=True)
        lines = count(admin, "account_analytic_line")
        update = admin["coop.transparency.update"]
        first = bench.seconds(update._update, admin.company)
        bench.show(f"{lines} analytic lines: the years added", f"{first:.1f} s")
    bench.vacuum(database, *TABLES)
    measure_night(bench, database)


def measure_night(bench, database):
    """Show the update after a night in which one month changed, beside the bare sums in SQL."""
    with bench.env(database) as env:
        admin = env(su=True)
        cr = admin.cr
        cr.execute(
            "UPDATE account_analytic_line SET amount = amount + 1 WHERE id = ("
            "SELECT MIN(id) FROM account_analytic_line WHERE date >= %s AND date < %s)",
            [f"{LAST_YEAR}-11-01", f"{LAST_YEAR}-12-01"],
        )
        night = bench.seconds(admin["coop.transparency.update"]._update, admin.company)
        month = bench.seconds(
            sum_up, admin, f"date >= '{LAST_YEAR}-11-01' AND date < '{LAST_YEAR}-12-01'"
        )
        everything = bench.seconds(sum_up, admin, "TRUE")
        found = []
        check = admin["coop.ledger.check"]
        proof = bench.seconds(
            lambda: found.extend(
                [
                    *check._check_transparency_months(admin.company),
                    *check._check_transparency_figures(admin.company),
                ]
            )
        )
        if found:
            raise AssertionError(f"the figures are not the ledger: {found[:3]}")
    bench.show(
        "update after one month changed",
        f"{night:.2f} s; bare SQL of that month {month:.2f} s, of all {everything:.2f} s",
    )
    bench.show("proof that the figures are the ledger", f"{proof:.2f} s")


def sum_up(env, condition):
    """Sum the ledger by month and Activity, in bare SQL."""
    column = env["coop.activity"]._analytic_column()
    env.cr.execute(
        f"SELECT date_trunc('month', date), {column}, SUM(amount) FROM account_analytic_line "
        f"WHERE company_id = %s AND {condition} GROUP BY 1, 2",
        [env.company.id],
    )
    env.cr.fetchall()


def visit(bench, *databases):
    """Return how long the page of each takes for a signed-in member whose caches are warm."""
    pages = [sign_in(database) for database in databases]
    for page in pages * 3:
        page()
    times = [[bench.seconds(page) for page in pages] for _run in range(RUNS)]
    seconds = [median(one) for one in zip(*times, strict=True)]
    for database, one in zip(databases, seconds, strict=True):
        with bench.env(database) as env:
            lines = count(env(su=True), "account_analytic_line")
        bench.show(f"page over {lines} lines", f"{one * 1000:.1f} ms")
    return seconds


def sign_in(database):
    """Return what asks for the page of a database as its member."""
    client = Client(odoo.http.root)
    origin = {"REMOTE_ADDR": "127.0.0.1"}

    def get(path):
        config["db_name"] = [database]
        config["dbfilter"] = f"^{database}$"
        return client.get(path, environ_base=origin)

    token = get("/web/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"login": LOGIN, "password": LOGIN, "csrf_token": token}
    client.post("/web/login", data=data, environ_base=origin)

    def get_page():
        page = get(f"/my/transparency?period={LAST_YEAR}")
        if page.status_code != 200 or 'data-name="sum_invoiced"' not in page.text:
            raise AssertionError(f"the page answered {page.status}")

    return get_page


# ----------------------------------------------------------------------
# The database
# ----------------------------------------------------------------------


def copy_database(source, database):
    """Make the database from another one, to which nobody may be connected meanwhile."""
    Registry.delete(source)
    odoo.sql_db.close_db(source)
    drop_database(database)
    run_on_server(f'CREATE DATABASE "{database}" TEMPLATE "{source}"')


def drop_database(database):
    """Drop the database, if it is there."""
    Registry.delete(database)
    odoo.sql_db.close_db(database)
    run_on_server(f'DROP DATABASE IF EXISTS "{database}"')


def run_on_server(statement):
    """Run what no transaction may hold."""
    with odoo.sql_db.db_connect("postgres").cursor() as cr:
        connection = cr._cnx
        connection.rollback()
        connection.autocommit = True
        cr.execute(statement)
        connection.autocommit = False


def prepare(env):
    """Make members, Activities, and an invoice and a bill whose journal items all lines share."""
    if not env["coop.contribution.rate"].search([("date_from", "<=", "2020-01-01")]):
        env["coop.contribution.rate"].create({"date_from": "2015-01-01", "rate": 6.5})
    sectors = env["coop.sector"].create([{"name": f"Sector {number}"} for number in range(12)])
    antennas = env["coop.antenna"].create([{"name": f"Antenna {number}"} for number in range(8)])
    user = env["res.users"].create(
        {
            "name": "Member",
            "login": LOGIN,
            "password": LOGIN,
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )
    partners = user.partner_id | env["res.partner"].create(
        [{"name": f"Member {number}"} for number in range(1, ACTIVITIES // 2)]
    )
    members = env["coop.membership"].create([{"partner_id": one.id} for one in partners])
    members[0].action_activate()
    activities = env["coop.activity"].create(
        [
            {
                "name": f"Trade {number}",
                "membership_id": members[number % len(members)].id,
                "state": "open",
                "sector_id": sectors[number % len(sectors)].id,
                "antenna_id": antennas[number % 7 % len(antennas)].id,
            }
            for number in range(ACTIVITIES)
        ]
    )
    for move_type in ("out_invoice", "in_invoice"):
        env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partners[1].id,
                "invoice_date": f"{LAST_YEAR}-06-02",
                "ref": f"bench {move_type}",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "price_unit": 100,
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": {
                                str(activities[0].analytic_account_id.id): 100
                            },
                        }
                    )
                ],
            }
        ).action_post()


def fill(env, year):
    """Add the analytic lines of a year: nine invoices, their contributions, costs and services."""
    column = env["coop.activity"]._analytic_column()
    shared = env["coop.transparency.month"]._shared_column(env.company)
    items = {}
    for move_type, kind in (
        ("out_invoice", "product"),
        ("out_invoice", "contribution"),
        ("in_invoice", "product"),
    ):
        line = env["account.move.line"].search(
            [("move_id.ref", "=", f"bench {move_type}"), ("display_type", "=", kind)], limit=1
        )
        items[move_type, kind] = line
    env.cr.execute(
        f"""
        INSERT INTO account_analytic_line (
               name, date, company_id, amount, move_line_id, general_account_id, {column}, {shared})
        SELECT 'Work', make_date(%(year)s, month, 1 + item), activity.company_id,
               round(CASE WHEN item < 9 THEN 2000 WHEN item < 15 THEN -195 WHEN item < 18 THEN 390
                          WHEN item < 20 THEN -5000 ELSE -300 END::numeric
                     / (1 + activity.id %% 50), 2),
               CASE WHEN item < 9 THEN %(invoice)s WHEN item < 18 THEN %(contribution)s
                    ELSE %(bill)s END,
               %(account)s,
               CASE WHEN item BETWEEN 15 AND 17 OR item = 20 THEN NULL
                    ELSE activity.analytic_account_id END,
               CASE WHEN item BETWEEN 15 AND 17 OR item = 20 THEN %(shared)s END
          FROM coop_activity activity, generate_series(1, 12) month, generate_series(0, 20) item
         WHERE activity.name LIKE 'Trade %%'
        """,
        {
            "year": year,
            "invoice": items["out_invoice", "product"].id,
            "contribution": items["out_invoice", "contribution"].id,
            "bill": items["in_invoice", "product"].id,
            "account": items["in_invoice", "product"].account_id.id,
            "shared": env.company.shared_services_account_id.id,
        },
    )


def count(env, table):
    """Return how many rows a table has."""
    env.cr.execute(f"SELECT COUNT(*) FROM {table}")
    return env.cr.fetchone()[0]
