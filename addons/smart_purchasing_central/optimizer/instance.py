"""What is to be bought, who sells it and at which prices: the optimiser's own value objects.

Money is in whole cents, quantities in whole units, ``None`` means that there is no such limit.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm


@dataclass(frozen=True)
class Product:
    """What members want of one product.

    :param int demand: units that have to come
    :param int tolerance: units more that members take without being asked
    :param surplus_cost: what each unit beyond demand and tolerance costs besides its price;
        ``None`` when no such unit may be bought
    """

    id: int | str
    demand: int
    tolerance: int = 0
    surplus_cost: int | None = None


@dataclass(frozen=True)
class Supplier:
    """Who delivers, once for all products, and on which terms.

    :param int delivery_cost: due once when anything is bought here
    :param free_delivery_from: value of the goods from which delivery costs nothing, or ``None``
    :param int minimum_order: the least value of the goods when anything is bought here
    """

    id: int | str
    delivery_cost: int = 0
    free_delivery_from: int | None = None
    minimum_order: int = 0

    def delivery(self, goods: int) -> int:
        """Return what the delivery of goods of this value costs.

        >>> Supplier("s", delivery_cost=1500, free_delivery_from=20000).delivery(19999)
        1500
        >>> Supplier("s", delivery_cost=1500, free_delivery_from=20000).delivery(20000)
        0
        """
        free = self.free_delivery_from is not None and goods >= self.free_delivery_from
        return 0 if free else self.delivery_cost


@dataclass(frozen=True)
class Tier:
    """A price per unit that holds from a number of units on."""

    start: int
    price: int


@dataclass(frozen=True)
class Offer:
    """One product of one supplier, both by their place in the instance.

    :param int pack: units in a pack; only whole packs are sold
    :param capacity: the most units to be had, or ``None``
    :param Fraction score: eco score of each unit
    :param int co2: grams of CO2 of each unit
    :param int extra_cost: what each unit costs later, in use and disposal: it counts for the plan
        and is no part of the goods
    :param tiers: prices, the first from 0 units on
    :param bool incremental: each tier's price holds only for the units within it, and not for
        all units of the offer
    """

    supplier: int
    product: int
    pack: int
    tiers: tuple[Tier, ...]
    capacity: int | None = None
    score: Fraction = Fraction(0)
    co2: int = 0
    extra_cost: int = 0
    incremental: bool = False

    def reached(self, units: int) -> Tier:
        """Return the last tier that so many units reach.

        >>> Offer(0, 0, 1, (Tier(0, 100), Tier(10, 90))).reached(10)
        Tier(start=10, price=90)
        """
        return max(
            (tier for tier in self.tiers if tier.start <= units), key=lambda tier: tier.start
        )

    def amount(self, units: int) -> int:
        """Return the price of so many units together.

        >>> tiers = (Tier(0, 100), Tier(10, 90))
        >>> Offer(0, 0, 1, tiers).amount(12), Offer(0, 0, 1, tiers, incremental=True).amount(12)
        (1080, 1180)
        """
        tier = self.reached(units)
        return tier.price * units + self.charge(tier)

    def charge(self, tier: Tier) -> int:
        """Return what comes on top of ``tier.price`` times the units: earlier, dearer units.

        >>> offer = Offer(0, 0, 1, (Tier(0, 100), Tier(10, 90), Tier(20, 70)), incremental=True)
        >>> [offer.charge(tier) for tier in offer.tiers]
        [0, 100, 500]
        """
        if not self.incremental:
            return 0
        steps = zip(self.tiers, self.tiers[1:], strict=False)
        return sum(
            (low.price - high.price) * high.start for low, high in steps if high.start <= tier.start
        )


@dataclass(frozen=True)
class Instance:
    """All that a plan has to fit.

    :param min_mean_score: the least mean of the scores of all units bought, or ``None``
    :param max_co2: the most grams of CO2 of all units together, or ``None``
    :param required: places of suppliers that must deliver something
    :param forbidden: places of suppliers that must not
    :param excluded: places (supplier, product) of offers that must not be used
    """

    products: tuple[Product, ...]
    suppliers: tuple[Supplier, ...]
    offers: tuple[Offer, ...]
    max_suppliers: int | None = None
    min_mean_score: Fraction | None = None
    max_co2: int | None = None
    required: frozenset[int] = field(default_factory=frozenset)
    forbidden: frozenset[int] = field(default_factory=frozenset)
    excluded: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @cached_property
    def usable(self) -> tuple[int, ...]:
        """Places of the offers that may be used."""
        return tuple(
            place
            for place, offer in enumerate(self.offers)
            if offer.supplier not in self.forbidden
            and (offer.supplier, offer.product) not in self.excluded
        )

    @cached_property
    def place_of(self) -> dict[tuple[int | str, int | str], int]:
        """Places of the offers by the ids of their supplier and product."""
        return {
            (self.suppliers[offer.supplier].id, self.products[offer.product].id): place
            for place, offer in enumerate(self.offers)
        }

    @cached_property
    def score_unit(self) -> int:
        """The number that makes whole numbers of all scores."""
        scores = [self.min_mean_score or Fraction(0), *(offer.score for offer in self.offers)]
        return lcm(*(score.denominator for score in scores))

    def may_be_free(self, supplier: int) -> bool:
        """Return whether there is a delivery to be saved by the value of the goods."""
        record = self.suppliers[supplier]
        return bool(record.delivery_cost) and record.free_delivery_from is not None

    @cached_property
    def margins(self) -> tuple[int, ...]:
        """How far a unit's score lies over the mean that is asked, by offer, in whole numbers."""
        least = self.min_mean_score or 0
        return tuple(int((offer.score - least) * self.score_unit) for offer in self.offers)
