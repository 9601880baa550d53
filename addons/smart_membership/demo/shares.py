"""The shares of the demonstration: three classes, a register with a past, requests of today."""

import random

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from . import story

# Code, category, name in English, Dutch and French, prices by the years before today, most shares
# that one member takes.
CLASSES = [
    (
        "A",
        "user",
        ("User members", "Vennoten-gebruikers", "Sociétaires usagers"),
        {12: 30, 3: 50},
        5,
    ),
    (
        "B",
        "staff",
        ("Permanent staff", "Vaste medewerkers", "Travailleurs permanents"),
        {12: 30, 3: 50},
        2,
    ),
    ("C", "partner", ("Partners", "Partners", "Partenaires"), {12: 250}, 20),
]
RESTRICTIONS = (
    "Shares are transferred to members only, with the approval of the Board. No dividend is paid: "
    "what the cooperative earns is reinvested.",
    "Aandelen worden alleen aan vennoten overgedragen, met de goedkeuring van de raad van bestuur. "
    "Er wordt geen dividend betaald: wat de coöperatie verdient, wordt opnieuw geïnvesteerd.",
    "Les parts ne sont cédées qu'à des sociétaires, avec l'accord du conseil d'administration. Aucun "
    "dividende n'est versé : ce que la coopérative gagne est réinvesti.",
)
ACCOUNTS = {
    "capital": (
        ("Contributions of members", "Inbrengen van vennoten", "Apports des sociétaires"),
        "110000",
        "equity",
    ),
    "called": (
        (
            "Called contributions, unpaid",
            "Opgevraagde inbrengen, niet betaald",
            "Apports appelés, non versés",
        ),
        "410000",
        "asset_receivable",
    ),
    "bank": (
        (
            "Bank before these books",
            "Bank van voor deze boekhouding",
            "Banque d'avant cette comptabilité",
        ),
        "550990",
        "asset_cash",
    ),
}
CALLS = ("Capital calls", "Oproepen van kapitaal", "Appels de capital")


def tell(env):
    """Open the classes, write the register of the past years, and let some people ask."""
    company = env.ref("base.main_company")
    books = _make_books(env, company)
    classes = {}
    for code, category, names, prices, _most in CLASSES:
        classes[category] = _make_class(env, company, books, code, category, names, prices)
    _write_the_past(env, company, books, classes)
    _let_people_ask(env, company, books, classes)


def _make_books(env, company):
    """Return the accounts and journals of the capital."""
    Account = env["account.account"].with_company(company)
    books = {}
    for key, (names, code, kind) in ACCOUNTS.items():
        books[key] = Account.create(
            {
                "name": names[0],
                # The chart of accounts may have this one already, for something else.
                "code": Account._search_new_account_code(code),
                "account_type": kind,
                "company_ids": company.ids,
            }
        )
        story.in_languages(books[key], "name", *names[1:])
    Journal = env["account.journal"]
    values = {"name": CALLS[0], "code": "CAP", "type": "sale", "company_id": company.id}
    models = dict(Journal._fields["invoice_reference_model"]._description_selection(env))
    if "be" in models:
        values["invoice_reference_model"] = "be"
    books["journal"] = Journal.create(values)
    story.in_languages(books["journal"], "name", *CALLS[1:])
    books["general"] = Journal.search(
        [("company_id", "=", company.id), ("type", "=", "general")], limit=1
    ) or Journal.create(
        {"name": "Miscellaneous", "code": "MISC", "type": "general", "company_id": company.id}
    )
    return books


