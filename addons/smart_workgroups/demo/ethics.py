"""What the ethics committee was asked, and how it answered."""

from odoo import fields

from .bodies import ADDON, governance, members
from .teller import Teller, rich, said_in

# By key: title and question in English, Dutch and French. Whoever asks does so in the own language.
CASES = {
    "couriers": (
        (
            "Couriers who are paid by the delivery",
            "Koeriers die per levering betaald worden",
            "Des coursiers payés à la livraison",
        ),
        (
            "Platforms pay couriers by the delivery. May an Activity invoice such work, and on which "
            "conditions?",
            "Platformen betalen koeriers per levering. Mag een Activiteit zulk werk factureren, en "
            "onder welke voorwaarden?",
            "Des plateformes paient les coursiers à la livraison. Une Activité peut-elle facturer ce "
            "travail, et à quelles conditions ?",
        ),
    ),
    "flights": (
        ("Advertising for flights", "Reclame voor vliegreizen", "De la publicité pour l'avion"),
        (
            "May we make advertisements for an airline?",
            "Mogen we reclame maken voor een luchtvaartmaatschappij?",
            "Pouvons-nous faire de la publicité pour une compagnie aérienne ?",
        ),
    ),
    "actors": (
        (
            "Actors who are not paid for rehearsals",
            "Acteurs die niet betaald worden voor repetities",
            "Des comédiens qui ne sont pas payés pour répéter",
        ),
        (
            "The rehearsals of this company are not paid. Is that decent work?",
            "De repetities van dit gezelschap worden niet betaald. Is dat waardig werk?",
            "Les répétitions de cette compagnie ne sont pas payées. Est-ce un travail décent ?",
        ),
    ),
    "batteries": (
        (
            "Batteries of a second life",
            "Batterijen met een tweede leven",
            "Des batteries de réemploi",
        ),
        (
            "Is it safe to sell repaired batteries?",
            "Is het veilig om herstelde batterijen te verkopen?",
            "Peut-on vendre sans danger des batteries réparées ?",
        ),
    ),
}
POINTS = (
    (
        "What the company answered",
        "Wat het gezelschap antwoordde",
        "Ce que la compagnie a répondu",
    ),
    ("Who writes the draft", "Wie het ontwerp schrijft", "Qui rédige le projet"),
)
FINDINGS = {
    "work": ("mixed", "Paid by the delivery, waiting is not: below the minimum on quiet evenings."),
    "purpose": ("mixed", "Meals for those who can pay; one client for all of the work."),
    "footprint": ("good", "By bicycle, with bags that are used again."),
}
# English, Dutch, French.
MAJORITY = (
    "We accept it on three conditions: a minimum wage for each hour that somebody is on call, an "
    "insurance against accidents, and a contribution of the platform to the guarantee fund.",
    "Wij aanvaarden het onder drie voorwaarden: een minimumloon voor elk uur dat iemand oproepbaar "
    "is, een verzekering tegen ongevallen, en een bijdrage van het platform aan het garantiefonds.",
    "Nous l'acceptons à trois conditions : un salaire minimum pour chaque heure d'astreinte, une "
    "assurance contre les accidents, et une contribution de la plateforme au fonds de garantie.",
)
DISSENT = (
    "Three of us do not: the co-operative lends its good name to a model that needs people who have "
    "no choice. Members should be helped to found a platform of their own.",
    "Drie van ons aanvaarden het niet: de coöperatie leent haar goede naam aan een model dat mensen "
    "nodig heeft die geen keuze hebben. Leden moeten hulp krijgen om een eigen platform op te "
    "richten.",
    "Trois d'entre nous ne l'acceptent pas : la coopérative prête son nom à un modèle qui a besoin "
    "de gens qui n'ont pas le choix. Il faut aider les membres à fonder leur propre plateforme.",
)
AGAINST_FLIGHTS = (
    "We advise against it: the footprint of what is sold counts too.",
    "Wij raden het af: ook de voetafdruk van wat verkocht wordt, telt.",
    "Nous le déconseillons : l'empreinte de ce qui est vendu compte aussi.",
)
REPLY = (
    "<p>The Board negotiates with the platforms on these conditions and reports in a year. Without "
    "an agreement the co-operative ends the service.</p>"
)


