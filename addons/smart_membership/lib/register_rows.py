"""The rows of a historic register, read and checked one by one. Plain Python, without Odoo."""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from . import register_columns as words
from .cell_values import Problem, read_amount, read_count, read_date, read_text
from .directory_text import key
from .join_form import EMAIL
from .table_read import Formula

# A longer number is the one of a company.
MOST_MEMBER_NUMBER = 99_999_999
MOST_QUANTITY = 10_000_000
FIRST_DAY = datetime.date(1800, 1, 1)
_KINDS = words.by_word(words.KINDS)
_CATEGORIES = words.by_word(words.CATEGORIES)
_REASONS = words.by_word(words.REASONS)
_LANGUAGES = words.by_word(words.LANGUAGES)
# Kind -> whether a holder gives and whether one receives; None where both are possible.
SIDES = {
    "issue": (False, True),
    "payment": (False, True),
    "transfer": (True, True),
    "redemption": (True, False),
    "conversion": (None, None),
    "reversal": (None, None),
}


@dataclass
class Row:
    """A row of a table: its number in the file, its sheet, and what is wrong with it."""

    number_in_file: int
    sheet: str
    problems: list = field(default_factory=list)

    def refuse(self, code, column="", value=""):
        """Add a problem."""
        self.problems.append(Problem(code, column, read_text(value)))


@dataclass
class MovementRow(Row):
    """A movement as the file has it. Holders are references, as ``read_reference`` returns."""

    number: int | None = None
    date: datetime.date | None = None
    kind: str = ""
    share_class: str = ""
    holder_from: tuple | None = None
    holder_to: tuple | None = None
    quantity: int = 0
    unit_price: Decimal | None = None
    paid_up: Decimal | None = None
    origin: str = ""


@dataclass
class MemberRow(Row):
    """A member as the file has it."""

    number: int | None = None
    name: str = ""
    kbo: str = ""
    birth_date: datetime.date | None = None
    email: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    lang: str = ""
    category: str = ""
    date_start: datetime.date | None = None
    date_end: datetime.date | None = None
    exit_reason: str = ""


def read_reference(cell):
    """Return who is meant in the columns From and To, None for an empty cell.

    :return: ``("number", 12)``, ``("email", "ann@example.com")`` or ``("kbo", "0477472701")``
    :raise ValueError: it is none of these

    >>> read_reference(12.0), read_reference("#12"), read_reference("0477.472.701")
    (('number', 12), ('number', 12), ('kbo', '0477472701'))
    >>> read_reference("Ann@Example.com"), read_reference(" ")
    (('email', 'ann@example.com'), None)
    >>> read_reference("Ann")
    Traceback (most recent call last):
    ...
    ValueError: Ann
    """
    text = read_text(cell)
    if not text:
        return None
    if EMAIL.fullmatch(text):
        return ("email", text.lower())
    digits = text.removeprefix("#")
    if re.fullmatch(r"\d{1,8}", digits, re.ASCII) and int(digits):
        return ("number", int(digits))
    try:
        return ("kbo", read_kbo(cell))
    except ValueError:
        raise ValueError(text) from None


def read_kbo(cell):
    """Return the ten digits of a Belgian company number, "" for an empty cell.

    >>> read_kbo("BE 0477.472.701"), read_kbo(477472701), read_kbo(None)
    ('0477472701', '0477472701', '')
    """
    text = read_text(cell)
    if not text:
        return ""
    try:
        return vat.validate(text)
    except ValidationError:
        raise ValueError(text) from None


def read_movement(number_in_file, cells, section, today, digits):
    """Return a row of movements, with all that is wrong in it."""
    row = MovementRow(number_in_file, section.sheet)
    get = _Getter(row, cells, section)
    row.number = get(read_count, "number", "number", needed=True)
    row.date = get(read_date, "date", "date", needed=True)
    row.kind = get(_word(_KINDS), "kind", "kind", needed=True) or ""
    row.share_class = get(read_text, "share_class", "text", needed=True) or ""
    row.holder_from = get(read_reference, "holder_from", "holder")
    row.holder_to = get(read_reference, "holder_to", "holder")
    row.quantity = get(read_count, "quantity", "quantity", needed=row.kind != "payment") or 0
    row.unit_price = get(lambda cell: read_amount(cell, digits), "unit_price", "price", needed=True)
    row.paid_up = get(lambda cell: read_amount(cell, digits), "paid_up", "amount")
    row.origin = get(read_text, "origin", "text") or ""
    _check_numbers(row, today)
    _check_sides(row, get.failed)
    _check_amounts(row, get.failed)
    return row


