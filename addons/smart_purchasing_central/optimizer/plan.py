"""A plan: what to buy where, what it costs, and what is proven about it."""

from dataclasses import dataclass, field

from .instance import Instance

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


@dataclass(frozen=True)
class Line:
    """Packs of one offer.

    :param int unit_price: the price of the last tier reached
    :param int amount: the price of all units together
    """

    supplier: int | str
    product: int | str
    packs: int
    units: int
    unit_price: int
    amount: int


@dataclass(frozen=True)
class Plan:
    """The answer to an instance.

    :param str status: ``optimal``, ``feasible`` (a plan, with a gap), ``infeasible`` (there is
        none; ``blocking`` says why) or ``unknown`` (none was found in the time given)
    :param cost: goods, deliveries and surplus in cents, ``None`` without a plan
    :param bound: no plan costs less than this, ``None`` when there is none
    :param blocking: constraints that cannot hold together
    """

    status: str
    cost: int | None = None
    bound: int | None = None
    lines: tuple[Line, ...] = ()
    blocking: tuple[dict, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float | None:
        """The most that the plan may cost more than the best one, as a part of its cost.

        >>> Plan("feasible", cost=200, bound=199).gap
        0.005
        """
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    def as_dict(self) -> dict:
        """Return the plan as it is written in JSON."""
        return {
            "status": self.status,
            "cost": self.cost,
            "bound": self.bound,
            "gap": self.gap,
            "seconds": round(self.seconds, 3),
            "lines": [dict(vars(line)) for line in self.lines],
            "blocking": list(self.blocking),
        }


def make_lines(instance: Instance, packs: dict[int, int]) -> tuple[Line, ...]:
    """Return the lines of so many packs of each offer, in the order of suppliers and products."""
    order = sorted(
        packs, key=lambda place: (instance.offers[place].supplier, instance.offers[place].product)
    )
    return tuple(_line(instance, place, packs[place]) for place in order if packs[place])


def _line(instance, place, packs) -> Line:
    offer = instance.offers[place]
    units = packs * offer.pack
    return Line(
        supplier=instance.suppliers[offer.supplier].id,
        product=instance.products[offer.product].id,
        packs=packs,
        units=units,
        unit_price=offer.reached(units).price,
        amount=offer.amount(units),
    )
