"""The Board as the members elected it, by a secret vote on more candidates than its 18 seats."""

from datetime import timedelta
from itertools import cycle, islice

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from .bodies import ADDON, BOARD, governance, members
from .teller import Teller

SEATS = 18
# Who stands besides those whom the other chapters know as directors.
OTHERS = (26, 33, 37, 38, 39, 40)
CALL = {
    "title": (
        "Election of the Board of Directors",
        "Verkiezing van de raad van bestuur",
        "Élection du conseil d'administration",
    ),
    "text": (
        "Eighteen members lead the co-operative together for four years: one evening a month, and "
        "two workgroups a year.",
        "Achttien vennoten leiden de coöperatie samen, vier jaar lang: één avond per maand en twee "
        "werkgroepen per jaar.",
        "Dix-huit sociétaires dirigent ensemble la coopérative pendant quatre ans : une soirée par "
        "mois et deux groupes de travail par an.",
    ),
}
TEXTS = (
    (
        "I invoice through the co-operative since it began, and want its figures to be read by "
        "everybody.",
        "Ik factureer via de coöperatie sinds ze bestaat, en wil dat iedereen haar cijfers leest.",
        "Je facture par la coopérative depuis ses débuts et je veux que chacun lise ses chiffres.",
    ),
    (
        "Shared services must fit small Activities too: I will ask what each of them costs.",
        "Gedeelde diensten moeten ook bij kleine Activiteiten passen: ik zal vragen wat ze kosten.",
        "Les services communs doivent convenir aussi aux petites Activités : je demanderai ce "
        "qu'ils coûtent.",
    ),
    (
        "Workgroups are where we learn from each other. I will see that each recommendation is "
        "answered.",
        "In werkgroepen leren we van elkaar. Ik zal erop letten dat elke aanbeveling een antwoord "
        "krijgt.",
        "C'est en groupe de travail que nous apprenons les uns des autres. Je veillerai à ce que "
        "chaque recommandation reçoive une réponse.",
    ),
    (
        "Buying together saves money and the planet. I know both sides of a purchase order.",
        "Samen kopen spaart geld en de planeet. Ik ken beide kanten van een bestelbon.",
        "Acheter ensemble épargne de l'argent et la planète. Je connais les deux côtés d'un bon "
        "de commande.",
    ),
    (
        "I want meetings that end on time, in a language that all understand.",
        "Ik wil vergaderingen die op tijd eindigen, in een taal die iedereen begrijpt.",
        "Je veux des réunions qui finissent à l'heure, dans une langue que tous comprennent.",
    ),
)
NEXT_CALL = {
    "title": (
        "Two seats in the ethics committee",
        "Twee zetels in het ethisch comité",
        "Deux sièges au comité d'éthique",
    ),
    "text": (
        "The committee advises on what our Activities do to people and to the planet: six "
        "meetings a year, two years.",
        "Het comité geeft advies over wat onze Activiteiten met mens en planeet doen: zes "
        "vergaderingen per jaar, twee jaar lang.",
        "Le comité donne son avis sur ce que nos Activités font aux gens et à la planète : six "
        "réunions par an, pendant deux ans.",
    ),
}


def elect_the_board(env):
    """Call, vote, count and publish: the mandates of the Board come of it."""
    env = governance(env)
    BoardElection(env).tell()


def call_for_the_committee(env):
    """Let members stand for the ethics committee, in the weeks to come."""
    env = governance(env)
    teller = Teller(env)
    [election] = teller.make(
        "coop.election",
        [
            {
                "body_id": env.ref(f"{ADDON}.body_ethics").id,
                "company_id": env.ref("base.main_company").id,
                "seats": 2,
                "method": "approval",
                "deadline": fields.Datetime.now() + timedelta(days=21),
            }
        ],
        [NEXT_CALL],
    )
    teller.confirm_translations()
    election.action_call()
    sitting = election.body_id._members_on()
    people = [one for one in members(env).values() if one not in sitting]
    stand(teller, election, people[-2:])[:1].action_admit()


def stand(teller, election, people):
    """Let these people stand, each with a text."""
    candidates = teller.make(
        "coop.candidate",
        [
            {
                "election_id": election.id,
                "partner_id": person.id,
                "submitted_by_id": person.id,
            }
            for person in people
        ],
        [{"text": text} for text in islice(cycle(TEXTS), len(people))],
    )
    candidates.action_accept()
    teller.confirm_translations()
    return candidates


class BoardElection:
    """Tells one election, from the call to the mandates, as it was held half a year ago.

    :param env: of the secretary, with superuser rights
    """

    def __init__(self, env):
        self.env = env
        self.company = env.ref("base.main_company")
        self.people = members(env)
        self.teller = Teller(env)
        self.start = fields.Date.context_today(env.user) - relativedelta(months=6)

    def tell(self):
        """Tell it, and who leads the Board since."""
        voters = self.env["coop.membership"].search(
            [("company_id", "=", self.company.id), ("voting", "=", True)], order="number"
        )
        known = [
            self.people[number]
            for number, (role, _months) in BOARD.items()
            if number in self.people and role != "observer"
        ]
        known.append(self.env.ref(f"{ADDON}.partner_demo_director"))
        known += [self.people[number] for number in OTHERS if number in self.people]
        election = self.call()
        # The director of the demonstration has one of these numbers, perhaps.
        candidates = stand(self.teller, election, list(dict.fromkeys(known)))
        candidates.action_admit()
        election.deadline = fields.Datetime.to_datetime(self.start) - timedelta(days=40)
        self.vote(election, candidates, voters.partner_id)
        self.seat(election)

    def call(self):
        """Publish the call."""
        [election] = self.teller.make(
            "coop.election",
            [
                {
                    "body_id": self.env.ref(f"{ADDON}.body_board").id,
                    "company_id": self.company.id,
                    "seats": SEATS,
                    "date_start": self.start,
                    "deadline": fields.Datetime.now() + timedelta(hours=1),
                }
            ],
            [CALL],
        )
        self.teller.confirm_translations()
        election.action_call()
        return election

    def vote(self, election, candidates, voters):
        """Vote in secret; most ballots leave one of the first candidates out."""
        election.action_vote()
        poll = election.poll_id
        scrutineers = voters - candidates.partner_id
        poll.write({"scrutineer_ids": [Command.set(scrutineers[:3].ids)], "shares_needed": 2})
        poll.action_freeze()
        numbers = {option.partner_id: option.number for option in poll.option_ids}
        standing = [numbers[one.partner_id] for one in candidates]
        first, last = standing[:SEATS], standing[SEATS:]
        words = [own for _person, own in poll._open()]
        for place, voter in enumerate(voters):
            marks = [number for number in first if number != first[place % len(first)]]
            if place % 3 == 0 and last:
                marks.append(last[place % len(last)])
            if place % 9 != 8:
                poll._cast(voter, marks)
        poll.action_close()
        poll._tally(words[:2])
        poll.action_publish()
        poll._write_decision(
            {"date_roll": fields.Datetime.to_datetime(self.start) - timedelta(days=30)}
        )

    def seat(self, election):
        """Let the mandates begin when the term did, and the Board choose who leads it."""
        election.mandate_ids.date_start = election.date_start
        roles = {
            self.people[number]: role
            for number, (role, _months) in BOARD.items()
            if number in self.people
        }
        for mandate in election.mandate_ids:
            role = roles.get(mandate.partner_id, "member")
            if role != "member":
                mandate.role = role
