from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .trace_common import TraceCase

# By model: the letters of what each role may do; r: read, w: write, c: create, u: unlink.
RIGHTS = {
    # model: secretary, director, employee, manager of the books
    "coop.recommendation": ("rwcu", "r", "", ""),
    "coop.recommendation.version": ("r", "r", "", ""),
    "coop.recommendation.amendment": ("rwc", "r", "", ""),
    "coop.board.review": ("rwcu", "rwcu", "", ""),
    "coop.board.publication": ("rwcu", "r", "", ""),
    "coop.governance.notice": ("", "", "", ""),
    "coop.proposal": ("rwcu", "r", "", ""),
    "coop.assembly": ("rwcu", "r", "", "r"),
    "coop.resolution": ("rwcu", "r", "", "r"),
    "coop.action": ("rwcu", "r", "r", "r"),
    "coop.action.update": ("r", "r", "r", "r"),
    "coop.frozen.text": ("r", "r", "", ""),
    "coop.trace.link": ("r", "r", "", ""),
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestTraceSecurity(TraceCase):
    """Who reads and writes what, in the back office and by remote calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls._user("trace_employee", "base.group_user")
        cls.books = cls._user("trace_books", "account.group_account_manager")
        cls.abroad = cls._user(
            "trace_abroad",
            "smart_workgroups.group_governance_manager,smart_workgroups.group_governance_director",
        )
        cls.abroad.write(
            {
                "company_id": cls.other_company.id,
                "company_ids": [Command.set(cls.other_company.ids)],
            }
        )

    def test_access_by_role(self):
        users = (self.secretary, self.director, self.employee, self.books)
        for model, rights in RIGHTS.items():
            for user, letters in zip(users, rights, strict=True):
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=model, user=user.login, operation=operation):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, letter in letters)
            for operation in OPERATIONS.values():
                self.assertFalse(self.env[model].with_user(self.member).has_access(operation))

    def test_another_company_sees_nothing(self):
        review = self._answered()
        self._publish(review)
        proposal = self._proposal(review.recommendation_id)
        resolution = self._adopted(proposal)
        action = self._action(resolution_id=resolution.id)
        update = action._report("Begun", 10)
        own = [("company_id", "=", self.company.id)]
        for records in (
            review,
            review.recommendation_id,
            review.recommendation_id.version_ids,
            review.publication_id,
            proposal,
            resolution,
            resolution.assembly_id,
            action,
            update,
            self.env["coop.frozen.text"].search(own),
            self.env["coop.trace.link"].search(own),
        ):
            with self.subTest(records._name):
                foreign = records.with_user(self.abroad).with_context(
                    allowed_company_ids=self.other_company.ids
                )
                self.assertTrue(records)
                self.assertFalse(foreign.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    foreign.read(["company_id"])

    def test_members_do_nothing_by_remote_calls(self):
        recommendation = self._submitted()
        review = self._review(recommendation)
        action = self._action()
        for record, methods in (
            (
                recommendation,
                ("action_submit", "action_take_up", "action_withdraw", "action_review"),
            ),
            (review, ("action_finalise",)),
            (action, ("action_start", "action_done", "action_report", "action_create_project")),
        ):
            for method in methods:
                for user in (self.member, self.employee):
                    with self.subTest(method, user=user.login), self.assertRaises(AccessError):
                        getattr(record.with_user(user), method)()

    def test_the_secretary_decides_nothing(self):
        recommendation = self._submitted().with_user(self.secretary)
        review = self._review(recommendation).with_user(self.secretary)
        for values in ({"state": "accepted"}, {"merged_into_id": recommendation.id}):
            with self.assertRaises(UserError):
                recommendation.write(values)
        for values in ({"state": "final"}, {"finalised_by_id": self.director.partner_id.id}):
            with self.assertRaises(UserError):
                review.write(values)
        made = (
            self.env["coop.board.review"]
            .with_user(self.secretary)
            .create(
                {"recommendation_id": recommendation.id, "state": "final", "outcome": "accepted"}
            )
        )
        self.assertEqual(made.state, "draft")

    def test_texts_of_the_ethics_committee_are_not_found(self):
        frozen = (
            self.env["coop.frozen.text"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "res_model": "coop.ethics.case",
                    "res_id": 1,
                    "kind": "closed",
                    "name": "Confidential",
                    "content": "{}",
                }
            )
        )
        for user in (self.secretary, self.director):
            found = self.env["coop.frozen.text"].with_user(user)
            self.assertFalse(found.search([("id", "=", frozen.id)]))
            with self.assertRaises(AccessError):
                frozen.with_user(user).read(["content"])

    def test_employees_read_of_the_way_what_members_read(self):
        review = self._answered(reasons="Between us: it is cheap.")
        resolution = self._adopted(self._proposal(review.recommendation_id))
        action = self._action(resolution_id=resolution.id)
        texts = {
            user: str(action.with_user(user).way)
            for user in (self.employee, self.secretary, self.director)
        }
        self.assertNotIn("Between us", texts[self.employee])
        self.assertIn("All trades are welcome", texts[self.employee])
        self.assertIn("Between us", texts[self.secretary])
        self.assertIn("Between us", texts[self.director])
        self._publish(review)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn("Between us", action.with_user(self.employee).way)

    def test_a_director_whose_mandate_is_over_prepares_nothing(self):
        recommendation = self._submitted()
        review = self._review(recommendation)
        values = {"recommendation_id": self._submitted("Close it").id, "outcome": "rejected"}
        Review = self.env["coop.board.review"].with_user(self.director)
        Review.create(values).unlink()
        review.with_user(self.director).cost = 10
        self.env["coop.mandate"].search([("body_id", "=", self.board.id)]).action_end()
        day = fields.Date.add(fields.Date.today(), days=1)
        with freeze_time(day):
            for step in (
                lambda: Review.create(values),
                lambda: review.with_user(self.director).write({"reasons": "Mine."}),
                review.with_user(self.director).unlink,
            ):
                with self.refused("running mandate prepare", AccessError):
                    step()

    def test_versions_stay_for_everybody(self):
        version = self._recommendation().version_ids
        for user in (self.secretary, self.director):
            with self.refused("", AccessError):
                version.with_user(user).unlink()
        with self.refused("Version 1 of .* stays"):
            version.sudo().unlink()
        with self.refused("Version 1 of .* stays"):
            version.sudo().name = "Another"

    def test_the_discussion_of_all_is_not_of_one(self):
        """Who supports a recommendation neither takes its discussion along nor away."""
        recommendation = self._submitted(author_ids=[Command.set(self.member.partner_id.ids)])
        recommendation._support(self.other_member.partner_id)
        message = recommendation.with_user(self.secretary).message_post(body="Too dear, I fear.")
        data = self.env["coop.personal.data"]
        for user in (self.member, self.other_member):
            told = data.with_user(user)._get_sections(user.partner_id, self.company, {}, [])
            self.assertNotIn("Too dear", str(told))
            self.assertIn(recommendation.reference, str(told))
            for found in data.sudo()._find(user.partner_id, self.company):
                if found.own and found.records._name == recommendation._name:
                    data.sudo()._erase_records(found.records, user.partner_id)
        self.assertTrue(message.exists())
