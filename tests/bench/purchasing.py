"""A campaign of 200 products and 20 suppliers with 500 and with 5,000 pledges, to its last cent.

Frozen, planned, ordered and allocated, received, billed with freight, charged, closed at 0.00.

What is compared is the time of the processor, ours and the database's for us, and the number of
queries: it grows by batches only, of rows written at once and of records read at once. The plan of
both has the same products and suppliers, so its calculation is not part of the ratio; it is given a
few seconds and shown. BENCH_SCALE makes the numbers larger or smaller.
"""

import os
import random

from odoo.fields import Command, Date

from odoo.addons.smart_purchasing_central.lib.plan_run import make_plan

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
FEW, MANY = max(int(500 * SCALE), 20), max(int(5_000 * SCALE), 200)
PRODUCTS, SUPPLIERS = max(int(200 * SCALE), 10), 20
LINES = 3
LIMIT = 12
# For each tenfold of pledges the batches of some ten statements come again.
QUERY_LIMIT = 3
SECONDS = 15


def main(bench):
    """Do the same with few and with many pledges."""
    figures = {}
    for count in (FEW, MANY):
        with bench.env("addons") as env:
            admin = env(su=True)
            # Else helpers of the database's process do work that nobody counts.
            admin.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
            figures[count] = measure(bench, admin, count)
    for step in figures[FEW]:
        few, many = figures[FEW][step], figures[MANY][step]
        bench.show(
            f"{step}: {FEW} and {MANY} pledges",
            f"{few[0]:.2f} s, {few[1]} queries; {many[0]:.2f} s, {many[1]} queries",
        )
    total = [
        [sum(step[place] for step in figures[count].values()) for place in (0, 1)]
        for count in (FEW, MANY)
    ]
    bench.ratio(f"processor time of {MANY} / {FEW} pledges", total[1][0], total[0][0], LIMIT)
    bench.ratio(f"queries of {MANY} / {FEW} pledges", total[1][1], total[0][1], QUERY_LIMIT)


def measure(bench, env, count):
    """Return ``{step: (processor seconds, queries)}`` of a campaign with so many pledges."""
    campaign = make_campaign(env)
    make_offers(campaign)
    make_pledges(campaign, count)
    forget(env)
    figures = {"freeze": spent(bench, env, campaign.action_freeze)}
    campaign.offer_ids._write_decision({"state": "evaluated"})
    campaign._write_decision({"state": "evaluated"})
    plan = campaign._ask_for_plan({"name": "Bench", "time_limit": SECONDS}).sudo()
    forget(env)
    data = []
    figures["ask"] = spent(bench, env, lambda: data.append(plan._start_calculation()))
    calculate(bench, plan, data[0], count)
    forget(env)
    figures["choose"] = spent(bench, env, plan.action_choose)
    forget(env)
    figures["order and allocate"] = spent(bench, env, campaign.action_order)
    check(campaign)
    forget(env)
    figures["receive and share"] = spent(bench, env, lambda: receive(campaign))
    forget(env)
    figures["bill with freight"] = spent(bench, env, lambda: bill(campaign))
    forget(env)
    figures["charge"] = spent(bench, env, campaign.action_settle)
    forget(env)
    figures["close"] = spent(bench, env, campaign.action_close)
    check_closed(campaign)
    return figures


def calculate(bench, plan, data, count):
    """Let the optimiser work, which no pledge makes slower."""
    answers = []
    seconds = bench.seconds(lambda: answers.append(make_plan(data, SECONDS)))
    plan._finish_calculation(data, answers[0], None, seconds)
    bench.show(
        f"plan for {count} pledges", f"{seconds:.1f} s, {plan.solution}, gap {plan.gap:.3f} %"
    )


def check(campaign):
    """All that is ordered is allocated, and the campaign is ordered."""
    lines = campaign.order_ids.order_line
    ordered = sum(lines.mapped("product_qty"))
    allocated = sum(campaign.allocation_ids.mapped("ordered"))
    if campaign.state != "ordered" or round(ordered - allocated, 2):
        raise AssertionError(f"{campaign.state}: {ordered} ordered, {allocated} allocated")


def check_closed(campaign):
    """All that was billed is charged, by allocation, and nothing is left on the account."""
    unit = campaign.currency_id
    billed = sum(campaign._get_bills().mapped("amount_untaxed"))
    charged = sum(campaign.charge_ids.mapped("amount"))
    takers = campaign.charge_ids.filtered("activity_id").pledge_id
    if (
        campaign.state != "closed"
        or not unit.is_zero(campaign.clearing_balance)
        or unit.compare_amounts(billed, charged)
        or takers != campaign.allocation_ids.pledge_id
    ):
        raise AssertionError(f"{campaign.state}: {billed} billed, {charged} charged")


