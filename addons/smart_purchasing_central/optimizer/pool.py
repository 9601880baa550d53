"""The patterns that are known: ways to cover the demand for one product."""

from dataclasses import dataclass

import numpy as np

from .instance import Instance
from .multipliers import Multipliers


@dataclass(frozen=True)
class Pattern:
    """Packs of some offers of one product.

    :param packs: by place of the offer
    :param int cost: goods, what they cost later, and surplus
    :param amounts: value of the goods of each offer, in the order of ``packs``
    :param int margin: points over the mean score that is asked, of all units
    :param int co2: grams of all units
    """

    product: int
    packs: dict[int, int]
    cost: int
    amounts: tuple[int, ...]
    margin: int
    co2: int


class Pool:
    """Patterns without doubles, and their costs at multipliers."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.patterns: list[Pattern] = []
        self._known = set()
        self._arrays = None

    def add(self, product: int, packs: dict[int, int]) -> Pattern | None:
        """Return a new pattern, ``None`` when it is known."""
        key = (product, *sorted(packs.items()))
        if key in self._known:
            return None
        self._known.add(key)
        instance, wanted = self.instance, self.instance.products[product]
        bought = [(instance.offers[place], number) for place, number in packs.items()]
        units = [offer.pack * number for offer, number in bought]
        amounts = tuple(offer.amount(n) for (offer, _), n in zip(bought, units, strict=True))
        extra = sum(offer.extra_cost * n for (offer, _), n in zip(bought, units, strict=True))
        beyond = max(0, sum(units) - wanted.demand - wanted.tolerance)
        pattern = Pattern(
            product=product,
            packs=packs,
            cost=sum(amounts) + extra + beyond * (wanted.surplus_cost or 0),
            amounts=amounts,
            margin=sum(instance.margins[place] * n for place, n in zip(packs, units, strict=True)),
            co2=sum(offer.co2 * n for (offer, _), n in zip(bought, units, strict=True)),
        )
        self.patterns.append(pattern)
        self._arrays = None
        return pattern

    def costs(self, multipliers: Multipliers):
        """Return the cost of each pattern at the multipliers."""
        arrays = self._get_arrays()
        suppliers, places = arrays["supplier"], arrays["place"]
        parts = multipliers.opening[places] - multipliers.required[suppliers]
        parts = parts - arrays["amount"] * (multipliers.minimum + multipliers.free)[suppliers]
        costs = np.bincount(arrays["pattern"], parts, minlength=len(self.patterns)) + arrays["cost"]
        return costs - multipliers.score * arrays["margin"] + multipliers.co2 * arrays["co2"]

    def without(self, closed) -> np.ndarray:
        """Return which patterns use none of these suppliers, given as one truth value for each."""
        arrays = self._get_arrays()
        uses = np.bincount(
            arrays["pattern"], np.asarray(closed)[arrays["supplier"]], minlength=len(self.patterns)
        )
        return uses == 0

    def cheapest(self, costs) -> np.ndarray:
        """Return the least of the costs of the patterns of each product, infinity without any."""
        least = np.full(len(self.instance.products), np.inf)
        np.minimum.at(least, self._get_arrays()["product"], costs)
        return least

    def _get_arrays(self):
        if self._arrays is None:
            entries = [
                (row, place, self.instance.offers[place].supplier, amount)
                for row, pattern in enumerate(self.patterns)
                for place, amount in zip(pattern.packs, pattern.amounts, strict=True)
            ]
            table = np.array(entries, dtype=np.int64).reshape(-1, 4)
            self._arrays = dict(
                zip(("pattern", "place", "supplier", "amount"), table.T, strict=True)
            )
            for name in ("product", "cost", "margin", "co2"):
                values = (getattr(pattern, name) for pattern in self.patterns)
                self._arrays[name] = np.fromiter(
                    values, dtype=float if name != "product" else np.int64
                )
        return self._arrays
