from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE


class OrderRules:
    """Orders for one or two Activities, changed after they were confirmed, and their bills."""

    operations = (
        "order",
        "change_order",
        "cancel_order",
        "release_order",
        "bill_order",
        "bill_order_otherwise",
        "reset_bill",
        "post_bill",
    )

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
    @rule(place=PLACE, breaks=BREAKS, step=st.sampled_from(["cancel", "release"]))
    def end_order(self, place, breaks, step):
        method = "button_cancel" if step == "cancel" else "action_release_budget"
        self._step(f"{step}_order", breaks, self._orders(), place, method)

    @precondition(lambda self: self._orders())
    @rule(cents=st.none() | CENTS, place=PLACE, breaks=BREAKS)
    def bill_order(self, cents, place, breaks):
        """A bill may ask for more or less than was ordered: the books are never blocked."""
        order = self._pick(self._orders(), place)
        name, values = "bill_order", {}
        if cents:
            name, values = "bill_order_otherwise", {"price_unit": cents / 100}
        self._do(name, breaks, lambda: self.case._bill(order, **values))

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
