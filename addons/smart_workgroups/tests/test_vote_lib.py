"""Counting, commitments and keys, without a database."""

import json
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, combinations_with_replacement, permutations, product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.ballot_choice import LONGEST, ChoiceError, canonical, check_marks, parse
from ..lib.counting import count_marks, elect_by_marks, elect_by_transfer
from ..lib.key_shares import SharesError, join_key, split_key
from ..lib.majority import Rule, Tally, decide
from ..lib.merkle import audit_path, leaf_hash, merkle_root, node_hash, verify_path
from ..lib.outcome import count_poll
from ..lib.sealing import (
    SEALED_BYTES,
    SealError,
    commitment,
    new_key_pair,
    new_nonce,
    seal,
    unseal,
)
from .vote_common import load_verify

DATA = Path(__file__).parent / "data"
small = st.integers(0, 12)
parts = st.sampled_from([(1, 2), (2, 3), (3, 4), (4, 5), (1, 3)])
verify = load_verify()


def read_blt(name):
    """Return seats, candidates and a counter of rankings of a file of ballots."""
    lines = (DATA / name).read_text().splitlines()
    count, seats = map(int, lines[0].split())
    end = lines.index("0")
    rankings = Counter()
    for line in lines[1:end]:
        number, *marks, zero = map(int, line.split())
        assert zero == 0
        rankings[tuple(marks)] += number
    return seats, [name.strip('"') for name in lines[end + 1 : end + 1 + count]], rankings


@tagged("post_install", "-at_install")
class TestMajority(BaseCase):
    @settings(max_examples=300, deadline=None)
    @given(
        st.builds(Tally, small, small, small, small, small),
        parts,
        st.booleans(),
        st.sampled_from(["cast", "present", "members"]),
        st.tuples(st.booleans(), st.booleans(), st.booleans()),
        small,
        small,
    )
    def test_against_fractions(self, tally, part, strict, base, counted, absent, away):
        """Exact integers say what fractions say, however the base is made up."""
        names = ("abstentions", "blank", "spoilt")
        rule = Rule(*part, strict=strict, base=base, **dict(zip(names, counted, strict=True)))
        present = tally.total + absent
        members = present + away
        found = decide(rule, tally, present=present, members=members)
        extra = zip((tally.abstain, tally.blank, tally.spoilt), counted, strict=True)
        whole = {
            "cast": tally.yes + tally.no + sum(votes for votes, yes in extra if yes),
            "present": present,
            "members": members,
        }[base]
        wanted = False
        if whole:
            share = Fraction(tally.yes, whole)
            wanted = share > Fraction(*part) if strict else share >= Fraction(*part)
        self.assertEqual(found.outcome == "adopted", wanted)
        if whole:
            [reason] = [one for one in found.reasons if one.code.startswith("majority")]
            self.assertEqual(tally.yes >= reason.params["needed"], wanted)

    def test_exactly_at_the_threshold(self):
        for yes, no, strict, outcome in (
            (75, 25, False, "adopted"),
            (75, 25, True, "rejected"),
            (76, 24, True, "adopted"),
            (74, 26, False, "rejected"),
            (2, 1, False, "rejected"),
            (3, 1, False, "adopted"),
        ):
            rule = Rule(3, 4, strict=strict)
            found = decide(rule, Tally(yes, no), present=yes + no, members=yes + no)
            self.assertEqual(found.outcome, outcome, (yes, no, strict))

    def test_figures_that_cannot_be(self):
        for present, members in ((1, 5), (5, 4)):
            with self.assertRaises(ValueError):
                decide(Rule(), Tally(yes=2, no=1), present=present, members=members)
        with self.assertRaises(ValueError):
            decide(Rule(by_category=True), Tally(yes=1), present=1, members=1)
        with self.assertRaises(ValueError):
            decide(
                Rule(by_category=True),
                Tally(yes=2),
                present=2,
                members=2,
                categories={"user": (Tally(yes=1), 1, 1)},
            )

    def test_quorum_of_an_odd_number(self):
        rule = Rule(quorum="members")
        for present, outcome in ((3, "no_quorum"), (4, "adopted")):
            found = decide(rule, Tally(yes=present), present=present, members=7)
            self.assertEqual(found.outcome, outcome)
            self.assertEqual(found.reasons[0].params["needed"], 4)
        self.assertEqual(decide(rule, Tally(), present=0, members=0).outcome, "no_quorum")


