"""The ethics committee at the same moment: votes, publications and conflicts of interest."""

from governance_race import GovernanceRaceCase

VOTERS = 4


class TestGovernanceEthicsRaces(GovernanceRaceCase):
    """Each votes once, and what is published says what was cast."""

    KIND, GROUP, PERSON, PEOPLE = "ethics", "group_governance_ethics", "Voter", VOTERS
    TABLES = (
        "coop_ethics_vote",
        "coop_ethics_conflict",
        "coop_ethics_answer",
        "coop_ethics_opinion",
        "coop_ethics_case",
        "coop_frozen_text",
        "coop_translation",
        "coop_mandate",
        "coop_body",
        "coop_membership",
    )
    MODELS = ("coop.ethics.case", "coop.ethics.opinion", "coop.mandate", "coop.membership")

    @classmethod
    def _seat_all(cls, env, users):
        company = env["res.company"].browse(cls.company_id)
        company.governance_lang_ids = env["res.lang"].search([("code", "=", "en_US")])
        super()._seat_all(env, users)

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _open_vote(self):
        """Return the id of an opinion that is put to the vote."""
        with self.connection() as env:
            case = env["coop.ethics.case"].create(
                {
                    "title": "Is it fair?",
                    "question": "<p>Who is paid?</p>",
                    "sector_id": env["coop.sector"].search([], limit=1).id,
                    "company_id": self.company_id,
                }
            )
            case._write_decision({"state": "asked"})
            case = case.with_user(self.user_ids[0])
            case.action_examine()
            case.answer_ids.write({"finding": "good"})
            opinion = case.opinion_ids
            opinion.write({"conclusion": "favourable", "majority": "<p>Yes.</p>"})
            opinion.action_open_vote()
            return opinion.id

    def _step(self, opinion_id, user_id, step):
        def call(env):
            opinion = env["coop.ethics.opinion"].browse(opinion_id).with_user(user_id)
            getattr(opinion, step)()
            return step

        return call

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_all_vote_at_once(self):
        opinion_id = self._open_vote()
        outcomes = self.at_once(
            [self._step(opinion_id, user_id, "action_vote_for") for user_id in self.user_ids]
        )
        self.assertEqual(outcomes, ["action_vote_for"] * VOTERS)
        with self.connection() as env:
            votes = env["coop.ethics.opinion"].browse(opinion_id).vote_ids
            self.assertEqual(len(votes.partner_id), VOTERS)

    def test_one_votes_from_several_screens(self):
        """For, against, and pressed again: it is one vote, the one that came last."""
        opinion_id = self._open_vote()
        steps = ["action_vote_for", "action_vote_against"] * 2
        outcomes = self.at_once([self._step(opinion_id, self.user_ids[0], step) for step in steps])
        self.assertFalse(self._refused(outcomes), outcomes)
        with self.connection() as env:
            [vote] = env["coop.ethics.opinion"].browse(opinion_id).vote_ids
            self.assertIn(vote.choice, ("for", "against"))

    def test_published_once_while_others_still_vote(self):
        """The figures say what was cast; who came too late is told so."""
        opinion_id = self._open_vote()
        early, late = self.user_ids[:3], self.user_ids[3]
        for user_id in early:
            with self.connection() as env:
                self._step(opinion_id, user_id, "action_vote_for")(env)
        outcomes = self.at_once(
            [
                *(self._step(opinion_id, user_id, "action_publish") for user_id in early),
                self._step(opinion_id, late, "action_vote_for"),
            ]
        )
        self.assertEqual(outcomes.count("action_publish"), 1, outcomes)
        for error in self._refused(outcomes):
            self.assertIn("cannot be done any more", str(error))
        with self.connection() as env:
            opinion = env["coop.ethics.opinion"].browse(opinion_id)
            self.assertEqual(opinion.votes_for, len(opinion.vote_ids))
            self.assertEqual(opinion.votes_for, 3 + outcomes.count("action_vote_for"))
            frozen = env["coop.frozen.text"].search(
                [("res_model", "=", opinion._name), ("res_id", "=", opinion_id)]
            )
            self.assertEqual(frozen, opinion.frozen_id)
            company = env["res.company"].browse(self.company_id)
            self.assertFalse(env["coop.frozen.text"]._verify(company))

    def test_a_conflict_is_declared_while_the_same_person_votes(self):
        opinion_id = self._open_vote()
        user_id = self.user_ids[1]

        def declare(env):
            case = env["coop.ethics.opinion"].browse(opinion_id).case_id
            env["coop.ethics.conflict"].with_user(user_id).create(
                {"case_id": case.id, "reason": "My sister works there"}
            )
            return "declared"

        votes = [self._step(opinion_id, user_id, "action_vote_for")] * 3
        outcomes = self.at_once([declare, *votes])
        self.assertIn("declared", outcomes)
        with self.connection() as env:
            opinion = env["coop.ethics.opinion"].browse(opinion_id)
            self.assertFalse(opinion.vote_ids)
            self.assertEqual(opinion._count()["voters"], VOTERS - 1)

    def test_rewritten_while_somebody_votes(self):
        """No vote stands for a text that was never put to the vote."""
        opinion_id = self._open_vote()
        votes = [
            self._step(opinion_id, user_id, "action_vote_for") for user_id in self.user_ids[1:]
        ]
        outcomes = self.at_once([self._step(opinion_id, self.user_ids[0], "action_reopen"), *votes])
        self.assertIn("action_reopen", outcomes)
        with self.connection() as env:
            opinion = env["coop.ethics.opinion"].browse(opinion_id)
            self.assertEqual((opinion.state, len(opinion.vote_ids)), ("draft", 0))
