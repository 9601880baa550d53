"""The register of shares of a large cooperative: 23,000 members, 200,000 movements.

BENCH_SCALE makes the register larger or smaller.
"""

import os
from statistics import median

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
MEMBERS = max(int(23_000 * SCALE), 100)
MOVEMENTS = max(int(200_000 * SCALE), 1000)
RUNS = 5
LIMIT = 2
TABLES = ("res_partner", "coop_membership", "coop_share_movement")


def main(bench):
    """Fill the register once, then compare with the bare sums."""
    with bench.env("addons", commit=True) as env:
        if not get_company(env):
            fill(env)
    bench.vacuum("addons", *TABLES)
    with bench.env("addons") as env:
        company = get_company(env)
        own = env(su=True, context=dict(env.context, allowed_company_ids=company.ids))
        for measure in (measure_extract, measure_list, measure_chain):
            measure(bench, own, company.with_env(own))


def get_company(env):
    """Return the company whose register is full."""
    return env["res.company"].search([("name", "=", "Cooperative with many members")])


def measure_extract(bench, env, company):
    """Compare holdings and extract on a day with the bare sum of the same movements."""
    Movement = env["coop.share.movement"]
    day = "2024-06-30"

    def bare():
        env.cr.execute(
            "SELECT partner, share_class_id, SUM(quantity), SUM(paid_up) FROM ("
            "SELECT partner_to_id AS partner, share_class_id, quantity, paid_up "
            "FROM coop_share_movement WHERE company_id = %(company)s AND date <= %(day)s "
            "AND partner_to_id IS NOT NULL UNION ALL "
            "SELECT partner_from_id, share_class_id, -quantity, -paid_up "
            "FROM coop_share_movement WHERE company_id = %(company)s AND date <= %(day)s "
            "AND partner_from_id IS NOT NULL) AS side GROUP BY 1, 2",
            {"company": company.id, "day": day},
        )
        return env.cr.fetchall()

    calls = {
        "bare sum": bare,
        "holdings": lambda: Movement._holdings_at(day, company),
        "extract": lambda: Movement._holders_at(day, company),
    }
    figures = {name: [] for name in calls}
    for _run in range(RUNS):
        for name, call in calls.items():
            figures[name].append(bench.seconds(call))
    if len(calls["holdings"]()) < MEMBERS / 2:
        raise AssertionError("the register is not full")
    seconds = {name: median(values) for name, values in figures.items()}
    text = ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in seconds.items())
    bench.show("register on a day", text)
    bench.ratio("holdings / the bare sum", seconds["holdings"], seconds["bare sum"], LIMIT)
    bench.ratio("extract with names / the bare sum", seconds["extract"], seconds["bare sum"], LIMIT)


def measure_list(bench, env, company):
    """Count the queries of a page of members with their holdings."""
    Membership = env["coop.membership"]
    specification = {"number": {}, "share_quantity": {}, "voting": {}}
    domain = [("company_id", "=", company.id)]

    def read(rows):
        env.invalidate_all()
        Membership.web_search_read(domain, specification, limit=rows)

    read(80)
    queries = {rows: bench.queries(env, read, rows) for rows in (20, 80)}
    bench.show("list of 80 members", f"{bench.seconds(read, 80) * 1000:.0f} ms")
    bench.show("queries of the list", f"{queries[20]} for 20 rows, {queries[80]} for 80 rows")
    bench.ratio("queries for 80 rows / for 20 rows", queries[80], queries[20], 1)


def measure_chain(bench, env, company):
    """Show how long the proof of the whole register takes."""
    found = []
    seconds = bench.seconds(lambda: found.append(env["coop.share.movement"]._verify_chain(company)))
    if found[0]:
        raise AssertionError(f"the chain is broken at {found[0].number}")
    bench.show("proof of the whole chain", f"{seconds:.1f} s")


def fill(env):
    """Make the members by SQL and their movements too: the triggers chain these as any other."""
    env = env(su=True)
    company = env["res.company"].create({"name": "Cooperative with many members"})
    share_class = env["coop.share.class"].create(
        {"name": "Members", "code": "A", "company_id": company.id}
    )
    category = env.ref("smart_membership.category_user")
    env.flush_all()
    cr = env.cr
    partners = (
        env["res.partner"]
        .create(
            [
                {"name": f"Holder {i}", "street": f"Street {i}", "zip": "1000", "city": "Brussels"}
                for i in range(MEMBERS)
            ]
        )
        .ids
    )
    env.flush_all()
    cr.execute(
        "INSERT INTO coop_membership (partner_id, company_id, category_id, state, number, "
        "date_start) SELECT id, %s, %s, 'member', place, DATE '2015-01-01' "
        "FROM unnest(%s) WITH ORDINALITY AS holder(id, place)",
        [company.id, category.id, partners],
    )
    # Everybody gets shares again and again, and gives one back now and then.
    cr.execute(
        """
        INSERT INTO coop_share_movement (company_id, number, date, kind, share_class_id,
               partner_to_id, partner_from_id, quantity, unit_price, paid_up, origin,
               recorded_at, recorded_by_id)
        SELECT %(company)s, i, DATE '2015-01-01' + i * 4000 / %(movements)s,
               CASE WHEN back THEN 'redemption' ELSE 'issue' END, %(share_class)s,
               CASE WHEN NOT back THEN holder END, CASE WHEN back THEN holder END,
               CASE WHEN back THEN 1 ELSE 2 END, 50, CASE WHEN back THEN 50 ELSE 100 END,
               'Benchmark', now() AT TIME ZONE 'UTC', %(user)s
          FROM (SELECT i, (%(partners)s)[i %% %(members)s + 1] AS holder,
                       i / %(members)s %% 4 = 3 AS back
                  FROM generate_series(1, %(movements)s) AS s(i)) AS story
         ORDER BY i
        """,
        {
            "company": company.id,
            "movements": MOVEMENTS,
            "share_class": share_class.id,
            "user": env.uid,
            "partners": partners,
            "members": MEMBERS,
        },
    )
    env["coop.counter"]._take("coop.share.movement", company, MOVEMENTS)
    env["coop.counter"]._take("coop.membership", company, MEMBERS)
