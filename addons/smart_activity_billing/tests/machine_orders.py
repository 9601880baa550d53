from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE


class OrderRules:
    """Orders for one or two Activities, changed after they were confirmed, and their bills."""

    several = {
        "end_order": ["cancel_order", "release_order"],
        "bill_order": ["bill_order", "bill_order_otherwise"],
    }

    @rule(cents=CENTS, percentage=st.sampled_from([100, 100, 60]), place=PLACE, breaks=BREAKS)
    def order(self, cents, percentage, place, breaks):
        first = self._pick(self.activities, place)
        split = {first: percentage}
        if percentage < 100:
            split[self._pick(self.activities, place + 1)] = 100 - percentage
        line = self.case._order_line(cents / 100, 1, split)
        self._do("order", breaks, lambda: self.case._order(line), first)

    @precondition(lambda self: self._orders())
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def change_order(self, cents, place, breaks):
        line = self._pick(self._orders(), place).order_line
        change = {"price_unit": cents / 100}
        self._do("change_order", breaks, lambda: line.write(change))

    @precondition(lambda self: self._orders())
    @rule(turn=PLACE, place=PLACE, breaks=BREAKS)
    def end_order(self, turn, place, breaks):
        step = self._choose("end_order", turn)
        method = "button_cancel" if step == "cancel_order" else "action_release_budget"
        self._step(step, breaks, self._orders(), place, method)

    @precondition(lambda self: self._orders())
    @rule(turn=PLACE, cents=CENTS, place=PLACE, breaks=BREAKS)
    def bill_order(self, turn, cents, place, breaks):
        """A bill may ask for more or less than was ordered: the books are never blocked."""
        order = self._pick(self._orders(), place)
        step = self._choose("bill_order", turn)
        values = {"price_unit": cents / 100} if step == "bill_order_otherwise" else {}
        self._do(step, breaks, lambda: self.case._bill(order, **values))

    @precondition(lambda self: self._bills("posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reset_bill(self, place, breaks):
        self._step("reset_bill", breaks, self._bills("posted"), place, "button_draft")

    @precondition(lambda self: self._bills("draft"))
    @rule(place=PLACE, breaks=BREAKS)
    def post_bill(self, place, breaks):
        self._step("post_bill", breaks, self._bills("draft"), place, "action_post")

    def _orders(self):
        return self._in_state("purchase.order", "purchase")

    def _bills(self, state):
        return self._find("account.move", ("move_type", "=", "in_invoice"), ("state", "=", state))
