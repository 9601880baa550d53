from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib import separation
from ..lib.shares import Lot, split

cents = st.integers(0, 10**7).map(lambda number: Decimal(number) / 100)
ratios = st.decimals(-2, 4, allow_nan=False, places=6) | st.none()


@st.composite
def lots(draw):
    """Shares on which no more is paid up than they were issued at."""
    price, quantity = draw(st.integers(1, 10**5)), draw(st.integers(1, 1000))
    paid_cents = draw(st.integers(0, price * quantity))
    return Lot(Decimal(price) / 100, quantity, Decimal(paid_cents) / 100)


class TestSeparation(BaseCase):
    """Whatever the figures are, nobody gets more than the statutes give."""

    @given(lots(), st.sampled_from(separation.METHODS), ratios, st.booleans())
    def test_bounds(self, lot, method, ratio, cap):
        amount = separation.separation_amount(lot, method, ratio, cap)
        self.assertGreaterEqual(amount, 0)
        self.assertEqual(amount, amount.quantize(Decimal("0.01")))
        if cap:
            self.assertLessEqual(amount, lot.unit_price * lot.quantity)
        if method != "net_asset":
            self.assertLessEqual(amount, lot.paid_up)
        if method == "paid" or ratio is None:
            self.assertEqual(amount, lot.paid_up)

    @given(lots(), ratios, st.integers(0, 1000))
    def test_two_parts_get_what_the_whole_gets(self, lot, ratio, quantity):
        taken, left = split([lot], min(quantity, lot.quantity))
        parts = sum(separation.separation_amount(part, "lower", ratio) for part in taken + left)
        whole = separation.separation_amount(lot, "lower", ratio)
        self.assertLessEqual(abs(parts - whole), Decimal("0.01"))

    @given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.integers(1, 12))
    def test_effect_comes_after_the_request_and_within_two_years(self, day, window, month):
        start = date(day.year, 1, 1)
        effective = separation.effective_date(day, start, window, month)
        self.assertGreaterEqual(effective, day)
        self.assertLess((effective - day).days, 2 * 366)
        self.assertEqual(effective.month, month)
        self.assertEqual(date.fromordinal(effective.toordinal() + 1).day, 1)

    @given(st.lists(cents, max_size=20), cents)
    def test_the_queue_keeps_its_order(self, amounts, allowed):
        served = separation.serve(amounts, allowed)
        self.assertLessEqual(sum(amounts[:served]), allowed)
        if served < len(amounts):
            self.assertGreater(sum(amounts[: served + 1]), allowed)
