"""The edition that runs now: its themes, its workgroups, and their meetings."""

from base64 import b64encode
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from .bodies import governance, members
from .teller import Teller

TRANSLATIONS = {
    "nl_BE": {
        "name": "In beweging: wat we delen",
        "description": "<p>Om de twee jaar vragen we elkaar hoe de coöperatie moet veranderen. "
        "Deze keer: wat delen we, en wat doet ieder alleen?</p>",
        "charter": "<p>Elk thema krijgt een antwoord. Werkgroepen staan open voor alle vennoten. "
        "De raad van bestuur beantwoordt elke aanbeveling met redenen. De algemene vergadering "
        "beslist.</p>",
        "questions": (
            "Wat delen we als iemand van ons minder verdient?",
            "Welke van onze tools kosten meer tijd dan ze besparen?",
        ),
    },
    "fr_BE": {
        "name": "En mouvement : ce que nous partageons",
        "description": "<p>Tous les deux ans, nous nous demandons comment la coopérative doit "
        "changer. Cette fois : que partageons-nous, et que fait chacun seul ?</p>",
        "charter": "<p>Chaque thème reçoit une réponse. Les groupes de travail sont ouverts à tous "
        "les sociétaires. Le conseil d'administration motive sa réponse à chaque recommandation. "
        "L'assemblée générale décide.</p>",
        "questions": (
            "Que partageons-nous quand l'un de nous gagne moins ?",
            "Lesquels de nos outils prennent plus de temps qu'ils n'en font gagner ?",
        ),
    },
}
THEMES = (
    (13, "A directory that clients can search", "Members offer each other work; clients cannot."),
    (17, "What happens when a member falls ill?", "An Activity stops, its costs do not."),
    (29, "Less paper for short contracts", "Three forms for one day of work."),
)
GROUPS = (
    {
        "name": ("Economic solidarity", "Economische solidariteit", "La solidarité économique"),
        "places": 12,
        "langs": ("nl_BE", "fr_BE"),
        "directors": (3, 4),
        "staff": 2,
        "members": (13, 16, 17, 25, 29, 30),
        "description": (
            "What do we share when one of us earns less for a while, and who pays for it?",
            "Wat delen we als iemand van ons een tijd minder verdient, en wie betaalt dat?",
            "Que partageons-nous quand l'un de nous gagne moins pendant un temps, et qui le paie ?",
        ),
    },
    {
        "name": (
            "Tools that save time",
            "Tools die tijd besparen",
            "Des outils qui font gagner du temps",
        ),
        "places": 5,
        "langs": ("fr_BE",),
        "directors": (5, 8),
        "staff": 7,
        "members": (14, 31, 34, 36, 38),
        "description": (
            "Which of our forms can go, and which can a telephone fill in?",
            "Welke van onze formulieren kunnen weg, en welke kan een telefoon invullen?",
            "Quels formulaires peuvent disparaître, et lesquels un téléphone peut-il remplir ?",
        ),
    },
)
POINTS = (
    ("Where do members lose income?", "discussed", "", "<p>Illness, parenthood, late payers.</p>"),
    (
        "Who is asked",
        "decided",
        "Twenty members of different sectors are interviewed before the next meeting.",
        "<p>A survey would reach those who answer surveys.</p>",
    ),
    ("What other co-operatives do", "carried", "", ""),
)


def run_an_edition(env):
    """Prepare an edition, call for themes, and let its workgroups start."""
    env = governance(env)
    company, people = env.ref("base.main_company"), members(env)
    today = fields.Date.context_today(env.user)
    edition = env["coop.edition"].create(
        {
            "name": "In Progress: what we share",
            "company_id": company.id,
            "date_start": today - relativedelta(months=5),
            "date_end": today + relativedelta(months=19),
            "description": "<p>Every two years we ask each other how the co-operative should "
            "change. This time: what do we share, and what does each do alone?</p>",
            "charter": "<p>Every theme gets an answer. Workgroups are open to all members. The "
            "Board answers each recommendation with reasons. The Assembly decides.</p>",
            "question_ids": [
                Command.create({"name": name})
                for name in (
                    "What do we share when one of us earns less?",
                    "Which of our tools cost more time than they save?",
                )
            ],
        }
    )
    _translate(edition)
    starts = {"call": -5, "work": -3, "review": 5, "assembly": 8, "follow_up": 9}
    ends = {"call": -3, "work": 5, "review": 8, "assembly": 9, "follow_up": 19}
    for phase in edition.phase_ids:
        phase.date_start = today + relativedelta(months=starts[phase.kind])
        phase.date_end = today + relativedelta(months=ends[phase.kind])
    edition.action_next()
    themes = env["coop.edition.theme"].create(
        [
            {
                "name": name,
                "description": why,
                "edition_id": edition.id,
                "submitted_by_id": people[number].id,
            }
            for number, name, why in THEMES
        ]
    )
    themes[0].answer = "The directory is being rebuilt already: see the action plan."
    themes[0].action_decline()
    themes[1:].action_choose()
    edition.action_next()
    for number, (facts, theme) in enumerate(zip(GROUPS, themes[1:], strict=True)):
        workgroup = _start_workgroup(env, edition, facts, people)
        theme.workgroup_id = workgroup
        _meet(env, workgroup, number)


