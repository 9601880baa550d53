"""From the recommendations of three editions to what is done: titles and outcomes as reported."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.smart_activity_billing.demo.scene import QUIET

ADDON = "smart_workgroups"
FIRST, SECOND, THIRD = date(2016, 4, 20), date(2017, 4, 24), date(2019, 5, 6)
# Of each edition: when the Board answered, and which Assembly decided.
ANSWERED = {FIRST: date(2016, 5, 27), SECOND: date(2017, 5, 29), THIRD: date(2019, 6, 3)}
ASSEMBLIES = {
    FIRST: ("General Assembly of June 2016", date(2016, 6, 28), (312, 118)),
    SECOND: ("General Assembly of June 2017", date(2017, 6, 27), (274, 96)),
    THIRD: ("General Assemblies of 17 and 18 June 2019", date(2019, 6, 18), (341, 127)),
}
WHOM, MODEL = "A co-operative: with whom? For whom?", "A feasible economic model"
TOOLS = "Create and develop your activity: how? With which tools?"
USERS, ETHICS = "The tools and those who use them", "An ethics committee: which, and how?"
NETWORKS, IMPACT = "Networks by economic sector", "Our social impact"
# By the day of the recommendations: name, first and last day, what it was about, workgroups.
EDITIONS = {
    FIRST: (
        "In Progress 2015-2016",
        date(2015, 10, 1),
        date(2016, 6, 28),
        "How we become a co-operative: four questions, and recommendations for the Board.",
        (WHOM, MODEL, TOOLS),
    ),
    SECOND: (
        "In Progress 2016-2017",
        date(2016, 10, 3),
        date(2017, 6, 27),
        "How we do what the first edition recommended.",
        (USERS, ETHICS),
    ),
    THIRD: (
        "In Progress 2018-2019",
        date(2018, 11, 5),
        date(2019, 6, 18),
        "What brings members together, and what we bring about.",
        (NETWORKS, IMPACT),
    ),
}
# key: edition, workgroup, titles (English, Dutch, French), text, outcome, reasons, supporters.
RECOMMENDATIONS = {
    "trades": (
        FIRST,
        WHOM,
        "Open up to all profiles and all trades",
        "Zich openstellen voor alle profielen en alle beroepen",
        "S'ouvrir à tous les profils et à tous les métiers",
        "<p>There is no reason to keep our services to one sector when others ask for them and "
        "can use them.</p><p>Which activities we accept is a question of its own.</p>",
        "accepted",
        "The shared enterprise is stronger with all autonomous workers who can use it.",
        9,
    ),
    "rate": (
        FIRST,
        MODEL,
        "Keep one solidarity rate: the same percentage for all members and on all invoices",
        "Een solidair tarief behouden: eenzelfde percentage voor alle vennoten en op alle facturen",
        "Garder un tarif solidaire : le même pourcentage pour tous et sur toutes les factures",
        "<p>And see to it that each user gets services that fit his or her economic reality and "
        "needs.</p>",
        "accepted",
        "Who earns most gives most: that carries the whole. General services stay equal for all, "
        "specific ones are added.",
        7,
    ),
    "tools": (
        FIRST,
        TOOLS,
        "Improve the IT tools through workgroups of all links of the community",
        "De IT-tools verbeteren via werkgroepen voor de verschillende schakels van de community",
        "Améliorer les outils informatiques par des groupes de travail de toute la communauté",
        "<p>The tools lighten the administration only when those who use them say how.</p>",
        "amended",
        "Workgroups say what is needed; one committee has to weigh it and follow it up.",
        6,
    ),
    "economy": (
        FIRST,
        WHOM,
        "Strengthen the collaborative economy within the network",
        "De collaboratieve economie versterken binnen het netwerk",
        "Renforcer l'économie collaborative au sein du réseau",
        "<p>Members buy from one another too little, for they do not know one another.</p>",
        "accepted",
        "Work together brings work; the enterprise gives it means.",
        8,
    ),
    "permanent": (
        FIRST,
        WHOM,
        "Keep thinking together: make this process permanent",
        "Continu blijven nadenken: een permanent proces",
        "Continuer à réfléchir ensemble : un processus permanent",
        "<p>The great questions of the co-operative come back every year.</p>",
        "accepted",
        "Staff and a budget are set aside for the co-operative project.",
        5,
    ),
    "ethics": (
        FIRST,
        WHOM,
        "Set up an internal ethics committee",
        "Een intern ethisch comité oprichten",
        "Créer un comité d'éthique interne",
        "<p>A small group of members says which activities are acceptable, beside the law and the "
        "statutes.</p>",
        "amended",
        "Its tasks and its place beside the Board and the Assembly are worked out first, in the "
        "second edition.",
        6,
    ),
    "committee": (
        SECOND,
        ETHICS,
        "Give the ethics committee fifteen members with mandates of two years",
        "Het ethisch comité vijftien vennoten geven met een mandaat van twee jaar",
        "Donner au comité d'éthique quinze membres avec un mandat de deux ans",
        "<p>It advises the General Assembly directly, on:</p><ul><li>decent working conditions and "
        "wages;</li><li>purpose and context of what is produced;</li><li>the ecological "
        "footprint.</li></ul>",
        "accepted",
        "An advisory body that answers to the Assembly keeps its freedom towards the Board.",
        4,
    ),
    "satisfaction": (
        SECOND,
        USERS,
        "Ask the users of the tools how satisfied they are, in figures and in words",
        "De gebruikers van de tools naar hun tevredenheid vragen, in cijfers en in woorden",
        "Interroger les utilisateurs des outils sur leur satisfaction, en chiffres et en mots",
        "<p>What the tools become depends on what those say who work with them every day.</p>",
        "accepted",
        "The steering committee needs it to choose what comes first.",
        3,
    ),
    "networks": (
        THIRD,
        NETWORKS,
        "Form networks by economic sector",
        "Netwerken vormen per economische sector",
        "Former des réseaux par secteur économique",
        "<p>Members of one sector have the same clients, the same rules and the same troubles.</p>",
        "accepted",
        "Services can be fitted better, and members find one another.",
        7,
    ),
    "impact": (
        THIRD,
        IMPACT,
        "Measure the social impact of what we do",
        "De sociale impact meten van wat we doen",
        "Mesurer l'impact social de ce que nous faisons",
        "<p>Each enterprise does good and harm to others and to the environment.</p>",
        "accepted",
        "It gives the ethics committee its concepts and its yardsticks.",
        5,
    ),
    "paper": (
        THIRD,
        NETWORKS,
        "Print all invoices on recycled paper",
        "Alle facturen op gerecycleerd papier drukken",
        "Imprimer toutes les factures sur papier recyclé",
        "<p>We print eighty thousand pages a year.</p>",
        "rejected",
        "Invoices leave by electronic mail within two years: the money is better spent on that.",
        2,
    ),
}
AMENDED = {
    "tools": (
        "Improve the IT tools, led by a steering committee",
        "<p>The tools lighten the administration only when those who use them say how. A steering "
        "committee asks them, weighs what they say, and follows it up.</p>",
    ),
    "ethics": (
        "Prepare an internal ethics committee",
        "<p>A workgroup of the second edition describes its tasks and its relation to the General "
        "Assembly and the Board.</p>",
    ),
}
# Proposal: title, edition, recommendations, purpose, means, cost, votes for and against.
PROPOSALS = (
    (
        "Welcome all autonomous workers",
        FIRST,
        ("trades",),
        "Nobody is refused for a trade.",
        "Two advisers, and insurances for new risks.",
        90000,
        (398, 21),
    ),
    (
        "One contribution of 6.5 % for all",
        FIRST,
        ("rate",),
        "One rate that carries the services of all.",
        "The rate stays; advisers for advanced projects are added.",
        140000,
        (371, 44),
    ),
    (
        "Better tools, chosen by their users",
        FIRST,
        ("tools", "permanent"),
        "Less administration, on a phone too.",
        "A steering committee and a team of developers.",
        420000,
        (402, 9),
    ),
    (
        "A co-operative economy inside",
        FIRST,
        ("economy",),
        "Members find, buy from and invest with one another.",
        "A co-ordinator, and tools that are built step by step.",
        260000,
        (389, 17),
    ),
    (
        "An ethics committee of fifteen",
        SECOND,
        ("ethics", "committee"),
        "Members say which activities fit our values.",
        "Fifteen members, a secretary, four meetings a year.",
        18000,
        (331, 22),
    ),
    (
        "Sector networks and their impact",
        THIRD,
        ("networks", "impact"),
        "Members of one sector help one another, and we know what we bring about.",
        "Local contact persons, a study, and yearly figures.",
        75000,
        (431, 14),
    ),
)
# By proposal, its parts: name, horizon, weight, progress, state, report.
PARTS = {
    "Better tools, chosen by their users": (
        ("Extend the Activity tool: buy, invest, depreciate", "middle", 3, 80, "running",
         "Depreciation by month is live; joint investments are being tested."),
        ("Approve documents by e-mail, keep receipts on line", "short", 2, 100, "done",
         "Since the spring nobody brings paper any more."),
        ("Fit all pages for phones and tablets", "middle", 2, 60, "running",
         "The pages of members are done; those of the office follow."),
        ("Ask the users every year", "long", 1, 50, "running",
         "Second survey sent: 34 % answered."),
    ),
    "A co-operative economy inside": (
        ("Networking events in the antennas", "short", 1, 100, "done", "Eleven evenings held."),
        ("Study of the budgets that move between Activities", "short", 1, 100, "done",
         "Published for all members."),
        ("A directory of the members", "short", 2, 100, "done", "Half of the members are in it."),
        ("Tools for joint investment and its financing", "middle", 3, 40, "running",
         "Pledges work; buying out a member who leaves comes next."),
        ("A purchasing centre with eco-aware suppliers", "long", 3, 25, "running",
         "First campaign for paper: eighteen members."),
    ),
    "Sector networks and their impact": (
        ("Local contact persons in each antenna", "short", 1, 75, "running",
         "Six of eight are found."),
        ("A network for each sector with fifty members", "middle", 2, 30, "running", None),
        ("Yearly figures of our social impact", "long", 2, 10, "planned", None),
    ),
}  # fmt: skip


def told(env):
    """Return the environment in which the secretary tells, with superuser rights."""
    secretary = env.ref("smart_membership.user_demo_secretary")
    return env(user=secretary, su=True, context=dict(env.context, lang="en_US", **QUIET))


def tell_the_way(env):
    """From what workgroups recommended to how far it is, and what waits for the Board today."""
    env = told(env)
    people = _get_people(env)
    recommendations = _recommend(env, people, _remember_editions(env))
    _answer(env, recommendations)
    _decide(env, recommendations)
    _draft(env, people)
    # What came before is as it was; from now on the Assembly decides on rates.
    env.ref("base.main_company").rate_needs_resolution = True
    env["coop.governance.notice"].search([]).sent_on = fields.Datetime.now()


def _get_people(env):
    company = env.ref("base.main_company")
    memberships = env["coop.membership"].search(
        [("company_id", "=", company.id), ("state", "=", "member")], order="number", limit=40
    )
    return memberships.partner_id


def _remember_editions(env):
    """Write the three editions down as they were: ``{(day, name): workgroup}``."""
    company = env.ref("base.main_company")
    workgroups = {}
    for day, (name, first, last, description, groups) in EDITIONS.items():
        edition = env["coop.edition"].create(
            {
                "name": name,
                "company_id": company.id,
                "date_start": first,
                "date_end": last,
                "description": f"<p>{description}</p>",
            }
        )
        edition._write_decision({"state": "closed"})
        for group in groups:
            workgroup = env["coop.workgroup"].create({"name": group, "edition_id": edition.id})
            workgroup._write_decision({"state": "closed", "date_opened": first, "date_closed": day})
            workgroups[day, group] = workgroup
    return workgroups


def _recommend(env, people, workgroups):
    """Submit them all on the days of their editions."""
    made = {}
    Recommendation = env["coop.recommendation"]
    installed = dict(env["res.lang"].get_installed())
    for number, (key, row) in enumerate(RECOMMENDATIONS.items()):
        day, group, english, dutch, french, text, _outcome, _reasons, supporters = row
        authors = people[number : number + 3]
        one = Recommendation.create(
            {
                "name": english,
                "text": text,
                "lang": "en_US",
                "workgroup_id": workgroups[day, group].id,
                "author_ids": [Command.set(authors.ids)],
                "supporter_ids": [Command.set(people[-supporters:].ids)],
            }
        )
        for lang, title in (
            ("nl_BE", dutch),
            ("nl_NL", dutch),
            ("fr_BE", french),
            ("fr_FR", french),
        ):
            if lang in installed:
                one._update_field_translations("name", {lang: title})
        one.action_submit()
        one._write_decision(
            {"submitted_on": day, "answer_due": day + timedelta(days=60), "state": "review"}
        )
        made[key] = one
    return made


def _answer(env, recommendations):
    """Let the director say what the Board decided, and publish it by edition."""
    director = env.ref(f"{ADDON}.user_demo_director")
    reviews = {}
    for key, one in recommendations.items():
        edition, *_rest = RECOMMENDATIONS[key]
        outcome, reasons = RECOMMENDATIONS[key][6:8]
        name, text = AMENDED.get(key, (False, False))
        reviews[key] = env["coop.board.review"].create(
            {
                "recommendation_id": one.id,
                "outcome": outcome,
                "reasons": reasons,
                "amended_name": name,
                "amended_text": text,
                "decided_on": ANSWERED[edition],
                "minutes_reference": f"Board of {ANSWERED[edition]:%d/%m/%Y}",
            }
        )
        reviews[key].with_user(director).sudo().action_finalise()
    for edition, day in ANSWERED.items():
        own = [review.id for key, review in reviews.items() if RECOMMENDATIONS[key][0] == edition]
        publication = env["coop.board.publication"].create(
            {
                "name": f"Answers to the recommendations of {edition:%Y}",
                "planned_review_ids": [Command.set(own)],
            }
        )
        publication.action_publish()
        publication._write_decision({"published_on": f"{day + timedelta(days=4)} 09:00:00"})


def _decide(env, recommendations):
    """Put the proposals before the Assemblies, and plan what they adopted."""
    assemblies = {
        edition: env["coop.assembly"].create({"name": name, "date": day, "state": "closed"})
        for edition, (name, day, _there) in ASSEMBLIES.items()
    }
    owner = env.ref("smart_membership.user_demo_secretary").partner_id
    for title, edition, keys, purpose, means, cost, (pro, contra) in PROPOSALS:
        present, represented = ASSEMBLIES[edition][2]
        proposal = env["coop.proposal"].create(
            {
                "name": title,
                "purpose": f"<p>{purpose}</p>",
                "means": f"<p>{means}</p>",
                "cost": cost,
                "owner_id": owner.id,
                "recommendation_ids": [Command.set([recommendations[key].id for key in keys])],
            }
        )
        proposal.action_ready()
        resolution = env["coop.resolution"].create(
            {
                "name": title,
                "text": f"<p>{purpose}</p>",
                "assembly_id": assemblies[edition].id,
                "proposal_id": proposal.id,
                "present": present,
                "represented": represented,
                "votes_for": pro,
                "votes_against": contra,
                "abstained": present + represented - pro - contra,
            }
        )
        resolution.action_record()
        if keys == ("rate",):
            rates = env["coop.contribution.rate"]._get_rates(resolution.company_id)
            rates.resolution_id = resolution
        _plan(env, resolution, owner, edition)


def _plan(env, resolution, owner, edition):
    """Plan a programme with its parts; some of it is silent, and one asks whether it worked."""
    today = fields.Date.context_today(env.user)
    start = ASSEMBLIES[edition][1]
    programme = env["coop.action"].create(
        {
            "name": resolution.name,
            "level": "programme",
            "resolution_id": resolution.id,
            "owner_id": owner.id,
            "horizon": "long",
            "date_start": start,
            "state": "running",
        }
    )
    parts = PARTS.get(resolution.name)
    if not parts:
        programme._report("Carried out in the year after the Assembly.", 100, today - timedelta(9))
        programme.write(
            {
                "state": "done",
                "review_on": start + relativedelta(years=2),
                "review_result": "worked",
                "review_note": "It works, and nobody would go back.",
            }
        )
        return
    for name, horizon, weight, progress, state, report in parts:
        part = env["coop.action"].create(
            {
                "name": name,
                "parent_id": programme.id,
                "owner_id": owner.id,
                "horizon": horizon,
                "weight": weight,
                "date_start": start,
                "review_on": today + relativedelta(months=weight),
            }
        )
        if report:
            part._report(report, progress, today - timedelta(days=12 * weight))
        part.state = state


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
