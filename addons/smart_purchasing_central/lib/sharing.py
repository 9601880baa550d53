"""Who gets how much of what there is: whole steps, by a rule that favours nobody.

First what is the least of use to each, then up to what each wants, then what each tolerates. Nobody
gets of the last while somebody has less than the least of use.
"""

from typing import NamedTuple


class Claim(NamedTuple):
    """What one person can use of a product, in whole steps."""

    minimum: int
    wanted: int
    tolerance: int = 0


def share_out(available, claims, equally=False):
    """Return what each claim gets of ``available``, and what nobody takes.

    When there is not enough for every minimum, the smallest are served first, so that as many as
    possible get something of use; among equals, who is first in the list. Who cannot be served gets
    nothing, and what is left over then goes to the others up to what they want, never beyond it.

    :param int available: steps that there are
    :param claims: list of ``Claim``, in the order of precedence among equals
    :param bool equally: share what is wanted beyond the minimum in equal parts, not in proportion
    :return: list of steps in the order of the claims, and the rest

    >>> share_out(10, [Claim(2, 6), Claim(0, 6), Claim(0, 0, 4)])
    ([5, 5, 0], 0)
    >>> share_out(14, [Claim(2, 6), Claim(0, 6), Claim(0, 0, 4)])
    ([6, 6, 2], 0)
    >>> share_out(5, [Claim(4, 6, 2), Claim(3, 3)])
    ([0, 3], 2)
    >>> share_out(6, [Claim(0, 10), Claim(0, 2)], equally=True)
    ([4, 2], 0)
    """
    served = _serve_minimums(available, claims)
    given = [claim.minimum if index in served else 0 for index, claim in enumerate(claims)]
    spread = _spread_equally if equally else _spread
    room = [
        claim.wanted - got if index in served else 0
        for index, (claim, got) in enumerate(zip(claims, given, strict=True))
    ]
    given = _add(given, spread(available - sum(given), room))
    if len(served) == len(claims):
        tolerance = [claim.tolerance for claim in claims]
        given = _add(given, _spread(available - sum(given), tolerance))
    return given, available - sum(given)


def _serve_minimums(units, claims):
    """Return the positions of the claims whose minimum can be met."""
    served = set()
    for index in sorted(range(len(claims)), key=lambda index: (claims[index].minimum, index)):
        if claims[index].minimum > units:
            break
        units -= claims[index].minimum
        served.add(index)
    return served


def _add(given, parts):
    return [got + part for got, part in zip(given, parts, strict=True)]


def _spread(units, room):
    """Return parts in proportion to the room of each, by the largest remainder.

    >>> _spread(5, [3, 3, 3]), _spread(100, [1, 2]), _spread(4, [])
    ([2, 2, 1], [1, 2], [])
    """
    total = sum(room)
    if units >= total:
        return list(room)
    parts = [units * one // total for one in room]
    remainders = sorted(range(len(room)), key=lambda index: (-(units * room[index] % total), index))
    for index in remainders[: units - sum(parts)]:
        parts[index] += 1
    return parts


def _spread_equally(units, room):
    """Return parts as equal as the room of each allows.

    >>> _spread_equally(6, [10, 2, 0]), _spread_equally(5, [3, 3]), _spread_equally(9, [1, 2])
    ([4, 2, 0], [3, 2], [1, 2])
    """
    parts = [0] * len(room)
    open_ = [index for index, one in enumerate(room) if one]
    while units and open_:
        each = min(units // len(open_), *(room[index] - parts[index] for index in open_))
        if not each:
            for index in open_[:units]:
                parts[index] += 1
            break
        for index in open_:
            parts[index] += each
        units -= each * len(open_)
        open_ = [index for index in open_ if parts[index] < room[index]]
    return parts