@tagged("post_install", "-at_install")
class TestCounting(BaseCase):
    def test_plurality_by_brute_force(self):
        """Of all ways to fill the seats, the elected are one that no loser could complain about."""
        for votes in product(range(3), repeat=4):
            by_number = dict(enumerate(votes, start=1))
            for seats in (1, 2, 3):
                found = elect_by_marks(by_number, seats, [3, 1, 4, 2])
                ways = [
                    set(way)
                    for size in range(seats + 1)
                    for way in combinations(by_number, size)
                    if self._is_fair(set(way), by_number, seats, [3, 1, 4, 2])
                ]
                self.assertEqual(ways, [set(found.elected)])
                self.assertEqual(found.vacant, seats - len(found.elected))

    def _is_fair(self, way, votes, seats, lots):
        losers = [one for one in votes if one not in way and votes[one]]
        if any(not votes[one] for one in way) or (losers and len(way) < seats):
            return False
        return all(
            (votes[one], -lots.index(one)) > (votes[loser], -lots.index(loser))
            for one in way
            for loser in losers
        )

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def test_reserved_seats(self, data):
        votes = dict(enumerate(data.draw(st.lists(small, min_size=1, max_size=6)), start=1))
        categories = {one: data.draw(st.sampled_from(["user", "staff", ""])) for one in votes}
        reserved = {"user": data.draw(st.integers(0, 2)), "staff": data.draw(st.integers(0, 2))}
        seats = sum(reserved.values()) + data.draw(st.integers(1, 3))
        lots = data.draw(st.permutations(list(votes)))
        found = elect_by_marks(votes, seats, lots, categories, reserved)
        self.assertEqual(len(set(found.elected)), len(found.elected))
        self.assertEqual(len(found.elected) + found.vacant, seats)
        for category, number in reserved.items():
            standing = [one for one in votes if categories[one] == category and votes[one]]
            elected = [one for one in found.elected if categories[one] == category]
            self.assertGreaterEqual(len(elected), min(number, len(standing)))

    def test_lots_name_everybody_once(self):
        for lots in ([1], [1, 1], [1, 2, 3]):
            with self.assertRaises(ValueError):
                elect_by_marks({1: 1, 2: 1}, 1, lots)
            with self.assertRaises(ValueError):
                elect_by_transfer([1, 2], [(1,)], 1, lots)

    def test_marks_are_counted_once_each(self):
        self.assertEqual(count_marks([1, 2], [(1,), (1, 2), ()]), {1: 2, 2: 1})

    # ------------------------------------------------------------------
    # The single transferable vote
    # ------------------------------------------------------------------

    def test_leith_2017(self):
        """Ward 13 (Leith) of the City of Edinburgh Council, 4 May 2017: 3 seats, 5 candidates.

        The ballots are the preference profile that the council published, as in the test data of
        github.com/VoteIT/STVPoll (stvpoll_testing/scottish_election_data). The votes at each stage
        are those of the article "Leith (ward)" of Wikipedia, in whole votes.
        """
        seats, names, rankings = read_blt("edinburgh_2017_leith.blt")
        booth, dijkstra, mcvey, munro, penman = range(1, 6)
        found = elect_by_transfer(range(1, 6), rankings, seats, [1, 2, 3, 4, 5])
        self.assertEqual(names[found.elected[0] - 1], "Adam MCVEY")
        self.assertEqual(found.elected, (mcvey, booth, munro))
        quota, *stages = found.stages
        self.assertEqual((quota["valid"], quota["quota"]), (7613, 1904))
        published = [
            {mcvey: 2753, booth: 1695, munro: 1549, penman: 1213, dijkstra: 403},
            {booth: 2213, munro: 1690, penman: 1236, dijkstra: 448},
            {munro: 1821, penman: 1246, dijkstra: 552},
            {munro: 2106, penman: 1354},
        ]
        told = [
            {one: int(float(votes)) for one, votes in stage["votes"].items()} for stage in stages
        ]
        self.assertEqual(told, published)
        self.assertEqual(verify.transfer(rankings, seats, [5, 4, 3, 2, 1]), [*found.elected])

    def test_kilmarnock_south_2022(self):
        """Ward 5 (Kilmarnock South) of East Ayrshire Council, 5 May 2022: 3 seats, 6 candidates.

        The ballots are those of github.com/mggg/scot-elex (6_cands/east_ayrshire_2022_ward5),
        collected from the councils. Elected were Jim Todd (Provost since), Peter Mabon and Clare
        Maitland (see newsroom.east-ayrshire.gov.uk, "Provost and Leader appointed").
        """
        seats, names, rankings = read_blt("east_ayrshire_2022_kilmarnock_south.blt")
        for lots in ([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]):
            found = elect_by_transfer(range(1, 7), rankings, seats, lots)
            self.assertEqual(
                {names[one - 1] for one in found.elected},
                {"Jim TODD", "Peter MABON", "Clare MAITLAND"},
            )
            self.assertEqual(verify.transfer(rankings, seats, lots), [*found.elected])

    def test_bishopton_2017(self):
        """Ward 11 of Renfrewshire Council, 4 May 2017: 3 seats, 5 candidates, two elected at once.

        The ballots are the sequences of preferences that a council has to publish, as collected in
        github.com/mggg/scot-elex (5_cands/renfrewshire_2017_ward11). Elected were James MacLaren,
        Natalie Don and Colin McCulloch. The surplus of who has more goes to the three others alone,
        not to who is elected too: the figures of that stage are worked out here by hand.
        """
        seats, names, rankings = read_blt("renfrewshire_2017_bishopton.blt")
        found = elect_by_transfer(range(1, 6), rankings, seats, [1, 2, 3, 4, 5])
        elected = [names[one - 1] for one in found.elected]
        self.assertEqual(elected, ["James Maclaren", "Natalie Don", "Colin McCulloch"])
        first = {1: 1783, 2: 212, 3: 170, 4: 2552, 5: 896}
        self.assertEqual(found.votes, first)
        self.assertEqual((found.stages[0]["valid"], found.stages[0]["quota"]), (5613, 1404))
        # By hand: 1148 of the 2552 ballots' votes go on, each at 1148 / 2552 = 0.44984 of a vote.
        moved = dict.fromkeys((2, 3, 5), 0)
        for ranking, count in rankings.items():
            heir = next((one for one in ranking[1:] if one in moved), None)
            if ranking[0] == 4 and heir:
                moved[heir] += count
        second = {one: first[one] * 100_000 + moved[one] * 44_984 for one in moved}
        told = found.stages[2]
        self.assertEqual((told["code"], told["surplus"]), ("surplus", [1]))
        digits = {one: int(votes.replace(".", "")) for one, votes in told["votes"].items()}
        self.assertEqual(digits, second)
        self.assertEqual(verify.transfer(rankings, seats, [5, 4, 3, 2, 1]), [*found.elected])

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
        # Here the transfer makes 2 and 3 equal; 3 had more before, so 2 goes.
        rankings = Counter({(1, 2): 4, (3,): 2})
        found = elect_by_transfer(range(1, 4), rankings, 2, [1, 2, 3])
        self.assertEqual(found.elected, (1, 3))
        rankings = Counter({(1,): 9, (2,): 4, (3,): 3, (4, 3): 1, (5,): 5})
        found = elect_by_transfer(range(1, 6), rankings, 2, [1, 3, 2, 4, 5])
        ties = [(stage["excluded"], stage["tie"]) for stage in found.stages if "excluded" in stage]
        self.assertEqual(ties, [([4], ""), ([3], "history"), ([2], "")])

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

    rankings = st.lists(
        st.permutations([1, 2, 3, 4, 5]).flatmap(
            lambda order: st.integers(0, 5).map(lambda most: tuple(order[:most]))
        ),
        max_size=30,
    )

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


