"""The statements of 1,000 Activities with 100 lines each, against the bare sums of the same lines.

As in any month but the first, each Activity has the statement of the month before. The bare SQL
reads what a statement tells, with its running balance, and sums it by kind; it keeps nothing.
What is compared is the time of the processor, ours and the database's for us, in each run with the
sums just before it: what else the machine does hardly moves that.
Then the same month of Activities with a short and a long history: that must not matter.
BENCH_SCALE makes the number of Activities larger or smaller.
"""

import os
from datetime import date
from statistics import median

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ACTIVITIES = max(int(1_000 * SCALE), 20)
LINES = 100
RUNS = 5
LIMIT = 3
TABLES = ("coop_activity", "account_move", "account_move_line", "account_analytic_line")
BEFORE, MONTH = date(2025, 2, 28), date(2025, 3, 31)
# Months before the one that is made, by what the Activities are called.
HISTORIES = {"Short": 1, "Long": 24}
HISTORY_LIMIT = 1.5


def main(bench):
    """Compare statements with bare sums, and those of a long history with those of a short one."""
    compare_with_sums(bench)
    compare_histories(bench)


def compare_with_sums(bench):
    """Fill the ledger once, then make the same statements again and again."""
    with bench.env("addons", commit=True) as env:
        if not get_activities(env):
            fill(env(su=True))
    bench.vacuum("addons", *TABLES)
    figures = [measure(bench) for _run in range(RUNS)]
    made, bare, queries = (median(values) for values in zip(*figures, strict=True))
    bench.show(
        f"statements of {ACTIVITIES} Activities",
        f"{made:.2f} s of processor, {queries:.0f} queries; the bare sums {bare:.2f} s",
    )
    ratios = [made / bare for made, bare, _queries in figures]
    bench.show("statements: ratio of each run", ", ".join(f"{ratio:.2f}" for ratio in ratios))
    bench.ratio("statements / the bare sums", median(ratios), 1, LIMIT)