def receive(campaign):
    """Let all goods come, which shares them anew."""
    pickings = campaign.order_ids.picking_ids
    for move in pickings.move_ids:
        move.write({"quantity": move.product_uom_qty, "picked": True})
    pickings.button_validate()


def bill(campaign):
    """Enter the bill of each supplier, with what the delivery cost."""
    freight = campaign.env["product.product"].create(
        {"name": "Bench delivery", "type": "service", "campaign_cost_kind": "freight"}
    )
    campaign.order_ids.action_create_invoice()
    bills = campaign.order_ids.invoice_ids
    for one in bills:
        one.write(
            {
                "invoice_date": Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": freight.id,
                            "price_unit": 17.35,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
    bills.action_post()


def forget(env):
    """Write what waits, and read everything anew."""
    env.flush_all()
    env.invalidate_all()


def spent(bench, env, function):
    """Return the processor seconds and the queries of a call with its pending writes."""
    queries = env.cr.sql_log_count
    before = bench.processor_seconds(env)
    bench.seconds(function)
    env.flush_all()
    return bench.processor_seconds(env) - before, env.cr.sql_log_count - queries


def make_campaign(env):
    """Make an open campaign with its products."""
    company = env.company
    antenna = env["coop.antenna"].create({"name": "Hub", "company_id": company.id})
    products = env["product.product"].create(
        [
            {
                "name": f"Bench {number}",
                "type": "consu",
                "is_storable": True,
                "purchase_method": "purchase",
            }
            for number in range(PRODUCTS)
        ]
    )
    campaign = env["coop.purchase.campaign"].create(
        {
            "title": "Bench",
            "company_id": company.id,
            "antenna_ids": [Command.set(antenna.ids)],
            "product_ids": [
                Command.create({"product_id": product.id, "ceiling_price": 100})
                for product in products
            ],
        }
    )
    campaign._write_decision({"state": "open"})
    return campaign


def make_offers(campaign):
    """Let each supplier offer 60 % of the products, in packs and at two prices."""
    dice = random.Random(1)
    env = campaign.env
    suppliers = env["res.partner"].create(
        [{"name": f"Bench supplier {number}"} for number in range(SUPPLIERS)]
    )
    env["coop.supplier.offer"].create(
        [
            {
                "campaign_id": campaign.id,
                "partner_id": supplier.id,
                "offer_currency_id": campaign.currency_id.id,
                "delivery_cost": dice.randint(10, 40),
                "free_delivery_from": 500,
                "line_ids": [
                    Command.create(make_offer_line(product, dice))
                    for product in campaign.product_ids
                    if dice.random() < 0.6 or supplier == suppliers[0]
                ],
            }
            for supplier in suppliers
        ]
    )


def make_offer_line(product, dice):
    price = dice.randint(500, 5000) / 100
    return {
        "campaign_product_id": product.id,
        "pack": dice.choice((1, 2, 6, 10)),
        "tier_ids": [
            Command.create({"minimum": 0, "price": price}),
            Command.create({"minimum": 50, "price": round(price * 0.9, 2)}),
        ],
    }


def make_pledges(campaign, count):
    """Let as many members pledge from their Activities, for three products each."""
    dice = random.Random(2)
    env = campaign.env
    people = env["res.partner"].create(
        [
            {"name": f"Bench member {number}", "email": f"bench{number}@example.com"}
            for number in range(count)
        ]
    )
    members = env["coop.membership"].create([{"partner_id": one.id} for one in people])
    members.action_activate()
    activities = env["coop.activity"].create(
        [
            {"name": f"Bench {number}", "membership_id": member.id, "state": "open"}
            for number, member in enumerate(members)
        ]
    )
    pledges = env["coop.purchase.pledge"].create(
        [
            {
                "campaign_id": campaign.id,
                "activity_id": activity.id,
                "partner_id": activity.partner_id.id,
                "antenna_id": campaign.antenna_ids.id,
                "line_ids": [
                    Command.create(
                        {
                            "campaign_product_id": product.id,
                            "wanted": dice.randint(1, 9),
                            "tolerance": dice.randint(0, 3),
                        }
                    )
                    for product in dice.sample(list(campaign.product_ids), LINES)
                ],
            }
            for activity in activities
        ]
    )
    # What they may cost is held, as when members pledge.
    for pledge in pledges:
        pledge._hold(booked=True)
