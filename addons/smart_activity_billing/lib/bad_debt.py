"""What goes with a part of an invoice that is written off, or recovered, to the cent."""

from decimal import Decimal

from .money import exact


def next_part(whole, total, done, amount, unit):
    """Return the part of ``whole`` that goes with ``amount`` out of ``total``.

    In however many parts, they sum to the whole: each is what all so far are worth, less what
    those before were.

    :param whole: what is split: the VAT of an invoice, its contribution
    :param total: what the parts are of, not zero
    :param done: what parts before this one took of it

    >>> [str(next_part("10.00", "300", done, 100, "0.01")) for done in (0, 100, 200)]
    ['3.33', '3.34', '3.33']
    >>> str(next_part("21.00", "121.00", 0, "121.00", "0.01"))
    '21.00'
    """
    whole, total, done = (Decimal(str(number)) for number in (whole, total, done))
    so_far = exact(whole * (done + Decimal(str(amount))) / total, unit)
    return so_far - exact(whole * done / total, unit)
