"""The eco and social score of an offer: absolute, announced beforehand, explained in full.

Each criterion gives a value from 0 to 100 that depends on the offer alone, never on what others
offer: an offer that joins or leaves changes nobody's rank. Values count by their weights; a
criterion may also be a condition without which an offer is out. Plain Python, without Odoo.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

FULL = Decimal(100)
_UNIT = Decimal("0.01")


class Rule(NamedTuple):
    """How a criterion counts: weights of all rules sum to 100."""

    weight: Decimal
    is_knock_out: bool = False  # a value of zero is out
    threshold: Decimal = Decimal(0)  # a value below it is out


class Score(NamedTuple):
    """The points of each criterion, their sum, and the positions of those that put it out."""

    points: list
    total: Decimal
    out: list


def value_at(points, measured):
    """Return the value, 0 to 100, of something measured: straight lines between given points.

    :param points: list of ``(measured, value)``, at least one; before the first and after the last
        the value stays what it is there

    >>> points = [(0, 100), (500, 50), (2000, 0)]
    >>> [str(value_at(points, grams)) for grams in (-5, 0, 250, 500, 1250, 9999)]
    ['100.00', '100.00', '75.00', '50.00', '25.00', '0.00']
    """
    points = sorted((Fraction(str(x)), Fraction(str(y))) for x, y in points)
    measured = Fraction(str(measured))
    if measured <= points[0][0]:
        return _rounded(points[0][1])
    for (left, low), (right, high) in pairwise(points):
        if measured <= right:
            return _rounded(low + (high - low) * (measured - left) / (right - left))
    return _rounded(points[-1][1])


def score(rules, values):
    """Return the ``Score`` of an offer.

    >>> rules = [Rule(Decimal(60)), Rule(Decimal(40), threshold=Decimal(30))]
    >>> rules.append(Rule(Decimal(0), True))
    >>> found = score(rules, [Decimal(50), Decimal("33.33"), Decimal(100)])
    >>> [str(points) for points in found.points], str(found.total), found.out
    (['30.00', '13.33', '0.00'], '43.33', [])
    >>> score(rules, [Decimal(50), Decimal(29), Decimal(0)]).out
    [1, 2]
    """
    points = [
        (rule.weight * value / FULL).quantize(_UNIT, ROUND_HALF_UP)
        for rule, value in zip(rules, values, strict=True)
    ]
    out = [
        position
        for position, (rule, value) in enumerate(zip(rules, values, strict=True))
        if (rule.is_knock_out and value <= 0) or value < rule.threshold
    ]
    return Score(points, sum(points, Decimal(0)), out)


def find_winner(weights, rows):
    """Return the position of the row with the highest weighted sum; of equals the first.

    >>> find_winner([60, 40], [[10, 90], [50, 50], [90, 10]])
    2
    """
    sums = [_weigh(weights, row) for row in rows]
    return sums.index(max(sums))


def weight_interval(weights, rows, winner, position):
    """Return from which to which weight of one criterion the winner stays the winner.

    The other weights keep their proportions to one another, and all sum to 100.

    :param weights: list of numbers that sum to 100
    :param rows: the values of each offer by criterion
    :param int winner: position of a row that has the highest sum
    :param int position: of the criterion whose weight varies
    :return: ``(low, high)`` as ``Decimal``, on the safe side to a hundredth
    :raise ValueError: that row does not win

    >>> rows = [[90, 20], [40, 80]]
    >>> [str(end) for end in weight_interval([60, 40], rows, 0, 0)]
    ['54.55', '100.00']
    >>> [str(end) for end in weight_interval([60, 40], rows, 0, 1)]
    ['0.00', '45.45']
    >>> [str(end) for end in weight_interval([100], [[5], [3]], 0, 0)]
    ['0.00', '100.00']
    """
    best = _weigh(weights, rows[winner])
    if any(_weigh(weights, row) > best for row in rows):
        raise ValueError("This row does not win.")
    rest = _proportions(weights, position)
    low, high = Fraction(0), Fraction(100)
    for row in rows:
        # By how much the winner is better: at weight w it is w * here + (100 - w) * elsewhere.
        lead = [Fraction(str(a)) - Fraction(str(b)) for a, b in zip(rows[winner], row, strict=True)]
        here = lead[position]
        elsewhere = sum((part * ahead for part, ahead in zip(rest, lead, strict=True)), Fraction(0))
        slope = here - elsewhere
        if slope > 0:
            low = max(low, -100 * elsewhere / slope)
        elif slope < 0:
            high = min(high, 100 * elsewhere / -slope)
    return _rounded(low, ROUND_CEILING), _rounded(high, ROUND_FLOOR)


def _weigh(weights, row):
    return sum(
        (Fraction(str(w)) * Fraction(str(v)) for w, v in zip(weights, row, strict=True)),
        Fraction(0),
    )


def _proportions(weights, position):
    """Return the parts of one that the other criteria share; equal ones when they weigh nothing."""
    others = [Fraction(str(w)) if i != position else Fraction(0) for i, w in enumerate(weights)]
    total = sum(others)
    if not total:
        others = [Fraction(int(i != position)) for i in range(len(weights))]
        total = sum(others) or Fraction(1)
    return [other / total for other in others]


def _rounded(fraction, rounding=ROUND_HALF_UP):
    # Exact: a fraction is compared with its two neighbours, never divided in binary.
    hundredths = fraction * 100
    whole = Decimal(hundredths.numerator // hundredths.denominator)
    rest = hundredths - int(whole)
    if rest and (rounding == ROUND_CEILING or (rounding == ROUND_HALF_UP and rest * 2 >= 1)):
        whole += 1
    return whole.scaleb(-2)
