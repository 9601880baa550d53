"""What buying together brought: against buying alone, and in trips that nobody drove."""

from typing import NamedTuple


class Result(NamedTuple):
    """Amounts in the company's currency, without VAT; CO2 in kilograms.

    >>> Result(alone=100, paid=80) + Result(alone=50, paid=55, trips=2, co2=1.5)
    Result(alone=150, paid=135, trips=2, co2=1.5)
    """

    alone: float = 0.0
    paid: float = 0.0
    trips: int = 0
    co2: float = 0.0

    def __add__(self, other):
        return Result(*(mine + its for mine, its in zip(self, other, strict=True)))

    @property
    def saved(self):
        """What was not paid thanks to the others; negative where alone was cheaper.

        >>> Result(alone=0.3, paid=0.1).saved
        0.2
        """
        return round(self.alone - self.paid, 2)

    @property
    def saved_percentage(self):
        """The same in percent of the price alone, or None where that is unknown.

        >>> Result(alone=100, paid=80).saved_percentage, Result().saved_percentage
        (20.0, None)
        """
        return round(self.saved / self.alone * 100, 1) if self.alone else None


def trips_avoided(persons_by_supplier, stops):
    """Return how many trips were not driven: one for each person and supplier, less the vans'.

    :param list persons_by_supplier: how many would have driven to each supplier
    :param int stops: deliveries that came to the hub and went on to the pick-up points

    >>> trips_avoided([12, 7], 5), trips_avoided([1], 2)
    (14, 0)
    """
    return max(sum(persons_by_supplier) - stops, 0)