@tagged("post_install", "-at_install")
class TestMerkle(BaseCase):
    def test_by_hand(self):
        """Vectors that RFC 6962 gives by its definition, and that one can compute by hand."""
        a, b, c, d, e = (leaf_hash(one) for one in (b"a", b"b", b"c", b"d", b"e"))
        self.assertEqual(a, sha256(b"\x00a").digest())
        self.assertEqual(node_hash(a, b), sha256(b"\x01" + a + b).digest())
        self.assertEqual(merkle_root([]), sha256(b"").digest())
        self.assertEqual(merkle_root([b"a"]), a)
        self.assertEqual(merkle_root([b"a", b"b", b"c"]), node_hash(node_hash(a, b), c))
        four = node_hash(node_hash(a, b), node_hash(c, d))
        self.assertEqual(merkle_root([b"a", b"b", b"c", b"d", b"e"]), node_hash(four, e))

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.binary(max_size=4), max_size=40))
    def test_written_twice(self, leaves):
        self.assertEqual(merkle_root(leaves), verify.merkle_root(leaves))

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.binary(max_size=4), min_size=1, max_size=20, unique=True), st.data())
    def test_paths(self, leaves, data):
        root, count = merkle_root(leaves), len(leaves)
        for index, leaf in enumerate(leaves):
            path = audit_path(index, leaves)
            self.assertTrue(verify_path(leaf, index, count, path, root))
            self.assertFalse(verify_path(leaf + b"x", index, count, path, root))
            self.assertFalse(verify_path(leaf, index, count, [*path, root], root))
        other = data.draw(st.permutations(leaves))
        self.assertEqual(merkle_root(other) == root, other == leaves)


