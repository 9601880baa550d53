"""The portal pages cost a fixed number of queries, however much they show.

The pages are asked of the server itself, in this process; so what they show is committed. Each run
makes a member of its own.
"""

import logging
import uuid

from werkzeug.test import Client

import odoo.http
import odoo.sql_db
from odoo.fields import Command
from odoo.tools import config

FEW, MANY = 3, 12
MOVEMENTS = (10, 200)


def main(bench):
    """Count the queries of the list and of the page of an Activity."""
    # Stock Odoo uses functions of its pinned libraries that are deprecated.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    pages = {}
    with bench.env("addons", commit=True) as env:
        database = env.cr.dbname
        for count in (FEW, MANY):
            login, _activities = make_member(env, count)
            pages[f"/my/activities with {count} Activities"] = (login, "/my/activities", count)
        for count in MOVEMENTS:
            login, activity = make_member(env, 1)
            invoice(env, activity, count)
            label = f"/my/activities/<id> with {count} movements"
            pages[label] = (login, f"/my/activities/{activity.id}", None)
    queries = {}
    for label, (login, url, shown) in pages.items():
        queries[label] = visit(database, login, url, shown)
        bench.show(label, f"{queries[label]} queries")
    (few, many, short, long) = queries.values()
    bench.ratio(f"queries for {MANY} Activities / for {FEW}", many, few, 1)
    bench.ratio(f"queries for {MOVEMENTS[1]} movements / for {MOVEMENTS[0]}", long, short, 1)


def make_member(env, count):
    """Return the login of a new member with so many open Activities, and these."""
    admin = env(su=True)
    login = f"bench-{uuid.uuid4().hex[:8]}"
    user = admin["res.users"].create(
        {
            "name": "Member",
            "login": login,
            "password": login,
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )
    membership = admin["coop.membership"].create({"partner_id": user.partner_id.id})
    membership.action_activate()
    activities = admin["coop.activity"].create(
        [
            {"name": f"Activity {number}", "membership_id": membership.id, "state": "open"}
            for number in range(count)
        ]
    )
    for activity in activities:
        invoice(env, activity, 2)
    return login, activities


def invoice(env, activity, movements):
    """Post invoices of one line each: two movements each, the line and its contribution."""
    admin = env(su=True)
    if not admin["coop.contribution.rate"].search([("date_from", "<=", "2026-03-02")]):
        admin["coop.contribution.rate"].create({"date_from": "2020-01-01", "rate": 6.5})
    client = admin["res.partner"].create({"name": "Client"})
    moves = admin["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": client.id,
                "invoice_date": "2026-03-02",
                "activity_id": activity.id,
                "invoice_line_ids": [Command.create({"name": "Work", "price_unit": 100})],
            }
            for _number in range(movements // 2)
        ]
    )
    moves.action_post()


def visit(database, login, url, shown):
    """Return the queries of a page for a signed-in member whose caches are warm."""
    config["db_name"] = [database]
    config["dbfilter"] = f"^{database}$"
    client = Client(odoo.http.root)
    origin = {"REMOTE_ADDR": "127.0.0.1"}
    page = client.get("/web/login", environ_base=origin)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"login": login, "password": login, "csrf_token": token}
    client.post("/web/login", data=data, environ_base=origin)
    for _warming in range(2):
        client.get(url, environ_base=origin)
    before = odoo.sql_db.sql_counter
    page = client.get(url, environ_base=origin)
    queries = odoo.sql_db.sql_counter - before
    if page.status_code != 200 or 'data-name="a' not in page.text:
        raise AssertionError(f"{url} answered {page.status}")
    if shown and page.text.count('data-name="activity"') != shown:
        raise AssertionError(f"{url} does not show {shown} Activities")
    return queries
