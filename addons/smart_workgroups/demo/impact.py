"""What is measured of the work together, and what members are asked."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .bodies import ADDON, governance, members
from .teller import Teller, said_in

# Filled in by hand: name and unit in English, Dutch and French, axis, SDG, IRIS+ code, and the years
# up to the last one.
FIGURES = (
    (
        ("Hours of training", "Uren opleiding", "Heures de formation"),
        ("hours", "uur", "heures"),
        ("cooperation", "4", "OI4229"),
        (640, 720, 910, 870, 1040, 1180),
    ),
    (
        (
            "Wages paid within seven days",
            "Lonen die binnen zeven dagen betaald zijn",
            "Salaires payés dans les sept jours",
        ),
        ("%", "%", "%"),
        ("work", "8", ""),
        (97, 98, 98, 99, 99, 99),
    ),
    (
        (
            "Printed paper in our offices",
            "Bedrukt papier in onze kantoren",
            "Papier imprimé dans nos bureaux",
        ),
        ("kg", "kg", "kg"),
        ("footprint", "12", "OI1479"),
        (410, 380, 240, 190, 165, 150),
    ),
    (
        (
            "Opinions of the ethics committee",
            "Adviezen van het ethisch comité",
            "Avis du comité d'éthique",
        ),
        ("opinions", "adviezen", "avis"),
        ("purpose", "16", ""),
        (1, 2, 1, 3, 2, 4),
    ),
)
SCORES = (6, 7, 8, 5, 9, 7, 8)
STEERING = (
    "Steering Committee of the Tools",
    "Stuurcomité van de tools",
    "Comité de pilotage des outils",
)
SURVEY = (
    "How does the Activity tool help you?",
    "Hoe helpt de Activiteitentool je?",
    "En quoi l'outil des Activités vous aide-t-il ?",
)
QUESTIONS = {
    "scale": (
        "How satisfied are you, from 0 to 10?",
        "Hoe tevreden ben je, van 0 tot 10?",
        "Êtes-vous satisfait, de 0 à 10 ?",
    ),
    "text_box": (
        "What costs you time?",
        "Wat kost je tijd?",
        "Qu'est-ce qui vous prend du temps ?",
    ),
}
READING = (
    "Read the recommendations on economic solidarity",
    "Lees de aanbevelingen over economische solidariteit",
    "Lisez les recommandations sur la solidarité économique",
)
# By the number of the member, who writes in the own language: how long, and for what.
HOURS = {
    13: (
        3,
        (
            "Interpreted a meeting of the workgroup",
            "Een vergadering van de werkgroep getolkt",
            "Interprété une réunion du groupe de travail",
        ),
    ),
    16: (2, ("Wrote the minutes", "Het verslag geschreven", "Rédigé le procès-verbal")),
    29: (
        1.5,
        (
            "Helped a new member with the first invoice",
            "Een nieuwe vennoot geholpen met de eerste factuur",
            "Aidé un nouveau sociétaire pour sa première facture",
        ),
    ),
}


def measure_the_impact(env):
    """Fill in the last six years, and measure what the books say."""
    env = governance(env)
    company = env.ref("base.main_company")
    last = fields.Date.context_today(env.user).year - 1
    teller = Teller(env)
    teller.make(
        "coop.indicator",
        [
            {
                "axis": axis,
                "sdg": sdg,
                "iris_code": iris,
                "published": True,
                "authentic_lang": "en_US",
                "company_id": company.id,
                "measure_ids": [
                    Command.create(
                        {
                            "date_from": f"{last - len(values) + 1 + number}-01-01",
                            "date_to": f"{last - len(values) + 1 + number}-12-31",
                            "value": value,
                        }
                    )
                    for number, value in enumerate(values)
                ],
            }
            for _names, _units, (axis, sdg, iris), values in FIGURES
        ],
        [{"name": names, "unit": units} for names, units, _about, _values in FIGURES],
    )
    teller.confirm_translations()
    computed = env["coop.indicator"].search(
        [("company_id", "=", company.id), ("source", "=", "books")]
    )
    computed._measure(fields.Date.context_today(env.user))


def ask_about_the_tools(env):
    """A panel that answered, one that is out, something to read, and hours that members gave."""
    env = governance(env)
    survey = _write_the_survey(env)
    first, second = _draw_the_panels(env, survey)
    first.action_send()
    answers = env["survey.user_input"].search([("panel_id", "=", first.id)], limit=len(SCORES))
    for answer, score in zip(answers, SCORES, strict=False):
        answer._save_lines(survey.question_ids[0], score)
        answer._mark_done()
    first.action_close()
    second.action_send()
    people = members(env)
    _ask_to_read(env, people)
    _give_hours(env, people)


def _write_the_survey(env):
    teller = Teller(env)
    survey = env["survey.survey"].create(
        {
            "title": SURVEY[0],
            "question_and_page_ids": [
                Command.create({"title": texts[0], "question_type": kind})
                for kind, texts in QUESTIONS.items()
            ],
        }
    )
    teller.translate(survey, "title", SURVEY)
    for question, texts in zip(survey.question_ids, QUESTIONS.values(), strict=True):
        teller.translate(question, "title", texts)
    return survey


def _draw_the_panels(env, survey):
    company = env.ref("base.main_company")
    steering = Teller(env).make(
        "coop.body", [{"kind": "steering", "company_id": company.id}], [{"name": STEERING}]
    )
    until = fields.Date.context_today(env.user) + timedelta(days=21)
    return env["coop.survey.panel"].create(
        [
            {
                "name": name,
                "survey_id": survey.id,
                "size": size,
                "minutes": 6,
                "date_until": until,
                "body_id": steering.id,
                "company_id": company.id,
            }
            for name, size in (("Activity tool, spring", 9), ("Activity tool, autumn", 12))
        ]
    )


def _ask_to_read(env, people):
    member = env.ref("smart_membership.partner_demo_member", raise_if_not_found=False)
    env["coop.ask"]._ask(
        people[13] | (member or people[16]),
        lambda lang: said_in(lang, READING),
        "/my/workgroups",
        kind="read",
        minutes=15,
    )


def _give_hours(env, people):
    env["coop.hours"].create(
        [
            {
                "name": said_in(people[number].lang, texts),
                "partner_id": people[number].id,
                "company_id": env.ref("base.main_company").id,
                "hours": hours,
            }
            for number, (hours, texts) in HOURS.items()
        ]
    )


def let_somebody_translate(env):
    """The secretary translates too."""
    secretary = env.ref("smart_membership.user_demo_secretary")
    secretary.group_ids += env.ref(f"{ADDON}.group_governance_translator")
    secretary.translation_lang_ids = env["res.lang"].search([("code", "in", ("nl_BE", "fr_BE"))])
