from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .investment_common import InvestmentCase
from .machine_common import BREAKS, PLACE

# More of them would leave nothing to spend.
IN_USE = 3


class InvestmentRules:
    """Bills of what lasts, and its depreciation, month by month."""

    @precondition(lambda self: len(self._investments()) < IN_USE)
    @rule(
        cents=st.integers(100_000, 200_000),
        percentage=st.sampled_from([100, 50, 33]),
        place=PLACE,
        breaks=BREAKS,
    )
    def buy_investment(self, cents, percentage, place, breaks):
        split = {self._pick(self.activities, place): percentage}
        if percentage < 100:
            split[self._pick(self.activities, place + 1)] = 100 - percentage
        line = self.case._machine(cents / 100, split)
        # Bills of orders have a way of their own.
        bill = InvestmentCase._bill.__func__
        self._do("buy_investment", breaks, lambda: bill(type(self.case), line))

    @precondition(lambda self: self._investments())
    @rule(place=PLACE, months=st.integers(1, 12), breaks=BREAKS)
    def depreciate(self, place, months, breaks):
        investment = self._pick(self._investments(), place)
        self._do("depreciate", breaks, lambda: self.case._write_off(investment, months))

    def _investments(self):
        return self._in_state("coop.investment", "active")
