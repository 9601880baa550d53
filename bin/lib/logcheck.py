"""Fail on any warning or error in a log of Odoo, except what the stock addons are known to say.

    logcheck.py LOGFILE...

The known lines are in bin/lib/known_warnings.txt. Exit 1, with the offending lines, when there
are others.
"""

import re
import sys
from pathlib import Path

ALLOWED = Path(__file__).with_name("known_warnings.txt")
# A line of Odoo's log: "2026-01-31 12:00:00,000 1234 WARNING database logger: message".
RECORD = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) ")
BAD_LEVELS = {"WARNING", "ERROR", "CRITICAL"}


def allowed_texts() -> list[str]:
    """Return the texts that a warning may contain."""
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def is_allowed(text: str) -> bool:
    """Tell whether a stock addon is known to log this text."""
    return any(allowed in text for allowed in allowed_texts())


def records(text: str) -> list[tuple[str, str]]:
    r"""Split a log into (level, record); lines without a header belong to the record before them.

    >>> log = "2026-01-31 12:00:00,0 7 ERROR d a: b\nTraceback\n2026-01-31 12:00:01,0 7 INFO d a: b"
    >>> [level for level, _record in records(log)]
    ['ERROR', 'INFO']
    >>> records(log)[0][1].endswith("b\nTraceback")
    True
    """
    result: list[tuple[str, str]] = []
    for line in text.splitlines():
        header = RECORD.match(line)
        if header:
            result.append((header["level"], line))
        elif result:
            level, record = result[-1]
            result[-1] = (level, f"{record}\n{line}")
        elif line.strip():
            # Before the first record: the interpreter itself, or the start of Odoo.
            result.append(("", line))
    return result


def problems(text: str) -> list[str]:
    """Return the records of a log that nobody expects."""
    return [
        record for level, record in records(text) if level in BAD_LEVELS and not is_allowed(record)
    ]


if __name__ == "__main__":
    found = [
        problem
        for name in sys.argv[1:]
        for problem in problems(Path(name).read_text(encoding="utf-8"))
    ]
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)
