"""The single transferable vote: ties, small elections by brute force, and a second count."""

import json
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.counting import elect_by_transfer
from .vote_common import load_verify

verify = load_verify()


@tagged("post_install", "-at_install")
class TestTransfer(BaseCase):
    rankings = st.lists(
        st.permutations([1, 2, 3, 4, 5]).flatmap(
            lambda order: st.integers(0, 5).map(lambda most: tuple(order[:most]))
        ),
        max_size=30,
    )

    def _count(self, rankings, seats, lots):
        """Return the count, when ``verify.py`` says the same at each stage."""
        found = elect_by_transfer(sorted(lots), rankings, seats, lots)
        stages = []
        again = verify.transfer(Counter(rankings), seats, lots, stages)
        self.assertEqual([*found.elected], again)
        self.assertEqual(json.loads(json.dumps(found.stages)), stages)
        return found

    def _told(self, found):
        """Return of each stage what it is, who it is about, and what broke a tie."""
        return [
            (
                stage["code"],
                stage.get("elected") or stage.get("excluded") or stage.get("surplus"),
                stage["tie"],
            )
            for stage in found.stages[1:]
        ]

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    def test_ties_are_broken_by_the_stage_before(self):
        """Cases of github.com/jklundell/droop (test/blt/scotland), with the figures of its reports.

        Two at the quota, one of them since the stage before; and a tie of the fewest that an
        earlier stage does not break: the lot does.
        """
        rankings = {(1, 3): 10, (2,): 8, (3,): 6, (4,): 5, (5, 4): 3, (6, 4): 3}
        found = elect_by_transfer(range(1, 7), Counter(rankings), 4, [6, 1, 2, 3, 4, 5])
        told = [
            (stage["code"], stage.get("elected") or stage.get("excluded"), stage["tie"])
            for stage in found.stages[1:]
        ]
        self.assertEqual(
            told,
            [
                ("elected", [1, 2], ""),
                ("elected", [3], ""),
                ("excluded", [5], "lot"),
                ("elected", [4], ""),
            ],
        )
        self.assertEqual(found.stages[-1]["votes"], {4: "8.00000", 6: "3.00000"})
        # The exclusion of 4 makes 2 and 3 equal; 2 had more before, so 3 goes.
        rankings = Counter({(1,): 9, (2,): 4, (3,): 3, (4, 3): 1, (5,): 5})
        found = elect_by_transfer(range(1, 6), rankings, 2, [1, 3, 2, 4, 5])
        ties = [(stage["excluded"], stage["tie"]) for stage in found.stages if "excluded" in stage]
        self.assertEqual(ties, [([4], ""), ([3], "history"), ([2], "")])

    def test_equal_surpluses_and_the_lot(self):
        """Two have one vote too many since the first stage: the lot says whose goes first.

        Each is worth 1/5 of a vote on five ballots. Whoever gets the first of them had more at an
        earlier stage when both end with two votes, and so has the seat.
        """
        rankings = Counter({(1, 3): 5, (2, 4): 5, (3,): 1, (4,): 1})
        for lots, order, heir, out in (
            ([2, 1, 3, 4], (2, 1), 4, 3),
            ([1, 2, 3, 4], (1, 2), 3, 4),
        ):
            found = self._count(rankings, 3, lots)
            self.assertEqual(
                self._told(found),
                [
                    ("elected", [*order], ""),
                    ("surplus", [order[0]], "lot"),
                    ("surplus", [order[1]], ""),
                    ("excluded", [out], "history"),
                    ("no_competition", [heir], ""),
                ],
            )
            self.assertEqual(found.stages[2]["votes"], {3: "1.00000", 4: "1.00000"})
            self.assertEqual(found.stages[4]["votes"], {3: "2.00000", 4: "2.00000"})

    def test_equal_surpluses_and_the_stage_before(self):
        """The surplus of 3 brings 2 to the twelve votes that 1 has already: 1 had more before.

        12 votes and a quota of 10: 1 hands on 2/12 of a vote on each of twelve ballots, 2 the same
        on the two that name somebody after it.
        """
        rankings = Counter({(3, 2): 20, (1, 4): 12, (2, 5): 2, (4,): 6, (5,): 6})
        for lots in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]):
            found = self._count(rankings, 4, lots)
            self.assertEqual(found.stages[0]["quota"], 10)
            self.assertEqual(
                self._told(found),
                [
                    ("elected", [3, 1], ""),
                    ("elected", [2], ""),
                    ("surplus", [1], "history"),
                    ("surplus", [2], ""),
                    ("excluded", [5], ""),
                    ("no_competition", [4], ""),
                ],
            )
            self.assertEqual(found.stages[5]["votes"], {4: "7.99992", 5: "6.33332"})

    def test_nothing_but_ties(self):
        """Everybody has the same at each stage: whoever comes last in the lots goes first."""
        rankings = Counter({(one,): 2 for one in (1, 2, 3, 4)})
        found = self._count(rankings, 2, [3, 1, 4, 2])
        told = [("excluded", [2], "lot"), ("excluded", [4], "lot")]
        self.assertEqual(self._told(found), [*told, ("no_competition", [3, 1], "")])

    def test_all_ballots_alike(self):
        """Nine ballots 1, 2, 3 for two seats: 4 needed, 5/9 = 0.55555 go on from each of nine."""
        found = self._count([(1, 2, 3)] * 9, 2, [3, 2, 1])
        self.assertEqual(self._told(found), [("elected", [1], ""), ("elected", [2], "")])
        self.assertEqual(found.stages[-1]["votes"], {2: "4.99995", 3: "0.00000"})
        # With one name on all of them, the others have nothing, and the lot has the second seat.
        found = self._count([(1,)] * 9, 2, [3, 2, 1])
        self.assertEqual(found.elected, (1, 3))
        self.assertEqual(found.stages[-1]["votes"], {3: "0.00000"})

    def test_exhausted_ballots(self):
        """Votes without a further preference go nowhere; the last seat needs no quota then."""
        found = self._count(Counter({(1,): 9, (2, 3): 3, (3,): 2, (4,): 1}), 2, [1, 2, 3, 4])
        self.assertEqual(
            self._told(found),
            [
                ("elected", [1], ""),
                ("excluded", [4], ""),
                ("excluded", [3], ""),
                ("no_competition", [2], ""),
            ],
        )
        self.assertEqual(found.stages[0]["quota"], 6)
        self.assertEqual(found.stages[-1]["votes"], {2: "3.00000"})

    def test_fewer_candidates_than_seats(self):
        """All of them are elected, in the order of the lots; without a ballot nobody is."""
        for rankings in ([(1, 2)], [(2,)] * 5):
            found = self._count(rankings, 3, [2, 1])
            self.assertEqual((found.elected, found.vacant), ((2, 1), 1))
            self.assertEqual([stage["code"] for stage in found.stages], ["no_competition"])
        for rankings in ([], [(), ()]):
            found = self._count(rankings, 3, [2, 1])
            self.assertEqual((found.elected, found.vacant), ((), 3))
        with self.assertRaises(ValueError):
            elect_by_transfer([1, 2], [(1,)], 0, [1, 2])

    # ------------------------------------------------------------------
    # By brute force
    # ------------------------------------------------------------------

    def test_small_elections_by_brute_force(self):
        """Three candidates, two seats, each set of up to four kinds of ballots: paper by paper."""
        kinds = [order[:most] for order in permutations((1, 2, 3)) for most in (1, 2, 3)]
        kinds = sorted(set(kinds))
        for size in (1, 2, 3, 4):
            for chosen in combinations_with_replacement(kinds, size):
                # Of different sizes, so that not all of it ends in a tie.
                papers = [one for index, one in enumerate(chosen) for _copy in range(index + 2)]
                wanted = self._two_of_three(papers)
                found = elect_by_transfer([1, 2, 3], papers, 2, [2, 3, 1])
                again = verify.transfer(Counter(papers), 2, [2, 3, 1])
                self.assertEqual([*found.elected], again, papers)
                if wanted:
                    self.assertEqual({*found.elected}, wanted, papers)

    def _two_of_three(self, papers):
        """Return who gets two seats of three, or nothing where it hangs on a tie."""
        quota = len(papers) // 3 + 1
        votes = {one: sum(paper[0] == one for paper in papers) for one in (1, 2, 3)}
        best = max(votes, key=votes.get)
        elected = {one for one in votes if votes[one] >= quota}
        if len(elected) == 1:
            # What is over the quota goes on; whoever has less of the two others then is out.
            rest = {one: Fraction(votes[one]) for one in votes if one != best}
            value = Fraction((votes[best] - quota) * 100_000 // votes[best], 100_000)
            for paper in papers:
                heir = next((one for one in paper if one in rest), None)
                if paper[0] == best and heir:
                    rest[heir] += value
            low, high = sorted(rest, key=rest.get)
            elected = set() if rest[low] == rest[high] else {best, high}
        elif not elected:
            low, middle, _high = sorted(votes, key=votes.get)
            elected = set() if votes[low] == votes[middle] else {*votes} - {low}
        return elected

    # ------------------------------------------------------------------
    # What must hold
    # ------------------------------------------------------------------

    @settings(max_examples=200, deadline=None)
    @given(rankings, st.integers(1, 6), st.permutations([1, 2, 3, 4, 5]))
    def test_two_counts_agree(self, rankings, seats, lots):
        """Written twice, with piles and in ``verify.py``, the count is the same, stage by stage."""
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, lots)
        stages = []
        again = verify.transfer(Counter(rankings), seats, lots, stages)
        self.assertEqual(json.loads(json.dumps(found.stages)), stages)
        self.assertEqual([*found.elected], again)
        self.assertEqual(len(found.elected) + found.vacant, seats)
        self.assertEqual(found, elect_by_transfer([1, 2, 3, 4, 5], rankings[::-1], seats, lots))

    @settings(max_examples=200, deadline=None)
    @given(rankings, st.permutations([1, 2, 3, 4, 5]))
    def test_one_seat_by_brute_force(self, rankings, lots):
        """With one seat: whoever has the fewest goes, until somebody has more than half."""
        rankings = [ranking for ranking in rankings if ranking]
        standing = [1, 2, 3, 4, 5]
        quota = len(rankings) // 2 + 1
        while rankings:
            tops = [next((one for one in r if one in standing), None) for r in rankings]
            votes = {one: tops.count(one) for one in standing}
            best = max(standing, key=votes.get)
            if votes[best] >= quota or len(standing) == 1:
                break
            least = [one for one in standing if votes[one] == min(votes.values())]
            if len(least) > 1:
                # Ties are another test: here they would need the history.
                return
            standing.remove(least[0])
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, 1, lots)
        self.assertEqual(found.elected, (best,) if rankings else ())

    @settings(max_examples=100, deadline=None)
    @given(rankings, st.integers(1, 4), st.sets(st.integers(1, 5)))
    def test_a_solid_coalition_gets_its_seats(self, rankings, seats, friends):
        """Whoever fills k quotas with voters that put its candidates first gets k of them in."""
        rankings = [ranking for ranking in rankings if ranking]
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, [1, 2, 3, 4, 5])
        quota = len(rankings) // (seats + 1) + 1
        solid = [
            ranking for ranking in rankings if friends and friends <= set(ranking[: len(friends)])
        ]
        due = min(len(solid) // quota, len(friends))
        # Each transfer is rounded to five digits: a coalition exactly at the quota may miss it.
        if len(solid) > due * quota or due <= 1:
            self.assertGreaterEqual(len(friends & set(found.elected)), due)

    @settings(max_examples=200, deadline=None)
    @given(rankings, st.integers(1, 4), st.permutations([1, 2, 3, 4, 5]))
    def test_what_each_stage_must_keep(self, rankings, seats, lots):
        """No vote is made or taken back, and nobody goes before somebody who has fewer."""
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, lots)
        if not any(rankings):
            return
        before = {}
        for stage in found.stages[1:]:
            votes = {one: Fraction(count) for one, count in stage["votes"].items()}
            self.assertLessEqual(sum(votes.values()), found.stages[0]["valid"])
            for one, count in votes.items():
                self.assertGreaterEqual(count, before.get(one, 0))
                self.assertLessEqual(count, sum(one in ranking for ranking in rankings))
            if stage["code"] == "elected":
                quota = found.stages[0]["quota"]
                self.assertEqual({*stage["elected"]}, {o for o in votes if votes[o] >= quota})
            if stage["code"] == "excluded":
                self.assertEqual(votes[stage["excluded"][0]], min(votes.values()))
            before = votes
        self.assertEqual(len(found.elected), seats)

    @settings(max_examples=200, deadline=None)
    @given(rankings, st.integers(1, 4), *[st.permutations([1, 2, 3, 4, 5])] * 2)
    def test_lots_decide_only_what_they_are_said_to(self, rankings, seats, lots, others):
        """Other lots elect others only where a stage says that the lot broke a tie."""
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, lots)
        if not any(stage.get("tie") == "lot" for stage in found.stages):
            again = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, others)
            self.assertEqual({*found.elected}, {*again.elected})

    @settings(max_examples=100, deadline=None)
    @given(rankings, st.integers(1, 4), *[st.permutations([1, 2, 3, 4, 5])] * 2)
    def test_names_do_not_matter(self, rankings, seats, lots, names):
        """Under other numbers the same people are elected, in the same order."""
        new = dict(zip([1, 2, 3, 4, 5], names, strict=True))
        found = elect_by_transfer([1, 2, 3, 4, 5], rankings, seats, lots)
        renamed = [tuple(new[one] for one in ranking) for ranking in rankings]
        again = elect_by_transfer([1, 2, 3, 4, 5], renamed, seats, [new[one] for one in lots])
        self.assertEqual(again.elected, tuple(new[one] for one in found.elected))
