"""What somebody typed in a cell of a table, as the value that it means. Plain Python.

Nothing is guessed: a text that can mean two things means none.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]")
_CURRENCY = re.compile(r"^(?:€|EUR)|(?:€|EUR)$", re.IGNORECASE)
# More than any co-operative has, and still exact in every column of the database.
_MOST = Decimal(10) ** 12
_MOST_COUNT = 10**8
_NOT_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: ``code`` says what, ``column`` and ``value`` where."""

    code: str
    column: str = ""
    value: str = ""


def read_text(cell):
    """Return a cell as one line of text without characters that are none.

    >>> read_text("  Rue  Haute \\x00 3"), read_text(1070), read_text(1070.0), read_text(None)
    ('Rue Haute 3', '1070', '1070', '')
    """
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return " ".join(_NOT_TEXT.sub(" ", str(cell)).split())


def read_amount(cell, digits=2):
    """Return an amount as a ``Decimal``, None for an empty cell.

    :param int digits: how many decimals the currency has
    :raise ValueError: it is no number, has more decimals, or can be read in two ways

    >>> [str(read_amount(text)) for text in ("50", "1.234,5", "1 234,56 €", "1,234.56", 33.3)]
    ['50.00', '1234.50', '1234.56', '1234.56', '33.30']
    >>> for text in ("1.234", "1,234", "12,3,4", "fifty", "1.23.4", True):
    ...     try:
    ...         print(read_amount(text))
    ...     except ValueError:
    ...         print("?", end="")
    ??????
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _exact(Decimal(str(round(cell, 9))) if _finite(cell) else Decimal("NaN"), digits)
    if not isinstance(cell, str):
        raise ValueError(cell)
    text = _CURRENCY.sub("", cell.strip()).strip()
    if re.fullmatch(r"[+-]?\d{1,3}( \d{3})+([.,]\d{1,2})?", _SPACES.sub(" ", text), re.ASCII):
        text = _SPACES.sub("", text)
    if not text:
        return None
    try:
        return _exact(Decimal(_plain(text)), digits)
    except InvalidOperation:
        raise ValueError(cell) from None


def read_count(cell):
    """Return a whole number, None for an empty cell.

    :raise ValueError: it is no whole number, or can be read in two ways

    >>> read_count("12"), read_count(12.0), read_count(" "), read_count("#7")
    (12, 12, None, 7)
    >>> read_count("1,5")
    Traceback (most recent call last):
    ...
    ValueError: 1,5
    """
    if isinstance(cell, str):
        cell = cell.strip().removeprefix("#")
    amount = read_amount(cell)
    if amount is None:
        return None
    if amount != int(amount) or abs(amount) > _MOST_COUNT:
        raise ValueError(cell)
    return int(amount)


def read_date(cell):
    """Return a day, None for an empty cell.

    Days come as a spreadsheet keeps them, as ``31/12/2019`` (also with points or dashes), or as
    ``2019-12-31``. A year has four digits.

    :raise ValueError: it is no day

    >>> read_date("1/2/2019"), read_date("01.02.2019"), read_date("2019-02-01"), read_date("")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 1), datetime.date(2019, 2, 1), None)
    >>> for text in ("31/02/2019", "1/2/19", "12/31/2019", 43497, "yesterday"):
    ...     try:
    ...         print(read_date(text))
    ...     except ValueError:
    ...         print("?", end="")
    ?????
    """
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        raise ValueError(cell)
    text = cell.strip()
    if not text:
        return None
    # Some programs write midnight after the day.
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
    if match := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", text, re.ASCII):
        day, _sign, month, year = match.groups()
        return date(int(year), int(month), int(day))
    if match := re.fullmatch(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})", text, re.ASCII):
        year, _sign, month, day = match.groups()
        return date(int(year), int(month), int(day))
    raise ValueError(cell)


def _finite(number):
    return abs(number) < float(_MOST)


def _exact(amount, digits):
    """Return the amount with its decimals, when it has no more than these."""
    if not amount.is_finite() or abs(amount) >= _MOST:
        raise ValueError(str(amount))
    rounded = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004; what differs more is another amount.
    if abs(rounded - amount) > Decimal("0.000001"):
        raise ValueError(str(amount))
    return rounded


def _plain(text):
    """Return a typed number with a point for its decimals and no sign between thousands."""
    if re.fullmatch(r"[+-]?\d+([.,]\d{1,2}|[.,]\d{4,9})?", text, re.ASCII):
        return text.replace(",", ".")
    for thousands, decimals in ((".", ","), (",", ".")):
        group = re.escape(thousands)
        # One group of three digits and nothing else can be thousands or decimals.
        if re.fullmatch(
            rf"[+-]?\d{{1,3}}(?:({group}\d{{3}})+{re.escape(decimals)}\d{{1,2}}|({group}\d{{3}}){{2,}})",
            text,
            re.ASCII,
        ):
            return text.replace(thousands, "").replace(decimals, ".")
    raise ValueError(text)
