"""Cut each offer into segments: numbers of packs over which its price per unit is the same.

This is the disaggregated formulation of Goossens, Maas, Spieksma and van de Klundert, "Exact
algorithms for procurement problems under a total quantity discount structure", European Journal of
Operational Research 178 (2007): one binary per supplier, product and price interval. What makes its
relaxation strong is that each interval is cut to what can be of use (see :func:`most_packs`).
"""

from dataclasses import dataclass

from .instance import Instance, Offer


@dataclass(frozen=True)
class Segment:
    """From ``low`` to ``high`` packs of an offer at ``price`` a unit and ``charge`` once.

    :param int offer: place of the offer in the instance
    """

    offer: int
    low: int
    high: int
    price: int
    charge: int


def most_packs(instance: Instance, ceiling: int | None = None) -> dict[int, int]:
    """Return the most packs of each usable offer that some best plan may need.

    Beyond the demand, the last tier and the packs that alone reach the supplier's minimum order and
    free delivery, a unit less is never dearer, so that a best plan without it exists. Only a mean
    score may need more: units that lift the mean, and no more than make up for all others.

    :param ceiling: cost of a known plan; only cheaper plans are looked for
    """
    most = {place: _useful_packs(instance, place) for place in instance.usable}
    if instance.min_mean_score is not None:
        _allow_for_score(instance, most, ceiling)
    return {place: min(packs, _allowed_packs(instance, place)) for place, packs in most.items()}


def _useful_packs(instance, place) -> int:
    offer = instance.offers[place]
    supplier = instance.suppliers[offer.supplier]
    last = offer.tiers[-1]
    units = max(1, instance.products[offer.product].demand, last.start)
    goods = max(supplier.minimum_order, (supplier.free_delivery_from or 0))
    if last.price:
        units = max(units, -(-goods // last.price))
    return min(-(-units // offer.pack), _allowed_packs(instance, place))


def _allowed_packs(instance, place) -> int | float:
    """Return the packs that capacity and tolerance leave."""
    offer = instance.offers[place]
    product = instance.products[offer.product]
    limits = [float("inf")]
    if offer.capacity is not None:
        limits.append(offer.capacity // offer.pack)
    if product.surplus_cost is None:
        limits.append((product.demand + product.tolerance) // offer.pack)
    return min(limits)


def _allow_for_score(instance, most, ceiling) -> None:
    """Let offers over the mean make up for all that is under it."""
    offers, margins = instance.offers, instance.margins
    lacking = sum(
        -margins[place] * packs * offers[place].pack
        for place, packs in most.items()
        if margins[place] < 0
    )
    for place, packs in most.items():
        offer = offers[place]
        if margins[place] <= 0:
            continue
        units = -(-lacking // margins[place])
        dearest = offer.tiers[-1].price
        if ceiling is not None and dearest:
            units = min(units, ceiling // dearest)
        most[place] = max(packs, -(-units // offer.pack))


def cut_offer(offer: Offer, place: int, most: int) -> list[Segment]:
    """Return the segments of an offer up to ``most`` packs, in rising order.

    >>> from .instance import Tier
    >>> offer = Offer(0, 0, 6, (Tier(0, 100), Tier(20, 90), Tier(22, 85), Tier(40, 80)))
    >>> for segment in cut_offer(offer, 0, 7):
    ...     print(segment.low, segment.high, segment.price)
    1 3 100
    4 6 85
    7 7 80
    """
    segments = []
    ends = [tier.start for tier in offer.tiers[1:]] + [None]
    for tier, end in zip(offer.tiers, ends, strict=True):
        low = max(1, -(-tier.start // offer.pack))
        high = most if end is None else min(most, (end - 1) // offer.pack)
        if low > high:
            continue
        charge = offer.charge(tier)
        last = segments[-1] if segments else None
        if last and (last.price, last.charge) == (tier.price, charge):
            segments[-1] = Segment(place, last.low, high, tier.price, charge)
        else:
            segments.append(Segment(place, low, high, tier.price, charge))
    return segments


def cut(instance: Instance, ceiling: int | None = None) -> list[Segment]:
    """Return the segments of all usable offers."""
    return [
        segment
        for place, most in most_packs(instance, ceiling).items()
        for segment in cut_offer(instance.offers[place], place, most)
    ]
