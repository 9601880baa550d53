"""The history of the co-operative in three editions: from what was asked to what is done."""

from datetime import timedelta
from itertools import cycle

from odoo import fields
from odoo.fields import Command

from .bodies import governance
from .history_decisions import Decisions
from .history_editions import CHARTER, EDITIONS
from .history_recommendations import ANSWERED, PUBLICATIONS, RECOMMENDATIONS
from .teller import turn

# After each edition, the Assemblies that decided before the next one.
ORDER = {"first": ("june_2016",), "second": ("june_2017", "june_2018"), "third": ("june_2019",)}


def tell_the_history(env):
    """Tell it in the demonstration co-operative."""
    env = governance(env)
    company = env.ref("base.main_company")
    memberships = env["coop.membership"].search(
        [("company_id", "=", company.id), ("state", "=", "member")], order="number", limit=40
    )
    director = env.ref("smart_workgroups.user_demo_director")
    History(env, company, memberships.partner_id, director).tell()


class History(Decisions):
    """Tells the three editions in one co-operative, whose members take turns.

    :param env: of the secretary, with superuser rights
    :param people: members, of whom some sit on the Board and some are permanent staff
    :param director: a user with a running mandate on the Board
    """

    def __init__(self, env, company, people, director):
        super().__init__(env)
        self.company, self.director = company, director
        self.today = fields.Date.context_today(env.user)
        board = env["coop.body"].search([("kind", "=", "board"), ("company_id", "=", company.id)])
        others = people - env.user.partner_id
        self.directors = board._members_on(self.today) & others
        self.staff = others._filter_staff(company) - self.directors
        self.members = others - self.directors - self.staff
        persons = others.filtered(lambda one: not one.is_company)
        self.owners = cycle(persons[8:] or persons)
        self.groups, self.recommendations, self.reviews = {}, {}, {}

    def tell(self):
        """Tell it in the order in which it happened."""
        for edition, assemblies in ORDER.items():
            self.hold(edition)
            self.recommend(edition)
            self.answer(edition)
            for assembly in assemblies:
                self.decide(assembly)
        self.confirm_translations()
        # What came of it was told in its time.
        self.env["coop.governance.notice"].search(
            [("company_id", "=", self.company.id), ("sent_on", "=", False)]
        ).sent_on = fields.Datetime.now()

    # ------------------------------------------------------------------
    # Editions and their workgroups
    # ------------------------------------------------------------------

    def hold(self, key):
        """Hold an edition: its questions, its themes, and a workgroup for each of them."""
        facts = EDITIONS[key]
        groups = list(facts["groups"].values())
        edition = self.make(
            "coop.edition",
            [
                {
                    "company_id": self.company.id,
                    "date_start": facts["dates"][0],
                    "date_end": facts["dates"][1],
                    "phase_ids": [
                        Command.create({"kind": kind, "date_start": first, "date_end": last})
                        for kind, (first, last) in facts["phases"].items()
                    ],
                }
            ],
            [{"name": facts["name"], "description": facts["description"], "charter": CHARTER}],
        )
        self.make(
            "coop.edition.question",
            [{"edition_id": edition.id, "sequence": place} for place in range(len(groups))],
            [{"name": group["name"]} for group in groups],
        )
        workgroups = self.gather(edition, groups)
        self.groups |= {
            (key, name): group for name, group in zip(facts["groups"], workgroups, strict=True)
        }
        self.choose_themes(edition, groups, workgroups)
        first, last = facts["phases"]["work"]
        workgroups._write_decision({"state": "closed", "date_opened": first, "date_closed": last})
        edition._write_decision({"state": "closed"})

    def gather(self, edition, groups):
        """Bring the people of the workgroups together: two directors, staff, a secretary, members.

        They are those who fill these roles today.
        """
        workgroups = self.make(
            "coop.workgroup",
            [
                {
                    "edition_id": edition.id,
                    "company_id": self.company.id,
                    "sequence": place,
                }
                for place in range(len(groups))
            ],
            [{name: group[name] for name in ("name", "description")} for group in groups],
        )
        rows = []
        for place, workgroup in enumerate(workgroups, len(self.groups)):
            roles = {
                "director": turn(self.directors, 2 * place, 2),
                "staff": turn(self.staff, place, 1),
                "secretary": self.env.user.partner_id,
                "member": turn(self.members, 5 * place, 5 + place % 3),
            }
            rows += [
                {
                    "workgroup_id": workgroup.id,
                    "partner_id": person.id,
                    "role": role,
                    "date_start": edition.phase_ids.filtered(lambda p: p.kind == "work").date_start,
                }
                for role, people in roles.items()
                for person in people
            ]
        self.env["coop.workgroup.member"].create(rows)
        return workgroups

    def choose_themes(self, edition, groups, workgroups):
        """Write down who asked for what; nobody is mailed about it years later."""
        themes = self.make(
            "coop.edition.theme",
            [
                {
                    "edition_id": edition.id,
                    "workgroup_id": workgroup.id,
                    "submitted_by_id": self._members_of(workgroup)[:1].id,
                }
                for workgroup in workgroups
            ],
            [dict(zip(("name", "description"), group["theme"], strict=True)) for group in groups],
        )
        themes._write_decision({"state": "chosen"})

    def _members_of(self, workgroup):
        return workgroup.member_ids.filtered(lambda one: one.role == "member").partner_id

    # ------------------------------------------------------------------
    # Recommendations and answers
    # ------------------------------------------------------------------

    def _of_edition(self, edition):
        return {
            key: facts for key, facts in RECOMMENDATIONS.items() if facts["group"][0] == edition
        }

    def recommend(self, edition):
        """Submit what the workgroups of an edition recommend, on its last day of work."""
        own = self._of_edition(edition)
        day = fields.Date.to_date(EDITIONS[edition]["phases"]["work"][1])
        rows = []
        for place, facts in enumerate(own.values(), len(self.recommendations)):
            workgroup = self.groups[facts["group"]]
            authors = turn(self._members_of(workgroup), 0, 3)
            supporters = turn(self.members, 3 * place, facts["supporters"]) - authors
            rows.append(
                {
                    "lang": "en_US",
                    "company_id": self.company.id,
                    "workgroup_id": workgroup.id,
                    "author_ids": [Command.set(authors.ids)],
                    "supporter_ids": [Command.set(supporters.ids)],
                }
            )
        texts = [{name: facts[name] for name in ("name", "text")} for facts in own.values()]
        made = self.make("coop.recommendation", rows, texts)
        for one, (key, facts) in zip(made, own.items(), strict=True):
            self.recommendations[key] = one
            if "follows" in facts:
                self.reviews[facts["follows"]]._hand_over(one, "followed")
        made.action_submit()
        made._write_decision(
            {"submitted_on": day, "answer_due": day + timedelta(days=60), "state": "review"}
        )

    def answer(self, edition):
        """Let the director say what the Board decided, and publish it all together."""
        own = self._of_edition(edition)
        day = fields.Date.to_date(ANSWERED[edition])
        texts = []
        for facts in own.values():
            name, text = facts.get("amended", (None, None))
            amended = {"amended_name": name, "amended_text": text} if name else {}
            texts.append({"reasons": facts["reasons"]} | amended)
        reviews = self.make(
            "coop.board.review",
            [
                {
                    "recommendation_id": self.recommendations[key].id,
                    "outcome": facts["outcome"],
                    "decided_on": day,
                    "minutes_reference": f"{day:%d/%m/%Y}",
                }
                for key, facts in own.items()
            ],
            texts,
        )
        reviews.with_user(self.director).sudo().action_finalise()
        self.reviews |= zip(own, reviews, strict=True)
        name, introduction = PUBLICATIONS[edition]
        publication = self.make(
            "coop.board.publication",
            [{"company_id": self.company.id, "planned_review_ids": [Command.set(reviews.ids)]}],
            [{"name": name, "introduction": introduction}],
        )
        publication.action_publish()
        publication._write_decision({"published_on": f"{day + timedelta(days=4)} 09:00:00"})
