"""Exact amounts of money.

Amounts are ``Decimal`` multiples of the currency's smallest ``unit`` (0.01 for the euro).
Floats come in from the ORM and go out to it; between the two nothing is rounded twice.
"""

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


def exact(value, unit):
    """Return ``value`` as a multiple of ``unit``, rounded half up (away from zero).

    >>> exact(2.675, "0.01")
    Decimal('2.68')
    >>> exact(-0.005, "0.01")
    Decimal('-0.01')
    >>> exact(12.5, "5")
    Decimal('15')
    """
    unit = Decimal(str(unit))
    steps = (Decimal(str(value)) / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * unit


def allocate(total, weights, unit):
    """Split ``total`` by ``weights`` with the largest remainder, so that the parts sum to it.

    Each part is first cut to the unit towards zero; the units left go to the largest
    remainders, ties to the larger weight and then to the first.

    :param total: amount to split, a multiple of ``unit``, of either sign
    :param weights: list of non-negative numbers, not all zero
    :return: list of ``Decimal``, as long as ``weights``
    :raise ValueError: no weight is positive, or one is negative

    >>> allocate("100.00", [33.33, 33.33, 33.34], "0.01")
    [Decimal('33.33'), Decimal('33.33'), Decimal('33.34')]
    >>> allocate("-0.05", [50, 50], "0.01")
    [Decimal('-0.03'), Decimal('-0.02')]
    >>> sum(allocate("0.01", [1, 1, 1], "0.01"))
    Decimal('0.01')
    """
    unit = Decimal(str(unit))
    total = exact(total, unit)
    weights = [Decimal(str(weight)) for weight in weights]
    weight_sum = sum(weights)
    if not weights or weight_sum <= 0 or min(weights) < 0:
        raise ValueError("Weights must be non-negative and at least one positive.")
    sign = -1 if total < 0 else 1
    ideal = [abs(total) * weight / weight_sum / unit for weight in weights]
    steps = [share.quantize(Decimal(1), rounding=ROUND_DOWN) for share in ideal]
    left = int(abs(total) / unit - sum(steps))
    by_remainder = sorted(range(len(weights)), key=lambda i: (steps[i] - ideal[i], -weights[i], i))
    for i in by_remainder[:left]:
        steps[i] += 1
    return [sign * step * unit for step in steps]


def is_whole(value, unit, limit):
    """Tell whether ``value`` is a positive multiple of ``unit`` below ``limit``.

    What floats add far behind the last cent is not held against them.

    >>> [is_whole(value, 0.01, 1000) for value in (125.5, 0.1 + 0.2, "10.01")]
    [True, True, True]
    >>> [is_whole(value, 0.01, 1000) for value in (0, -5, 10.005, 1000, "ten", None)]
    [False, False, False, False, False, False]
    >>> is_whole(float("nan"), 0.01, 1000), is_whole(float("inf"), 0.01, 1000)
    (False, False)
    """
    try:
        number = float(value)
    except (OverflowError, TypeError, ValueError):
        return False
    if not math.isfinite(number) or not 0 < number < limit:
        return False
    whole = float(exact(number, unit))
    return whole > 0 and abs(number - whole) < float(unit) / 10000


def debit_credit(balance, is_storno=False):
    """Return the debit and the credit of a balance; with storno, both are negative.

    >>> debit_credit(-6.5), debit_credit(-6.5, is_storno=True)
    ((0.0, 6.5), (-6.5, 0.0))
    """
    bound = min if is_storno else max
    return bound(balance, 0.0), bound(-balance, 0.0)
