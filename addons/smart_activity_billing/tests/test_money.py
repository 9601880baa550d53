from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.contribution import ContributionFamily, contribution
from ..lib.money import allocate, exact

UNIT = Decimal("0.01")
cents = st.integers(-(10**9), 10**9).map(lambda n: n * UNIT)
rates = st.integers(0, 1_000_000).map(lambda n: n / 10_000)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any)


@tagged("post_install", "-at_install")
class TestMoney(BaseCase):
    @given(cents, weights)
    @settings(max_examples=300, deadline=None)
    def test_parts_sum_to_the_total_and_are_fair(self, total, weights):
        parts = allocate(total, weights, UNIT)
        self.assertEqual(sum(parts), total)
        for part, weight in zip(parts, weights, strict=True):
            ideal = total * weight / sum(weights)
            self.assertLess(abs(part - ideal), UNIT)
            self.assertTrue(part == 0 or (part > 0) == (total > 0))
            if not weight:
                self.assertEqual(part, 0)

    @given(cents, rates)
    @settings(max_examples=300, deadline=None)
    def test_contribution_is_the_nearest_cent(self, base, rate):
        amount = contribution(base, rate, UNIT)
        self.assertLessEqual(abs(amount - base * Decimal(str(rate)) / 100), UNIT / 2)
        self.assertEqual(amount, -contribution(-base, rate, UNIT))

    @given(st.lists(st.integers(1, 10**7), min_size=1, max_size=8), rates)
    @settings(max_examples=300, deadline=None)
    def test_a_refund_in_any_parts_nets_to_nothing(self, parts, rate):
        family = ContributionFamily("0.01")
        bases = [sum(parts) * UNIT, *(-part * UNIT for part in parts)]
        total = Decimal(0)
        for base in bases:
            amount = family.next("activity", base, rate)
            family.remember("activity", base, rate, amount)
            total += amount
        self.assertEqual(total, 0)

    def test_floats_of_the_database_are_read_as_written(self):
        self.assertEqual(exact(1.005, "0.01"), Decimal("1.01"))
        self.assertEqual(exact(-1.005, "0.01"), Decimal("-1.01"))
        self.assertEqual(contribution(7.69, 6.5, 0.01), Decimal("0.50"))

    def test_weights_that_say_nothing_are_refused(self):
        for bad in ([], [0, 0], [5, -1]):
            with self.assertRaises(ValueError):
                allocate("1.00", bad, UNIT)
