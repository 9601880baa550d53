"""Read the tables of a CSV or XLSX file that somebody sends. Plain Python, without Odoo.

What comes in is only ever looked at: no formula is calculated, no link followed, and a small file
that unfolds to a huge one is refused.
"""

import csv
import io
import warnings
import zipfile
from dataclasses import dataclass, field

import openpyxl

MAX_ROWS = 200_000
MAX_COLUMNS = 60
# What the sheets of a workbook may unfold to.
_MAX_UNFOLDED = 400 * 1024 * 1024
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class UnreadableError(ValueError):
    """The file is no table; ``code`` says why: empty, kind, large, broken."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Formula(str):
    """A cell with a formula whose result the file does not hold."""


@dataclass
class Table:
    """A sheet: its name and its rows, as ``(number of the row in the file, list of cells)``."""

    name: str
    rows: list = field(default_factory=list)


def read_tables(content):
    """Return the tables of a file.

    :param bytes content: of an XLSX file, or of a CSV file in UTF-8, UTF-16 or Windows-1252
    :raise UnreadableError: it is neither

    >>> [table] = read_tables("Naam;Bedrag\\nZoë;1,5\\n".encode())
    >>> table.rows
    [(1, ['Naam', 'Bedrag']), (2, ['Zoë', '1,5'])]
    >>> for content in (b"", b"\\x89PNG\\r\\n\\x1a\\n", b"PK\\x03\\x04"):
    ...     try:
    ...         read_tables(content)
    ...     except UnreadableError as error:
    ...         print(error.code)
    empty
    kind
    broken
    """
    if not content.strip():
        raise UnreadableError("empty")
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(content)
    return [_read_csv(content)]


def _read_csv(content):
    text = _decode(content)
    lines = text.splitlines()
    # Signs that no spreadsheet writes: a picture, a program, an old workbook.
    if any(sign < " " and sign not in "\t\r\n" for sign in text[:100_000]) or not lines:
        raise UnreadableError("kind")
    first = next((line for line in lines if line.strip(" ;,\t")), "")
    delimiter = max(";,\t", key=first.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MAX_ROWS:
                raise UnreadableError("large")
            rows.append(row[:MAX_COLUMNS])
    except csv.Error:
        raise UnreadableError("broken") from None
    return Table("", _numbered(rows))


def _decode(content):
    encoding = _BOMS.get(content[:3]) or _BOMS.get(content[:2]) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise UnreadableError("kind") from None
        # How spreadsheets here write a CSV file that is not told to be in UTF-8.
        return content.decode("cp1252", errors="replace")


def _read_workbook(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                raise UnreadableError("kind")
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNFOLDED:
                raise UnreadableError("large")
            has_formulas = any(
                b"<f>" in part or b"<f " in part
                for part in (archive.read(n) for n in names if n.startswith("xl/worksheets/sheet"))
            )
        values = _read_sheets(content, data_only=True)
        if has_formulas:
            _mark_formulas(values, _read_sheets(content, data_only=False))
    except UnreadableError:
        raise
    # The readers of zip, XML and workbooks raise whatever they come across in a broken file.
    except Exception:  # noqa: BLE001
        raise UnreadableError("broken") from None
    return values


def _read_sheets(content, data_only):
    tables = []
    with warnings.catch_warnings():
        # Of styles and extensions that do not matter here.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        for sheet in book.worksheets:
            rows = []
            for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True):
                rows.append(list(row))
            if len(rows) > MAX_ROWS and any(cell not in (None, "") for cell in rows[-1]):
                raise UnreadableError("large")
            tables.append(Table(sheet.title, _numbered(rows)))
        book.close()
    return tables


def _mark_formulas(tables, with_formulas):
    """Tell cells that are empty from those whose formula was never calculated."""
    for table, other in zip(tables, with_formulas, strict=True):
        values = dict(table.rows)
        for number, row in other.rows:
            for column, cell in enumerate(row):
                if not (isinstance(cell, str) and cell.startswith("=")):
                    continue
                known = values.get(number)
                if known is None:
                    known = values[number] = [None] * len(row)
                    table.rows.append((number, known))
                known.extend([None] * (column + 1 - len(known)))
                if known[column] is None:
                    known[column] = Formula(cell)
        table.rows.sort(key=lambda item: item[0])


def _numbered(rows):
    """Return the rows that hold something, with their number."""
    return [
        (number, row)
        for number, row in enumerate(rows, 1)
        if any(cell is not None and str(cell).strip() for cell in row)
    ]
