"""What several Activities put together for one investment.

Amounts are ``Decimal``; what comes from the ORM enters by ``money.exact``.
"""

from decimal import Decimal

from .money import allocate, exact
from .write_off import part_of_share


def take(wanted, missing):
    """Return how much of a pledge is taken: never more than is missing.

    >>> take(Decimal("300.00"), Decimal("450.00")), take(Decimal("300.00"), Decimal("0.01"))
    (Decimal('300.00'), Decimal('0.01'))
    """
    return min(wanted, missing)


def highest_price(target, margin, unit):
    """Return the dearest price that those who pledged agreed to.

    :param margin: percentage above the target

    >>> highest_price("1000.00", 2.5, "0.01"), highest_price("99.99", 0, "0.01")
    (Decimal('1025.00'), Decimal('99.99'))
    """
    target = exact(target, unit)
    return target + exact(target * Decimal(str(margin)) / 100, unit)


def percentages(amounts):
    """Return what part each amount is of all, in percentages that add up to 100.

    >>> percentages([1, 1, 1])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    return allocate(100, amounts, "0.01")


def share_out(cost, borne, weights, unit):
    """Split a share that several take over, in the order of the list.

    :param cost: the share's part of the purchase value
    :param borne: what is written off of it
    :param weights: what part each takes over, in proportion
    :return: list of ``(cost, book value)``, each summing to what the share has

    >>> share_out("300.00", "100.00", [2, 1], "0.01")
    [(Decimal('200.00'), Decimal('133.33')), (Decimal('100.00'), Decimal('66.67'))]
    >>> share_out("0.01", "0", [1, 1], "0.01")
    [(Decimal('0.01'), Decimal('0.01')), (Decimal('0.00'), Decimal('0.00'))]
    """
    cost, borne = exact(cost, unit), exact(borne, unit)
    parts = []
    for part in allocate(cost, weights, unit):
        gone = part_of_share(part, cost, borne, unit) if part else part
        parts.append((part, part - gone))
        cost, borne = cost - part, borne - gone
    return parts