def _make_class(env, company, books, code, category, names, prices):
    today = fields.Date.context_today(env.user)
    share_class = env["coop.share.class"].create(
        {
            "name": names[0],
            "code": code,
            "company_id": company.id,
            "category_ids": env.ref(f"smart_membership.category_{category}").ids,
            "capital_account_id": books["capital"].id,
            "receivable_account_id": books["called"].id,
            "journal_id": books["journal"].id,
            "payment_term_id": env.ref("account.account_payment_term_30days").id,
            "restrictions": RESTRICTIONS[0],
            "price_ids": [
                Command.create({"date_from": today - relativedelta(years=years), "price": price})
                for years, price in prices.items()
            ],
        }
    )
    story.in_languages(share_class, "name", *names[1:])
    story.in_languages(share_class, "restrictions", *RESTRICTIONS[1:])
    return share_class


def _write_the_past(env, company, books, classes):
    """Issue shares on the day on which each became a member, and take back those of who left."""
    chance = random.Random(1998)
    most = {category: number for _code, category, _names, _prices, number in CLASSES}
    events = []
    memberships = env["coop.membership"].search(
        [("company_id", "=", company.id), ("number", ">", 0)], order="number"
    )
    for membership in memberships:
        share_class = classes[membership.category_code]
        quantity = chance.randint(1, most[membership.category_code])
        price = share_class._get_known_price(membership.date_start)
        values = {
            "company_id": company.id,
            "share_class_id": share_class.id,
            "quantity": quantity,
            "unit_price": price,
            "paid_up": quantity * price,
        }
        joined = {"kind": "issue", "partner_to_id": membership.partner_id.id}
        events.append({**values, **joined, "date": membership.date_start, "origin": "Sign-up"})
        if membership.date_end:
            left = {"kind": "redemption", "partner_from_id": membership.partner_id.id}
            events.append({**values, **left, "date": membership.date_end, "origin": "Exit"})
    events.sort(key=lambda event: event["date"])
    # The register of the demonstration begins with the cooperative.
    env["coop.share.movement"].sudo().create(events)
    _book_the_past(env, books, events)


def _book_the_past(env, books, events):
    """Book what the register holds, in one opening entry on the day of its last movement."""
    signs = {"issue": 1, "redemption": -1}
    amount = sum(signs[event["kind"]] * event["paid_up"] for event in events)
    env["account.move"].create(
        {
            "journal_id": books["general"].id,
            "date": events[-1]["date"],
            "ref": "Contributions of members, taken over",
            "line_ids": [
                Command.create({"account_id": books["bank"].id, "balance": amount}),
                Command.create({"account_id": books["capital"].id, "balance": -amount}),
            ],
        }
    ).action_post()


def _let_people_ask(env, company, books, classes):
    """Requests in every state: to decide, waiting for payment, paid, refused."""
    candidates = env["coop.membership"].search(
        [("company_id", "=", company.id), ("state", "=", "candidate")], order="id"
    )
    member = env.ref("smart_membership.membership_demo_member")
    subscriptions = env["coop.share.subscription"].create(
        [
            {
                "partner_id": membership.partner_id.id,
                "company_id": company.id,
                "share_class_id": classes["user"].id,
                "quantity": quantity,
            }
            for membership, quantity in zip(
                [*candidates[:3], member, member], (1, 2, 3, 2, 1), strict=True
            )
        ]
    )
    subscriptions.action_submit()
    _to_decide, unpaid, refused, waiting, paid = subscriptions
    decision = {"decision_reference": "Board, item 4"}
    (unpaid | waiting | paid)._approve(decision)
    refused._refuse(
        decision,
        "The Board would like to meet you first: come to an information session of your antenna.",
    )
    _pay(env, books, paid)


def _pay(env, books, subscription):
    entry = env["account.move"].create(
        {
            "journal_id": books["general"].id,
            "ref": subscription.capital_call_id.payment_reference,
            "line_ids": [
                Command.create(
                    {
                        "account_id": books[account].id,
                        "partner_id": subscription.partner_id.id,
                        "balance": sign * subscription.amount_total,
                    }
                )
                for account, sign in (("bank", 1), ("called", -1))
            ],
        }
    )
    entry.action_post()
    lines = entry.line_ids | subscription.capital_call_id.line_ids
    lines.filtered(lambda line: line.account_id == books["called"]).reconcile()
