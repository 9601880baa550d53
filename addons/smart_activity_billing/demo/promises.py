"""What is asked for and not booked yet: drafts that hold money of Activities."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from . import spending
from .works import PLANS

# Activities whose wages of the running month are prepared already.
WAGES_OF = [
    "Claeskens Web",
    "Hanquet Interprétation",
    "Roelandts Data",
    "Lotte Tekent",
    "Dumoulin Son",
    "Whitcombe Words",
]
ACCOUNTS = {"purchase": "612200", "investment": "612200", "expense": "616503", "pledge": "600000"}


def promise(scene, suppliers):
    """Reserve budget for drafts of bills and of wages."""
    drafts = scene.env["account.move"].create(
        [
            spending.prepare_bill(
                scene,
                suppliers,
                5000 + number,
                scene.today - timedelta(days=number % 3),
                supplier,
                ACCOUNTS[kind],
                "goods",
                text,
                amount,
                scene.share_of(name),
            )
            for number, (name, kind, supplier, text, amount) in enumerate(PLANS)
        ]
    )
    next_month = scene.today + relativedelta(months=1)
    for draft, (name, kind, _supplier, _text, amount) in zip(drafts, PLANS, strict=True):
        # A pledge ends with its campaign, and an offer of a supplier lapses.
        until = {"pledge": scene.today + timedelta(days=24), "purchase": next_month}.get(kind)
        _reserve(scene, name, amount, kind, draft, until)
    _prepare_next_wages(scene)
    _release_what_was_not_needed(scene)


def _reserve(scene, name, amount, kind, origin, until=None):
    """Reserve what is left, when less is available: nobody may promise more."""
    activity = scene.activities[name]
    amount = min(amount, activity.available)
    if amount >= 1:
        activity._reserve(amount, kind, origin, date_until=until)


def _prepare_next_wages(scene):
    """Draft the wages of this month for some Activities, and hold the money for them."""
    wages = {}
    for name in WAGES_OF:
        activity = scene.activities[name]
        if activity.available > 100:
            wages[activity.analytic_account_id.id] = activity.available * 0.5 // 10 * 10
    if not wages:
        return
    entry = scene.env["account.move"].create(
        spending.prepare_wages(scene, scene.months()[-1], wages)
    )
    for name in WAGES_OF:
        if amount := wages.get(scene.activities[name].analytic_account_id.id):
            # Wages are paid within seven working days after the month.
            end = scene.months()[-1] + relativedelta(months=1, days=10)
            _reserve(scene, name, amount, "payroll", entry, end)


def _release_what_was_not_needed(scene):
    """Leave a trace of promises that are over: one was spent, one was given back."""
    activity = scene.activities["Meubelatelier Lauwers"]
    if activity.available > 200:
        activity._reserve(120, "purchase")._consume()
        activity._reserve(80, "expense")._release()
