from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, tagged

from .ethics_common import EthicsCase
from .governance_common import GovernanceCase
from .trace_common import TraceCase

# What the lists show, by model.
LISTS = {
    "coop.body": ("filled", "vacant"),
    "coop.mandate": ("display_name", "state", "missing_training_ids"),
    "coop.edition": ("theme_count", "workgroup_count"),
    "coop.workgroup": ("member_count", "waiting_count", "meeting_count", "missing"),
    "coop.meeting": ("display_name", "present_count"),
    "coop.representation": ("display_name", "state", "report_state"),
}
WAY = {
    "coop.recommendation": (
        "display_name",
        "supporter_count",
        "author_ids",
        "waiting_days",
        "is_overdue",
        "review_id",
    ),
    "coop.board.review": ("display_name", "outcome", "published_on", "is_replaced", "final_name"),
    "coop.board.publication": ("name", "published_on", "state"),
    "coop.proposal": ("name", "recommendation_ids", "cost", "state"),
    "coop.resolution": ("assembly_id", "name", "action_count", "state"),
    "coop.frozen.text": ("display_name", "kind", "recorded_by_id"),
    "coop.trace.link": ("display_name", "relation", "frozen_id"),
}
MORE = 12


class CountingCase(TransactionCase):
    """What the database is asked for a list or a page."""

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        result = call()
        self.env.flush_all()
        return self.cr.sql_log_count - before, result

    def _read(self, model, names):
        specification = {name: {} for name in names}
        records = self.env[model].with_user(self.secretary)
        domain = [("company_id", "=", self.company.id)]
        return self._count(lambda: records.web_search_read(domain, specification)["length"])

    def _check_lists(self, lists, fill):
        """Expect that none of these lists costs more when it is longer."""
        fill(1)
        few = {model: self._read(model, names) for model, names in lists.items()}
        fill(MORE)
        for model, names in lists.items():
            with self.subTest(model):
                queries, length = self._read(model, names)
                self.assertGreaterEqual(length, MORE)
                self.assertLessEqual(queries, few[model][0] + 1)
                self.assertLess(queries, 30)


@tagged("post_install", "-at_install")
class TestGovernanceQueries(CountingCase, GovernanceCase):
    """A list asks the database no more often when it is longer, nor does a night."""

    def _fill(self, count):
        edition = self._edition()
        training = self.env["coop.training"].create(
            {"name": "Accounts", "body_ids": self.board.ids, "company_id": self.company.id}
        )
        self.board.seats = 200
        for number in range(count):
            body = self.env["coop.body"].create(
                {"name": f"Body {number}", "company_id": self.company.id, "seats": 5}
            )
            person = self._member(f"Person {number}").partner_id
            self._mandate(person)
            self._mandate(person, body)
            training.body_ids |= body
            self._edition(name=f"Edition {number}")
            workgroup = self._workgroup(name=f"Group {number}", edition_id=edition.id)
            self._meeting(workgroup).action_convoke()
            self.env["coop.representation"].create(
                {
                    "partner_id": person.id,
                    "organisation": f"Federation {number}",
                    "company_id": self.company.id,
                }
            )

    def test_lists(self):
        self._check_lists(LISTS, self._fill)

    def test_nights(self):
        self._fill(1)
        few = self._count(self.env["coop.workgroup"]._cron_watch)[0]
        self._fill(MORE)
        self.assertLessEqual(self._count(self.env["coop.workgroup"]._cron_watch)[0], few + 1)


@tagged("post_install", "-at_install")
class TestWayQueries(CountingCase, TraceCase):
    """The lists of the way from recommendations to resolutions."""

    def _fill(self, count):
        for number in range(count):
            recommendation = self._submitted(
                f"Write rule {number}", author_ids=[Command.set(self.member.partner_id.ids)]
            )
            self._publish(self._answered(recommendation))
            self._adopted(self._proposal(recommendation, name=f"Rule {number}"))

    def test_lists(self):
        self._check_lists(WAY, self._fill)


@tagged("post_install", "-at_install")
class TestEthicsQueries(CountingCase, EthicsCase, HttpCase):
    """What the committee lists, and the pages on which members read it."""

    def _fill(self, count):
        for number in range(count):
            self._case(token=f"form-{self.number}-{number}").with_user(self.ethics).action_examine()
        self.number += 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0
        cls.portal.password = cls.portal.login

    def _read_list(self):
        opinions = self.env["coop.ethics.opinion"].with_user(self.carl)
        names = ("title", "conclusion", "display_name", "own_vote", "may_act", "state")
        specification = {name: {} for name in names}
        return self._count(lambda: opinions.web_search_read([], specification)["length"])

    def _open_page(self):
        return self._count(lambda: self.url_open("/my/ethics").status_code)

    def test_opinions_and_what_members_asked(self):
        self.authenticate(self.portal.login, self.portal.login)
        self._fill(2)
        for look in (self._read_list, self._open_page):
            look()
        few = self._read_list()[0], self._open_page()[0]
        self._fill(MORE)
        queries, length = self._read_list()
        self.assertEqual(length, MORE + 2)
        self.assertLessEqual(queries, few[0] + 1)
        queries, status = self._open_page()
        self.assertEqual(status, 200)
        self.assertLessEqual(queries, few[1] + 1)
        self.assertLess(queries, 90)
