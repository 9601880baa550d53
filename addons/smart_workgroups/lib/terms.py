"""Terms of office: who sits when. A term is a pair of days; no last day means that it is open."""

from datetime import date

# No term is planned further ahead.
FAR = date.max


def first_crowded_day(terms, seats):
    """Return the first day on which more terms run than there are seats, or None.

    It can only be a day on which a term starts.

    >>> first_crowded_day([(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), None)], 1)
    >>> first_crowded_day([(date(2026, 1, 1), None), (date(2026, 7, 1), None)], 1)
    datetime.date(2026, 7, 1)
    """
    changes = sorted(
        [(start, 1) for start, _end in terms]
        # A seat is free on the day after the last one; frees come before takes on one day.
        + [
            (date.fromordinal(end.toordinal() + 1), -1)
            for _start, end in terms
            if end and end < FAR
        ]
    )
    taken = 0
    for day, change in changes:
        taken += change
        if taken > seats:
            return day
    return None
