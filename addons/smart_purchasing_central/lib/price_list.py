"""The price list that a supplier sends as a table. Plain Python, without a database.

One row for each price: an article with three prices has three rows with its reference. Nothing is
guessed: what cannot be read is a ``Problem`` of its row, and then nothing of the file is taken.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from odoo.addons.smart_membership.lib.cell_values import Problem, read_amount, read_count, read_text
from odoo.addons.smart_membership.lib.directory_text import key
from odoo.addons.smart_membership.lib.table_file import harmless
from odoo.addons.smart_membership.lib.table_read import Formula

# What a column may be called, in English, Dutch and French; the first is how we call it.
TITLES = {
    "reference": (
        "Reference",
        "Supplier Reference",
        "Article Number",
        "Artikelnummer",
        "Referentie",
        "Référence",
        "Référence fournisseur",
        "Numéro d'article",
        "Ref.",
        "Réf.",
        "SKU",
    ),
    "product": ("Product", "Produit"),
    "unit": ("Unit", "Eenheid", "Unité"),
    "start": ("From", "From Quantity", "Vanaf", "Vanaf aantal", "À partir de", "Dès"),
    "price": (
        "Price",
        "Unit Price",
        "Price without VAT",
        "Price excl. VAT",
        "Prijs",
        "Eenheidsprijs",
        "Prijs excl. btw",
        "Prijs zonder btw",
        "Prix",
        "Prix unitaire",
        "Prix HTVA",
        "Prix HT",
        "Prix hors TVA",
    ),
    "pack": ("Pack", "Units in a Pack", "Verpakking", "Per doos", "Colisage", "Conditionnement"),
    "capacity": ("Capacity", "Available", "Beschikbaar", "Disponible", "Capacité"),
    "co2": ("CO2 (g)", "CO2", "CO2 per unit (g)"),
    "life_cycle": ("Life-cycle Cost", "Levenscycluskost", "Coût du cycle de vie"),
}
REQUIRED = ("reference", "price")
# A title that speaks of a price and of one of these is of a price with VAT in it.
_PRICE_WORDS = ("price", "prijs", "prix", "tarif", "tarief")
_WITH_VAT = ("incl", "tvac", "ttc", "tvacomprise", "withvat", "metbtw", "avectva", "gross", "bruto")
_HEADER_ROWS = 30
LARGEST_PRICE = 10_000_000
# Of what is told of columns that are not read.
LONGEST_TITLE = 64
MOST_TITLES = 20
# Of a pack by weight or volume.
PACK_DIGITS = 3


@dataclass
class Row:
    """A price of an article."""

    number: int
    reference: str = ""
    product: str = ""
    unit: str = ""
    start: int = 0
    price: Decimal | None = None
    pack: Decimal | None = None
    capacity: int | None = None
    co2: int | None = None
    life_cycle: Decimal | None = None
    problems: list = field(default_factory=list)


@dataclass
class PriceList:
    """The rows of a file, and of its titles: those that it lacks, those that are not read, and
    the one of prices that include VAT."""

    rows: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    with_vat: str = ""
    unread: list = field(default_factory=list)


def read_price_list(tables, digits=2):
    """Return the ``PriceList`` of the first table that has the columns.

    :param list tables: of ``table_read.Table``
    :param int digits: the decimals of the currency

    >>> from odoo.addons.smart_membership.lib.table_read import read_tables
    >>> text = "Artikelnummer;Vanaf;Prijs excl. btw\\nK-1;;5,20\\nK-1;100;4,80\\n;1;3\\n"
    >>> found = read_price_list(read_tables(text.encode()))
    >>> [(row.reference, row.start, str(row.price)) for row in found.rows]
    [('K-1', 0, '5.20'), ('K-1', 100, '4.80'), ('', 1, '3.00')]
    >>> [problem.code for problem in found.rows[2].problems]
    ['no_reference']
    >>> read_price_list(read_tables(b"Reference;Price incl. VAT\\nA;1\\n")).with_vat
    'Price incl. VAT'
    >>> read_price_list(read_tables(b"Reference;Colour\\n")).missing
    ['Price']
    >>> read_price_list(read_tables(b"Reference;Colour;Price;;Prix\\nA;red;1;;2\\n")).unread
    ['Colour', 'Prix']
    """
    known = {key(title): name for name, titles in TITLES.items() for title in titles}
    best = PriceList(missing=[TITLES[name][0] for name in REQUIRED])
    for table in tables:
        for place, (_number, cells) in enumerate(table.rows[:_HEADER_ROWS]):
            titles = [read_text(cell) for cell in cells]
            columns, unread = {}, []
            for position, title in enumerate(titles):
                name = known.get(key(title))
                if name and name not in columns:
                    columns[name] = position
                elif title:
                    unread.append(title[:LONGEST_TITLE])
            lacking = [TITLES[name][0] for name in REQUIRED if name not in columns]
            with_vat = next((title for title in titles if _includes_vat(title)), "")
            if not lacking:
                rows = _read_rows(table.rows[place + 1 :], columns, digits)
                return PriceList(rows, unread=unread[:MOST_TITLES])
            if len(lacking) < len(best.missing):
                best = PriceList(missing=lacking, with_vat=with_vat)
    return best


def _includes_vat(title):
    """Tell whether a title is that of a price with VAT.

    >>> [_includes_vat(title) for title in ("Prix TVAC", "Prijs incl. btw", "Price", "Inclusief")]
    [True, True, False, False]
    """
    plain = key(title)
    return any(word in plain for word in _PRICE_WORDS) and any(word in plain for word in _WITH_VAT)


def _read_rows(rows, columns, digits):
    found = []
    for number, cells in rows:
        values = {
            name: cells[place] if place < len(cells) else None for name, place in columns.items()
        }
        row = Row(number)
        for name in ("reference", "product", "unit"):
            setattr(row, name, _read_name(row, name, values.get(name)))
        if not row.reference and not row.problems:
            row.problems.append(Problem("no_reference"))
        row.start = _read(row, "start", values, read_count) or 0
        for name in ("capacity", "co2"):
            setattr(row, name, _read(row, name, values, read_count))
        for name, decimals in (("price", digits), ("life_cycle", digits), ("pack", PACK_DIGITS)):
            reader = partial(read_amount, digits=decimals)
            setattr(row, name, _read(row, name, values, reader))
        _check_row(row)
        found.append(row)
    return found


def _read_name(row, name, cell):
    """Return a text that no spreadsheet would calculate later on."""
    text = read_text(cell)[:64]
    if isinstance(cell, Formula) or text != harmless(text):
        row.problems.append(Problem("formula", name, text))
        return ""
    return text


def _read(row, name, values, reader):
    cell = values.get(name)
    if isinstance(cell, Formula):
        row.problems.append(Problem("formula", name, str(cell)[:64]))
        return None
    try:
        return reader(cell)
    except (ValueError, OverflowError):
        row.problems.append(Problem("number", name, read_text(cell)[:64]))
        return None


def _check_row(row):
    """Refuse what can be read and is no price, quantity or weight all the same."""
    wrong = {problem.column for problem in row.problems}
    if row.price is None and "price" not in wrong:
        row.problems.append(Problem("no_price"))
    for name in ("start", "price", "pack", "capacity", "co2", "life_cycle"):
        value = getattr(row, name)
        if value is None:
            continue
        too_small = value <= 0 if name in ("price", "pack") else value < 0
        if too_small or value >= LARGEST_PRICE:
            row.problems.append(Problem("range", name, str(value)))