@tagged("post_install", "-at_install")
class TestSealing(BaseCase):
    @settings(max_examples=100, deadline=None)
    @given(st.text("0123456789,:abc", max_size=LONGEST))
    def test_there_and_back(self, choice):
        private, public = new_key_pair()
        nonce = new_nonce()
        box = seal(public, "poll", choice, nonce)
        self.assertEqual(len(box), SEALED_BYTES)
        committed = commitment("poll", choice, nonce)
        self.assertEqual(unseal(private, "poll", box, committed), (choice, nonce))

    def test_what_was_altered_does_not_open(self):
        private, public = new_key_pair()
        other, _public = new_key_pair()
        nonce = new_nonce()
        box = seal(public, "poll", "1", nonce)
        committed = commitment("poll", "1", nonce)
        for place in range(0, SEALED_BYTES, 7):
            wrong = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
            with self.assertRaises(SealError):
                unseal(private, "poll", wrong, committed)
        for key, poll, sealed, bound in (
            (other, "poll", box, committed),
            (private, "other", box, committed),
            (private, "poll", box, commitment("poll", "2", nonce)),
            (private, "poll", box[:-1], committed),
            (private, "poll", b"", committed),
            (private, "poll", bytes(SEALED_BYTES), committed),
        ):
            with self.assertRaises(SealError):
                unseal(key, poll, sealed, bound)

    def test_two_of_the_same_are_not_alike(self):
        _private, public = new_key_pair()
        nonce = new_nonce()
        self.assertNotEqual(seal(public, "p", "1", nonce), seal(public, "p", "1", nonce))

    def test_no_two_ballots_have_one_commitment(self):
        with self.assertRaises(ValueError):
            commitment("poll\n1", "2", "3")
        self.assertNotEqual(commitment("p", "1", "2"), commitment("p", "12", ""))
        self.assertEqual(
            commitment("p", "1,2", "00"), sha256(b"coop-ballot-1\np\n1,2\n00").hexdigest()
        )

    def test_too_long(self):
        _private, public = new_key_pair()
        with self.assertRaises(ValueError):
            seal(public, "p", "1" * (LONGEST + 1), new_nonce())
        with self.assertRaises(ValueError):
            seal(public, "p", "1", "00")


