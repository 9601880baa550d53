"""What it costs to take over a register of 10,000 movements, in one transaction.

Beside it the same rows by one bare INSERT, through the same triggers: number, order, holdings and
chain are theirs, so nothing can be faster.
"""

import base64

from odoo.addons.smart_membership.lib import register_columns as words
from odoo.addons.smart_membership.lib.table_file import csv_file

MEMBERS = 2_000
MOVEMENTS = 10_000
# Odoo inserts a hundred rows at a time.
BATCH = 100
LIMIT_SECONDS = 8
LIMIT_QUERIES = 3


def main(bench):
    """Import the members, then their movements; insert the same movements into another company."""
    with bench.env("addons") as env:
        measure_import(bench, env)


def measure_import(bench, env):
    """Compare the import of movements, with all its checks, with the bare rows."""
    own, company, share_class = make_company(env, "Cooperative that moves in")
    take_over(bench, own, f"{MEMBERS:,} members", MEMBERS, members_file=make_members())
    seconds, queries = take_over(
        bench, own, f"{MOVEMENTS:,} movements", MOVEMENTS, file=make_movements()
    )
    if own["coop.share.movement"]._verify_chain(company):
        raise AssertionError("the chain of the imported register is broken")
    bare = bench.seconds(insert_again, env, company, share_class)
    bench.show("the movements by one bare INSERT", f"{bare:.1f} s")
    bench.ratio("import of movements / the bare INSERT", seconds, bare, LIMIT_SECONDS)
    bench.ratio("queries / batches of 100 rows", queries, MOVEMENTS / BATCH, LIMIT_QUERIES)


def take_over(bench, own, label, number, **files):
    """Check and import a file; return the seconds and the queries of the import.

    :param int number: how many rows it must add
    """
    record = own["coop.share.import"].create(
        {
            "company_id": own.company.id,
            **{name: base64.b64encode(content) for name, content in files.items()},
            **{f"{name}_name": "register.csv" for name in files},
        }
    )
    checking = bench.seconds(bench.queries, own, record.action_check)
    if record.error_count or record.new_movement_count + record.new_member_count != number:
        raise AssertionError(record.error_ids[:5].mapped("message"))
    queries = []
    seconds = bench.seconds(lambda: queries.append(bench.queries(own, record.action_import)))
    if record.state != "done":
        raise AssertionError("the file was not imported")
    bench.show(label, f"check {checking:.1f} s, import {seconds:.1f} s, {queries[0]} queries")
    return seconds, queries[0]


def make_company(env, name):
    """Return an environment in a new company, the company, and its class of shares."""
    company = env(su=True)["res.company"].create({"name": name})
    env.user.sudo().company_ids += company
    own = env(context=dict(env.context, allowed_company_ids=company.ids))
    share_class = own["coop.share.class"].create(
        {"name": "Members", "code": "A", "company_id": company.id}
    )
    return own, company.with_env(own), share_class


def make_movements():
    """Return a CSV file: everybody gets shares again and again, and gives one back."""
    rows = []
    for place in range(MOVEMENTS):
        member = place % MEMBERS + 1
        back = place // MEMBERS % 5 == 3
        rows.append(
            (
                place + 1,
                f"2015-{1 + place * 12 // MOVEMENTS:02}-01",
                "Redemption" if back else "Issue",
                "A",
                member if back else None,
                None if back else member,
                1 if back else 2,
                50,
                None,
                "Benchmark",
            )
        )
    return csv_file(headers("movement"), rows)


def make_members():
    """Return a CSV file with the members."""
    columns = ("number", "name", "email", "street", "zip", "city", "category", "date_start")
    return csv_file(
        [words.word(words.MEMBER_COLUMNS, name) for name in columns],
        [
            (
                number,
                f"Holder {number}",
                f"holder{number}@example.com",
                f"Street {number}",
                "1000",
                "Brussels",
                "user",
                "2015-01-01",
            )
            for number in range(1, MEMBERS + 1)
        ],
    )


def headers(kind):
    """Return the headers of a table in English."""
    return [words.word(words.COLUMNS[kind], name) for name in words.COLUMNS[kind]]


def insert_again(env, company, share_class):
    """Insert the movements of a company into another one, as they are."""
    own, other, other_class = make_company(env, "Cooperative of bare rows")
    own.flush_all()
    own.cr.execute(
        """
        INSERT INTO coop_share_movement (company_id, number, date, kind, share_class_id,
               partner_to_id, partner_from_id, quantity, unit_price, paid_up, origin,
               recorded_at, recorded_by_id)
        SELECT %s, number, date, kind, %s, partner_to_id, partner_from_id, quantity, unit_price,
               paid_up, origin, recorded_at, recorded_by_id
          FROM coop_share_movement WHERE company_id = %s AND share_class_id = %s ORDER BY number
        """,
        [other.id, other_class.id, company.id, share_class.id],
    )
