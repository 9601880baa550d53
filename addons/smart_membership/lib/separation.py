"""What a member who leaves gets for the shares, and when. Plain Python, without Odoo.

Source: WVV/CSA art. 6:120-6:123; what the statutes may say differently is a parameter.
"""

from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

METHODS = ("lower", "paid", "net_asset")


def separation_amount(
    lot, method="lower", asset_ratio=None, nominal_cap=True, unit=Decimal("0.01")
):
    """Return what is due for a lot of shares.

    :param Lot lot: the shares, with the price paid and what is paid up on them
    :param str method: ``paid``: what was paid in; ``net_asset``: the net asset value;
        ``lower``: the lower of both
    :param Decimal asset_ratio: net assets per unit of paid-up capital; None when nobody knows
        them, then what was paid in counts
    :param bool nominal_cap: never more than the shares were issued at
    :param Decimal unit: the smallest amount of the currency

    >>> from odoo.addons.smart_membership.lib.shares import Lot
    >>> lot = Lot(Decimal(50), 3, Decimal(150))
    >>> [str(separation_amount(lot, "lower", Decimal(ratio))) for ratio in ("0.8", "1.5", "-1")]
    ['120.00', '150.00', '0.00']
    >>> str(separation_amount(lot, "net_asset", Decimal("1.5"), nominal_cap=False))
    '225.00'
    >>> str(separation_amount(lot, "net_asset", Decimal("1.5")))
    '150.00'
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method}")
    value = lot.paid_up if asset_ratio is None else max(lot.paid_up * asset_ratio, Decimal(0))
    if method == "paid":
        value = lot.paid_up
    elif method == "lower":
        value = min(value, lot.paid_up)
    if nominal_cap:
        value = min(value, lot.unit_price * lot.quantity)
    return value.quantize(unit, ROUND_HALF_UP)


def add_months(day, months):
    """Return the same day so many months later, or the last day of a shorter month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> add_months(date(2026, 6, 30), -18)
    datetime.date(2024, 12, 30)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(year_start, month):
    """Return the last day of a month of a financial year, counted from 1.

    >>> month_end(date(2026, 1, 1), 6), month_end(date(2026, 10, 1), 6)
    (datetime.date(2026, 6, 30), datetime.date(2027, 3, 31))
    """
    return date.fromordinal(add_months(year_start, month).toordinal() - 1)


def effective_date(request, year_start, window_months=6, effective_month=6):
    """Return the day on which a resignation takes effect.

    A request in the first months of the financial year counts for that year, a later one for the
    next: on the last day of the given month.

    :param date request: the day of the request
    :param date year_start: first day of the financial year in which that day lies
    :param int window_months: how long members may resign for the same year
    :param int effective_month: the month of the financial year at whose end it takes effect

    >>> january = date(2026, 1, 1)
    >>> [str(effective_date(date(2026, m, d), january)) for m, d in ((1, 1), (6, 30), (7, 1))]
    ['2026-06-30', '2026-06-30', '2027-06-30']
    >>> str(effective_date(date(2026, 10, 1), january, window_months=12))
    '2027-06-30'
    """
    effective = month_end(year_start, effective_month)
    if request > month_end(year_start, window_months) or effective < request:
        effective = month_end(add_months(year_start, 12), effective_month)
    return effective


def founder_lock_end(first_year_start, year=3):
    """Return the first day on which a founder may resign.

    :param date first_year_start: first day of the financial year of the foundation
    :param int year: from which financial year on; that of the foundation is the first

    >>> founder_lock_end(date(2024, 1, 1))
    datetime.date(2026, 1, 1)
    """
    return add_months(first_year_start, 12 * (max(year, 1) - 1))


def serve(amounts, allowed):
    """Return how many of a queue are served: in order, nobody is overtaken.

    >>> serve([Decimal(50), Decimal(30), Decimal(10)], Decimal(85))
    2
    >>> serve([Decimal(50), Decimal(10)], Decimal(49))
    0
    """
    served = 0
    for amount in amounts:
        allowed -= amount
        if allowed < 0:
            break
        served += 1
    return served