def ask_the_committee(env):
    """One opinion with a dissent and a reply, one that waits for the Board, one in examination."""
    env = governance(env)
    people = members(env)
    meals, advertising, repairs = [
        env["coop.sector"].search([("name", "=", name)], limit=1)
        for name in ("Events and catering", "Communication", "Crafts")
    ]
    _accept_on_conditions(env, people[13], meals)
    _advise_against(env, people[16], advertising)
    _examine_in_a_meeting(env, people[17])
    _ask(env, people[29], "batteries", {"sector_id": repairs.id})


def _accept_on_conditions(env, person, sector):
    """An opinion with a dissent, and what the Board replied."""
    opinion = _examine(env, person, "couriers", {"sector_id": sector.id}, FINDINGS)
    _write(opinion, "conditional", MAJORITY)
    _vote(opinion, against=3)
    _tell(opinion, "dissent", DISSENT)
    _publish(opinion)
    director = env.ref(f"{ADDON}.user_demo_director")
    env["coop.ethics.reply"].with_user(director).sudo().create(
        {
            "case_id": opinion.case_id.id,
            "text": REPLY,
            "date": fields.Date.context_today(env.user),
            "reference": "Board, minutes 2026-09, point 3",
        }
    )


def _advise_against(env, person, sector):
    """An opinion that waits for the reply of the Board."""
    findings = {
        "work": ("good", ""),
        "purpose": ("mixed", "It sells what harms."),
        "footprint": ("bad", ""),
    }
    opinion = _examine(env, person, "flights", {"sector_id": sector.id}, findings)
    _write(opinion, "unfavourable", AGAINST_FLIGHTS)
    _vote(opinion, against=0)
    _publish(opinion)


def _examine_in_a_meeting(env, person):
    """A case on which the committee meets: others only see that it is busy."""
    activity = env["coop.activity"].search(
        [("company_id", "=", env.ref("base.main_company").id), ("state", "=", "open")],
        order="id desc",
        limit=1,
    )
    case = _examine(env, person, "actors", {"activity_id": activity.id}, {}).case_id
    meeting = env["coop.meeting"].create(
        {
            "body_id": env.ref(f"{ADDON}.body_ethics").id,
            "date_start": f"{fields.Date.add(fields.Date.today(), days=16)} 16:30:00",
            "place": "Meeting room of the office",
            # The secretary of the co-operative does not read what the committee says.
            "user_id": env.ref(f"{ADDON}.user_demo_ethics").id,
            "ethics_case_ids": [fields.Command.set(case.ids)],
            "point_ids": [fields.Command.create({"name": texts[0]}) for texts in POINTS],
        }
    )
    for point, texts in zip(meeting.point_ids, POINTS, strict=True):
        Teller(env).translate(point, "name", texts)
    meeting.action_convoke()


def _ask(env, person, key, values):
    """Ask in the name of a member, who may have no login."""
    title, question = CASES[key]
    case = env["coop.ethics.case"].create(
        values
        | {
            "title": said_in(person.lang, title),
            "question": rich(said_in(person.lang, question)),
            "company_id": env.ref("base.main_company").id,
            "origin": "member",
            "submitted_by_id": person.id,
        }
    )
    case._write_decision({"state": "asked", "date_asked": fields.Date.context_today(env.user)})
    return case


def _committee(record):
    """Return a record as each of the committee who has a login sees it, with all rights."""
    user = record.env.ref(f"{ADDON}.user_demo_ethics")
    return [record.with_user(user).sudo()]


def _examine(env, person, key, values, findings):
    case = _committee(_ask(env, person, key, values))[0]
    case.action_examine()
    for answer in case.answer_ids:
        if answer.axis in findings:
            answer.finding, answer.text = findings[answer.axis]
    case.rapporteur_id = env.ref(f"{ADDON}.partner_demo_ethics")
    return case.opinion_ids


def _write(opinion, conclusion, texts):
    opinion.conclusion = conclusion
    _tell(opinion, "majority", texts)


def _tell(opinion, name, texts):
    """Write a text of the committee in English, and its translations."""
    opinion[name] = rich(texts[0])
    Teller(opinion.env).translate(opinion, name, texts)


def _publish(opinion):
    """Publish it once its translations are confirmed."""
    opinion._search_translations()._review()
    _committee(opinion)[0].action_publish()


def _vote(opinion, against):
    """Let the committee vote, the last ones against it."""
    opinion.action_open_vote()
    voters = opinion.case_id._get_voters().sorted("id")
    opinion.env["coop.ethics.vote"].sudo().create(
        [
            {
                "opinion_id": opinion.id,
                "partner_id": person.id,
                "choice": "against" if number >= len(voters) - against else "for",
            }
            for number, person in enumerate(voters)
        ]
    )
