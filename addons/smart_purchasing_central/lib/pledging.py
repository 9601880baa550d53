"""What members pledge: whole steps, the most it may cost, and what is still missing.

Quantities are counted in steps, the smallest part of a product that can be pledged. Money is
``Decimal``; quantities come in from forms and the ORM and are made exact here.
"""

from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import NamedTuple


class Box(NamedTuple):
    """How the boxes of a product stand, in steps."""

    full: int
    missing: int


class Tier(NamedTuple):
    """A price that is reached when so many steps more are pledged."""

    missing: int
    price: Decimal


def steps_of(quantity, step):
    """Return how many steps a quantity is; None when it is not a whole number of them.

    >>> steps_of(Decimal("2.5"), 0.5), steps_of(0.3, 0.1), steps_of(0, 1)
    (5, 3, 0)
    >>> steps_of("2.3", 0.5), steps_of(-1, 1), steps_of(float("nan"), 1), steps_of(1, 0)
    (None, None, None, None)
    """
    quantity, step = Decimal(str(quantity)), Decimal(str(step))
    if not quantity.is_finite() or quantity < 0 or step <= 0:
        return None
    steps = quantity / step
    return int(steps) if steps == steps.to_integral_value() else None


def quantity_of(steps, step):
    """Return so many steps as a quantity.

    >>> quantity_of(3, 0.1)
    Decimal('0.3')
    """
    return steps * Decimal(str(step))


def highest_price(ceiling, maximum=0, substitute=0):
    """Return the most that a unit may cost to one member.

    :param ceiling: of the campaign
    :param maximum: of the member; none: the ceiling
    :param substitute: the ceiling of what the member would take instead

    >>> highest_price(10.0, 8.5), highest_price(10.0, 12), highest_price(10.0, 8.5, 9.9)
    (Decimal('8.5'), Decimal('10.0'), Decimal('8.5'))
    >>> highest_price(10.0, 0, 11.5), highest_price(10.0, 12, 11.5)
    (Decimal('11.5'), Decimal('11.5'))
    """
    ceiling, maximum, substitute = (
        Decimal(str(price or 0)) for price in (ceiling, maximum, substitute)
    )
    dearest = max(ceiling, substitute)
    return min(maximum, dearest) if maximum else dearest


def worst_case(lines, margin, unit):
    """Return the most that a pledge may cost, rounded up to the unit.

    :param lines: list of ``(quantity, price)``, the most of each
    :param margin: percentage of the goods for their delivery

    >>> worst_case([(12, "1.25"), ("2.5", "3.99")], 10, "0.01")
    Decimal('27.48')
    >>> worst_case([(1, "0.001")], 0, "0.01"), worst_case([], 10, "0.01")
    (Decimal('0.01'), Decimal('0.00'))
    """
    goods = sum((Decimal(str(most)) * Decimal(str(price)) for most, price in lines), Decimal(0))
    unit = Decimal(str(unit))
    total = goods * (100 + Decimal(str(margin))) / 100
    return ((total / unit).to_integral_value(rounding=ROUND_CEILING) * unit).quantize(unit)


def box_state(wanted, tolerance, box):
    """Return how many boxes are filled, and how many steps the last one still misses.

    What is tolerated fills the last box that somebody wants a part of, and opens none of its own.

    >>> box_state(17, 0, 12), box_state(17, 5, 12), box_state(17, 9, 12), box_state(24, 3, 12)
    (Box(full=1, missing=7), Box(full=1, missing=2), Box(full=2, missing=0), Box(full=2, missing=0))
    >>> box_state(0, 5, 12), box_state(7, 0, 0)
    (Box(full=0, missing=0), Box(full=0, missing=0))
    """
    if not box:
        return Box(0, 0)
    full, begun = divmod(wanted, box)
    if not begun:
        return Box(full, 0)
    missing = max(0, box - begun - tolerance)
    return Box(full + (not missing), missing)


def next_tier(steps, tiers):
    """Return the next price that is lower than what so many steps cost now, if there is one.

    :param tiers: list of ``(from, price)`` in steps, in order

    >>> tiers = [(0, Decimal("5")), (50, Decimal("4.5")), (100, Decimal("4"))]
    >>> next_tier(12, tiers), next_tier(50, tiers), next_tier(100, tiers)
    (Tier(missing=38, price=Decimal('4.5')), Tier(missing=50, price=Decimal('4')), None)
    """
    return next((Tier(start - steps, price) for start, price in tiers if start > steps), None)


def price_at(steps, tiers):
    """Return what a unit costs when so many steps are bought, if that is known.

    >>> price_at(50, [(10, 5), (50, 4)]), price_at(9, [(10, 5)])
    (4, None)
    """
    return next((price for start, price in reversed(tiers) if start <= steps), None)


def falls(tiers):
    """Tell whether each price is lower than the one before.

    >>> falls([(0, 5), (10, 4)]), falls([(0, 5), (10, 5)]), falls([])
    (True, False, True)
    """
    prices = [price for _start, price in sorted(tiers)]
    return all(before > after for before, after in pairwise(prices))
