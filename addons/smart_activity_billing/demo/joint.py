"""What Activities buy together: one proposal is open, one is in use, one came to nothing."""

from datetime import datetime, time, timedelta

from odoo.fields import Command

# Those who propose it: [(what, why, how it is used, euro, days to pledge, pledges)].
OPEN = (
    "Lasersnijder 60 W",
    "Hout, karton en plexi snijden zonder naar Mechelen te rijden. De leverancier houdt de prijs vast "
    "tot het einde van de maand.",
    "Staat in het atelier van Lauwers. Ieder twee dagen per week, te boeken in de kalender; wie snijdt, "
    "maakt de filter proper.",
    4800.0,
    18,
    (("Meubelatelier Lauwers", 900), ("Lichtontwerp Vandecasteele", 400), ("Roelandts Data", 300)),
)
ASKED = ("Huisstijl & Co", 350)
USED = (
    "Bakfiets met huif",
    "Voor leveringen in de stad: sneller dan de camionnette, en zonder parkeerboete.",
    "Staat aan de Kwarteldreef. Boek per halve dag; wie hem terugbrengt, hangt de batterij aan de lader.",
    5,
    (("Lotte Tekent", 420), ("Dumoulin Son", 310), ("Claeskens Web", 260), ("Huisstijl & Co", 110)),
)
LEAVES, TAKES_OVER = "Claeskens Web", "Lotte Tekent"
LAPSED = (
    "Keramiekoven 120 l",
    "Een oven voor drie ateliers in plaats van drie keer wachten bij de academie.",
    "Staat bij Terre & Feu. Stoken op maandag en donderdag.",
    3900.0,
    (("Lotte Tekent", 150), ("Lichtontwerp Vandecasteele", 120)),
)
# (Activity, days from now, from, to, what for)
BOOKINGS = [
    ("Lotte Tekent", 1, 9, 12, "Prentenboeken naar de drukker"),
    ("Dumoulin Son", 1, 13, 17, "Micros et câbles vers la salle"),
    ("Lotte Tekent", 3, 8, 12, "Expo ophangen"),
    ("Claeskens Web", 6, 14, 16, "Oude schermen naar het recyclagepark"),
    ("Dumoulin Son", 8, 9, 18, "Festival de rue"),
]
RENT = 180.0
MONTHS = 60


def invest_together(scene, suppliers):
    """Tell of these; who has little pledges little."""
    _propose_open(scene)
    investment = _buy_and_use(scene, suppliers)
    _rent_out(scene, investment)
    _book(scene, investment)
    _leave(scene, investment)
    _lapse(scene)
    # Nobody is to be mailed: the mails can be read in the list of e-mails.
    scene.env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"


def _propose(scene, label, purpose, use_rules, target, proposer, deadline):
    investment = scene.env["coop.investment"].create(
        {
            "is_joint": True,
            "company_id": scene.company.id,
            "label": label,
            "purpose": purpose,
            "use_rules": use_rules,
            "target": target,
            "deadline": deadline,
            "proposing_activity_id": scene.activities[proposer].id,
        }
    )
    investment._publish(scene.activities[proposer].partner_id)
    return investment


def _deadline(scene, days):
    return datetime.combine(scene.today + timedelta(days=days), time(19))


