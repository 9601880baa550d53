"""A first plan by simple rules: cheapest offers first, then suppliers are left out one by one."""

import time

from .check import count_cost, count_goods, find_faults
from .instance import Instance
from .sourcing import Sourcing


def greedy_plan(instance: Instance, seconds: float = 10.0) -> dict[int, int] | None:
    """Return packs by offer that fit the instance, or ``None`` when these rules find none."""
    deadline = time.monotonic() + seconds
    sourcing = Sourcing(instance)
    suppliers = frozenset(instance.offers[place].supplier for place in instance.usable)
    for sourcing.worth in _worths(instance):
        plan = _Assignment(instance, sourcing, suppliers)
        if plan.bought is None:
            return None
        best = _leave_out(plan, deadline) if plan.has_score() else None
        if best is not None or time.monotonic() > deadline:
            return best
    return None


def _worths(instance):
    """Yield what a point of the score may be worth, from nothing on, in cents for a unit."""
    yield 0.0
    if instance.min_mean_score is None:
        return
    prices = [instance.offers[place].tiers[0].price for place in instance.usable]
    margins = [abs(instance.margins[place]) for place in instance.usable]
    if any(margins):
        step = (sum(prices) / len(prices) + 1) / max(margins)
        yield from (step * 2**power for power in range(-5, 8))


def _leave_out(plan, deadline) -> dict[int, int] | None:
    """Leave out suppliers as long as the plan does not fit or gets cheaper."""
    best, best_cost = None, None
    while plan is not None:
        packs = plan.packs()
        if not find_faults(plan.instance, packs):
            cost = count_cost(plan.instance, packs)
            if best is not None and cost >= best_cost:
                break
            best, best_cost = packs, cost
        if time.monotonic() > deadline:
            break
        plan = plan.without_one()
    return best


class _Assignment:
    """Who delivers each product."""

    def __init__(self, instance, sourcing, suppliers, bought=None):
        self.instance, self.sourcing, self.suppliers = instance, sourcing, suppliers
        if bought is None:
            bought = {p: sourcing.buy(p, suppliers) for p in range(len(instance.products))}
            bought = None if None in bought.values() else bought
        self.bought = bought

    def packs(self) -> dict[int, int]:
        """Return the packs by offer."""
        return {place: n for packs in self.bought.values() for place, n in packs.items()}

    def has_score(self) -> bool:
        """Return whether the mean score is reached."""
        offers = self.instance.offers
        margins = (
            self.instance.margins[place] * offers[place].pack * n
            for place, n in self.packs().items()
        )
        return self.instance.min_mean_score is None or sum(margins) >= 0

    def without_one(self) -> "_Assignment | None":
        """Return a plan without the supplier that is missed least, ``None`` without one."""
        goods = count_goods(self.instance, self.packs())
        best = None
        for supplier in sorted(goods, key=lambda place: (goods[place], place)):
            if supplier in self.instance.required:
                continue
            plan = self._without(supplier)
            if plan is None:
                continue
            cost = plan.penalised_cost()
            if best is None or cost < best[0]:
                best = cost, plan
        return best[1] if best else None

    def _without(self, supplier):
        suppliers = self.suppliers - {supplier}
        bought = {}
        for product, before in self.bought.items():
            uses = any(self.instance.offers[place].supplier == supplier for place in before)
            packs = self.sourcing.buy(product, suppliers) if uses else before
            if packs is None:
                return None
            bought[product] = packs
        return _Assignment(self.instance, self.sourcing, suppliers, bought)

    def penalised_cost(self) -> int:
        """Return the cost, with what the minimum orders still lack."""
        packs = self.packs()
        lacking = sum(
            max(0, self.instance.suppliers[place].minimum_order - goods)
            for place, goods in count_goods(self.instance, packs).items()
        )
        return count_cost(self.instance, packs) + lacking
