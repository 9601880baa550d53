"""Who is elected by the most marks: by brute force and by what must hold."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.counting import count_marks, elect_by_marks, elect_by_transfer

small = st.integers(0, 12)


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