def _plan(scene, pledges):
    """Return ``[(Activity, amount)]``: at most half of what each has, in tens."""
    plan = []
    for name, wanted in pledges:
        activity = scene.activities[name]
        amount = min(wanted, activity.available * 0.5 // 10 * 10)
        if amount >= 10:
            plan.append((activity, amount))
    return plan


def _propose_open(scene):
    label, purpose, rules, target, days, pledges = OPEN
    investment = _propose(
        scene, label, purpose, rules, target, pledges[0][0], _deadline(scene, days)
    )
    for activity, amount in _plan(scene, pledges):
        investment._pledge(activity, amount, activity.partner_id)
    name, amount = ASKED
    investment.invitation_ids._invite(
        investment, scene.activities[name], amount, investment.proposer_id
    )


def _buy_and_use(scene, suppliers):
    """Fund it, buy it some months ago, and write it off since."""
    label, purpose, rules, months, pledges = USED
    plan = _plan(scene, pledges)
    target = sum(amount for _activity, amount in plan)
    investment = _propose(
        scene, label, purpose, rules, target, plan[0][0].name, _deadline(scene, 1)
    )
    for activity, amount in plan:
        investment._pledge(activity, amount, activity.partner_id)
    bought = scene.ago(months=months)
    investment._write_decision({"deadline": datetime.combine(bought, time(19)) - timedelta(days=9)})
    if not scene.company.investment_profile_id:
        scene.company.investment_profile_id = _make_profile(scene)
    bill = scene.env["account.move"].browse(investment.action_buy()["res_id"])
    bill.write({"partner_id": suppliers["wood"].id, "invoice_date": bought, "date": bought})
    bill.ref = f"{bought.year}-4417"
    bill._post(soft=False)
    asset = investment.asset_id
    due = asset.depreciation_line_ids.filtered(
        lambda line: (
            line.type == "depreciate" and not line.move_check and line.line_date < scene.today
        )
    )
    due.sorted("line_date").create_move()
    return investment


def _make_profile(scene):
    return scene.env["account.asset.profile"].create(
        {
            "name": "What Activities share, 5 years",
            "company_id": scene.company.id,
            "account_asset_id": scene.account("230000").id,
            "account_depreciation_id": scene.account("230009").id,
            "account_expense_depreciation_id": scene.account("630200").id,
            "journal_id": scene.company._get_budget_transfer_journal().id,
            "method_time": "number",
            "method_number": MONTHS,
            "method_period": "month",
            "open_asset": True,
        }
    )


def _rent_out(scene, investment):
    """Rent it to a client of one of those who own it."""
    day = scene.ago(days=40)
    [known] = scene.env["account.move"].search(
        [("move_type", "=", "out_invoice"), ("company_id", "=", scene.company.id)],
        order="id",
        limit=1,
    )
    invoice = scene.env["account.move"].create(
        {
            "move_type": "out_invoice",
            "company_id": scene.company.id,
            "partner_id": known.partner_id.id,
            "invoice_date": day,
            "rented_investment_id": investment.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Huur bakfiets, drie dagen",
                        "price_unit": RENT,
                        "tax_ids": [Command.set(known.invoice_line_ids[:1].tax_ids.ids)],
                    }
                )
            ],
        }
    )
    invoice._post(soft=False)


def _book(scene, investment):
    for name, days, start, stop, note in BOOKINGS:
        activity = scene.activities[name]
        day = scene.today + timedelta(days=days)
        if activity in investment._get_owners():
            scene.env["coop.investment.booking"].create(
                {
                    "investment_id": investment.id,
                    "activity_id": activity.id,
                    "person_id": activity.partner_id.id,
                    "start": datetime.combine(day, time(start)),
                    "stop": datetime.combine(day, time(stop)),
                    "note": note,
                }
            )


def _leave(scene, investment):
    """One asks another to take over, and waits for the answer."""
    seller, buyer = scene.activities[LEAVES], scene.activities[TAKES_OVER]
    if seller not in investment._get_owners():
        return
    buyout = scene.env["coop.investment.buyout"].create(
        {
            "company_id": scene.company.id,
            "investment_id": investment.id,
            "seller_id": seller.id,
            "reason": "We werken nu van thuis: de bakfiets staat er voor niets.",
            "line_ids": [Command.create({"activity_id": buyer.id})],
        }
    )
    buyout._submit(seller.partner_id)


def _lapse(scene):
    label, purpose, rules, target, pledges = LAPSED
    investment = _propose(scene, label, purpose, rules, target, "Terre & Feu", _deadline(scene, 1))
    for activity, amount in _plan(scene, pledges):
        investment._pledge(activity, amount, activity.partner_id)
    investment._write_decision({"deadline": _deadline(scene, -12)})
    investment._settle_deadline()
