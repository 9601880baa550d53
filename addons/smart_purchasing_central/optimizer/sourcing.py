"""Buy one product: a quick choice of offers that covers its demand, not always the best one."""

from .instance import Instance
from .segments import Segment, cut_offer, most_packs


class Sourcing:
    """The ways to buy each product, for prices that may carry a price for the score of a unit."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.worth = 0.0
        self.segments: dict[int, list[Segment]] = {
            place: cut_offer(instance.offers[place], place, most)
            for place, most in most_packs(instance).items()
        }
        self.offers_of: dict[int, list[int]] = {}
        for place, segments in self.segments.items():
            if segments:
                self.offers_of.setdefault(instance.offers[place].product, []).append(place)

    def buy(self, product: int, suppliers) -> dict[int, int] | None:
        """Return packs by offer of these suppliers that cover the demand, or ``None``.

        Offers that cannot deliver everything are filled one by one, the cheapest first; after each
        the rest is tried at one more offer, and the cheapest of all these ways is taken.
        """
        wanted = self.instance.products[product]
        places = [
            place
            for place in self.offers_of.get(product, ())
            if self.instance.offers[place].supplier in suppliers
        ]
        if not wanted.demand:
            return {}
        left, spent, filled = wanted.demand, 0.0, {}
        best, best_cost = None, float("inf")
        while left > 0 and places:
            for place in places:
                packs, cost = self._cover(place, left, wanted)
                if packs and spent + cost < best_cost:
                    best, best_cost = filled | {place: packs}, spent + cost
            place, packs, cost = self._fill(places, left)
            if not packs:
                break
            places = [other for other in places if other != place]
            filled = filled | {place: packs}
            spent += cost
            left -= packs * self.instance.offers[place].pack
        return filled if left <= 0 and spent < best_cost else best

    def _cover(self, place, left, wanted):
        """Return the packs of an offer that cover what is left at the least cost, and this cost."""
        pack = self.instance.offers[place].pack
        needed = -(-left // pack)
        room = left + wanted.tolerance
        best, best_cost = 0, float("inf")
        for segment in self.segments[place]:
            packs = max(segment.low, needed)
            surplus = max(0, packs * pack - room)
            if packs > segment.high or (surplus and wanted.surplus_cost is None):
                continue
            cost = self._cost(segment, packs) + surplus * (wanted.surplus_cost or 0)
            if cost < best_cost:
                best, best_cost = packs, cost
        return best, best_cost

    def _fill(self, places, left):
        """Return the offer that is cheapest for as many packs as fit into what is left."""
        best, best_price = (None, 0, 0.0), float("inf")
        for place in places:
            pack = self.instance.offers[place].pack
            packs = min(self.segments[place][-1].high, left // pack)
            if packs < 1:
                continue
            segment = next(s for s in self.segments[place] if s.low <= packs <= s.high)
            cost = self._cost(segment, packs)
            if cost / (packs * pack) < best_price:
                best, best_price = (place, packs, cost), cost / (packs * pack)
        return best

    def _cost(self, segment, packs):
        offer = self.instance.offers[segment.offer]
        units = packs * offer.pack
        cost = (segment.price + offer.extra_cost) * units + segment.charge
        return cost - self.worth * self.instance.margins[segment.offer] * units
