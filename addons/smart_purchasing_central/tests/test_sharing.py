from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..lib.sharing import Claim, share_out

# A busy machine draws slowly: how fast it draws is no property of the rule.
quietly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def claims(draw):
    wanted = draw(st.integers(0, 50))
    return Claim(draw(st.integers(0, wanted)), wanted, draw(st.integers(0, 20)))


class TestSharing(BaseCase):
    """Whatever comes in, all of it is shared by the rule, and nothing more than that."""

    @quietly
    @given(st.integers(0, 400), st.lists(claims(), max_size=8), st.booleans())
    def test_rules(self, available, wishes, equally):
        parts, rest = share_out(available, wishes, equally)
        self.assertEqual(sum(parts) + rest, available)
        self.assertGreaterEqual(rest, 0)
        without = any(part < wish.minimum for part, wish in zip(parts, wishes, strict=True))
        for part, wish in zip(parts, wishes, strict=True):
            self.assertTrue(part == 0 or wish.minimum <= part)
            self.assertLessEqual(part, wish.wanted + (0 if without else wish.tolerance))
        tolerance_is_used = any(
            part > wish.wanted for part, wish in zip(parts, wishes, strict=True)
        )
        if tolerance_is_used:
            self.assertTrue(
                all(part >= wish.wanted for part, wish in zip(parts, wishes, strict=True))
            )
        if rest and not without:
            self.assertEqual(parts, [wish.wanted + wish.tolerance for wish in wishes])

    @quietly
    @given(st.integers(0, 100), st.lists(claims(), min_size=1, max_size=6))
    def test_as_many_as_possible_get_something_of_use(self, available, wishes):
        parts, _rest = share_out(available, wishes)
        served = sum(part >= wish.minimum for part, wish in zip(parts, wishes, strict=True))
        cheapest, count = 0, 0
        for minimum in sorted(wish.minimum for wish in wishes):
            cheapest += minimum
            count += cheapest <= available
        self.assertEqual(served, count)
