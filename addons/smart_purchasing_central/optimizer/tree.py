"""Branch and price: divide the plans by their suppliers until the best one is proven.

Each part of the plans has a bound from multipliers (:mod:`.bounding`), which are taken from the
master (:mod:`.master`) and smoothed as Wentges does ("Weighted Dantzig-Wolfe decomposition for
linear mixed-integer programming", International Transactions in Operational Research 4, 1997). The
part with the lowest bound is divided next: by a supplier that is used in part, then by a delivery
that is free in part. Where neither is left, the part is solved exactly.
"""

import heapq
import math
from dataclasses import dataclass

import numpy as np

from .bounding import Bound, Fixed, bound_plans
from .finishing import build_part, fix_suppliers, keep_segments
from .master import Master, Relaxed
from .multipliers import Multipliers
from .pricing import Pricing
from .program import solve_program

_SMOOTHING = (0.7, 0.5, 0.3, 0.0)
_NEARLY_WHOLE = 1e-5


@dataclass(frozen=True)
class Part:
    """Part of the plans, with the best multipliers and the bound that they gave."""

    fixed: Fixed
    multipliers: Multipliers
    bound: Bound
    relaxed: Relaxed | None = None


class Tree:
    """The parts that are still open.

    :param state: the search that this is part of: ``cost`` of the best plan (infinity without one),
        ``offer(packs)``, ``left()`` seconds, ``stopped()``
    """

    def __init__(self, state, pricing: Pricing, master: Master):
        self.state, self.pricing, self.master = state, pricing, master
        self.open: list[tuple[float, int, Part]] = []
        self.unfinished: list[tuple[float, int, Part]] = []
        self.count = 0

    def bound(self) -> int:
        """Return the bound below all plans, a whole number."""
        bounds = [value for value, *_ in self.open[:1] + self.unfinished]
        return min(bounds, default=self.state.cost)

    def push(self, part: Part, floor=-math.inf) -> None:
        """Add a part that may hold a better plan; ``floor`` bounds what it is a part of."""
        bound = max(whole_bound(part.bound.value), floor)
        most = self.pricing.instance.max_suppliers
        possible = most is None or sum(part.fixed.used.values()) <= most
        if possible and bound < self.state.cost:
            self.count += 1
            heapq.heappush(self.open, (bound, self.count, part))

    def grow(self) -> None:
        """Divide the part with the lowest bound, or finish it."""
        floor, _number, part = heapq.heappop(self.open)
        if floor >= self.state.cost:
            return
        if part.relaxed is None:
            part = self.price(part, rounds=4)
            if part.relaxed is None:
                self._postpone(floor, part)
                return
            if whole_bound(part.bound.value) > floor:
                self.push(part, floor)
                return
        fixed = fix_suppliers(self.pricing.instance, part.bound, part.fixed, self.state.cost)
        children = self._divide(fixed, part.relaxed)
        for child in children:
            self.push(Part(child, part.multipliers, part.bound), floor)
        if not children:
            self._finish(Part(fixed, part.multipliers, part.bound, part.relaxed), floor)

    def price(self, part: Part, rounds: int, tolerance=1e-5, seconds=math.inf) -> Part:
        """Look for better multipliers and new patterns for a part."""
        until = self.state.left() - seconds
        multipliers, bound, relaxed = part.multipliers, part.bound, None
        self.master.bound_suppliers(part.fixed.used, part.fixed.free)
        smoothing = 0
        for _round in range(rounds):
            if self.state.stopped() or self.state.left() < until:
                break
            relaxed = self.master.relax(self.state.left()) or relaxed
            if relaxed is None or self._is_close(bound, relaxed, tolerance):
                break
            trial = relaxed.multipliers.blend(multipliers, _SMOOTHING[smoothing])
            found = bound_plans(self.pricing, trial, part.fixed, self._known(trial, part.fixed))
            new = self.add_patterns(found)
            if found.value > bound.value:
                multipliers, bound = trial, found
            elif smoothing == len(_SMOOTHING) - 1 and not new:
                break
            else:
                smoothing = min(smoothing + 1, len(_SMOOTHING) - 1)
        if relaxed is not None:
            relaxed = self.master.relax(self.state.left()) or relaxed
        return Part(part.fixed, multipliers, bound, relaxed)

    def _known(self, multipliers, fixed):
        """Return by product the cost of the best pattern that is known and open."""
        closed = np.zeros(len(self.pricing.instance.suppliers), dtype=bool)
        closed[[supplier for supplier, used in fixed.used.items() if not used]] = True
        pool = self.master.pool
        return pool.cheapest(np.where(pool.without(closed), pool.costs(multipliers), np.inf))

    def _is_close(self, bound, relaxed, tolerance) -> bool:
        """Return whether more multipliers cannot be of use."""
        return whole_bound(
            bound.value
        ) >= self.state.cost or relaxed.cost - bound.value <= tolerance * abs(relaxed.cost)

    def add_patterns(self, bound: Bound) -> int:
        """Add the patterns of a bound to the master; return how many are new."""
        return sum(
            self.master.add(product, packs) for product, packs in bound.patterns.items() if packs
        )

    def _divide(self, fixed, relaxed) -> list[Fixed]:
        """Return the two parts by the supplier, or the delivery, that is least decided."""
        for values, known in ((relaxed.used, fixed.used), (relaxed.free, fixed.free)):
            parts = np.minimum(values, 1 - values)
            parts[list(known)] = 0
            supplier = int(parts.argmax())
            if parts[supplier] > _NEARLY_WHOLE:
                return [self._with(fixed, known, supplier, value) for value in (1, 0)]
        return []

    def _with(self, fixed, known, supplier, value) -> Fixed:
        added = known | {supplier: value}
        if known is fixed.used:
            return Fixed(added, fixed.free)
        # A delivery is free only where something is bought.
        used = fixed.used | {supplier: 1} if value else fixed.used
        return Fixed(used, added)

    def resume(self) -> None:
        """Take up again the part with the lowest bound of those that took too long."""
        floor, _number, part = heapq.heappop(self.unfinished)
        if floor < self.state.cost:
            self._finish(part, floor, self.state.left())

    def _finish(self, part, floor, seconds=None) -> None:
        """Solve a part exactly, as far as the time goes."""
        state, fixed = self.state, part.fixed
        part = self.price(part, rounds=20)
        floor = max(floor, whole_bound(part.bound.value))
        if floor >= state.cost or state.stopped():
            self.push(part, floor)
            return
        state.choose_patterns(self.master, min(5.0, state.left() / 6))
        segments = keep_segments(self.pricing, part.multipliers, part.bound, fixed, state.cost)
        model = build_part(self.pricing.instance, segments, fixed)
        start = None if state.best is None else model.values(state.best)
        seconds = seconds or min(state.left(), max(5.0, state.left() / 3))
        outcome = solve_program(
            model.program, min(seconds, state.left()), start=start, cancelled=state.cancelled
        )
        if outcome.values is not None:
            state.offer(model.packs(outcome.values))
        if not outcome.infeasible:
            bound = max(floor, whole_bound(outcome.bound))
            self._postpone(bound, part)

    def _postpone(self, bound, part) -> None:
        if bound < self.state.cost:
            self.count += 1
            heapq.heappush(self.unfinished, (bound, self.count, part))


def whole_bound(value: float) -> float:
    """Return the least whole number that a cost can be; what doubles may have lost is left out.

    >>> whole_bound(1000.0000001), whole_bound(1000.3)
    (1000, 1001)
    """
    if not math.isfinite(value):
        return value
    return math.ceil(value - 1e-3 - 1e-10 * abs(value))
