"""Lots of shares: how many were issued at which price, and what is paid up on them.

Plain Python, without Odoo. Amounts are ``Decimal`` with as many digits as the currency has.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Lot:
    """Shares of one class and one price that were taken over together.

    :param Decimal unit_price: what one share was issued at
    :param int quantity: number of shares
    :param Decimal paid_up: what is paid up on all of them
    """

    unit_price: Decimal
    quantity: int
    paid_up: Decimal


def split(lots, quantity, unit=Decimal("0.01")):
    """Take shares from lots, the oldest first: return ``(taken, left)``.

    What is paid up goes along in proportion, and not a cent is lost.

    :param lots: lots in the order in which they were acquired
    :param int quantity: how many shares to take
    :param Decimal unit: the smallest amount of the currency
    :raise ValueError: there are not so many

    >>> ten = Lot(Decimal(10), 3, Decimal(10))
    >>> taken, left = split([ten, Lot(Decimal(12), 5, Decimal(60))], 4)
    >>> [(lot.quantity, str(lot.paid_up)) for lot in taken]
    [(3, '10'), (1, '12.00')]
    >>> [(lot.quantity, str(lot.paid_up)) for lot in left]
    [(4, '48.00')]
    """
    taken, left = [], []
    wanted = quantity
    for lot in lots:
        number = min(lot.quantity, wanted)
        wanted -= number
        if number == lot.quantity:
            taken.append(lot)
        elif not number:
            left.append(lot)
        else:
            share = (lot.paid_up * number / lot.quantity).quantize(unit, ROUND_HALF_UP)
            taken.append(replace(lot, quantity=number, paid_up=share))
            left.append(replace(lot, quantity=lot.quantity - number, paid_up=lot.paid_up - share))
    if wanted:
        raise ValueError(f"{wanted} shares too few")
    return taken, left
