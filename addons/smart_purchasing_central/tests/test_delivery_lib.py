from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib.charging import share_deposits, share_freight, share_goods
from ..lib.delivery import share_receipts
from ..lib.sharing import Claim

CENT = "0.01"
quantities = st.integers(0, 12)
claims = st.builds(
    lambda wanted, minimum, tolerance: Claim(min(minimum, wanted), wanted, tolerance),
    quantities,
    quantities,
    st.integers(0, 4),
)
amounts = st.integers(-50_000, 500_000).map(lambda cents: Decimal(cents) / 100)
weights = st.lists(st.floats(0, 100).map(lambda value: round(value, 2)), min_size=1, max_size=8)


class TestDeliveryLib(BaseCase):
    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_share_receipts(self, data):
        """All that came is somebody's; none gets tolerance while one lacks the minimum."""
        people = data.draw(st.lists(claims, min_size=1, max_size=6))
        lines = data.draw(st.integers(1, 3))
        received = data.draw(st.lists(st.integers(0, 40), min_size=lines, max_size=lines))
        ordered = [
            data.draw(st.lists(quantities, min_size=lines, max_size=lines)) for _one in people
        ]
        nothing = [[0] * lines for _one in people]
        equally = data.draw(st.booleans())
        given_, left = share_receipts(received, people, ordered, nothing, equally)
        totals = [sum(row) for row in given_]
        for line, came in enumerate(received):
            self.assertEqual(sum(row[line] for row in given_) + left[line], came)
            self.assertGreaterEqual(left[line], 0)
        for total, claim in zip(totals, people, strict=True):
            self.assertLessEqual(total, claim.wanted + claim.tolerance)
            self.assertTrue(total == 0 or total >= claim.minimum)
        lacking = any(total < claim.minimum for total, claim in zip(totals, people, strict=True))
        tolerated = any(total > claim.wanted for total, claim in zip(totals, people, strict=True))
        self.assertFalse(lacking and tolerated)
        # A second delivery: who has something keeps it, and all of it is somebody's again.
        more = [came + data.draw(st.integers(0, 10)) for came in received]
        kept = [[data.draw(st.integers(0, steps)) for steps in row] for row in given_]
        again, rest = share_receipts(more, people, ordered, kept, equally)
        for line, came in enumerate(more):
            self.assertEqual(sum(row[line] for row in again) + rest[line], came)
        for row, before in zip(again, kept, strict=True):
            self.assertTrue(all(new >= old for new, old in zip(row, before, strict=True)))

    @settings(max_examples=300, deadline=None)
    @given(amounts, st.floats(0, 500), weights)
    def test_share_goods(self, total, billed, kept):
        parts, rest = share_goods(total, round(billed, 2), kept, CENT)
        self.assertEqual(sum(parts) + rest, total)
        for part, quantity in zip(parts, kept, strict=True):
            if not quantity:
                self.assertEqual(part, 0)
        if round(billed, 2) <= sum(kept) - 0.01 and sum(kept):
            self.assertEqual(rest, 0)

    @settings(max_examples=300, deadline=None)
    @given(amounts, weights, st.data())
    def test_share_freight(self, total, shares, data):
        points = data.draw(
            st.none() | st.lists(st.sampled_from("abc"), min_size=len(shares), max_size=len(shares))
        )
        parts, rest = share_freight(total, shares, points, CENT)
        self.assertEqual(sum(parts) + rest, total)
        if any(shares):
            self.assertEqual(rest, 0)

    @settings(max_examples=200, deadline=None)
    @given(amounts.map(abs), st.floats(0, 1), weights, st.integers(0, 50))
    def test_share_deposits(self, charged, credited, out, back):
        total = charged - (charged * Decimal(str(round(credited, 2)))).quantize(Decimal(CENT))
        parts, rest = share_deposits(charged, total, out, back, CENT)
        self.assertEqual(sum(parts) + rest, total)
