"""What the optimiser counts in: whole steps of a product, and whole parts of a cent.

A step is the least that members pledge: half a kilogram at EUR 1.25 a kilogram costs 62.5 cents, so
everything is counted in halves of a cent there. What a plan was made from is kept as one text, with
its hash: whatever changes, the hash is another one.
"""

import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, lcm

CENTS = 100


def as_fraction(value):
    """Return a quantity or an amount as it is written in decimals.

    >>> as_fraction(0.1), as_fraction(Decimal("2.50"))
    (Fraction(1, 10), Fraction(5, 2))
    """
    return Fraction(Decimal(str(value)))


def find_scale(steps):
    """Return how many parts of a cent make all prices of whole steps whole.

    >>> find_scale([1, 0.5, 0.25]), find_scale([0.3]), find_scale([])
    (4, 10, 1)
    """
    return lcm(*(as_fraction(step).denominator for step in steps))


def in_parts(amount, scale, step=1):
    """Return an amount for one unit as whole parts of a cent for one step.

    >>> in_parts(1.25, 2, 0.5), in_parts(15, 1)
    (125, 1500)
    """
    return round(as_fraction(amount) * CENTS * scale * as_fraction(step))


def in_money(parts, scale):
    """Return whole parts of a cent as an amount.

    >>> in_money(125, 2)
    Decimal('0.625')
    """
    return Decimal(parts) / (CENTS * scale)


def in_steps(units, step, up=False):
    """Return the whole steps in so many units, the part of one left out or counted.

    >>> in_steps(1.5, 0.5), in_steps(1, 0.3), in_steps(1, 0.3, up=True)
    (3, 3, 4)
    """
    steps = as_fraction(units) / as_fraction(step)
    return ceil(steps) if up else floor(steps)


def in_units(steps, step):
    """Return so many steps as units.

    >>> in_units(3, 0.1)
    Decimal('0.3')
    """
    return steps * Decimal(str(step))


def tiers_in_steps(tiers, step, scale):
    """Return the tiers of an offer as the optimiser wants them.

    A price holds from the first whole step on that reaches it; of two at the same step the
    later one.

    :param tiers: pairs of the units from which a price holds, and the price of a unit

    >>> tiers_in_steps([(0, 2), (1, 1.5), (10, 1)], 0.5, 2)
    [{'from': 0, 'price': 200}, {'from': 2, 'price': 150}, {'from': 20, 'price': 100}]
    >>> tiers_in_steps([(0, 2), (1, 1.9), (2, 1.8)], 5, 1)
    [{'from': 0, 'price': 1000}, {'from': 1, 'price': 900}]
    """
    prices = {}
    for units, price in sorted(tiers):
        prices[in_steps(units, step, up=True)] = in_parts(price, scale, step)
    return [{"from": start, "price": price} for start, price in sorted(prices.items())]


def starts_at_whole_steps(tiers, step):
    """Tell whether each price starts at a whole step.

    >>> tiers = [(0, 2), (1, 1.5)]
    >>> starts_at_whole_steps(tiers, 0.5), starts_at_whole_steps(tiers, 0.3)
    (True, False)
    """
    return all((as_fraction(units) / as_fraction(step)).denominator == 1 for units, _price in tiers)


def amount_of(units, tiers, incremental=False):
    """Return what so many units cost together.

    :param tiers: pairs of the units from which a price holds, and the price of a unit

    >>> amount_of(12, [(0, 1), (10, 0.9)]), amount_of(12, [(0, 1), (10, 0.9)], incremental=True)
    (Fraction(54, 5), Fraction(59, 5))
    """
    units = as_fraction(units)
    tiers = [(as_fraction(start), as_fraction(price)) for start, price in sorted(tiers)]
    if not incremental:
        return units * [price for start, price in tiers if start <= units][-1]
    ends = [start for start, _price in tiers[1:]] + [units]
    return sum(
        (max(min(end, units) - start, 0) * price)
        for (start, price), end in zip(tiers, ends, strict=True)
    )


def as_text(data):
    """Return data as a text that is the same for the same data.

    >>> as_text({"b": [1], "a": None})
    '{"a":null,"b":[1]}'
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(text):
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
