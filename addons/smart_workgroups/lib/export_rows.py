"""Rows that members take along: as CSV for a spreadsheet, or as JSON."""

import csv
import io
import json

from odoo.addons.smart_membership.lib.typed_text import inert_cell


def to_csv(columns, rows):
    r"""Return rows of dictionaries as CSV with a byte order mark, which spreadsheets ask for.

    >>> to_csv(["a", "b"], [{"a": "x;y", "b": "=1"}])
    "\ufeffa,b\r\nx;y,'=1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (row[column] for column in columns)
        writer.writerow(["" if cell is False else inert_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def to_json(rows):
    """Return rows as JSON, with days as ISO dates.

    >>> to_json([{"name": "é"}])
    '[\\n {\\n  "name": "é"\\n }\\n]'
    """
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str)
