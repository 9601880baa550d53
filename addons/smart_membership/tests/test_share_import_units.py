from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.cell_values import read_amount, read_count, read_date
from ..lib.directory_text import key
from ..lib.register_columns import CATEGORIES, COLUMNS, KINDS, LANGUAGES, REASONS, by_word
from ..lib.register_replay import Step, check_order, play
from ..lib.register_rows import read_reference
from ..lib.table_file import csv_file
from ..lib.table_read import UnreadableError, read_tables

AMOUNTS = st.decimals(0, 10**9, places=2)
DAYS = st.dates(date(1800, 1, 1), date(2200, 1, 1))
SPACES = (" ", "\u00a0", "\u202f")


def grouped(amount, thousands, decimals):
    """Write an amount with a sign between thousands."""
    text = f"{amount:,.2f}".replace(",", "T").replace(".", decimals)
    return text.replace("T", thousands)


@tagged("post_install", "-at_install")
class TestShareImportUnits(BaseCase):
    """What people and spreadsheets write comes back as the same value, or is refused."""

    @given(AMOUNTS, st.sampled_from(SPACES))
    def test_amounts_come_back(self, amount, space):
        plain = f"{amount:.2f}"
        for text in (
            plain,
            plain.replace(".", ","),
            grouped(amount, ".", ","),
            grouped(amount, ",", "."),
            grouped(amount, space, ","),
            f" {grouped(amount, '.', ',')} € ",
            f"EUR{space}{plain}",
        ):
            self.assertEqual(read_amount(text), amount, text)
        self.assertEqual(read_amount(float(amount)), amount)

    @given(st.integers(0, 10**8), st.sampled_from((".", ",")))
    def test_no_amount_is_read_a_thousand_times_too_large(self, number, sign):
        text = f"{number}{sign}{number % 1000:03}"
        with self.assertRaises(ValueError):
            read_amount(text)

    @given(st.text(max_size=12))
    def test_any_text_is_read_or_refused(self, text):
        for reader in (read_amount, read_count, read_date, read_reference):
            try:
                reader(text)
            except ValueError:
                continue

    @given(st.one_of(st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
    def test_any_cell_is_read_or_refused(self, cell):
        for reader in (read_amount, read_count, read_date, read_reference):
            try:
                reader(cell)
            except ValueError:
                continue

    @given(st.integers(0, 10**8))
    def test_whole_numbers_come_back(self, number):
        self.assertEqual([read_count(str(number)), read_count(float(number))], [number] * 2)
        with self.assertRaises(ValueError):
            read_count(number + 0.5)

    @given(DAYS)
    def test_days_come_back(self, day):
        for cell in (
            day,
            datetime(day.year, day.month, day.day),
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year:04}",
            f"{day.day:02}.{day.month:02}.{day.year:04}",
            f"{day.day}-{day.month}-{day.year:04}",
            f" {day.isoformat()} 00:00:00",
        ):
            self.assertEqual(read_date(cell), day, cell)

    @given(
        st.lists(
            st.tuples(
                st.text(
                    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
                    max_size=20,
                ),
                DAYS,
            ),
            min_size=1,
            max_size=5,
        ),
        st.sampled_from((".", ",")),
    )
    def test_our_own_tables_come_back(self, rows, point):
        [table] = read_tables(csv_file(["Text", "Day"], rows, point))
        self.assertEqual(len(table.rows), len(rows) + 1)
        for (_number, cells), (text, day) in zip(table.rows[1:], rows, strict=True):
            self.assertIn(cells[0], (text, f"'{text}"))
            self.assertEqual(read_date(cells[1]), day)

    @given(st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, content):
        for whole in (content, b"PK\x03\x04" + content):
            try:
                read_tables(whole)
            except UnreadableError as error:
                self.assertIn(error.code, ("empty", "kind", "large", "broken"))

    def test_each_word_means_one_thing(self):
        for words in (*COLUMNS.values(), KINDS, CATEGORIES, REASONS, LANGUAGES):
            found = by_word(words)
            for name, synonyms in words.items():
                for synonym in synonyms:
                    self.assertEqual(found[key(synonym)], name, synonym)

    @given(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 5)),
            max_size=12,
        )
    )
    def test_what_plays_without_a_finding_never_falls_below_zero(self, moves):
        steps = [
            Step(
                place,
                place,
                place,
                "A",
                None if giver == receiver else giver,
                receiver,
                quantity,
                Decimal(quantity),
            )
            for place, (giver, receiver, quantity) in enumerate(moves, 1)
        ]
        self.assertFalse(check_order(steps))
        held, short = {}, []
        for step in steps:
            if step.giver:
                if held.get(step.giver, 0) < step.quantity:
                    short.append(step.row)
                held[step.giver] = max(held.get(step.giver, 0) - step.quantity, 0)
            held[step.receiver] = held.get(step.receiver, 0) + step.quantity
        positions = {}
        self.assertEqual([finding.row for finding in play(steps, positions)], short)
        self.assertEqual({key[0]: value[0] for key, value in positions.items()}, held)
