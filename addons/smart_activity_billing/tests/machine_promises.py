from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE


class PromiseRules:
    """Money held for a promise of another part, booked in parts, and given back."""

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def promise(self, cents, place, breaks):
        activity = self._pick(self.activities, place)
        self._do("promise", breaks, lambda: activity._reserve(cents / 100, "pledge"), activity)

    @precondition(lambda self: self._promises())
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def keep_promise(self, cents, place, breaks):
        self._step("keep_promise", breaks, self._promises(), place, "_consume", cents / 100)

    @precondition(lambda self: self._promises())
    @rule(place=PLACE, breaks=BREAKS)
    def take_promise_back(self, place, breaks):
        self._step("take_promise_back", breaks, self._promises(), place, "_release")

    def _promises(self):
        return self._find(
            "coop.budget.reservation", ("kind", "=", "pledge"), ("state", "=", "active")
        )
