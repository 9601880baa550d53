"""From an instance to a plan that is checked, with what is proven about it."""

import math
import time
from collections.abc import Callable, Mapping

from .blocking import find_blocking
from .bounding import Fixed, bound_plans
from .check import count_cost, find_faults
from .choosing import SupplierSearch
from .feasibility import is_surely_impossible
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


def solve(
    instance: Instance | Mapping,
    seconds: float = 60.0,
    *,
    progress: Callable[[dict], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    explain: bool = True,
    whole_up_to: int = 60,
) -> Plan:
    """Return the cheapest plan that is found in the time given.

    :param seconds: the most time to take
    :param progress: is told ``{"seconds", "cost", "bound"}`` whenever one of them changed
    :param cancelled: is asked now and then; what is found so far is returned when it says so
    :param explain: whether to look for what blocks when there is no plan
    :param whole_up_to: with so many segments of offers the programme is solved at once first, which
        is faster for small purchases; larger ones are taken apart
    :raise ValueError: the instance is none
    """
    if not isinstance(instance, Instance):
        instance = read_instance(instance)
    search = _Search(instance, seconds, progress, cancelled)
    search.run(whole_up_to)
    return search.finish(explain)


class _Search:
    """The best plan so far, what is proven about it, and the time that is left."""

    def __init__(self, instance, seconds, progress, cancelled):
        self.instance, self.progress = instance, progress
        self.cancelled = cancelled or (lambda: False)
        self.begin = time.monotonic()
        self.seconds, self.deadline = seconds, self.begin + seconds
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

    def run(self, whole_up_to) -> None:
        self.offer(greedy_plan(self.instance, self.left() / 12))
        segments = cut(self.instance, None if self.best is None else self.cost)
        if self.best is None:
            self.infeasible = is_surely_impossible(self.instance, segments, self.left() / 4)
        if not self.infeasible:
            self.search(segments, whole_up_to)

    def search(self, segments, whole_up_to) -> None:
        model = build_model(self.instance, segments=segments)
        if len(segments) <= whole_up_to:
            self.solve_whole(model, self.left() / 2)
        if not self.stopped() and not self.infeasible:
            relaxed = relax_program(model.program, self.left(), self.cancelled)
            self.infeasible = relaxed.infeasible and self.best is None
            if relaxed.values is not None:
                self.prove(whole_bound(relaxed.bound))
                self.take_apart(model, relaxed)
        if self.best is None and not self.stopped() and not self.infeasible:
            self.solve_whole(model, self.left())

    def solve_whole(self, model, seconds) -> None:
        start = None if self.best is None else model.values(self.best)
        outcome = solve_program(model.program, seconds, start=start, cancelled=self.cancelled)
        self.infeasible = outcome.infeasible and self.best is None
        if outcome.values is not None:
            self.offer(model.packs(outcome.values))
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
        part = Part(Fixed(), multipliers, first)
        root = tree.price(part, rounds=60, tolerance=1e-4, seconds=self.left() / 3)
        self.prove(whole_bound(root.bound.value))
        if root.relaxed is not None and master.pool.patterns:
            self.choose_suppliers(pricing, tree, root)
            self.choose_patterns(master, self.left() / 3)
        tree.push(root)
        self.divide(tree, master)

    def divide(self, tree, master) -> None:
        """Divide the plans until the best is proven; without any leave time for another way."""
        known = len(master.pool.patterns)
        while (tree.open or tree.unfinished) and not self.stopped():
            if self.best is None and self.left() < 0.4 * self.seconds:
                return
            if tree.open:
                tree.grow()
            else:
                tree.resume()
            self.prove(tree.bound())
            if len(master.pool.patterns) > 1.2 * known:
                master.bound_suppliers({}, {})
                self.choose_patterns(master, self.left() / 6)
                known = len(master.pool.patterns)
        if not tree.open and not tree.unfinished:
            self.prove(self.cost)
            self.infeasible = self.best is None

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
            pricing, tree.master.pool, root.multipliers, 1e6 + 2 * abs(root.relaxed.cost)
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

    def finish(self, explain) -> Plan:
        if self.infeasible:
            blocking = find_blocking(self.instance, max(self.left(), 1.0)) if explain else ()
            return Plan(INFEASIBLE, blocking=blocking, seconds=time.monotonic() - self.begin)
        seconds = time.monotonic() - self.begin
        if self.best is None:
            return Plan(UNKNOWN, bound=self.bound, seconds=seconds)
        status = OPTIMAL if self.bound >= self.cost else FEASIBLE
        lines = make_lines(self.instance, self.best)
        return Plan(status, self.cost, self.bound, lines, seconds=seconds)
