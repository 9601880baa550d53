"""Creating and posting invoices: with Activities, against stock Odoo with analytics.

Both sides get the same invoices with the same analytic distribution; what the addons add is the
contribution. The runs alternate, so that a slow minute of the machine hits both. What is compared
is the time of the processor, ours and the database's for us: what else the machine does hardly
moves it. The processor itself is now faster, now slower, so a run is compared with its neighbour.
The books have a past, and the database knows how much: on empty tables it guesses, and core's query
of payments then takes minutes. BENCH_SCALE makes the batches larger or smaller (0.1: a tenth of the
invoices).
"""

import os
from statistics import median

from odoo.fields import Command

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
RUNS = 5
ACCOUNTS = 40
LIMIT = 1.25
DATE = "2026-03-02"
PAST = 400
TABLES = ("account_move", "account_move_line", "account_analytic_line", "account_partial_reconcile")


def main(bench):
    """Compare one-line invoices, split invoices, and invoices posted one by one."""
    for which in PREPARE:
        with bench.env(which, commit=True) as env:
            make_past(which, env)
    size = max(int(1000 * SCALE), 20)
    compare(bench, f"{size} x 1 line, one batch", size, one_line, limit=LIMIT)
    size = max(int(150 * SCALE), 10)
    compare(bench, f"{size} x 3 lines, split over 3", size, three_lines)
    compare(bench, f"{size} x 1 line, one by one", size, one_line, one_by_one=True)


def compare(bench, label, size, lines, *, limit=None, one_by_one=False):
    """Run both sides in turn; show the median of each, and of the ratios of neighbours."""
    runs = {"stock": [], "addons": []}
    for _run in range(RUNS):
        for which, figures in runs.items():
            figures.append(measure(bench, which, size, lines, one_by_one))
    for which, figures in runs.items():
        for what, index in (("create", 0), ("post", 3)):
            wall, queries, cpu = (
                median([run[index + place] / size for run in figures]) for place in range(3)
            )
            each = ", ".join(f"{run[index + 2] * 1000 / size:.2f}" for run in figures)
            bench.show(
                f"{label}: {which}, {what}",
                f"{cpu * 1000:6.2f} ms of processor (runs: {each}), {wall * 1000:6.2f} ms passed, "
                f"{queries:5.2f} queries an invoice",
            )
    ratios = [
        (ours[2] + ours[5]) / (stock[2] + stock[5])
        for stock, ours in zip(runs["stock"], runs["addons"], strict=True)
    ]
    bench.show(f"{label}: ratio of each run", ", ".join(f"{ratio:.2f}" for ratio in ratios))
    bench.ratio(f"{label}: addons / stock", median(ratios), 1, limit)


def make_past(which, env):
    """Post and pay invoices, as a company that has worked for a while has them."""
    env = env(su=True)
    if get_accounts(env):
        return
    PREPARE[which](env)
    accounts = get_accounts(env)
    invoices = env["account.move"].create(prepare_invoices(env, accounts, PAST, one_line))
    invoices.action_post()
    paid = invoices[: PAST * 3 // 4]
    wizard = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=paid.ids
    )
    wizard.create({"group_payment": False})._create_payments()


def prepare_invoices(env, accounts, size, lines):
    """Return the values of invoices to fifty clients."""
    clients = env["res.partner"].create([{"name": f"Client {i}"} for i in range(50)])
    return [
        {
            "move_type": "out_invoice",
            "partner_id": clients[number % 50].id,
            "invoice_date": DATE,
            "invoice_line_ids": [Command.create(vals) for vals in lines(accounts, number)],
        }
        for number in range(size)
    ]


def measure(bench, which, size, lines, one_by_one):
    """Return seconds, queries and processor seconds of creating, then of posting."""
    bench.vacuum(which, *TABLES)
    with bench.env(which) as env:
        # An accountant with analytic accounting, subject to access rights and rules.
        env.user.group_ids += env.ref("account.group_account_manager")
        env.user.group_ids += env.ref("analytic.group_analytic_accounting")
        accounts = get_accounts(env)
        vals_list = prepare_invoices(env, accounts, size, lines)
        # The first one warms what every worker has warm: caches, prepared views, the sequence.
        env["account.move"].create(vals_list[:1]).action_post()
        env.flush_all()
        made = []

        def create():
            made.append(env["account.move"].create(vals_list))
            env.flush_all()

        def post():
            for moves in made[0] if one_by_one else made:
                moves.action_post()
                env.flush_all()

        figures = []
        for step in (create, post):
            queries, cpu = env.cr.sql_log_count, bench.processor_seconds(env)
            figures += [bench.seconds(step), env.cr.sql_log_count - queries]
            figures.append(bench.processor_seconds(env) - cpu)
        check(which, env, made[0])
        return figures


def get_accounts(env):
    """Return the analytic accounts that the benchmark invoices for."""
    return env["account.analytic.account"].search([("name", "like", "Benchmark %")])


def prepare_stock(env):
    """Make analytic accounts in a plan of their own."""
    plan = env["account.analytic.plan"].create({"name": "Activities"})
    env["account.analytic.account"].create(
        [{"name": f"Benchmark {i}", "plan_id": plan.id} for i in range(ACCOUNTS)]
    )


def prepare_addons(env):
    """Make open Activities, which have their analytic accounts."""
    if not env["coop.contribution.rate"].search([("date_from", "<=", DATE)]):
        env["coop.contribution.rate"].create({"date_from": "2020-01-01", "rate": 6.5})
    member = env["res.partner"].create({"name": "Member"})
    membership = env["coop.membership"].create({"partner_id": member.id})
    env["coop.activity"].create(
        [
            {"name": f"Benchmark {i}", "membership_id": membership.id, "state": "open"}
            for i in range(ACCOUNTS)
        ]
    )


PREPARE = {"stock": prepare_stock, "addons": prepare_addons}


def one_line(accounts, number):
    """Return one line for one Activity."""
    account = accounts[number % ACCOUNTS]
    return [
        {
            "name": "Work",
            "quantity": 1,
            "price_unit": 100.0 + number % 17,
            "analytic_distribution": {str(account.id): 100.0},
        }
    ]


def three_lines(accounts, number):
    """Return three lines, each split over three Activities."""
    first, second, third = (accounts[(number + step) % ACCOUNTS] for step in range(3))
    distribution = {str(first.id): 50.0, str(second.id): 30.0, str(third.id): 20.0}
    return [
        {"name": f"Work {i}", "price_unit": 100.0 + i, "analytic_distribution": distribution}
        for i in range(3)
    ]


def check(which, env, moves):
    """Make sure that both sides did the work: a benchmark of nothing would be fast."""
    items = moves.line_ids
    if set(moves.mapped("state")) != {"posted"} or not items.analytic_line_ids:
        raise AssertionError(f"{which}: the invoices were not posted with analytic lines")
    if which == "addons" and not all(move.contribution_amount > 0 for move in moves):
        raise AssertionError("the invoices did not contribute")
