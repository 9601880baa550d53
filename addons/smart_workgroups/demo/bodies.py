"""Who sits on the Board and in the ethics committee, and who represents the co-operative."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

from odoo.addons.smart_activity_billing.demo.scene import QUIET

from .teller import Teller, said_in

ADDON = "smart_workgroups"
# Calendars are filled, and nobody is mailed.
SILENT = {**QUIET, "no_mail_to_attendees": True, "mail_notify_force_send": False, "lang": "en_US"}

# By the number of the member: the role, and how many months ago the mandate began. Who is no
# observer is elected (`election.py`).
BOARD = {
    3: ("chair", 6),
    4: ("vice_chair", 6),
    5: ("member", 6),
    8: ("member", 6),
    9: ("member", 6),
    11: ("member", 6),
    13: ("member", 6),
    14: ("member", 6),
    16: ("member", 6),
    17: ("member", 6),
    18: ("member", 6),
    20: ("member", 6),
    22: ("member", 6),
    24: ("member", 6),
    10: ("observer", 6),
}
# The two-year mandates of some end within the weeks to come.
ETHICS = {25: 22, 27: 22, 28: 22, 29: 12, 30: 12, 31: 12, 32: 12, 34: 3, 35: 3, 36: 3}
# English, Dutch, French.
TRAININGS = (
    (
        "Reading the annual accounts",
        "De jaarrekening lezen",
        "Lire les comptes annuels",
    ),
    (
        "Leading a meeting in two languages",
        "Een vergadering in twee talen leiden",
        "Mener une réunion en deux langues",
    ),
    (
        "The three axes of the ethics committee",
        "De drie assen van het ethisch comité",
        "Les trois axes du comité d'éthique",
    ),
)
COURSE = ("Evening course in Brussels", "Avondcursus in Brussel", "Cours du soir à Bruxelles")


def governance(env):
    """Return the environment in which the secretary tells, with superuser rights."""
    secretary = env.ref("smart_membership.user_demo_secretary")
    return env(user=secretary, su=True, context=dict(env.context, **SILENT))


def members(env):
    """Return the members of the demonstration co-operative by their number."""
    company = env.ref("base.main_company")
    found = env["coop.membership"].search(
        [("company_id", "=", company.id), ("state", "=", "member")]
    )
    return {one.number: one.partner_id for one in found}


def seat_the_bodies(env):
    """Give the mandates; the demonstration users of both bodies are members first."""
    env = governance(env)
    company = env.ref("base.main_company")
    company.governance_secretary_id = env.user
    people = members(env)
    newcomers = env.ref(f"{ADDON}.partner_demo_director") | env.ref(f"{ADDON}.partner_demo_ethics")
    env["coop.membership"].create(
        [{"partner_id": one.id, "company_id": company.id} for one in newcomers]
    ).action_activate()
    today = fields.Date.context_today(env.user)
    board, ethics = env.ref(f"{ADDON}.body_board"), env.ref(f"{ADDON}.body_ethics")
    rows = [
        (board, people[number], role, months)
        for number, (role, months) in BOARD.items()
        if number in people and role == "observer"
    ]
    rows += [
        (ethics, people[number], "member", months)
        for number, months in ETHICS.items()
        if number in people
    ]
    rows.append((ethics, newcomers[1], "chair", 12))
    env["coop.mandate"].create(
        [
            {
                "body_id": body.id,
                "partner_id": person.id,
                "role": role,
                "date_start": today - relativedelta(months=months) + timedelta(days=20),
                "origin_reference": "General Assembly, election",
            }
            for body, person, role, months in rows
        ]
    )


def teach_and_represent(env):
    """Say what a role needs, who learned it, and who sits elsewhere for the co-operative."""
    env = governance(env)
    board, ethics = env.ref(f"{ADDON}.body_board"), env.ref(f"{ADDON}.body_ethics")
    directors = board._members_on(fields.Date.context_today(env.user))
    accounts = _say_what_to_learn(env, board, ethics)[0]
    _note_who_learned(env, accounts, directors[:9])
    _send_elsewhere(env, board, directors)


def _say_what_to_learn(env, board, ethics):
    company = env.ref("base.main_company")
    return Teller(env).make(
        "coop.training",
        [
            {"body_ids": board.ids, "valid_months": 48, "company_id": company.id},
            {"body_ids": (board | ethics).ids, "role": "chair", "company_id": company.id},
            {"body_ids": ethics.ids, "company_id": company.id},
        ],
        [{"name": names} for names in TRAININGS],
    )


def _note_who_learned(env, training, people):
    today = fields.Date.context_today(env.user)
    env["coop.training.record"].create(
        [
            {
                "training_id": training.id,
                "partner_id": person.id,
                "date": today - relativedelta(months=5),
                "note": said_in(person.lang, COURSE),
            }
            for person in people
        ]
    )


def _send_elsewhere(env, board, directors):
    company = env.ref("base.main_company")
    today = fields.Date.context_today(env.user)
    env["coop.representation"].create(
        [
            {
                "partner_id": directors[0].id,
                "organisation": "Federation of co-operatives, general council",
                "purpose": "That autonomous workers are heard there.",
                "body_id": board.id,
                "company_id": company.id,
                "date_start": today - relativedelta(months=14),
                "date_end": today + relativedelta(months=22),
                "report_due": today + timedelta(days=24),
            },
            {
                "partner_id": directors[1].id,
                "organisation": "Fund for social economy, advisory board",
                "body_id": board.id,
                "company_id": company.id,
                "date_start": today - relativedelta(months=8),
                "report_due": today - timedelta(days=6),
            },
        ]
    )
