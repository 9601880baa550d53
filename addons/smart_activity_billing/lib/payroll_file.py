"""The wage costs in the file of a social secretariat. Plain Python, without a database.

Each provider writes another table; a ``Layout`` says which column holds what. Nothing is guessed:
what cannot be read is a ``Problem`` of its row, and the row is not booked.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from odoo.addons.smart_membership.lib.cell_values import Problem, read_amount, read_date, read_text
from odoo.addons.smart_membership.lib.directory_text import key
from odoo.addons.smart_membership.lib.table_read import Formula

# What a month costs the cooperative for one person, and what of it goes to the person.
COSTS = ("gross", "employer", "other")
AMOUNTS = (*COSTS, "net")
COLUMNS = ("member", "activity", "period", *AMOUNTS)
# Nobody earns this much in a month: most likely a typing error.
LARGEST_AMOUNT = 10_000_000
# Files begin with a title and an address, not with a page of them.
HEADER_ROWS = 30


@dataclass
class Layout:
    """Where a provider writes what.

    ``headers`` has the title of each column by its key in ``COLUMNS``, without those it lacks.
    """

    headers: dict
    decimal: str = "auto"  # auto, comma or point
    period: str = "auto"  # auto, day_first or month_first
    total: str = ""  # how the line of totals begins
    negative: bool = False


@dataclass
class Row:
    """A row of the file; amounts are ``Decimal``, 0 where the cell is empty."""

    number: int
    member: str = ""
    activity: str = ""
    period: date | None = None
    gross: Decimal = Decimal(0)
    employer: Decimal = Decimal(0)
    other: Decimal = Decimal(0)
    net: Decimal = Decimal(0)
    problems: list = field(default_factory=list)

    @property
    def cost(self):
        """What the Activity pays."""
        return self.gross + self.employer + self.other


@dataclass
class Sheet:
    """The rows of a table, its lines of totals and the titles that it lacks."""

    rows: list = field(default_factory=list)
    totals: list = field(default_factory=list)
    missing: list = field(default_factory=list)


def read_sheet(tables, layout, digits=2):
    """Return the ``Sheet`` of the first table that has all columns of the layout.

    :param list tables: of ``table_read.Table``
    :param int digits: the decimals of the currency

    >>> from odoo.addons.smart_membership.lib.table_read import read_tables
    >>> layout = Layout(dict(activity="Code", gross="Bruto", net="Netto"), total="Totaal")
    >>> text = "Loonkost\\n\\nCode;Bruto;Netto\\nA00001;1.000,50;800\\nTotaal;1.000,50;800\\n"
    >>> sheet = read_sheet(read_tables(text.encode()), layout)
    >>> [(row.number, row.activity, str(row.cost), str(row.net)) for row in sheet.rows]
    [(4, 'A00001', '1000.50', '800.00')]
    >>> [str(row.net) for row in sheet.totals]
    ['800.00']
    >>> read_sheet(read_tables(b"Code;Netto\\n"), layout).missing
    ['Bruto']
    """
    missing = list(layout.headers.values())
    for table in tables:
        for place, (_number, cells) in enumerate(table.rows[:HEADER_ROWS]):
            columns, lacking = _find_columns(cells, layout)
            if not lacking:
                return _read_rows(table.rows[place + 1 :], columns, layout, digits)
            missing = min(missing, lacking, key=len)
    return Sheet(missing=missing)


def _find_columns(cells, layout):
    places = {}
    for place, cell in enumerate(cells):
        places.setdefault(key(read_text(cell)), place)
    columns = {name: places.get(key(title)) for name, title in layout.headers.items()}
    lacking = [layout.headers[name] for name, place in columns.items() if place is None]
    return columns, lacking


def _read_rows(rows, columns, layout, digits):
    sheet = Sheet()
    for number, cells in rows:
        values = {
            name: cells[place] if place < len(cells) else None for name, place in columns.items()
        }
        row = Row(number)
        _read_amounts(row, values, layout, digits)
        if _is_total(cells, layout):
            sheet.totals.append(row)
            continue
        for name in ("member", "activity"):
            setattr(row, name, _read_code(row, name, values.get(name)))
        _read_period(row, values, layout)
        sheet.rows.append(row)
    return sheet


def _is_total(cells, layout):
    """Tell whether the first cell that holds something begins as a line of totals does."""
    first = next((text for text in map(read_text, cells) if text), "")
    return bool(layout.total) and key(first).startswith(key(layout.total))


def _read_code(row, name, cell):
    if isinstance(cell, Formula):
        row.problems.append(Problem("formula", name))
        return ""
    return read_text(cell)[:64]


def _read_period(row, values, layout):
    cell = values.get("period")
    if isinstance(cell, Formula):
        row.problems.append(Problem("formula", "period"))
    elif "period" in values:
        try:
            row.period = read_period(cell, layout.period)
        except ValueError:
            row.problems.append(Problem("period", "period", read_text(cell)[:64]))


def _read_amounts(row, values, layout, digits):
    for name in AMOUNTS:
        cell = values.get(name)
        if isinstance(cell, Formula):
            row.problems.append(Problem("formula", name))
            continue
        try:
            amount = read_styled_amount(cell, layout.decimal, digits)
        except ValueError:
            row.problems.append(Problem("amount", name, read_text(cell)[:64]))
            continue
        if amount < 0 and not layout.negative:
            row.problems.append(Problem("negative", name, str(amount)))
        elif abs(amount) >= LARGEST_AMOUNT:
            row.problems.append(Problem("large", name, str(amount)))
        else:
            setattr(row, name, amount)


def read_styled_amount(cell, style="auto", digits=2):
    """Return the amount in a cell, 0 when it is empty.

    :param str style: ``comma`` or ``point`` for the sign before the decimals, ``auto`` for what
        can be read in one way only
    :raise ValueError: it is no amount, or could be two

    >>> read_styled_amount("1.234")
    Traceback (most recent call last):
    ...
    ValueError: 1.234
    >>> str(read_styled_amount("1.234", "comma")), str(read_styled_amount("1,234.5", "point"))
    ('1234.00', '1234.50')
    >>> str(read_styled_amount("-12,3", "comma")), str(read_styled_amount(" ")), 7
    ('-12.30', '0', 7)
    >>> for text in ("NaN", "inf", "1e5", "=1+1", "12,345", "1.23,4.5", float("nan")):
    ...     try:
    ...         print(read_styled_amount(text, "comma"))
    ...     except ValueError:
    ...         print("?", end="")
    ???????
    """
    if isinstance(cell, str) and style != "auto":
        thousands, decimal = (".", ",") if style == "comma" else (",", ".")
        text = re.sub(r"[\s\u00a0\u202f'\u2019]|€|EUR", "", cell)
        pattern = rf"[+-]?(\d+|\d{{1,3}}(\{thousands}\d{{3}})+)(\{decimal}\d{{1,2}})?-?"
        if text and not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(cell)
        # Some programs write the sign behind.
        if text.endswith("-"):
            text = f"-{text[:-1]}"
        cell = text.replace(thousands, "").replace(decimal, ".")
    amount = read_amount(cell, digits)
    return Decimal(0) if amount is None else amount


def read_period(cell, style="auto"):
    """Return the first day of the month that a cell names.

    :param str style: whether dates begin with the day or with the month; ``auto`` takes day first
    :raise ValueError: it names no month

    >>> read_period("10/2026"), read_period("2026-1"), read_period(202610)
    (datetime.date(2026, 10, 1), datetime.date(2026, 1, 1), datetime.date(2026, 10, 1))
    >>> read_period("03/04/2026"), read_period("03/04/2026", "month_first")
    (datetime.date(2026, 4, 1), datetime.date(2026, 3, 1))
    >>> for text in ("13/2026", "", "soon", "2026", None, 20261):
    ...     try:
    ...         print(read_period(text))
    ...     except ValueError:
    ...         print("?", end="")
    ??????
    """
    if isinstance(cell, (date, datetime)):
        return date(cell.year, cell.month, 1)
    text = read_text(cell)
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{4})", text, re.ASCII):
        return date(int(match[2]), int(match[1]), 1)
    if match := re.fullmatch(r"(\d{4})[/.\- ]?(\d{2})|(\d{4})[/.\- ](\d)", text, re.ASCII):
        return date(int(match[1] or match[3]), int(match[2] or match[4]), 1)
    if style == "month_first":
        text = re.sub(r"^(\d{1,2})([/.\-])(\d{1,2})\2", r"\3\2\1\2", text)
    day = read_date(text)
    if not day:
        raise ValueError(cell)
    return day.replace(day=1)


def find_doubles(rows):
    """Return ``[(row, the earlier row for the same person and Activity, all the same?)]``.

    >>> one, two, three = (Row(n, "7", "A1", gross=Decimal(g)) for n, g in ((1, 5), (2, 5), (3, 6)))
    >>> [(row.number, first.number, same) for row, first, same in find_doubles([one, two, three])]
    [(2, 1, True), (3, 1, False)]
    """
    seen, doubles = {}, []
    for row in rows:
        who = (key(row.member), key(row.activity))
        same = any(
            all(getattr(row, name) == getattr(other, name) for name in AMOUNTS)
            for other in seen.get(who, ())
        )
        if who in seen:
            doubles.append((row, seen[who][0], same))
        seen.setdefault(who, []).append(row)
    return doubles
