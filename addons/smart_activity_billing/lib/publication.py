"""What all members may read of a year: cut in time and by group so that it tells of nobody.

Time is cut first: a quarter is published when its numbers are about enough members, else together
with the quarters beside it; within a quarter its months likewise. Groups are then cut once for the
year: a published group has enough members in each published quarter. So a year is the sum of its
quarters, these of their months, and no difference between periods tells what was merged.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import dropwhile
from typing import NamedTuple

from .concentration import lorenz_points
from .period import Period, first_of_next
from .small_groups import SMALLEST, count_members, merge_following, merge_small, union

MEASURES = ("invoiced", "contributed", "spent")


class Row(NamedTuple):
    """What one Activity did in one month. Amounts are ``Decimal``, positive in the usual case."""

    month: date
    member: int
    activity: int
    sector: int
    antenna: int
    invoiced: Decimal
    contributed: Decimal
    spent: Decimal


class Figure(NamedTuple):
    """One published cell: the whole cooperative (no keys), or some sectors or antennas."""

    date_from: date
    date_to: date
    keys: tuple
    members: int
    invoiced: Decimal
    contributed: Decimal
    spent: Decimal


class Publication(NamedTuple):
    """All that is published of the Activities in a year."""

    totals: list
    sectors: list
    antennas: list
    curve: list


def publish(rows, year, until, smallest=SMALLEST):
    """Return the ``Publication`` of a year.

    :param list rows: the ``Row`` of the year, in any order
    :param date until: the last day of the last month that is over
    :param int smallest: how few members are too few

    >>> rows = [Row(date(2025, 1 + number % 2, 1), number, number, 1 + number % 3, 1,
    ...             Decimal(100), Decimal(6), Decimal(50)) for number in range(24)]
    >>> found = publish(rows, 2025, date(2025, 3, 31))
    >>> [(figure.date_to.month, figure.members, str(figure.invoiced)) for figure in found.totals]
    [(1, 12, '1200'), (2, 12, '1200'), (3, 0, '0')]
    >>> [figure.keys for figure in found.sectors]
    [(1,), (2,), (3,)]
    """
    by_month = defaultdict(list)
    for row in rows:
        by_month[row.month].append(row)
    spans, running = _cut_quarters(by_month, year, until, smallest)
    totals = []
    for months in spans:
        single = len(months) == 3
        blocks = _cut_months(by_month, months, smallest) if single else [months]
        totals += [_figure(by_month, block) for block in blocks]
    totals += [_figure(by_month, block) for block in _cut_months(by_month, running, smallest)]
    # Nothing is told of the time before the first figure.
    totals = list(dropwhile(lambda figure: not figure.members, totals))
    sectors, cells = _cut_groups(by_month, spans, "sector", smallest)
    antennas, _cells = _cut_groups(by_month, spans, "antenna", smallest, cells)
    turnover = defaultdict(Decimal)
    for months in spans:
        for month in months:
            for row in by_month.get(month, ()):
                turnover[row.member] += row.invoiced
    members = [value for value in turnover.values() if value]
    return Publication(totals, sectors, antennas, lorenz_points(members, smallest))


def get_spans(publication):
    """Return the stretches of time that the tables of groups are cut in.

    >>> get_spans(Publication([], [], [], []))
    []
    """
    figures = [*publication.sectors, *publication.antennas]
    return sorted({(figure.date_from, figure.date_to) for figure in figures})


def _cut_quarters(by_month, year, until, smallest):
    """Return the months of each stretch of quarters that are over, and those after these."""
    over, running = [], []
    for quarter in range(1, 5):
        period = Period(year, quarter=quarter)
        first = period.date_from
        months = [first, first_of_next(first), first_of_next(first_of_next(first))]
        if period.date_to <= until:
            over.append(months)
        else:
            running += [month for month in months if first_of_next(month) <= until + _DAY]
    cells = [union(_cell(by_month, [month], "total") for month in months) for months in over]
    stretches = merge_following(cells, smallest)
    return [[month for number in one for month in over[number]] for one in stretches], running


def _cut_months(by_month, months, smallest):
    cells = [_cell(by_month, [month], "total") for month in months]
    return [[months[number] for number in one] for one in merge_following(cells, smallest)]


def _cut_groups(by_month, spans, field, smallest, others=()):
    """Return the ``Figure`` of each merged group and stretch, and the cells that they make."""
    by_key = defaultdict(lambda: defaultdict(list))
    for month, rows in by_month.items():
        for row in rows:
            by_key[getattr(row, field)][month].append(row)
    groups = {
        key: union(_cell(by_key[key], months, months[0]) for months in spans)
        for key in sorted(by_key)
    }
    groups = {key: cell for key, cell in groups.items() if any(cell.values())}
    merged = merge_small(groups, smallest, others)
    figures = []
    for keys in merged:
        rows = {
            month: [row for key in keys for row in by_key[key].get(month, ())]
            for months in spans
            for month in months
        }
        told = [_figure(rows, months, tuple(sorted(keys))) for months in spans]
        figures += [figure for figure in told if figure.members]
    return figures, [union(groups[key] for key in keys) for keys in merged]


def _cell(by_month, months, label):
    """Return who makes each measure of some months."""
    cell = {(label, measure): set() for measure in MEASURES}
    for month in months:
        for row in by_month.get(month, ()):
            entry = (row.member, row.activity)
            for measure in MEASURES:
                if getattr(row, measure):
                    cell[label, measure].add(entry)
    return {part: frozenset(entries) for part, entries in cell.items()}


def _figure(by_month, months, keys=()):
    rows = [row for month in months for row in by_month.get(month, ())]
    active = {(row.member, row.activity) for row in rows if any(row[-len(MEASURES) :])}
    return Figure(
        months[0],
        first_of_next(months[-1]) - _DAY,
        keys,
        count_members(active),
        *(sum((getattr(row, name) for row in rows), Decimal(0)) for name in MEASURES),
    )


_DAY = timedelta(days=1)
