"""What came in of a product, shared over those who ordered it from one supplier or several.

Quantities are whole steps. Who gets how much of all that came is decided over all suppliers at
once, so that nobody gets what is merely tolerated while somebody else lacks the least of use; only
then is it said from which order each part is.
"""

import math

from .sharing import Claim, share_out


def share_receipts(received, claims, ordered, kept, equally=False):
    """Return what each person gets of each order line, and what is left of each.

    :param list received: steps that came in, by order line
    :param list claims: a ``Claim`` for each person, in the order of precedence among equals
    :param list ordered: by person, what was ordered for them on each line: their part is from there
        where possible
    :param list kept: by person and line, what they have already: it is never taken back
    :return: rows of steps by person and line, and the rest by line; a rest is negative where more
        is in people's hands than came

    >>> claims = [Claim(2, 4), Claim(0, 4, 2)]
    >>> share_receipts([10], claims, [[4], [6]], [[0], [0]])
    ([[4], [6]], [0])
    >>> share_receipts([5], claims, [[4], [6]], [[0], [0]])
    ([[3], [2]], [0])
    >>> share_receipts([0, 5], claims, [[4, 0], [0, 6]], [[0, 0], [0, 0]])  # the first one failed
    ([[0, 3], [0, 2]], [0, 0])
    >>> share_receipts([7], claims, [[4], [6]], [[0], [4]])  # the second one has four already
    ([[3], [4]], [0])
    >>> share_receipts([12], claims, [[4], [6]], [[0], [0]])
    ([[4], [6]], [2])
    """
    held = [sum(row) for row in kept]
    rest = max(sum(received) - sum(held), 0)
    parts, _left = share_out(rest, list(map(_without, claims, held)), equally)
    missing = list(parts)
    given = [list(row) for row in kept]
    room = [max(came - sum(row[line] for row in given), 0) for line, came in enumerate(received)]
    for line in range(len(received)):
        _take_as_ordered(line, given, missing, ordered, room)
    for person, row in enumerate(given):
        for line in range(len(received)):
            _take(person, row, line, missing, room)
    left = [came - sum(row[line] for row in given) for line, came in enumerate(received)]
    return given, left


def _without(claim, held):
    """Return what is left of a claim when so much of it is there.

    >>> _without(Claim(2, 4, 3), 5)
    Claim(minimum=0, wanted=0, tolerance=2)
    """
    wanted = max(claim.wanted - held, 0)
    total = max(claim.wanted + claim.tolerance - held, 0)
    return Claim(min(max(claim.minimum - held, 0), wanted), wanted, total - wanted)


def _take_as_ordered(line, given, missing, ordered, room):
    """Give of one line what was ordered there; in proportion where it is not enough."""
    wishes = [
        min(missing[person], max(ordered[person][line] - row[line], 0))
        for person, row in enumerate(given)
    ]
    parts, _left = share_out(room[line], [Claim(0, wish) for wish in wishes])
    for person, part in enumerate(parts):
        given[person][line] += part
        missing[person] -= part
        room[line] -= part


def _take(person, row, line, missing, room):
    part = min(missing[person], room[line])
    row[line] += part
    missing[person] -= part
    room[line] -= part


def whole_steps(quantity, step):
    """Return how many whole steps there are in a quantity.

    >>> whole_steps(9.7, 0.5), whole_steps(0.3, 0.1), whole_steps(3, 1), whole_steps(-0.5, 0.5)
    (19, 3, 3, -1)
    """
    return int((quantity + step * 1e-6 if quantity >= 0 else quantity - step * 1e-6) / step)


def started_steps(quantity, step):
    """Return how many steps a quantity takes, the last one in part.

    >>> started_steps(0.31, 0.5), started_steps(1.5, 0.5), started_steps(0, 1), started_steps(-2, 1)
    (1, 3, 0, 0)
    """
    return max(math.ceil(quantity / step - 1e-6), 0)
