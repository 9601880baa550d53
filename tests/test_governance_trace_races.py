"""Answers of the Board, merges and texts that are handed over at the same moment."""

from governance_race import GovernanceRaceCase

from odoo import fields
from odoo.fields import Command

DIRECTORS = 6


class TestGovernanceTraceRaces(GovernanceRaceCase):
    """One wins, the others are told; chains hold and no way goes in a circle."""

    KIND, GROUP, PERSON, PEOPLE = "board", "group_governance_director", "Director", DIRECTORS
    TABLES = (
        "coop_governance_notice",
        "coop_trace_link",
        "coop_frozen_text",
        "coop_board_review",
        "coop_board_publication",
        "coop_recommendation_version",
        "coop_recommendation",
        "coop_action_update",
        "coop_action",
        "coop_mandate",
        "coop_body",
        "coop_membership",
    )
    MODELS = (
        "coop.recommendation",
        "coop.board.review",
        "coop.board.publication",
        "coop.action",
        "coop.mandate",
        "coop.membership",
    )

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _submit(self, *names):
        with self.connection() as env:
            recommendations = env["coop.recommendation"].create(
                [
                    {"name": name, "text": "<p>Because.</p>", "company_id": self.company_id}
                    for name in names
                ]
            )
            recommendations.action_submit()
            return recommendations.ids

    def _finalise_at_once(self, review_ids):
        """Let each director finalise one of these."""

        def finalise(user_id, review_id):
            def call(env):
                env["coop.board.review"].browse(review_id).with_user(user_id).action_finalise()
                return review_id

            return call

        pairs = zip(self.user_ids, review_ids, strict=False)
        return self.at_once([finalise(*pair) for pair in pairs])

    def _check_chains(self):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            for model in ("coop.frozen.text", "coop.trace.link"):
                self.assertFalse(env[model]._verify(company), model)

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_directors_finalise_one_recommendation(self):
        """Each has a draft of its own, and half of them press the same one."""
        for shared in (False, True):
            [recommendation_id] = self._submit("Open the doors")
            with self.connection() as env:
                reviews = env["coop.board.review"].create(
                    [
                        {
                            "recommendation_id": recommendation_id,
                            "outcome": "accepted" if number % 2 else "rejected",
                            "reasons": f"Reason {number}",
                        }
                        for number in range(DIRECTORS)
                    ]
                )
                ids = [reviews.ids[0]] * DIRECTORS if shared else reviews.ids

            outcomes = self._finalise_at_once(ids)
            refused = self._refused(outcomes)
            self.assertEqual(len(refused), DIRECTORS - 1, outcomes)
            for error in refused:
                self.assertRegex(str(error), "Director . of a Race finalised the answer")
            with self.connection() as env:
                recommendation = env["coop.recommendation"].browse(recommendation_id)
                self.assertEqual(len(recommendation.review_ids.filtered("finalised_on")), 1)
                review = recommendation.review_id
                self.assertEqual(recommendation.state, review.outcome)
                self.assertEqual(
                    [entry["relation"] for entry in recommendation._trace()], [False, "reviewed"]
                )
        self._check_chains()

    def test_directors_decide_anew_at_once(self):
        """One new answer stands; the others are told who was first."""
        [recommendation_id] = self._submit("Open the gates")
        with self.connection() as env:
            first = env["coop.board.review"].create(
                {
                    "recommendation_id": recommendation_id,
                    "outcome": "accepted",
                    "reasons": "It is time.",
                }
            )
            first.with_user(self.user_ids[0]).action_finalise()
            renewals = env["coop.board.review"].create(
                [
                    {
                        "recommendation_id": recommendation_id,
                        "replaced_id": first.id,
                        "renewal_reason": "The lock is broken",
                        "outcome": "rejected",
                        "reasons": f"Reason {number}",
                    }
                    for number in range(3)
                ]
            )
            ids = renewals.ids
        outcomes = self._finalise_at_once(ids)
        refused = self._refused(outcomes)
        self.assertEqual(len(refused), 2, outcomes)
        for error in refused:
            self.assertRegex(str(error), "Director . of a Race finalised the answer")
        with self.connection() as env:
            recommendation = env["coop.recommendation"].browse(recommendation_id)
            self.assertIn(recommendation.review_id.id, ids)
            self.assertEqual(
                [entry["relation"] for entry in recommendation._trace()],
                [False, "reviewed", "replaced"],
            )
        self._check_chains()

    def test_a_circle_of_merges(self):
        """Two into each other, then three in a ring: at least one is refused."""
        for names in (("Open it", "Close it"), ("Buy it", "Rent it", "Share it")):
            ids = self._submit(*names)

            def merge(source_id, target_id):
                def call(env):
                    Recommendation = env["coop.recommendation"]
                    Recommendation.browse(source_id)._merge_into(Recommendation.browse(target_id))
                    return "merged"

                return call

            ring = zip(ids, ids[1:] + ids[:1], strict=True)
            outcomes = self.at_once([merge(*pair) for pair in ring])
            self.assertIn("merged", outcomes)
            self.assertTrue(self._refused(outcomes), outcomes)
            with self.connection() as env:
                states = env["coop.recommendation"].browse(ids).mapped("state")
                self.assertIn("submitted", states)
        self._check_chains()

    def test_a_circle_of_links(self):
        """Where no state stands in the way, the trace itself refuses the circle."""
        with self.connection() as env:
            ids = (
                env["coop.action"]
                .create(
                    [
                        {"name": f"Action {number}", "company_id": self.company_id}
                        for number in range(3)
                    ]
                )
                .ids
            )

        def link(source_id, target_id):
            def call(env):
                Action = env["coop.action"]
                Action.browse(source_id)._hand_over(Action.browse(target_id), "followed")
                return "linked"

            return call

        outcomes = self.at_once([link(*pair) for pair in zip(ids, ids[1:] + ids[:1], strict=True)])
        self.assertEqual(outcomes.count("linked"), 2, outcomes)
        [refused] = self._refused(outcomes)
        self.assertIn("does not go in a circle", str(refused))
        self._check_chains()

    def test_many_submit_at_once(self):
        with self.connection() as env:
            ids = (
                env["coop.recommendation"]
                .create(
                    [
                        {
                            "name": f"Write rule {number}",
                            "text": "<p>Because.</p>",
                            "company_id": self.company_id,
                        }
                        for number in range(8)
                    ]
                )
                .ids
            )

        def submit(record_id):
            return lambda env: env["coop.recommendation"].browse(record_id).action_submit()

        # Twice each: a form that was sent again is refused.
        outcomes = self.at_once([submit(record_id) for record_id in ids + ids])
        self.assertEqual(len(self._refused(outcomes)), 8)
        with self.connection() as env:
            numbers = sorted(env["coop.recommendation"].browse(ids).mapped("number"))
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 8)))
        self._check_chains()

    def test_one_answer_in_two_publications(self):
        [recommendation_id] = self._submit("Print less")
        with self.connection() as env:
            review = env["coop.board.review"].create(
                {
                    "recommendation_id": recommendation_id,
                    "outcome": "accepted",
                    "reasons": "It saves paper.",
                }
            )
            review.with_user(self.user_ids[0]).action_finalise()
            ids = (
                env["coop.board.publication"]
                .create(
                    [
                        {
                            "name": f"Publication {number}",
                            "company_id": self.company_id,
                            "planned_review_ids": [Command.set(review.ids)],
                        }
                        for number in range(2)
                    ]
                )
                .ids
            )

        def publish(record_id):
            return lambda env: env["coop.board.publication"].browse(record_id).action_publish()

        outcomes = self.at_once([publish(record_id) for record_id in ids])
        [refused] = self._refused(outcomes)
        self.assertIn("cannot be published now", str(refused))
        with self.connection() as env:
            published = env["coop.board.publication"].browse(ids).mapped("published_on")
            self.assertEqual(len([one for one in published if one]), 1)

    def test_reports_at_once(self):
        with self.connection() as env:
            action_id = (
                env["coop.action"].create({"name": "Report it", "company_id": self.company_id}).id
            )

        def report(number):
            return lambda env: (
                env["coop.action"].browse(action_id)._report(f"Step {number}", number * 10).id
            )

        outcomes = self.at_once([report(number) for number in range(6)])
        self.assertFalse(self._refused(outcomes))
        with self.connection() as env:
            action = env["coop.action"].browse(action_id)
            self.assertEqual(len(action.update_ids), 6)
            self.assertEqual(action.last_update_on, fields.Date.context_today(action))
            self.assertEqual(action.reported_progress, action.update_ids[0].progress)
