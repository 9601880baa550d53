from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib.plan_input import amount_of, tiers_in_steps
from ..lib.price_limits import share_by_price
from ..lib.sharing import Claim, share_out
from ..optimizer import Point, find_dominated

# A busy machine draws slowly: how fast it draws is no property of the rule.
quietly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
prices = st.integers(1, 12)


@st.composite
def claims_with_limits(draw):
    claims = []
    for _number in range(draw(st.integers(0, 8))):
        wanted = draw(st.integers(0, 20))
        claim = Claim(draw(st.integers(0, wanted)), wanted, draw(st.integers(0, 6)))
        claims.append((claim, draw(st.none() | prices)))
    return claims


class TestPriceLimits(BaseCase):
    """Who gets what from several suppliers: all of it, by the rule, and nobody too dear."""

    @quietly
    @given(
        st.lists(st.tuples(prices, st.integers(0, 30)), max_size=4),
        claims_with_limits(),
        st.booleans(),
    )
    def test_rules(self, supplies, wishes, equally):
        claims = [claim for claim, _limit in wishes]
        limits = [limit for _claim, limit in wishes]
        given_, rest, going = share_by_price(supplies, claims, limits, equally)
        if going:
            # Who goes accepts less than something that comes.
            dearest = max(price for price, _steps in supplies)
            self.assertTrue(all(limits[place] < dearest for place in going))
            return
        parts, left = share_out(sum(steps for _price, steps in supplies), claims, equally)
        self.assertEqual([sum(one) for one in given_], parts)
        self.assertEqual(sum(rest), left)
        for place, (price, steps) in enumerate(supplies):
            self.assertEqual(sum(one[place] for one in given_) + rest[place], steps)
            for one, limit in zip(given_, limits, strict=True):
                self.assertTrue(not one[place] or limit is None or price <= limit)

    @quietly
    @given(
        st.lists(st.tuples(prices, st.integers(0, 30)), max_size=4),
        claims_with_limits(),
    )
    def test_ends(self, supplies, wishes):
        """Dropping who has to go, again and again, leaves those whom nothing is too dear for."""
        for _round in range(len(wishes) + 1):
            claims = [claim for claim, _limit in wishes]
            _given, _rest, going = share_by_price(
                supplies, claims, [limit for _claim, limit in wishes]
            )
            if not going:
                break
            wishes = [wish for place, wish in enumerate(wishes) if place not in going]
        self.assertFalse(going)

    @quietly
    @given(
        st.lists(st.tuples(st.integers(1, 50), st.integers(1, 500)), max_size=4),
        st.integers(1, 500),
        st.integers(1, 80),
    )
    def test_prices_by_steps_are_the_same_prices(self, breaks, first, units):
        """With a step of one unit, the optimiser counts what the order costs, in cents."""
        tiers = sorted({0: first, **dict(breaks)}.items())
        in_cents = [(start, price / 100) for start, price in tiers]
        counted = tiers_in_steps(in_cents, 1, 1)
        reached = [tier["price"] for tier in counted if tier["from"] <= units][-1]
        self.assertEqual(reached * units, amount_of(units, in_cents) * 100)

    @quietly
    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3)), max_size=8))
    def test_plans_worth_a_look(self, figures):
        """One of the plans stays; what stays is outdone by none, what goes by one that stays."""
        points = [Point(*figure) for figure in figures]
        outdone = find_dominated(points)
        kept = [point for place, point in enumerate(points) if place not in outdone]
        self.assertEqual(bool(kept), bool(points))

        def is_better(one, other):
            as_good = (
                one.cost <= other.cost and one.score >= other.score and one.units >= other.units
            )
            return as_good and one != other

        for point in kept:
            self.assertFalse(any(is_better(one, point) for one in kept))
        for place in outdone:
            self.assertTrue(
                any(one == points[place] or is_better(one, points[place]) for one in kept)
            )
