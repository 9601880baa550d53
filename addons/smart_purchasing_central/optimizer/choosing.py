"""Which suppliers to use: exchange them one by one, with what is known of the products."""

import numpy as np

from .bounding import Fixed, supplier_costs
from .multipliers import Multipliers
from .pool import Pool
from .pricing import Pricing


class SupplierSearch:
    """Costs of sets of suppliers at given multipliers, from the known patterns alone."""

    def __init__(self, pricing: Pricing, pool: Pool, multipliers: Multipliers, dear: float):
        """Count the costs of the known patterns.

        :param float dear: what a product costs that no known pattern covers
        """
        self.instance, self.pool, self.dear = pricing.instance, pool, dear
        self.multipliers = _without_opening(multipliers)
        self.fixed_costs = supplier_costs(pricing, self.multipliers, Fixed())
        self.costs = pool.costs(self.multipliers)

    def cost(self, chosen: frozenset[int]) -> float:
        """Return the cost of the best known patterns of these suppliers alone."""
        others = np.ones(len(self.instance.suppliers), dtype=bool)
        others[list(chosen)] = False
        costs = np.where(self.pool.without(others), self.costs, self.dear)
        least = np.minimum(self.pool.cheapest(costs), self.dear)
        return float(least.sum() + self.fixed_costs[list(chosen)].sum())

    def best(self, parts, count: int) -> list[frozenset[int]]:
        """Return the best sets on the way from the suppliers that are used most in the relaxation.

        :param parts: to which part each supplier is used
        :param int count: how many sets to return
        """
        most = self.instance.max_suppliers
        order = np.argsort(-np.asarray(parts), kind="stable")
        current = frozenset(int(s) for s in (order if most is None else order[:most]))
        current |= self.instance.required
        current -= self.instance.forbidden
        seen = {current: self.cost(current)}
        while True:
            for chosen in self._neighbours(current):
                if chosen not in seen:
                    seen[chosen] = self.cost(chosen)
            best = min(self._neighbours(current), key=seen.get, default=current)
            if seen[best] >= seen[current]:
                return sorted(seen, key=seen.get)[:count]
            current = best

    def _neighbours(self, chosen):
        """Return the sets with one supplier less, one more, or one exchanged."""
        instance = self.instance
        inside = sorted(chosen - instance.required)
        outside = [
            s for s in range(len(instance.suppliers)) if s not in chosen | instance.forbidden
        ]
        sets = [chosen - {s} for s in inside]
        if instance.max_suppliers is None or len(chosen) < instance.max_suppliers:
            sets += [chosen | {s} for s in outside]
        return sets + [chosen - {s} | {other} for s in inside for other in outside]


def _without_opening(multipliers):
    values = vars(multipliers) | {"opening": np.zeros_like(multipliers.opening)}
    return Multipliers(**values)
