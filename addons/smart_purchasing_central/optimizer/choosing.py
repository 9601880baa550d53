"""Which suppliers to use: exchange them one by one, with what is known of the products."""

import numpy as np

from .bounding import Fixed, supplier_costs
from .master import Master
from .multipliers import Multipliers
from .pricing import Pricing


class SupplierSearch:
    """Costs of sets of suppliers at given multipliers, from the known patterns alone."""

    def __init__(self, pricing: Pricing, master: Master, multipliers: Multipliers, dear: float):
        self.instance = pricing.instance
        self.dear = dear
        self.fixed_costs = supplier_costs(pricing, _without_opening(multipliers), Fixed())
        patterns = sorted(master.patterns, key=lambda pattern: pattern[0])
        self.costs = np.array(
            [self._cost(product, packs, multipliers) for product, packs, _ in patterns]
        )
        self.uses = np.zeros((len(patterns), len(self.instance.suppliers)), dtype=bool)
        for row, (_product, packs, _column) in enumerate(patterns):
            self.uses[row, [self.instance.offers[place].supplier for place in packs]] = True
        products = np.array([product for product, *_ in patterns])
        self.starts = np.flatnonzero(np.r_[True, products[1:] != products[:-1]])

    def _cost(self, product, packs, multipliers) -> float:
        instance, wanted = self.instance, self.instance.products[product]
        total, units = 0.0, 0
        for place, number in packs.items():
            offer = instance.offers[place]
            bought = offer.pack * number
            part = 1 - multipliers.minimum[offer.supplier] - multipliers.free[offer.supplier]
            total += offer.amount(bought) * part + multipliers.co2 * offer.co2 * bought
            total -= multipliers.score * instance.margin(offer) * bought
            units += bought
        beyond = max(0, units - wanted.demand - wanted.tolerance)
        return total + beyond * (wanted.surplus_cost or 0)

    def cost(self, chosen: frozenset[int]) -> float:
        """Return the cost of the best known patterns of these suppliers alone."""
        others = np.ones(len(self.instance.suppliers), dtype=bool)
        others[list(chosen)] = False
        costs = np.where(self.uses[:, others].any(axis=1), self.dear, self.costs)
        return float(
            np.minimum.reduceat(costs, self.starts).sum() + self.fixed_costs[list(chosen)].sum()
        )

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
