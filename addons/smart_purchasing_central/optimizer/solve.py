"""From an instance to a plan that is checked, with what is proven about it."""

import math
import time
from collections.abc import Callable, Mapping

from .blocking import find_blocking
from .bounding import Fixed, bound_plans
from .check import count_cost, find_faults
from .choosing import SupplierSearch
from .greedy import greedy_plan
from .instance import Instance
from .master import Master
from .model import build_model
from .plan import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, Plan, make_lines
from .pricing import Pricing
from .program import relax_program, solve_program
from .reading import read_instance
from .segments import cut
from .tree import Part, Tree, whole_bound

# Up to so many segments the programme is solved at once; it is faster than to take it apart.
_SMALL = int(__import__("os").environ.get("SMALL", "250"))


def solve(
    instance: Instance | Mapping,
    seconds: float = 60.0,
    *,
    progress: Callable[[dict], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """Return the cheapest plan that is found in the time given.

    :param seconds: the most time to take
    :param progress: is told ``{"seconds", "cost", "bound"}`` whenever one of them changed
    :param cancelled: is asked now and then; what is found so far is returned when it says so
    :raise ValueError: the instance is none
    """
    if not isinstance(instance, Instance):
        instance = read_instance(instance)
    return _Search(instance, seconds, progress, cancelled).run()


class _Search:
    """The best plan so far, what is proven about it, and the time that is left."""

    def __init__(self, instance, seconds, progress, cancelled):
        self.instance, self.progress = instance, progress
        self.cancelled = cancelled or (lambda: False)
        self.begin = time.monotonic()
        self.deadline = self.begin + seconds
        self.best, self.cost, self.bound = None, math.inf, 0
        self.infeasible = False

    def left(self) -> float:
        return self.deadline - time.monotonic()

    def stopped(self) -> bool:
        return self.left() <= 0 or self.bound >= self.cost or self.cancelled()

    def offer(self, packs) -> bool:
        """Keep a plan that fits and is cheaper than the best so far."""
        if packs is None or find_faults(self.instance, packs):
            return False
        cost = count_cost(self.instance, packs)
        if cost >= self.cost:
            return False
        self.best, self.cost = packs, cost
        self._tell()
        return True

    def prove(self, bound) -> None:
        """Take note that no plan costs less."""
        bound = min(bound, self.cost)
        if math.isfinite(bound) and bound > self.bound:
            self.bound = int(bound)
            self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            cost = None if self.best is None else self.cost
            seconds = round(time.monotonic() - self.begin, 3)
            self.progress({"seconds": seconds, "cost": cost, "bound": self.bound})

    def run(self) -> Plan:
        self.offer(greedy_plan(self.instance, self.left() / 12))
        segments = cut(self.instance, None if self.best is None else self.cost)
        model = build_model(self.instance, segments=segments)
        if len(segments) <= _SMALL:
            self.solve_whole(model, self.left() / 2)
        if not self.stopped() and not self.infeasible:
            relaxed = relax_program(model.program, self.left(), self.cancelled)
            self.infeasible = relaxed.infeasible and self.best is None
            if relaxed.values is not None:
                self.prove(whole_bound(relaxed.bound))
                self.take_apart(model, relaxed)
        if self.best is None and not self.stopped() and not self.infeasible:
            self.solve_whole(model, self.left())
        return self.finish()

    def solve_whole(self, model, seconds) -> None:
        start = None if self.best is None else model.values(self.best)
        outcome = solve_program(model.program, seconds, start=start, cancelled=self.cancelled)
        self.infeasible = outcome.infeasible and self.best is None
        if outcome.values is not None:
            self.offer(model.read(outcome.values))
        if not outcome.infeasible:
            self.prove(whole_bound(outcome.bound))

    def take_apart(self, model, relaxed) -> None:
        """Buy product by product, and divide the plans by their suppliers."""
        pricing = Pricing(self.instance, model.segments)
        master = Master(self.instance, self.instance.usable, 3 * max(relaxed.bound, 1))
        tree = Tree(self, pricing, master)
        multipliers = model.multipliers(relaxed.duals)
        first = bound_plans(pricing, multipliers, Fixed())
        self.prove(whole_bound(first.value))
        self.add_first_patterns(pricing, tree, first)
        root = tree.price(Part(Fixed(), multipliers, first), rounds=60, tolerance=1e-4)
        self.prove(whole_bound(root.bound.value))
        if root.relaxed is not None:
            self.choose_suppliers(pricing, tree, root)
            self.choose_patterns(master, self.left() / 3)
        tree.push(root)
        known = len(master.patterns)
        while tree.open and not self.stopped():
            tree.grow()
            self.prove(tree.bound())
            if len(master.patterns) > 1.2 * known:
                self.choose_patterns(master, self.left() / 6)
                known = len(master.patterns)
        if not tree.open and not tree.unfinished:
            self.prove(self.cost)

    def add_first_patterns(self, pricing, tree, bound) -> None:
        tree.add_patterns(bound)
        for product, packs in pricing.singles():
            tree.master.add(product, packs)
        by_product = {}
        for place, number in (self.best or {}).items():
            if number:
                product = self.instance.offers[place].product
                by_product.setdefault(product, {})[place] = number
        for product, packs in by_product.items():
            tree.master.add(product, packs)

    def choose_suppliers(self, pricing, tree, root) -> None:
        """Look for good sets of suppliers, and for the best plan of the best of them."""
        search = SupplierSearch(
            pricing, tree.master, root.multipliers, 1e6 + 2 * abs(root.relaxed.cost)
        )
        for chosen in search.best(root.relaxed.used, 2):
            if self.stopped():
                break
            used = {s: int(s in chosen) for s in range(len(self.instance.suppliers))}
            part = Part(Fixed(used), root.multipliers, root.bound)
            tree.price(part, rounds=3, tolerance=1e-4)
            self.choose_patterns(tree.master, min(self.left() / 6, 5.0), gap=3e-4)
        tree.master.bound_suppliers({}, {})

    def choose_patterns(self, master, seconds, gap=1e-5) -> None:
        packs, _bound = master.choose(seconds, self.best, self.cancelled, gap)
        self.offer(packs)

    def finish(self) -> Plan:
        if self.infeasible:
            blocking = find_blocking(self.instance, self.left())
            return Plan(INFEASIBLE, blocking=blocking, seconds=time.monotonic() - self.begin)
        seconds = time.monotonic() - self.begin
        if self.best is None:
            return Plan(UNKNOWN, bound=self.bound, seconds=seconds)
        status = OPTIMAL if self.bound >= self.cost else FEASIBLE
        lines = make_lines(self.instance, self.best)
        return Plan(status, self.cost, self.bound, lines, seconds=seconds)
