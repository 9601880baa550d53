"""Times of a use calendar: typed and shown in a time zone, kept in UTC without one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 7


def typed_moment(day, clock, zone):
    """Return what a browser's fields of a day and a time mean, in UTC; None when they mean nothing.

    An hour that summer time skips is read as an hour later, one that comes twice as the first.

    >>> typed_moment("2026-01-15", "09:30", "Europe/Brussels")
    datetime.datetime(2026, 1, 15, 8, 30)
    >>> typed_moment("2026-07-15", "09:30", "Europe/Brussels")
    datetime.datetime(2026, 7, 15, 7, 30)
    >>> typed_moment("2026-03-29", "02:30", "Europe/Brussels")
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> typed_moment("", "09:00", "UTC"), typed_moment("2026-02-30", "09:00", "UTC")
    (None, None)
    >>> typed_moment("2026-01-01", "9h", "UTC")
    """
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except (TypeError, ValueError):
        return None
    if local.tzinfo or not 1970 < local.year < 3000:
        return None
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def in_zone(moment, zone):
    """Return a moment of the database as the clock on the wall shows it there.

    >>> in_zone(datetime(2026, 1, 15, 8, 30), "Europe/Brussels")
    datetime.datetime(2026, 1, 15, 9, 30)
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def week_of(day):
    """Return the days of the week that a day is in, from Monday.

    >>> [str(day) for day in week_of(date(2026, 11, 25))][::6]
    ['2026-11-23', '2026-11-29']
    """
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(DAYS)]


def by_day(days, slots):
    """Return ``[(day, slots)]``: a slot stands on each day that it touches, in order of time.

    :param slots: list of ``(start, stop, what)`` as the clock on the wall shows them

    >>> day = date(2026, 11, 25)
    >>> late = (datetime(2026, 11, 25, 22), datetime(2026, 11, 26, 2), "mould")
    >>> early = (datetime(2026, 11, 25, 8), datetime(2026, 11, 26, 0), "cut")
    >>> for day, slots in by_day(week_of(day)[2:4], [late, early]):
    ...     print(day, [slot[2] for slot in slots])
    2026-11-25 ['cut', 'mould']
    2026-11-26 ['mould']
    """
    ordered = sorted(slots, key=lambda slot: slot[:2])
    return [
        (day, [slot for slot in ordered if slot[0] < _end(day) and slot[1] > _end(day, 0)])
        for day in days
    ]


def _end(day, days=1):
    return datetime.combine(day + timedelta(days=days), time())