def compare_histories(bench):
    """Make one month of Activities that have had few, and of as many that have had many."""
    with bench.env("addons", commit=True) as env:
        for name, months in HISTORIES.items():
            if not get_activities(env, name):
                activities = make_activities(env(su=True), name, max(ACTIVITIES // 5, 20))
                fill_months(activities, months)
                work(ask(activities, BEFORE))
    bench.vacuum("addons", *TABLES, "coop_activity_statement", "coop_activity_statement_change")
    figures = []
    for _run in range(RUNS):
        with bench.env("addons") as env:
            admin = env(su=True)
            figures.append(
                {
                    name: spent(bench, admin, work, ask(get_activities(admin, name), MONTH))
                    for name in HISTORIES
                }
            )
    for name, months in HISTORIES.items():
        seconds = median(figure[name] for figure in figures)
        bench.show(f"a month after {months}", f"{seconds:.2f} s of processor")
    ratios = [figure["Long"] / figure["Short"] for figure in figures]
    bench.ratio("a month after 24 months / after one", median(ratios), 1, HISTORY_LIMIT)


def get_activities(env, name="Statement"):
    """Return the Activities whose ledger is full."""
    return env["coop.activity"].search([("name", "like", f"{name} %")], order="id")


def measure(bench):
    """Return the processor seconds of a run and of the bare sums, and the queries of the run."""
    with bench.env("addons") as env:
        admin = env(su=True)
        # Else the sums have helpers of which nobody counts the time.
        admin.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        activities = get_activities(admin)
        work(ask(activities, BEFORE))
        admin.cr.execute("ANALYZE coop_activity_statement")
        bare = spent(bench, admin, sum_up, admin, activities)
        run = ask(activities, MONTH)
        before = env.cr.sql_log_count
        made = spent(bench, admin, work, run)
        queries = env.cr.sql_log_count - before
        statements = admin["coop.activity.statement"].search(
            [("activity_id", "in", activities.ids), ("date_to", "=", MONTH)]
        )
        if (len(statements), run.made_count) != (len(activities), len(activities)):
            raise AssertionError(f"{len(statements)} statements were made")
        if any(one.line_count != LINES for one in statements):
            raise AssertionError("a statement lacks lines")
    return made, bare, queries


def spent(bench, env, function, *args):
    """Return the processor seconds that a call takes."""
    before = bench.processor_seconds(env)
    bench.seconds(function, *args)
    return bench.processor_seconds(env) - before


def ask(activities, month):
    """Ask for the statements of a month, without mails."""
    Run = activities.env["coop.activity.statement.run"]
    return Run._ask(activities.company_id, month, activities, send_mail=False).sudo()


def work(run):
    """Make all statements of a run, as a worker does."""
    while run.state not in ("done", "failed"):
        run._work_batch()
        run.env.flush_all()


def sum_up(env, activities):
    """Sum the ledger of the same Activities by kind, with the running balance of each line."""
    Activity = env["coop.activity"]
    column = Activity._analytic_column()
    kind = Activity._query_movement_kind().code
    env.cr.execute(
        f"""
        SELECT account, kind, COUNT(*), SUM(amount), MAX(running)
          FROM (
               SELECT line.{column} AS account, line.date, line.name, line.amount,
                      COALESCE(move.name, line.ref) AS document, {kind} AS kind,
                      SUM(line.amount) OVER (
                          PARTITION BY line.{column} ORDER BY line.date, line.id) AS running
                 FROM account_analytic_line line
            LEFT JOIN account_move_line item ON item.id = line.move_line_id
            LEFT JOIN account_move move ON move.id = item.move_id
                WHERE line.{column} = ANY(%s) AND line.date <= %s
               ) movement
      GROUP BY account, kind
        """,
        [activities.analytic_account_id.ids, MONTH],
    )
    if sum(row[2] for row in env.cr.fetchall()) != len(activities) * (LINES + 1):
        raise AssertionError("the ledger is not full")


def make_activities(env, name, count):
    """Make open Activities of one member."""
    member = env["coop.membership"].create(
        {"partner_id": env["res.partner"].create({"name": f"{name} Member"}).id}
    )
    activities = env["coop.activity"].create(
        [
            {"name": f"{name} {number}", "membership_id": member.id, "state": "open"}
            for number in range(count)
        ]
    )
    env.flush_all()
    return activities


def fill_months(activities, months):
    """Give Activities lines of so many months and of the one that is made after them."""
    activities.env.cr.execute(
        f"""
        INSERT INTO account_analytic_line
               (name, ref, date, amount, company_id, {activities._analytic_column()})
        SELECT 'Work of the day', 'STATEMENT/' || line,
               date '2025-03-01' - month * interval '1 month' + line %% 28 * interval '1 day',
               12.34, activity.company_id, activity.analytic_account_id
          FROM coop_activity activity, generate_series(0, %s) month, generate_series(1, %s) line
         WHERE activity.id = ANY(%s)
        """,
        [months, LINES, activities.ids],
    )


def fill(env):
    """Make Activities by the ORM and their books by SQL: entries of four items, and their lines."""
    activities = make_activities(env, "Statement", ACTIVITIES)
    company = activities.company_id
    journal = env["account.journal"].search(
        [("type", "=", "sale"), ("company_id", "=", company.id)], limit=1
    )
    column = activities._analytic_column()
    env.cr.execute(
        f"""
        WITH line AS (
            SELECT activity.analytic_account_id AS account_id, line AS number,
                   row_number() OVER () / 4 AS entry,
                   CASE WHEN line = 0 THEN '2025-02-28'::date
                        ELSE make_date(2025, 3, 1 + line %% 31) END AS date,
                   CASE WHEN line %% 4 = 0 THEN -20.05 ELSE 12.34 END AS amount
              FROM coop_activity activity, generate_series(0, %(lines)s) line
             WHERE activity.id = ANY(%(ids)s)
        ), move AS (
            INSERT INTO account_move (name, date, state, move_type, auto_post, journal_id,
                                      currency_id, company_id)
            SELECT 'STATEMENT/' || entry, MIN(date), 'posted', 'out_invoice', 'no', %(journal)s,
                   %(currency)s, %(company)s
              FROM line GROUP BY entry
         RETURNING id, name
        ), item AS (
            INSERT INTO account_move_line (move_id, name, date, display_type, parent_state,
                                           account_id, currency_id, company_id, journal_id,
                                           balance, amount_currency, debit, credit,
                                           sequence, quantity)
            SELECT move.id, 'Work of the day', line.date,
                   CASE WHEN number %% 4 = 0 THEN 'contribution' ELSE 'product' END, 'posted',
                   %(income)s, %(currency)s, %(company)s, %(journal)s, -amount, -amount,
                   GREATEST(-amount, 0), GREATEST(amount, 0), number, account_id
              FROM line JOIN move ON move.name = 'STATEMENT/' || entry
         RETURNING id, name, date, -balance AS amount, quantity::integer AS account_id, company_id
        )
        INSERT INTO account_analytic_line (name, date, amount, company_id, move_line_id, {column})
        SELECT name, date, amount, company_id, id, account_id FROM item
        """,
        {
            "ids": activities.ids,
            "lines": LINES,
            "journal": journal.id,
            "income": journal.default_account_id.id,
            "currency": company.currency_id.id,
            "company": company.id,
        },
    )
    env.cr.execute("ANALYZE coop_activity")
    env.invalidate_all()