def _translate(edition):
    """Write and review what the members read before the call, in Dutch and in French."""
    for lang, texts in TRANSLATIONS.items():
        local = edition.with_context(lang=lang)
        local.write({name: texts[name] for name in ("name", "description", "charter")})
        for question, text in zip(local.question_ids, texts["questions"], strict=True):
            question.name = text
    for records in (edition, edition.question_ids):
        rows = records._search_translations()
        rows.filtered(lambda row: row.lang in TRANSLATIONS)._review()


def _start_workgroup(env, edition, facts, people):
    langs = env["res.lang"].search([("code", "in", facts["langs"])])
    antennas = env["coop.antenna"].search([("company_id", "=", edition.company_id.id)])
    row = {
        "edition_id": edition.id,
        "company_id": edition.company_id.id,
        "places": facts["places"],
        "lang_ids": langs.ids,
        "antenna_id": antennas[:1].id,
    }
    texts = {name: facts[name] for name in ("name", "description")}
    workgroup = Teller(env).make("coop.workgroup", [row], [texts])
    rows = [(people[number], "director") for number in facts["directors"]]
    rows += [(people[facts["staff"]], "staff"), (env.user.partner_id, "secretary")]
    rows += [(people[number], "member") for number in facts["members"]]
    env["coop.workgroup.member"].create(
        [
            {
                "workgroup_id": workgroup.id,
                "partner_id": person.id,
                "role": role,
                "lang_id": langs[:1].id,
            }
            for person, role in rows
        ]
    )
    workgroup.action_open()
    return workgroup


def _meet(env, workgroup, number):
    """One meeting was held, with frozen minutes; the next one is convoked, others are planned."""
    now = fields.Datetime.now().replace(hour=17, minute=0, second=0, microsecond=0)
    Meeting = env["coop.meeting"]
    first = Meeting.create(
        {
            "workgroup_id": workgroup.id,
            "date_start": now + timedelta(days=1),
            "place": "Meeting room on the first floor",
            "antenna_id": workgroup.antenna_id.id,
            "point_ids": [Command.create({"name": name}) for name, *_rest in POINTS],
        }
    )
    first.action_convoke()
    first.date_start = now - timedelta(days=24 + number)
    for position, presence in enumerate(first.presence_ids):
        presence.state = "excused" if position % 5 == 4 else "present"
    first.action_hold()
    for point, (_name, outcome, decision, notes) in zip(first.point_ids, POINTS, strict=True):
        point.write({"decision": decision, "notes": notes, "outcome": outcome})
    first.action_freeze()
    following = Meeting.create(
        [
            {
                "workgroup_id": workgroup.id,
                "date_start": now + timedelta(days=days + number),
                "place": "Meeting room on the first floor",
                "antenna_id": workgroup.antenna_id.id,
            }
            for days in (11, 39, 67)
        ]
    )
    env["coop.meeting.point"].create(
        {"meeting_id": following[0].id, "name": "What the interviews say", "minutes": 45}
    )
    following[0].action_convoke()
    _keep_documents(env, workgroup)


def _keep_documents(env, workgroup):
    document = env["coop.document"].create(
        {
            "name": "Questions of the interviews",
            "workgroup_id": workgroup.id,
            "description": "What each of us asks the members whom we visit.",
        }
    )
    Version = env["coop.document.version"]
    for note, text in (
        ("First draft", "1. What did you earn in your worst month?"),
        ("With the remarks of the meeting", "1. Which month was the hardest, and why?"),
    ):
        Version._add(document, "questions.txt", b64encode(text.encode()), note)
    env["coop.writing"].create(
        {
            "name": "A letter to who never came to a meeting",
            "workgroup_id": workgroup.id,
            "partner_id": workgroup.member_ids[-1].partner_id.id,
            "body": "<p>You think that this is not for you. So did I.</p>",
        }
    )
    env["event.event"].create(
        {
            "name": f"Small talk: {workgroup.name}",
            "workgroup_id": workgroup.id,
            "antenna_id": workgroup.antenna_id.id,
            "company_id": workgroup.company_id.id,
            "date_begin": fields.Datetime.now() + timedelta(days=18),
            "date_end": fields.Datetime.now() + timedelta(days=18, hours=2),
        }
    )
