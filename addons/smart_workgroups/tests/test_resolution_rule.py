from itertools import product

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib.majority import Tally, decide
from .vote_common import VoteCase


@tagged("post_install", "-at_install")
class TestResolutionRule(VoteCase):
    """Adopted or not follows from the class and the figures, by hand or by a vote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assembly = cls.env["coop.assembly"].create(
            {"name": "Assembly", "company_id": cls.company.id, "date": fields.Date.today()}
        )

    def _resolution(self, pro=0, contra=0, abstained=0, blank=0, spoilt=0, absent=0, **values):
        return (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Plant a tree",
                    "company_id": self.company.id,
                    "assembly_id": self.assembly.id,
                    "present": pro + contra + abstained + blank + spoilt + absent,
                    "votes_for": pro,
                    "votes_against": contra,
                    "abstained": abstained,
                    "blank": blank,
                    "spoilt": spoilt,
                    "not_voted": absent,
                    **values,
                }
            )
        )

    def _recorded(self, *args, **values):
        resolution = self._resolution(*args, **values)
        resolution.action_record()
        return resolution

    def test_at_the_threshold(self):
        statutes = {"class_id": self.statutes.id, "members": 200}
        for votes, state in (
            ((75, 25), "adopted"),
            ((74, 26), "rejected"),
            ((99, 0), "no_quorum"),
            ((75, 25, 40, 1, 2, 3), "adopted"),
        ):
            with self.subTest(votes):
                self.assertEqual(self._recorded(*votes, **statutes).state, state)
        self.assertEqual(self._recorded(5, 5, 9).state, "rejected")
        self.assertEqual(self._recorded(6, 5, 9).state, "adopted")
        self.assertEqual(self._recorded(0, 0, 9).state, "rejected")

    def test_agrees_with_the_count_of_votes(self):
        """Whatever the figures: by hand it is decided as a vote with these figures would be."""
        rules = self.env["coop.resolution.class"].create(
            [
                {"name": f"{base} {part} {strict}", "base": base, "abstentions": strict}
                | {"majority_numerator": part, "majority_denominator": 3, "strict": strict}
                for base, part, strict in product(
                    ("cast", "present", "members"), (1, 2), (True, False)
                )
            ]
        )
        resolution = self._resolution(members=8)
        for rule in rules:
            for pro, contra, abstained, blank in product((0, 2, 4), (0, 2), (0, 1), (0, 1)):
                there = pro + contra + abstained + blank
                if not there:
                    continue
                resolution.write(
                    {
                        "class_id": rule.id,
                        "present": there,
                        "votes_for": pro,
                        "votes_against": contra,
                        "abstained": abstained,
                        "blank": blank,
                    }
                )
                tally = Tally(yes=pro, no=contra, abstain=abstained, blank=blank)
                decision = decide(rule._get_rule(), tally, present=there, members=8)
                self.assertEqual(resolution._decide(), decision.outcome, (rule.name, tally))

    def test_what_the_rule_asks_for(self):
        resolution = self._resolution(75, 25, class_id=self.statutes.id)
        with self.refuses(UserError, "fill in how many members have a vote"):
            resolution.action_record()
        resolution.members = 99
        with self.refuses(UserError, "100 were present or represented"):
            resolution.action_record()
        resolution.members = 100
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")
        each = self.ordinary.copy({"name": "Each", "by_category": True})
        with self.refuses(UserError, "counted in a secret vote only"):
            self._resolution(75, 25, class_id=each.id).action_record()

    def test_the_chair_decides(self):
        chair = self.ordinary.copy({"name": "Chair", "tie": "chair"})
        for choice, state in (("for", "adopted"), ("against", "rejected")):
            resolution = self._resolution(5, 5, class_id=chair.id)
            with self.refuses(UserError, "fill in how the chair decides"):
                resolution.action_record()
            resolution.chair_vote = choice
            resolution.action_record()
            self.assertEqual(resolution.state, state)
            self.assertIn("the chair decides.\nThe chair decided", resolution.explanation)
            with self.refuses(UserError, "cannot be changed by hand"):
                resolution.chair_vote = False

    def test_how_the_result_follows(self):
        rule = self.statutes.copy({"name": "Ours", "company_id": self.company.id})
        resolution = self._resolution(75, 25, 1, class_id=rule.id, members=200)
        self.assertEqual(
            resolution.majority, "At least 3/4 of votes cast; quorum 1/2 of the members"
        )
        # Before it is recorded, the secretary sees what will follow.
        self.assertIn("3/4 of 100 is at least 75; 75 said yes: reached", resolution.explanation)
        resolution.action_record()
        told = resolution.explanation
        self.assertIn("Quorum: 1/2 of 200 members is 100; 101 took part: reached", told)
        # Another rule later is another rule.
        rule.majority_numerator = 2
        resolution.invalidate_recordset(["explanation"])
        self.assertEqual(resolution.explanation, told)
        self.assertIn("majority_numerator", resolution._freeze_text("again").content)
        for name, value in (("votes_for", 76), ("members", 300), ("class_id", self.ordinary.id)):
            with self.subTest(name), self.refuses(UserError, "cannot be changed by hand"):
                resolution[name] = value

    def test_a_secret_vote_fills_in_the_figures(self):
        resolution = self._resolution(class_id=self.statutes.id)
        with self.refuses(UserError, "but Plant a tree needs Change of the statutes"):
            self._poll(resolution_id=resolution.id).action_freeze()
        votes = [[1], [1], [1], [2], []]
        poll, words = self._open(resolution_id=resolution.id, class_id=self.statutes.id)
        resolution.write({"present": 3, "votes_for": 3, "members": 8})
        with self.refuses(UserError, "is about Plant a tree and not over"):
            resolution.action_record()
        for voter, marks in zip(self.voters, votes, strict=False):
            poll._cast(voter, marks)
        data = self._count(poll, words)
        self.assertEqual(data["result"]["outcome"], "adopted")
        self.assertEqual(
            (resolution.present, resolution.votes_for, resolution.votes_against, resolution.blank),
            (5, 3, 1, 1),
        )
        self.assertEqual((resolution.members, resolution.poll_id), (8, poll))
        with self.refuses(UserError, "cannot be changed by hand"):
            resolution.votes_for = 4
        self.assertEqual(resolution.explanation, "\n".join(poll._explain()))
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")
        with self.refuses(UserError, "this cannot be done any more"):
            self._poll(resolution_id=resolution.id, class_id=self.statutes.id).action_freeze()

    def test_an_annulled_vote_gives_no_figures(self):
        resolution = self._resolution()
        poll, _receipts, _data = self._held(
            votes=[[1]] * 3 + [[2]] * 5, resolution_id=resolution.id
        )
        self.assertEqual(resolution._decide(), "rejected")
        poll._annul("Wrong roll")
        self.assertFalse(resolution.poll_id)
        resolution.write({"votes_for": 5, "votes_against": 3})
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")

    def test_by_category_only_as_counted(self):
        rule = self.ordinary.copy({"name": "Each", "by_category": True})
        resolution = self._resolution(class_id=rule.id)
        poll, _receipts, _data = self._held(
            votes=[[1]] * 5, resolution_id=resolution.id, class_id=rule.id
        )
        resolution.action_record()
        self.assertEqual((resolution.state, poll.state), ("adopted", "published"))
        self.assertIn("Among Autonomous workers", resolution.explanation)

    def test_an_open_vote_fills_in_the_figures(self):
        resolution = self._resolution()
        poll = (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "Tree",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    "resolution_id": resolution.id,
                }
            )
        )
        poll.action_open()
        self.env["coop.named.vote"].with_user(self.secretary).create(
            [
                {"poll_id": poll.id, "partner_id": voter.id, "choice": choice}
                for voter, choice in zip(self.voters, ("yes", "yes", "no"), strict=False)
            ]
        )
        poll.present = 5
        with self.refuses(UserError, "not over"):
            resolution.action_record()
        poll.action_close()
        self.assertEqual(
            (resolution.votes_for, resolution.votes_against, resolution.not_voted), (2, 1, 2)
        )
        resolution.action_record()
        self.assertEqual((resolution.state, poll.outcome), ("adopted", "adopted"))
