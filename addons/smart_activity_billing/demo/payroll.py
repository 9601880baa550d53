"""Wages by the file of the social secretariat: two months posted, the last one checked."""

import base64
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.table_file import csv_file

from ..lib.money import exact

PROVIDER = "Sociaal Secretariaat Zenit"
HEADERS = ["Activiteit", "Lid", "Maand", "Bruto", "Werkgever", "Andere", "Netto"]
# How many months come by file, the last one not posted yet; and for how many Activities.
MONTHS = 3
ACTIVITIES = 14
EMPLOYER, OTHER, NET = 0.25, 0.04, 0.68


def set_aside(scene, month, wages):
    """Keep for the file what it is to bring, and return the wages that are booked otherwise.

    :param dict wages: euro by analytic account id
    """
    if scene.months_ago(month) > MONTHS:
        return wages
    if not scene.by_file:
        names = (name for name in sorted(scene.activities) if scene.facts[name][6] == "open")
        accounts = (scene.activities[name].analytic_account_id.id for name in names)
        scene.by_file = [account for account in accounts if account in wages][:ACTIVITIES]
    scene.salaries[month] = {
        account: wages[account] for account in scene.by_file if account in wages
    }
    return {account: wage for account, wage in wages.items() if account not in scene.by_file}


def book_by_file(scene):
    """Post the files of the months before, and check that of last month."""
    mapping = scene.env["coop.payroll.mapping"].create(
        {
            "name": PROVIDER,
            "company_id": scene.company.id,
            "activity_column": HEADERS[0],
            "member_column": HEADERS[1],
            "period_column": HEADERS[2],
            "gross_column": HEADERS[3],
            "employer_column": HEADERS[4],
            "other_column": HEADERS[5],
            "net_column": HEADERS[6],
            "total_label": "Totaal",
            "decimal_style": "comma",
        }
    )
    for month, wages in sorted(scene.salaries.items()):
        if scene.months_ago(month) > 1:
            run = _make_run(scene, mapping, month, wages)
            run.action_check()
            run.action_post()


def check_last_month(scene):
    """Leave the file of last month to be posted, with some salaries other than announced."""
    mapping = scene.env["coop.payroll.mapping"].search([("name", "=", PROVIDER)])
    month = scene.months()[-2]
    wages = dict(scene.salaries.get(month, {}))
    if not mapping or len(wages) < 3:
        return
    accounts = list(wages)
    # One worked more than announced, one did not work at all.
    announced = dict(wages)
    wages[accounts[0]] = round(wages[accounts[0]] * 1.08, 2)
    del wages[accounts[1]]
    for account in (*accounts[:3], *accounts[5:]):
        _announce(scene, account, month, announced[account])
    run = _make_run(scene, mapping, month, wages, control=True)
    run.action_check()
    for account in accounts[5:8]:
        _announce(scene, account, scene.months()[-1], announced[account])


def _make_run(scene, mapping, month, wages, control=False):
    """Return a draft with its file."""
    rows = [_split(scene, account, month, wage) for account, wage in wages.items()]
    totals = [float(sum(exact(row[place], 0.01) for row in rows)) for place in range(3, 7)]
    content = csv_file(HEADERS, [*rows, ["Totaal", None, None, *totals]], ",")
    return scene.env["coop.payroll.run"].create(
        {
            "mapping_id": mapping.id,
            "date_from": month,
            "file": base64.b64encode(content),
            "file_name": f"zenit-{month:%Y-%m}.csv",
            "control_total": round(sum(wages.values()), 2) if control else 0,
        }
    )


def _split(scene, account, month, wage):
    """Return a row of the file: how a wage cost is made up."""
    activity = scene.env["coop.activity"].search([("analytic_account_id", "=", account)])
    gross = round(wage / (1 + EMPLOYER + OTHER), 2)
    employer = round(gross * EMPLOYER, 2)
    other = round(wage - gross - employer, 2)
    number = activity.membership_id.number
    net = round(gross * NET, 2)
    return [activity.code, number, f"{month:%m/%Y}", gross, employer, other, net]


def _announce(scene, account, month, amount):
    """Let the member announce it at the beginning of the month; who has less announces nothing."""
    activity = scene.env["coop.activity"].search([("analytic_account_id", "=", account)])
    announcement = scene.env["coop.payroll.announcement"].create(
        {
            "activity_id": activity.id,
            "partner_id": activity.partner_id.id,
            "date_from": month,
            "amount": amount,
        }
    )
    try:
        with scene.env.cr.savepoint():
            announcement._hand_in(activity.partner_id)
    except UserError:
        announcement.unlink()
        return
    asked = min(month + timedelta(days=3), scene.today)
    announcement._write_decision({"submission_date": asked + relativedelta(hour=9)})
