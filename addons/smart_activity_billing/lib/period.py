"""A year, a quarter or a month, as people choose it."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_KEY = re.compile(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


def first_of_next(day):
    """Return the first day of the month after that of ``day``.

    >>> first_of_next(date(2025, 12, 31))
    datetime.date(2026, 1, 1)
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class Period(NamedTuple):
    """A calendar year; of it a quarter, or a month."""

    year: int
    quarter: int = 0
    month: int = 0

    @classmethod
    def parse(cls, key):
        """Return the period that a key like ``2025``, ``2025-Q3`` or ``2025-07`` means, or None.

        >>> Period.parse("2025-Q3")
        Period(year=2025, quarter=3, month=0)
        >>> [Period.parse(key) for key in ("2025-13", "1999", "x", None)]
        [None, None, None, None]
        """
        found = _KEY.fullmatch(key) if isinstance(key, str) else None
        return found and cls(*(int(part or 0) for part in found.groups()))

    @property
    def kind(self):
        """Return ``month``, ``quarter`` or ``year``."""
        return "month" if self.month else "quarter" if self.quarter else "year"

    @property
    def key(self):
        """Return what `parse` understands.

        >>> Period(2025).key, Period(2025, quarter=3).key, Period(2025, month=7).key
        ('2025', '2025-Q3', '2025-07')
        """
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def date_from(self):
        """Return the first day.

        >>> Period(2025, quarter=3).date_from
        datetime.date(2025, 7, 1)
        """
        return date(self.year, self.month or max(3 * self.quarter - 2, 1), 1)

    @property
    def date_to(self):
        """Return the last day.

        >>> Period(2025).date_to, Period(2024, month=2).date_to
        (datetime.date(2025, 12, 31), datetime.date(2024, 2, 29))
        """
        last_month = self.month or 3 * self.quarter or 12
        return first_of_next(date(self.year, last_month, 1)) - timedelta(days=1)

    @classmethod
    def quarter_of(cls, day):
        """Return the quarter of a day.

        >>> Period.quarter_of(date(2025, 7, 4)).key
        '2025-Q3'
        """
        return cls(day.year, quarter=(day.month + 2) // 3)

    def is_made_of(self, atoms):
        """Return the atoms ``(date_from, date_to)`` that make this period, or None.

        Atoms are what is published at once: a period that cuts one is not published. Of a period
        that runs still, what is there of it counts.

        >>> atoms = [(date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 2, 1), date(2025, 3, 31))]
        >>> len(Period(2025, quarter=1).is_made_of(atoms)), Period(2025, month=3).is_made_of(atoms)
        (2, None)
        """
        inside = [atom for atom in atoms if self.date_from <= atom[0] and atom[1] <= self.date_to]
        touched = [atom for atom in atoms if atom[0] <= self.date_to and atom[1] >= self.date_from]
        return inside if inside and inside == touched else None
