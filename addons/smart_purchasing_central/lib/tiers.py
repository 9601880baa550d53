"""Prices that fall with the quantity. Plain Python, without Odoo.

A list of tiers is ``[(from_units, price), …]``. Of all-units tiers the last one that is reached
gives the price of every unit; of incremental ones each gives the price of the units from there on.
"""

from decimal import Decimal
from itertools import pairwise

ALL_UNITS, INCREMENTAL = "all_units", "incremental"


def find_problem(tiers):
    """Return what is wrong with tiers and where, or None.

    :param tiers: list of ``(from_units, price)`` in any order
    :return: ``(code, from_units)``; the code is empty, negative, twice (two prices from one
        quantity on), gap (no price for the first units) or rise (more units cost more each)

    >>> find_problem([(0, 5), (10, 4), (100, 4)])
    >>> find_problem([]), find_problem([(10, 4)]), find_problem([(0, 5), (10, 4), (10, 3)])
    (('empty', 0), ('gap', 10), ('twice', 10))
    >>> find_problem([(10, 6), (0, 5)]), find_problem([(0, -1)])
    (('rise', 10), ('negative', 0))
    """
    if not tiers:
        return "empty", 0
    ordered = sorted(tiers)
    for start, price in ordered:
        if start < 0 or price < 0:
            return "negative", start
    if ordered[0][0] != 0:
        return "gap", ordered[0][0]
    for (before, higher), (start, price) in pairwise(ordered):
        if before == start:
            return "twice", start
        if price > higher:
            return "rise", start
    return None


def unit_price(tiers, units):
    """Return the price of all-units tiers at a quantity; one exactly on a break reaches it.

    >>> [unit_price([(0, 5), (10, 4)], units) for units in (0, 9, 10, 11)]
    [5, 5, 4, 4]
    """
    return max((start, price) for start, price in tiers if start <= units)[1]


def total_price(tiers, units, kind=ALL_UNITS):
    """Return what so many units cost.

    >>> total_price([(0, 5), (10, 4)], 12), total_price([(0, 5), (10, 4)], 12, INCREMENTAL)
    (Decimal('48'), Decimal('58'))
    >>> total_price([(0, 5), (10, 4)], 10, INCREMENTAL), total_price([(0, 5)], 0)
    (Decimal('50'), Decimal('0'))
    """
    units = Decimal(str(units))
    if kind == ALL_UNITS:
        return Decimal(str(unit_price(tiers, units))) * units
    ordered = sorted(tiers)
    ends = [start for start, _price in ordered[1:]] + [units]
    return sum(
        (
            Decimal(str(price)) * (min(units, end) - start)
            for (start, price), end in zip(ordered, ends, strict=True)
            if start < units
        ),
        Decimal(0),
    )
