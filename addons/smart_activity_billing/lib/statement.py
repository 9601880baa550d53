"""The lines of a statement, as they are kept and as they are read."""

import json
from datetime import date
from typing import NamedTuple

from .money import exact

KINDS = ("invoice", "contribution", "expense", "transfer", "other")


class StatementLine(NamedTuple):
    """What moved the budget. The amounts are summed exactly and go out as floats."""

    date: date
    document: str
    label: str
    kind: str  # one of KINDS
    amount: float
    running: float  # the balance after this line
    late: bool  # dated before the month of the statement
    corrects: str  # the statement that told it and does not hold any more, or ""


def read_lines(text, opening, date_from, unit):
    """Return the ``StatementLine`` of rows as the database keeps them, in JSON.

    A row is ``[analytic line, date, document, label, kind, amount, corrects]``.

    >>> text = '''[[7, "2025-02-28", "INV/1", "Work", "invoice", 100.10, null],
    ...           [8, "2025-03-02", null, null, "expense", -0.30, "A1/2025-02"]]'''
    >>> for line in read_lines(text, 0.2, date(2025, 3, 1), "0.01"):
    ...     print(line.date, line.amount, line.running, line.late, line.corrects or "-")
    2025-02-28 100.1 100.3 True -
    2025-03-02 -0.3 100.0 False A1/2025-02
    """
    running = exact(opening, unit)
    lines = []
    for _line_id, day_text, document, label, kind, value, corrects in json.loads(text):
        day, amount = date.fromisoformat(day_text), exact(value, unit)
        running += amount
        lines.append(
            StatementLine(
                day,
                document or "",
                label or "",
                kind,
                float(amount),
                float(running),
                day < date_from,
                corrects or "",
            )
        )
    return lines
