"""Which lots somebody holds, told from the lines of the register in their order.

Plain Python, without Odoo. Amounts are ``Decimal``; dates are whatever the caller uses.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from .shares import Lot


@dataclass(frozen=True)
class Entry:
    """A line of the register as one holder of one class of shares sees it.

    :param bool incoming: the holder receives, or gives
    :param str kind: the kind of the movement
    :param int quantity: number of shares, 0 when only something is paid up or taken back
    :param Decimal unit_price: what one share was issued at
    :param Decimal paid_up: what is paid up on all of them
    :param origin: what the shares came from, so that a later payment finds them
    :param date: the day of the movement
    """

    incoming: bool
    kind: str
    quantity: int
    unit_price: Decimal
    paid_up: Decimal
    origin: object = None
    date: object = None


@dataclass(frozen=True)
class HeldLot(Lot):
    """A lot with where it came from, and the day of its issue (None when it was handed over)."""

    origin: object = None
    issued: object = None

    @property
    def is_paid_up(self):
        """Whether nothing is left to pay on these shares."""
        return self.paid_up >= self.unit_price * self.quantity


def lots_after(entries):
    """Return the lots that are left after these lines, the oldest first.

    >>> ten, twelve = Decimal(10), Decimal(12)
    >>> lots = lots_after([
    ...     Entry(True, "issue", 3, ten, Decimal(10), "S1"),
    ...     Entry(True, "issue", 5, twelve, Decimal(60), "S2"),
    ...     Entry(True, "payment", 0, ten, Decimal(20), "S1"),
    ...     Entry(False, "transfer", 3, ten, Decimal(30), "T1"),
    ...     Entry(False, "transfer", 1, twelve, Decimal(12), "T1"),
    ... ])
    >>> [(lot.quantity, str(lot.paid_up), lot.is_paid_up) for lot in lots]
    [(4, '48', True)]

    A payment that is lost takes back the shares it issued, not the oldest ones:

    >>> lots = lots_after([
    ...     Entry(True, "issue", 1, ten, ten, "S1"),
    ...     Entry(True, "issue", 2, ten, Decimal(20), "S2"),
    ...     Entry(False, "reversal", 2, ten, Decimal(20), "S2"),
    ... ])
    >>> [(lot.origin, lot.quantity) for lot in lots]
    [('S1', 1)]
    """
    lots, issued = [], {}
    for entry in entries:
        if not entry.quantity:
            lots = _paid(lots, entry)
        elif entry.incoming:
            if entry.kind in ("issue", "conversion"):
                issued.setdefault(entry.origin, entry.date)
            lots.append(
                HeldLot(
                    entry.unit_price,
                    entry.quantity,
                    entry.paid_up,
                    entry.origin,
                    issued.get(entry.origin),
                )
            )
        else:
            lots = _given(lots, entry)
    return lots


def _paid(lots, entry):
    """Pay up, or take back, on the first lot of that origin; else where it fits."""
    change = entry.paid_up if entry.incoming else -entry.paid_up
    for index, lot in enumerate(lots):
        if lot.origin == entry.origin:
            changed = replace(lot, paid_up=lot.paid_up + change)
            return [*lots[:index], changed, *lots[index + 1 :]]
    return _paid_anywhere(lots, change)


def _paid_anywhere(lots, change):
    """Pay up the oldest shares that are not fully paid; take back from the newest.

    A register that was kept on paper does not say which shares a payment was for.

    >>> ten = Decimal(10)
    >>> lots = [Lot(ten, 2, Decimal(20)), Lot(ten, 2, Decimal(5)), Lot(ten, 1, Decimal(0))]
    >>> [str(lot.paid_up) for lot in _paid_anywhere(lots, Decimal(18))]
    ['20', '20', '3']
    >>> [str(lot.paid_up) for lot in _paid_anywhere(lots, Decimal(-8))]
    ['17', '0', '0']
    """
    changed = list(lots)
    for index in range(len(lots)) if change > 0 else reversed(range(len(lots))):
        lot = lots[index]
        if change > 0:
            part = min(change, max(lot.unit_price * lot.quantity - lot.paid_up, Decimal(0)))
        else:
            part = max(change, -lot.paid_up)
        changed[index] = replace(lot, paid_up=lot.paid_up + part)
        change -= part
    return changed


def _given(lots, entry):
    """Take the shares of an outgoing line from the lots it most likely means."""

    def distance(index):
        lot = lots[index]
        return (
            entry.kind == "reversal" and lot.origin != entry.origin,
            lot.unit_price != entry.unit_price,
            lot.paid_up * entry.quantity != entry.paid_up * lot.quantity,
            index,
        )

    left = dict(enumerate(lots))
    quantity, paid_up = entry.quantity, entry.paid_up
    for index in sorted(left, key=distance):
        lot = left[index]
        if lot.quantity <= quantity:
            del left[index]
            quantity -= lot.quantity
            paid_up -= lot.paid_up
        else:
            left[index] = replace(
                lot, quantity=lot.quantity - quantity, paid_up=lot.paid_up - paid_up
            )
            quantity = 0
        if not quantity:
            break
    return [left[index] for index in sorted(left)]


def exact_quantities(lots, price):
    """Yield each number of shares, oldest first, whose value makes whole shares of a price.

    :return: iterator of ``(quantity, number of shares of the other price)``

    >>> lots = [Lot(Decimal(50), 7, Decimal(350)), Lot(Decimal(100), 2, Decimal(200))]
    >>> list(exact_quantities(lots, Decimal(250)))
    [(5, 1)]
    >>> list(exact_quantities(lots, Decimal("33.33")))
    []
    """
    quantity, value = 0, Decimal(0)
    for lot in lots:
        for _share in range(lot.quantity):
            quantity += 1
            value += lot.unit_price
            if not value % price:
                yield quantity, int(value / price)
