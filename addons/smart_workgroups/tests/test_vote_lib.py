"""Majorities, commitments and keys, without a database."""

from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.ballot_choice import LONGEST, ChoiceError, canonical, check_marks, parse
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