@tagged("post_install", "-at_install")
class TestKeyShares(BaseCase):
    def test_any_k_of_n(self):
        key, _public = new_key_pair()
        for needed, people in ((1, 1), (1, 3), (2, 3), (3, 5)):
            words = split_key(key, needed, people)
            self.assertEqual(len(words), people)
            for chosen in combinations(words, needed):
                self.assertEqual(join_key(list(chosen), needed), key)
                if needed > 1:
                    with self.assertRaises(SharesError) as caught:
                        join_key(list(chosen[1:]), needed)
                    self.assertEqual(caught.exception.code, "too_few")
            self.assertEqual(join_key(words, needed), key)

    def test_as_people_type(self):
        key, _public = new_key_pair()
        first, second, _third = split_key(key, 2, 3)
        typed = ["  ".join(first.upper().split()) + "\n", "", second]
        self.assertEqual(join_key(typed, 2), key)

    def test_a_misread_word_is_found(self):
        first, second = split_key(bytes(32), 2, 2)
        words = second.split()
        words[10], words[11] = words[11], words[10]
        for wrong in (" ".join(words), "x " + second, second[:-9], "é"):
            with self.assertRaises(SharesError) as caught:
                join_key([first, wrong], 2)
            self.assertEqual(caught.exception.code, "unreadable")
            self.assertEqual(caught.exception.params["place"], 2)

    def test_cannot_be_split(self):
        for needed, people in ((0, 1), (3, 2), (2, 17)):
            with self.assertRaises(ValueError):
                split_key(bytes(32), needed, people)


@tagged("post_install", "-at_install")
class TestChoice(BaseCase):
    @settings(max_examples=200, deadline=None)
    @given(
        st.sampled_from(["resolution", "plurality", "approval", "stv"]),
        st.lists(st.integers(-2, 8), max_size=6),
        st.sampled_from(["", "user", "staff"]),
    )
    def test_there_and_back(self, kind, marks, category):
        try:
            checked = check_marks(kind, marks, 6, 3)
        except ChoiceError:
            legal = len(set(marks)) == len(marks) and all(1 <= one <= 6 for one in marks)
            most = {"resolution": 1, "plurality": 3}.get(kind, 6)
            self.assertFalse(legal and len(marks) <= most)
            return
        text = canonical(checked, category)
        self.assertLessEqual(len(text), LONGEST)
        self.assertEqual(parse(text, kind, 6, 3), (checked, category))

    def test_written_in_one_way_only(self):
        for text in ("01", "1, 2", "2,1", "1,", ",", ":1", "A:1", "1:2:3", "+1", "1.0", " 1", "١"):
            with self.subTest(text), self.assertRaises(ChoiceError):
                parse(text, "approval", 5)

    def test_count_of_paper(self):
        definition = {
            "kind": "plurality",
            "options": [{"number": 1, "category": ""}, {"number": 2, "category": ""}],
            "max_marks": 1,
            "seats": 1,
            "lot_order": [1, 2],
            "reserved": {},
            "categories": {},
        }
        paper = {"ballots": 4, "votes": {"2": 2}, "blank": 1, "spoilt": 1}
        found = count_poll(definition, ["1", ""], paper)
        self.assertEqual(found["votes"], {"1": 1, "2": 2})
        self.assertEqual((found["elected"], found["blank"], found["spoilt"]), ([2], 2, 1))
        for wrong in ({**paper, "ballots": 1}, {**paper, "ballots": -1}):
            with self.assertRaises(ValueError):
                count_poll(definition, [], wrong)
