"""What the Activities and the shared services cost: bills of suppliers, and wages."""

from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from . import payroll, sales, transparency
from .works import PURCHASES, SHARED_SERVICES, WORKS

TAXES = {
    "goods": "attn_VAT-IN-V81-21",
    "goods6": "attn_VAT-IN-V81-06",
    "services": "attn_VAT-IN-V82-21-S",
    "rail": "attn_VAT-IN-V82-06-S",
}
# The kiln of this Activity cost more than it had: it must earn that back.
KILN = ("Terre & Feu", "art", "Four céramique 120 l, installation comprise", 4380.0)
# What a member leaves in the budget for costs to come.
KEPT = 300
# Part of the rest that becomes the member's wage, employer's charges included.
WAGE_SHARE = 0.85
# Below this a member lets the budget grow for another month.
LEAST_WAGE = 200


def buy(scene, suppliers):
    """Create and post the bills of suppliers up to yesterday.

    :param dict suppliers: contacts by their key
    """
    chance = scene.chance("purchases")
    plan = [
        *_plan_purchases(scene, chance),
        *_plan_shared_services(scene),
        *transparency.plan_services(scene),
    ]
    name, key, text, amount = KILN
    plan.append((scene.ago(days=24), key, "612200", "goods", text, amount, scene.share_of(name)))
    plan.sort(key=lambda item: item[0])
    bills = scene.env["account.move"].create(
        [prepare_bill(scene, suppliers, number, *item) for number, item in enumerate(plan)]
    )
    bills._post(soft=False)


def _plan_purchases(scene, chance):
    """Yield (day, supplier, account, VAT, text, amount, distribution) of the Activities' costs."""
    for month in scene.months():
        ago = scene.months_ago(month)
        for name, (
            _member,
            _name,
            _sector,
            work,
            pace,
            age,
            state,
            *_others,
        ) in scene.facts.items():
            keys, wanted, day = WORKS[work][1], chance.random(), chance.randint(0, 27)
            # Those with little work buy nothing worth mentioning.
            if not keys or pace < 0.35 or wanted > 0.06 + 0.09 * pace:
                continue
            supplier, account, tax, goods = PURCHASES[chance.choice(keys)]
            text, least, most = chance.choice(goods)
            amount = round(chance.uniform(least, most), 2)
            day = scene.working_day(month + timedelta(days=max(day, 3)))
            if (
                state != "draft"
                and sales.LAST_INVOICE.get(name, 0) <= ago <= age
                and day < scene.today
            ):
                yield day, supplier, account, tax, text, amount, scene.share_of(name)


def _plan_shared_services(scene):
    account = scene.company.shared_services_account_id
    for month in scene.months():
        day = scene.working_day(month + timedelta(days=4))
        if day < scene.today:
            for supplier, code, text, amount in SHARED_SERVICES:
                yield day, supplier, code, "services", text, amount, {str(account.id): 100.0}


def prepare_bill(scene, suppliers, number, day, supplier, account, tax, text, amount, distribution):
    """Return the values of a bill of one line."""
    vat = scene.ref(TAXES[tax])
    # Some taxes of the Belgian chart are there but not yet in use.
    vat.active = True
    return {
        "move_type": "in_invoice",
        "company_id": scene.company.id,
        "partner_id": suppliers[supplier].id,
        "invoice_date": day,
        "date": day,
        "ref": f"{day.year}-{1000 + number}",
        "invoice_line_ids": [
            Command.create(
                {
                    "name": text,
                    "price_unit": amount,
                    "account_id": scene.account(account).id,
                    "tax_ids": [Command.set(vat.ids)],
                    "analytic_distribution": distribution,
                }
            )
        ],
    }


def pay_wages(scene):
    """Book the wages of each month that has ended, from what each Activity had by then.

    Who has stopped is paid all that is left.
    """
    balances = defaultdict(float)
    results = _read_results(scene)
    last_months = {
        scene.activities[name].analytic_account_id.id: months
        for name, months in sales.LAST_INVOICE.items()
        if scene.facts[name][6] == "closed"
    }
    entries = []
    for month in scene.months()[:-1]:
        for account_id, amount in results[month].items():
            balances[account_id] += amount
        wages = {}
        for account_id, balance in balances.items():
            has_ended = scene.months_ago(month) < last_months.get(account_id, 0)
            wage = balance if has_ended else (balance - KEPT) * WAGE_SHARE // 10 * 10
            if wage >= (0.01 if has_ended else LEAST_WAGE):
                wages[account_id] = round(wage, 2)
        for account_id, wage in wages.items():
            balances[account_id] -= wage
        wages = payroll.set_aside(scene, month, wages)
        if wages:
            entries.append(prepare_wages(scene, month, wages))
    scene.env["account.move"].create(entries)._post(soft=False)


def _read_results(scene):
    """Return ``{month: {analytic account id: what it gained}}`` of all that is posted."""
    Line = scene.env["account.analytic.line"]
    shared = scene.company.shared_services_account_id
    columns = [
        scene.env["coop.activity"]._analytic_column(),
        shared.plan_id._column_name(),
    ]
    results = defaultdict(lambda: defaultdict(float))
    for column in columns:
        for month, account, amount in Line._read_group(
            [(column, "!=", False), ("company_id", "=", scene.company.id)],
            ["date:month", column],
            ["amount:sum"],
        ):
            # The accounts of the services are paid from what was contributed.
            key = shared.id if account.root_plan_id == shared.root_plan_id else account.id
            results[month][key] += amount
    return results


def prepare_wages(scene, month, wages):
    """Return the values of the entry that books the wages of one month.

    :param dict wages: euro by analytic account id
    """
    label = f"Wages {month:%m/%Y}"
    day = month + relativedelta(months=1, days=-1)
    expense, debt = scene.account("620200"), scene.account("455000")
    lines = [
        {
            "name": label,
            "account_id": expense.id,
            "debit": wage,
            "analytic_distribution": {str(account_id): 100.0},
        }
        for account_id, wage in sorted(wages.items())
    ]
    lines.append({"name": label, "account_id": debt.id, "credit": round(sum(wages.values()), 2)})
    return {
        "move_type": "entry",
        "company_id": scene.company.id,
        "date": day,
        "ref": label,
        "line_ids": [Command.create(line) for line in lines],
    }
