"""From an instance to a plan that is checked, with what is proven about it."""

import math
import time
from collections.abc import Callable, Mapping

from .blocking import find_blocking
from .check import count_cost, find_faults
from .greedy import greedy_plan
from .instance import Instance
from .model import build_model
from .plan import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, Plan, make_lines
from .program import solve_program
from .reading import read_instance


def solve(
    instance: Instance | Mapping,
    seconds: float = 60.0,
    *,
    progress: Callable[[dict], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """Return the cheapest plan that is found in the time given.

    :raise ValueError: the instance is none
    """
    return _Solve(instance, seconds, progress, cancelled).run()


class _Solve:
    def __init__(self, instance, seconds, progress, cancelled):
        self.begin = time.monotonic()
        self.deadline = self.begin + seconds
        self.instance = instance if isinstance(instance, Instance) else read_instance(instance)
        self.progress, self.cancelled = progress, cancelled
        self.best, self.cost, self.bound = None, None, 0

    def left(self) -> float:
        return self.deadline - time.monotonic()

    def run(self) -> Plan:
        self.offer(greedy_plan(self.instance, self.left() / 4))
        model = build_model(self.instance, ceiling=self.cost)
        start = model.values(self.best) if self.best is not None else None
        outcome = solve_program(model.program, self.left(), start=start, cancelled=self.cancelled)
        if outcome.infeasible and self.best is None:
            return self.finish(INFEASIBLE, find_blocking(self.instance, self.left()))
        if outcome.values is not None:
            self.offer(model.read(outcome.values))
        if outcome.bound > 0 and math.isfinite(outcome.bound):
            self.bound = math.ceil(outcome.bound - 1e-3)
        return self.finish()

    def offer(self, packs) -> bool:
        """Keep a plan that fits and is cheaper than the best so far."""
        if packs is None or find_faults(self.instance, packs):
            return False
        cost = count_cost(self.instance, packs)
        if self.cost is not None and cost >= self.cost:
            return False
        self.best, self.cost = packs, cost
        return True

    def finish(self, status=None, blocking=()) -> Plan:
        seconds = time.monotonic() - self.begin
        if status == INFEASIBLE:
            return Plan(status, blocking=blocking, seconds=seconds)
        if self.best is None:
            return Plan(UNKNOWN, bound=self.bound, seconds=seconds)
        bound = min(self.bound, self.cost)
        status = OPTIMAL if bound == self.cost else FEASIBLE
        return Plan(status, self.cost, bound, make_lines(self.instance, self.best), seconds=seconds)
