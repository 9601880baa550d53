from datetime import date
from decimal import Decimal
from itertools import chain, combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.concentration import lorenz_points, top_share
from ..lib.period import Period
from ..lib.publication import MEASURES, Row, get_spans, publish
from ..lib.small_groups import (
    SMALLEST,
    crosses_safely,
    is_large,
    is_safe,
    merge_following,
    merge_small,
    union,
)

entry = st.integers(0, 14).flatmap(
    lambda member: st.tuples(st.just(member), st.integers(10 * member, 10 * member + 1))
)
cell = st.dictionaries(st.sampled_from(("q1", "q2")), st.frozensets(entry, max_size=9))


def disjoint(cells):
    """Let each Activity be in one group only, as Activities are."""
    seen, result = {}, {}
    for key, one in cells.items():
        result[key] = {}
        for part, entries in one.items():
            taken = seen.setdefault(part, set())
            result[key][part] = frozenset(entries) - taken
            taken |= entries
    return result


@st.composite
def rows(draw):
    """Rows of a year: an Activity stays with its member, sector and antenna."""
    activities = draw(st.integers(0, 24))
    members = draw(st.lists(st.integers(1, 12), min_size=activities, max_size=activities))
    sectors = draw(st.lists(st.integers(0, 3), min_size=activities, max_size=activities))
    antennas = draw(st.lists(st.integers(0, 2), min_size=activities, max_size=activities))
    amounts = st.sampled_from((0, 0, 1, 7, 100))
    return [
        Row(
            date(2025, month, 1),
            members[number],
            number,
            sectors[number],
            antennas[number],
            *(Decimal(draw(amounts)) for _measure in MEASURES),
        )
        for number in range(activities)
        for month in draw(st.sets(st.integers(1, 12), max_size=5))
    ]


@tagged("post_install", "-at_install")
class TestTransparencyLib(BaseCase):
    """No published number is about a few, and nothing is lost."""

    @given(st.dictionaries(st.integers(0, 6), cell, max_size=7))
    @settings(max_examples=300, deadline=None)
    def test_merged_groups_are_safe_and_complete(self, groups):
        groups = disjoint(groups)
        merged = merge_small(groups)
        if not merged:
            # Nothing to publish, or all together are too few.
            self.assertTrue(not groups or not is_safe(union(groups.values())))
            return
        self.assertEqual(sorted(chain.from_iterable(merged)), sorted(groups))
        cells = [union(groups[key] for key in keys) for keys in merged]
        # Whatever is taken from the total, what is left is about nobody or about enough.
        for count in range(len(cells) + 1):
            for taken in combinations(cells, count):
                left = [one for one in cells if not any(one is other for other in taken)]
                self.assertTrue(is_safe(union(left)))

    @given(st.lists(cell, max_size=8))
    @settings(max_examples=300, deadline=None)
    def test_merged_months_are_safe_and_in_order(self, cells):
        merged = merge_following(cells)
        if not merged:
            self.assertTrue(not cells or not is_safe(union(cells)))
            return
        self.assertEqual(list(chain.from_iterable(merged)), list(range(len(cells))))
        for stretch in merged:
            self.assertTrue(is_safe(union(cells[number] for number in stretch)))

    @given(st.dictionaries(st.integers(0, 4), cell, max_size=5), st.data())
    @settings(max_examples=200, deadline=None)
    def test_two_tables_do_not_betray_each_other(self, groups, data):
        groups = disjoint(groups)
        entries = sorted(frozenset().union(*union(groups.values()).values()))
        places = {one: data.draw(st.integers(0, 2)) for one in entries}
        others = [
            {
                part: frozenset(one for one in everybody if places[one] == place)
                for part, everybody in union(groups.values()).items()
            }
            for place in range(3)
        ]
        others = [
            union(others[number] for number in keys)
            for keys in merge_small(dict(enumerate(others)))
        ]
        total = union(groups.values())
        for keys in merge_small(groups, others=others):
            one = union(groups[key] for key in keys)
            for other in others:
                self.assertTrue(crosses_safely(one, other, total))

    @given(rows())
    @settings(max_examples=150, deadline=None)
    def test_a_year_adds_up_and_tells_of_nobody(self, found):
        publication = publish(found, 2025, date(2025, 12, 31))
        whole = [sum((getattr(row, name) for row in found), Decimal(0)) for name in MEASURES]
        for figures in (publication.totals, publication.sectors, publication.antennas):
            if figures:
                self.assertEqual(
                    [sum(getattr(figure, name) for figure in figures) for name in MEASURES], whole
                )
        for figures, field in ((publication.sectors, "sector"), (publication.antennas, "antenna")):
            for figure in figures:
                self.assert_told_of_enough(found, figure, field)
        for figure in publication.totals:
            self.assert_told_of_enough(found, figure, None)

    @given(rows())
    @settings(max_examples=100, deadline=None)
    def test_periods_are_sums_of_the_same_atoms(self, found):
        """What one period shows more than others is about nobody or about enough as well."""
        publication = publish(found, 2025, date(2025, 12, 31))
        atoms = [(figure.date_from, figure.date_to) for figure in publication.totals]
        keys = ["2025"]
        keys += [Period(2025, quarter=one).key for one in range(1, 5)]
        keys += [Period(2025, month=one).key for one in range(1, 13)]
        for key in keys:
            made = Period.parse(key).is_made_of(atoms)
            if made:
                self.assertLessEqual(set(made), set(atoms))
        for span in get_spans(publication):
            inside = [atom for atom in atoms if span[0] <= atom[0] and atom[1] <= span[1]]
            self.assertEqual(inside[-1][1], span[1])

    def assert_told_of_enough(self, found, figure, field):
        for name in MEASURES:
            entries = {
                (row.member, row.activity)
                for row in found
                if figure.date_from <= row.month <= figure.date_to
                and (field is None or getattr(row, field) in figure.keys)
                and getattr(row, name)
            }
            self.assertTrue(is_large(entries), (figure, name, entries))

    def test_the_running_quarter_waits(self):
        found = [
            Row(date(2025, month, 1), number, number, 1, 1, *(Decimal(10),) * 3)
            for month in range(1, 6)
            for number in range(8)
        ]
        publication = publish(found, 2025, date(2025, 5, 31))
        self.assertEqual(len(publication.totals), 5)
        self.assertEqual(get_spans(publication), [(date(2025, 1, 1), date(2025, 3, 31))])

    def test_four_members_are_never_told(self):
        found = [
            Row(date(2025, 1, 1), number, number, 1, 1, *(Decimal(10),) * 3) for number in range(4)
        ]
        publication = publish(found, 2025, date(2025, 12, 31))
        self.assertEqual((publication.totals, publication.sectors, publication.curve), ([], [], []))

    @given(st.lists(st.integers(-50, 10_000), max_size=120))
    @settings(max_examples=300, deadline=None)
    def test_the_curve_is_below_the_diagonal_and_coarse(self, values):
        points = lorenz_points(values)
        if not points:
            self.assertTrue(len(values) < 2 * SMALLEST or not any(value > 0 for value in values))
            return
        self.assertEqual((points[0], points[-1]), ((0, 0), (100, 100)))
        for (left, low), (right, high) in pairwise(points):
            self.assertLessEqual(low, high)
            self.assertGreaterEqual((right - left) * len(values), 100 * SMALLEST - len(values))
            self.assertLessEqual(high, right + 1)
        top = top_share(points)
        self.assertTrue(top is None or 0 <= top <= 100)
