"""Buy each product by itself at given multipliers: the best pattern of each, and a bound below all.

A pattern is a way to cover the demand for one product. Most offers are ruled out before the exact
dynamic programme: whoever uses one of them pays for it and, for the rest of the demand, at least
the lowest price per unit of all offers; where that is more than a pattern that is known, no best
pattern has it.
"""

import numpy as np

from .cover import INFINITY, Choice, cover_demand
from .instance import Instance
from .multipliers import Multipliers
from .segments import Segment

# Beyond so many units a product is not priced exactly, but bounded.
_MOST_UNITS = 20_000


class Pricing:
    """All segments of an instance in columns, those of a product next to one another."""

    def __init__(self, instance: Instance, segments: list[Segment]):
        self.instance = instance
        offers = instance.offers
        segments = sorted(segments, key=lambda s: (offers[s.offer].product, s.offer, s.low))
        self.segments = segments
        self.offer = _column(s.offer for s in segments)
        self.product = _column(offers[s.offer].product for s in segments)
        self.supplier = _column(offers[s.offer].supplier for s in segments)
        self.pack = _column(offers[s.offer].pack for s in segments)
        self.low, self.high = _column(s.low for s in segments), _column(s.high for s in segments)
        self.price = _column((s.price for s in segments), float)
        self.charge = _column((s.charge for s in segments), float)
        scored = instance.min_mean_score is not None
        self.margin = _column((instance.margins[s.offer] if scored else 0 for s in segments), float)
        self.co2 = _column((offers[s.offer].co2 for s in segments), float)
        self.extra = _column((offers[s.offer].extra_cost for s in segments), float)
        self.offer_starts = _starts(self.offer)
        self.product_starts = _starts(self.product)
        self._set_points()

    def _set_points(self) -> None:
        """Set the numbers of units at which the cost per unit of a segment can be least."""
        products = self.instance.products
        demand = _column(p.demand for p in products)[self.product]
        room = demand + _column(p.tolerance for p in products)[self.product]
        allowed = np.array([p.surplus_cost is not None for p in products])[self.product]
        surplus_cost = _column((p.surplus_cost or 0 for p in products), float)[self.product]
        ends = [self.low, self.high]
        for units in (demand, room):
            ends += [units // self.pack, -(-units // self.pack)]
        packs = np.clip(np.stack(ends), self.low, self.high)
        self.packs, self.units = packs, packs * self.pack
        beyond = np.maximum(0, self.units - room)
        self.surplus = np.where((beyond > 0) & ~allowed, INFINITY, beyond * surplus_cost)
        self.covers = self.units >= demand
        self.lacking = np.maximum(0, demand - self.units)
        self.useful = np.maximum(1, np.minimum(self.units, demand))

    def prices(self, multipliers: Multipliers):
        """Return price per unit and charge of each segment at the multipliers."""
        part = 1 - (multipliers.minimum + multipliers.free)[self.supplier]
        price = self.price * part + self.extra
        price = price - multipliers.score * self.margin + multipliers.co2 * self.co2
        opening = multipliers.opening[self.offer] - multipliers.required[self.supplier]
        return price, self.charge * part + opening

    def floors(self, price, charge, closed=None):
        """Return what is known before the exact programme, by product and by segment.

        :param closed: segments that must not be used
        :return: lowest cost per unit, cost of the best single offer, its place among the points,
            and for each segment a bound below all patterns that use it
        """
        costs = price * self.units + charge + self.surplus
        if closed is not None:
            costs[:, closed] = INFINITY
        ratios = np.minimum.reduceat((costs / self.useful).min(axis=0), self.product_starts)
        covering = np.where(self.covers, costs, INFINITY)
        single = np.minimum.reduceat(covering.min(axis=0), self.product_starts)
        ratio = np.repeat(ratios, np.diff([*self.product_starts, len(self.segments)]))
        rest = np.where(np.isfinite(ratio), np.maximum(ratio, 0), 0) * self.lacking
        floors = (costs + rest).min(axis=0)
        # A price below zero would make more of all offers cheaper: nothing is ruled out then.
        floors[(ratio < 0) & np.isfinite(floors)] = -INFINITY
        return ratios, single, covering, floors

    def buy_all(self, multipliers: Multipliers, closed=None, known=None):
        """Return by product the least cost and the packs of a pattern with this cost.

        The packs are ``None`` where the product is only bounded or where the known pattern is best.

        :param closed: segments that must not be used
        :param known: by product the cost of the best pattern that is known already
        """
        price, charge = self.prices(multipliers)
        ratios, single, covering, floors = self.floors(price, charge, closed)
        costs, patterns = {}, {}
        for group, start in enumerate(self.product_starts):
            end = self._end(group)
            product = int(self.product[start])
            wanted = self.instance.products[product]
            if not wanted.demand:
                kept = start + np.arange(end - start)
                costs[product], patterns[product] = cover_demand(
                    0,
                    wanted.tolerance,
                    wanted.surplus_cost,
                    self._choices(kept, price, charge, closed),
                )
                continue
            least = ratios[group] * wanted.demand
            if ratios[group] == INFINITY:
                costs[product], patterns[product] = INFINITY, None
                continue
            best = min(single[group], INFINITY if known is None else known[product])
            slack = 1e-9 * abs(best) + 1e-6 if best < INFINITY else 0.0
            if best <= least + slack or wanted.demand + wanted.tolerance > _MOST_UNITS:
                costs[product] = least
                patterns[product] = self._single(covering, start, end)
                continue
            kept = start + np.flatnonzero(floors[start:end] <= best + slack)
            choices = self._choices(kept, price, charge, closed)
            room = wanted.demand + wanted.tolerance
            costs[product], patterns[product] = cover_demand(
                wanted.demand, room, wanted.surplus_cost, choices
            )
        return costs, patterns

    def singles(self):
        """Yield product and packs of each offer that can deliver a whole demand by itself."""
        costs = np.where(
            self.covers, self.price * self.units + self.charge + self.surplus, INFINITY
        )
        for start, end in zip(
            self.offer_starts, [*self.offer_starts[1:], len(self.segments)], strict=True
        ):
            packs = self._single(costs, start, end)
            if packs:
                yield int(self.product[start]), packs

    def _end(self, group) -> int:
        last = group + 1 == len(self.product_starts)
        return len(self.segments) if last else int(self.product_starts[group + 1])

    def _single(self, covering, start, end):
        part = covering[:, start:end]
        point, place = np.unravel_index(int(part.argmin()), part.shape)
        if part[point, place] == INFINITY:
            return None
        return {int(self.offer[start + place]): int(self.packs[point, start + place])}

    def _choices(self, kept, price, charge, closed):
        """Return the offers that have a segment among the kept ones, with these segments."""
        choices = {}
        for place in kept:
            if closed is None or not closed[place]:
                segment = (
                    int(self.low[place]),
                    int(self.high[place]),
                    float(price[place]),
                    float(charge[place]),
                )
                choices.setdefault(int(self.offer[place]), []).append(
                    (int(self.pack[place]), segment)
                )
        return [
            Choice(offer, rows[0][0], tuple(segment for _pack, segment in rows))
            for offer, rows in choices.items()
        ]


def _column(values, kind=np.int64):
    return np.fromiter(values, dtype=kind)


def _starts(column):
    """Return where each run of equal values begins.

    >>> _starts(np.array([4, 4, 7, 9, 9])).tolist()
    [0, 2, 3]
    """
    return (
        np.flatnonzero(np.r_[True, column[1:] != column[:-1]]) if len(column) else np.zeros(0, int)
    )
