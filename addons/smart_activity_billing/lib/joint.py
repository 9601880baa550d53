"""What several Activities put together for one investment.

Amounts are ``Decimal``; what comes from the ORM enters by ``money.exact``.
"""

from decimal import Decimal

from .money import allocate, exact


def take(wanted, missing):
    """Return how much of a pledge is taken: never more than is missing.

    >>> take(Decimal("300.00"), Decimal("450.00")), take(Decimal("300.00"), Decimal("0.01"))
    (Decimal('300.00'), Decimal('0.01'))
    """
    return min(wanted, missing)


def share_price(price, pledges, unit):
    """Split what the purchase really cost by what each had pledged, to the cent.

    >>> share_price("100.00", [200, 200, 200], "0.01")
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> share_price("990.00", [600, 400], "0.01")
    [Decimal('594.00'), Decimal('396.00')]
    """
    return allocate(price, pledges, unit)


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
