"""The days of a monthly series: the same weekday of the month, such as each second Tuesday."""

import calendar
from datetime import date


def monthly(first, count):
    """Return ``count`` days, a month apart, on the weekday of the first.

    A fifth weekday that a month does not have is its last one.

    >>> monthly(date(2026, 1, 13), 3)
    [datetime.date(2026, 1, 13), datetime.date(2026, 2, 10), datetime.date(2026, 3, 10)]
    >>> monthly(date(2026, 1, 30), 2)[1]
    datetime.date(2026, 2, 27)
    """
    week = (first.day - 1) // 7
    days = []
    for number in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        last = calendar.monthrange(year, month + 1)[1]
        start = (first.weekday() - date(year, month + 1, 1).weekday()) % 7 + 1
        day = start + 7 * week
        days.append(date(year, month + 1, day if day <= last else day - 7))
    return days