def _check_numbers(row, today):
    if row.number is not None and not 0 < row.number < 2**31:
        row.refuse("number", "number", row.number)
        row.number = None
    if row.date and not FIRST_DAY <= row.date <= today:
        row.refuse("future" if row.date > today else "date", "date", row.date)
        row.date = None


def _check_sides(row, failed):
    if not row.kind:
        return
    gives, receives = SIDES[row.kind]
    for wanted, column in ((gives, "holder_from"), (receives, "holder_to")):
        if column in failed:
            continue
        if wanted and not getattr(row, column):
            row.refuse("holder_missing", column)
        if wanted is False and getattr(row, column):
            row.refuse("holder_too_many", column, getattr(row, column)[1])
    if failed & {"holder_from", "holder_to"}:
        return
    holders = [holder for holder in (row.holder_from, row.holder_to) if holder]
    if gives is None and (not holders or (row.kind == "conversion" and len(holders) == 2)):
        row.refuse("holder_one" if row.kind == "conversion" else "holder_none", "holder_to")


def _check_amounts(row, failed):
    if "quantity" not in failed:
        if row.kind == "payment" and row.quantity:
            row.refuse("payment_quantity", "quantity", row.quantity)
        elif not 0 <= row.quantity <= MOST_QUANTITY or (
            not row.quantity and row.kind not in ("payment", "reversal")
        ):
            row.refuse("quantity", "quantity", row.quantity)
    if row.unit_price is not None and row.unit_price <= 0:
        row.refuse("price", "unit_price", row.unit_price)
    if failed & {"paid_up", "quantity"} or row.unit_price is None:
        return
    full = row.unit_price * row.quantity
    if row.paid_up is None and row.quantity:
        # By law shares are paid up at issue: what is not said is the rule.
        row.paid_up = full
    elif not row.paid_up and not row.quantity:
        row.refuse("missing", "paid_up")
    elif row.paid_up < 0 or (row.quantity and row.paid_up > full):
        row.refuse("paid_up", "paid_up", row.paid_up)


def read_member(number_in_file, cells, section, today):
    """Return a row of members, with all that is wrong in it."""
    row = MemberRow(number_in_file, section.sheet)
    get = _Getter(row, cells, section)
    row.number = get(read_count, "number", "number")
    row.name = get(read_text, "name", "text", needed=True) or ""
    row.kbo = get(read_kbo, "kbo", "kbo") or ""
    row.birth_date = get(read_date, "birth_date", "date")
    row.email = get(_read_email, "email", "email") or ""
    for name in ("street", "zip", "city", "country"):
        setattr(row, name, get(read_text, name, "text") or "")
    row.lang = get(_word(_LANGUAGES), "lang", "lang") or ""
    row.category = get(_word(_CATEGORIES), "category", "category") or ""
    row.date_start = get(read_date, "date_start", "date")
    row.date_end = get(read_date, "date_end", "date")
    row.exit_reason = get(_word(_REASONS), "exit_reason", "exit_reason") or ""
    if row.number is not None and not 0 < row.number <= MOST_MEMBER_NUMBER:
        row.refuse("number", "number", row.number)
        row.number = None
    for name in ("birth_date", "date_start", "date_end"):
        day = getattr(row, name)
        if day and not FIRST_DAY <= day <= today:
            row.refuse("future" if day > today else "date", name, day)
    if row.date_start and row.date_end and row.date_end < row.date_start:
        row.refuse("end_before_start", "date_end", row.date_end)
    return row


def _read_email(cell):
    text = read_text(cell)
    if text and not EMAIL.fullmatch(text):
        raise ValueError(text)
    return text.lower()


def _word(known):
    def read(cell):
        text = read_text(cell)
        if not text:
            return ""
        if key(text) not in known:
            raise ValueError(text)
        return known[key(text)]

    return read


class _Getter:
    """Reads the cells of a row by the names of their columns, and notes what cannot be read."""

    def __init__(self, row, cells, section):
        self.row = row
        self.cells = cells
        self.section = section
        self.failed = set()

    def __call__(self, reader, column, code, needed=False):
        """Return what a reader makes of a cell; None when it is empty or wrong.

        :param code: names the problem when it cannot be read
        """
        place = self.section.columns.get(column, len(self.cells))
        cell = self.cells[place] if place < len(self.cells) else None
        if isinstance(cell, Formula):
            return self._refuse("formula", column, cell)
        try:
            value = reader(cell)
        except ValueError:
            return self._refuse(code, column, cell)
        if needed and value in (None, ""):
            return self._refuse("missing", column, None)
        return value

    def _refuse(self, code, column, cell):
        self.failed.add(column)
        self.row.refuse(code, column, cell)
