from odoo.tests import tagged

from ..lib.majority import Tally, decide
from .attack_common import AttackCase


@tagged("post_install", "-at_install")
class TestShippedRules(AttackCase):
    """The rules that come with the addon decide as the Code of companies has it."""

    def _called_twice(self, rule):
        """Let two of eight be at both calls and say yes; return the second call and what it did."""
        self.statutes = rule
        first, resolution = self._agreed()
        self._come(first, *self.voters[:2])
        self._by_hand(resolution_id=resolution.id)
        resolution.action_record()
        self.assertEqual(resolution.state, "no_quorum")
        self.assertIn("; quorum 1/2 of the members", resolution.majority)
        first.action_hold()
        second = self._second_call_of(first)
        again = second.resolution_ids
        self._by_hand(resolution_id=again.id)
        again.action_record()
        return second, again

    def test_statutes_and_object(self):
        """The second call decides however many are there, by a majority that is as high."""
        for name, votes in (("statutes", (75, 25)), ("object", (80, 20))):
            rule = self.env.ref(f"smart_workgroups.resolution_class_{name}")
            with self.subTest(name):
                second, again = self._called_twice(rule)
                self.assertEqual((again.state, second.quorum_missing), ("adopted", False))
                self.assertRegex(again.majority, "^At least [34]/[45] of votes cast$")
                for assembly, there, outcome in (
                    (second, 400, "adopted"),
                    (second.first_call_id, 400, "no_quorum"),
                    (second.first_call_id, 500, "adopted"),
                ):
                    held = rule._get_rule_for(assembly, again)
                    figures = {"present": there, "members": 1000}
                    tally = Tally(*votes, abstain=300)
                    self.assertEqual(decide(held, tally, **figures).outcome, outcome, there)
                    fewer = Tally(votes[0] - 1, votes[1] + 1, abstain=300)
                    self.assertNotEqual(decide(held, fewer, **figures).outcome, "adopted", there)

    def test_other_rules_keep_their_quorum(self):
        self.assertEqual(
            (self.ordinary.quorum, self.ordinary.second_call_without_quorum), ("none", False)
        )
        second, again = self._called_twice(self.ordinary.copy({"quorum": "members"}))
        self.assertEqual((again.state, second.quorum_missing), ("no_quorum", True))
        self.assertIn("; quorum 1/2 of the members", again.majority)
