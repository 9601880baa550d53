"""Spendings of every kind meet on one Activity: the budget is never overspent."""

import random

from spending import SpendingCase


class TestSpendRaces(SpendingCase):
    """Expenses, bills, transfers, orders, pledges and salaries at one moment."""

    def test_forty_spendings_of_all_kinds(self):
        """Each takes EUR 10 of EUR 100, the first ten of them."""
        activity_id = self._make_rich(106.95, 100)
        calls = [
            self._prepare(self.kinds[number % len(self.kinds)], activity_id, 10, number)
            for number in range(40)
        ]
        random.Random(4).shuffle(calls)
        self.assert_spent(self.at_once(calls), activity_id, 10, 10, had=100)

    def test_the_last_eighty_euro_from_everywhere(self):
        activity_id = self._make_rich(85.56, 80)
        calls = [self._prepare(kind, activity_id, 80, 7) for kind in self.kinds]
        self.assert_spent(self.at_once(calls), activity_id, 80, 1, had=80)

    def _prepare(self, kind, activity_id, amount, number):
        return getattr(self, f"_spend_by_{kind}")(activity_id, amount, number)
