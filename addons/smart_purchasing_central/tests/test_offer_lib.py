from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib.scoring import Rule, find_winner, score, value_at, weight_interval
from ..lib.tiers import INCREMENTAL, find_problem, total_price, unit_price

# A busy machine draws slowly: how fast it draws is no property of the rule.
quietly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
values = st.decimals(0, 100, places=2)


@st.composite
def weights(draw, size):
    """Whole hundredths that sum to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10000), min_size=size - 1, max_size=size - 1)))
    ends = [0, *cuts, 10000]
    return [Decimal(b - a).scaleb(-2) for a, b in pairwise(ends)]


@st.composite
def contests(draw):
    size = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(values, min_size=size, max_size=size), min_size=1, max_size=5))
    return draw(weights(size)), rows


class TestScoring(BaseCase):
    """A score depends on the offer alone, and intervals of weights are true."""

    @quietly
    @given(contests())
    def test_points_explain_the_score(self, contest):
        shares, rows = contest
        for row in rows:
            found = score([Rule(share) for share in shares], row)
            self.assertEqual(found.total, sum(found.points))
            self.assertTrue(0 <= found.total <= Decimal("100.02"))
            exactly = sum(w * v for w, v in zip(shares, row, strict=True)) / 100
            self.assertLessEqual(abs(found.total - exactly), Decimal("0.005") * len(row))

    @quietly
    @given(contests(), st.integers(0, 3), st.integers(0, 100))
    def test_winner_wins_in_the_interval_and_not_beyond(self, contest, position, other):
        shares, rows = contest
        position %= len(shares)
        winner = find_winner(shares, rows)
        low, high = weight_interval(shares, rows, winner, position)
        self.assertTrue(0 <= low <= high <= 100 or low - high <= Decimal("0.01"))
        rest = 100 - shares[position]
        if not rest:
            return

        def lead(weight):
            moved = [share * (100 - weight) / rest for share in shares]
            moved[position] = Decimal(weight)
            best = sum(w * v for w, v in zip(moved, rows[winner], strict=True))
            return best - max(sum(w * v for w, v in zip(moved, row, strict=True)) for row in rows)

        if low <= other <= high:
            self.assertGreaterEqual(lead(other), Decimal("-1e-18"))
        elif other < low - 1 or other > high + 1:
            self.assertLess(lead(other), Decimal("1e-18"))

    @quietly
    @given(st.lists(st.tuples(st.integers(-500, 500), values), min_size=1, max_size=6), values)
    def test_value_stays_between_the_points(self, points, measured):
        points = list(dict(points).items())
        found = value_at(points, measured)
        self.assertTrue(min(y for _x, y in points) <= found <= max(y for _x, y in points))


class TestTiers(BaseCase):
    @quietly
    @given(
        st.lists(st.tuples(st.integers(0, 50), st.integers(1, 99)), min_size=1, max_size=5),
        st.integers(0, 80),
    )
    def test_sound_prices_fall(self, tiers, units):
        if find_problem(tiers):
            return
        self.assertLessEqual(unit_price(tiers, units + 1), unit_price(tiers, units))
        self.assertLessEqual(total_price(tiers, units), total_price(tiers, units, INCREMENTAL))
        if units:
            self.assertEqual(total_price(tiers, units) / units, Decimal(unit_price(tiers, units)))
