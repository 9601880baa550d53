"""What waits today: drafts, what the Board has still to answer, and an answer given anew."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .bodies import governance
from .teller import Teller

ADDON = "smart_workgroups"
# In English, Dutch and French.
PAPER = {
    "name": (
        "Print all invoices on recycled paper",
        "Alle facturen op gerecycleerd papier drukken",
        "Imprimer toutes les factures sur papier recyclé",
    ),
    "text": (
        "We print eighty thousand pages a year.",
        "We drukken tachtigduizend bladzijden per jaar.",
        "Nous imprimons quatre-vingt mille pages par an.",
    ),
}
BETTER_SPENT = (
    "Invoices leave by electronic mail within two years: the money is better spent on that.",
    "Facturen vertrekken binnen twee jaar elektronisch: daaraan is het geld beter besteed.",
    "Les factures partiront par voie électronique d'ici deux ans : l'argent y est mieux employé.",
)
LAST_MONTH = (
    "Answers of last month",
    "Antwoorden van vorige maand",
    "Réponses du mois dernier",
)
THIS_MONTH = (
    "Decided anew this month",
    "Deze maand opnieuw beslist",
    "Décidé à nouveau ce mois-ci",
)
# The Board changes its mind, and says why.
STILL_ON_PAPER = {
    "renewal_reason": (
        "Public clients told us that they want invoices on paper for three more years.",
        "Openbare opdrachtgevers lieten weten dat ze nog drie jaar facturen op papier willen.",
        "Des donneurs d'ordre publics veulent encore des factures sur papier pendant trois ans.",
    ),
    "reasons": (
        "What has to be printed is printed on recycled paper; the rest leaves electronically.",
        "Wat gedrukt moet worden, komt op gerecycleerd papier; de rest vertrekt elektronisch.",
        "Ce qui doit être imprimé l'est sur papier recyclé ; le reste part par voie électronique.",
    ),
    "amended_name": (
        "Print invoices that have to be on paper on recycled paper",
        "Facturen die op papier moeten op gerecycleerd papier drukken",
        "Imprimer sur papier recyclé les factures qui doivent l'être",
    ),
    "amended_text": (
        "Only for clients who have to get paper.",
        "Alleen voor opdrachtgevers die papier moeten krijgen.",
        "Seulement pour les donneurs d'ordre qui doivent recevoir du papier.",
    ),
}


def leave_something_to_do(env):
    """Leave drafts and what waits for the Board; from now on the Assembly decides on rates."""
    env = governance(env)
    people = _get_people(env)
    _draft(env, people)
    _decide_anew(env, _reject(env, people))
    # What came before is as it was.
    env.ref("base.main_company").rate_needs_resolution = True
    env["coop.governance.notice"].search([]).sent_on = fields.Datetime.now()


def _get_people(env):
    company = env.ref("base.main_company")
    memberships = env["coop.membership"].search(
        [("company_id", "=", company.id), ("state", "=", "member")], order="number", limit=40
    )
    return memberships.partner_id


def _reject(env, people):
    """Let the Board say no to what one member recommended, with its reasons."""
    teller, decided = Teller(env), fields.Date.context_today(env.user) - timedelta(days=30)
    recommendation = teller.make(
        "coop.recommendation",
        [
            {
                "author_ids": [Command.set(people[7:8].ids)],
                "supporter_ids": [Command.set(people[8:10].ids)],
            }
        ],
        [PAPER],
    )
    recommendation.action_submit()
    recommendation._write_decision(
        {
            "submitted_on": decided - timedelta(days=40),
            "answer_due": decided + timedelta(days=20),
        }
    )
    answer = {"recommendation_id": recommendation.id, "outcome": "rejected"}
    return _answer(teller, decided, answer, {"reasons": BETTER_SPENT}, LAST_MONTH)


def _decide_anew(env, review):
    """Let the Board decide anew on what it rejected: both answers can be read."""
    answer = {
        "recommendation_id": review.recommendation_id.id,
        "replaced_id": review.id,
        "outcome": "amended",
    }
    decided = fields.Date.context_today(env.user) - timedelta(days=6)
    _answer(Teller(env), decided, answer, STILL_ON_PAPER, THIS_MONTH)


def _answer(teller, decided, answer, texts, publication_name):
    """Let the director finalise an answer of the Board, and publish it four days later."""
    day = {"decided_on": decided, "minutes_reference": f"{decided:%d/%m/%Y}"}
    review = teller.make("coop.board.review", [answer | day], [texts])
    director = teller.env.ref(f"{ADDON}.user_demo_director")
    review.with_user(director).sudo().action_finalise()
    publication = teller.make(
        "coop.board.publication",
        [{"planned_review_ids": [Command.set(review.ids)]}],
        [{"name": publication_name}],
    )
    publication.action_publish()
    publication._write_decision({"published_on": f"{decided + timedelta(days=4)} 09:00:00"})
    return review


def _draft(env, people):
    """Leave something to do: a draft with an amendment, and what waits for the Board."""
    today = fields.Date.context_today(env.user)
    Recommendation = env["coop.recommendation"]
    waiting, late = Recommendation.create(
        [
            {
                "name": name,
                "text": text,
                "author_ids": [Command.set(people[index : index + 2].ids)],
            }
            for index, (name, text) in enumerate(
                (
                    (
                        "Train the leaders of workgroups before they begin",
                        "<p>Short is enough: what is expected, and how a meeting is led.</p>",
                    ),
                    (
                        "Translate all documents of the workgroups within a week",
                        "<p>Who reads later decides less.</p>",
                    ),
                )
            )
        ]
    )
    (waiting | late).action_submit()
    late._write_decision(
        {"submitted_on": today - timedelta(100), "answer_due": today - timedelta(days=10)}
    )
    draft, own = Recommendation.create(
        [
            {
                "name": "Lend tools to one another",
                "text": "<p>Many of us own the same drill, and use it twice a year.</p>",
                "is_open": is_open,
                "author_ids": [Command.set(people[index : index + 1].ids)],
            }
            for index, is_open in ((4, True), (5, False))
        ]
    )
    draft.text = "<p>Many of us own the same drill, and use it twice a year. Let us share.</p>"
    for one in draft | own:
        one._propose_amendment(
            people[6],
            one.version_count,
            "Many of us own the same drill. Let us share, for a small fee.",
            "Tools wear out",
        )
