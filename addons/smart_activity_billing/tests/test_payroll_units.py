"""Arithmetic of payroll files and of parts that are written off: needs no database."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.smart_membership.lib.table_read import Table

from ..lib.bad_debt import next_part
from ..lib.payroll_file import Layout, find_doubles, read_sheet, read_styled_amount

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
LAYOUT = Layout(
    {"activity": "Code", "gross": "Bruto", "employer": "RSZ", "net": "Netto"}, total="Totaal"
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.dates(),
    st.text(max_size=20),
    st.sampled_from(["1.234,50", "1,234.50", "-5", "=1+1", "NaN", "€ 12", "12-"]),
)


@tagged("post_install", "-at_install")
class TestPayrollUnits(BaseCase):
    """What holds for all amounts and for whatever is in a file."""

    @given(whole=CENTS, parts=st.lists(st.integers(1, 10**7), min_size=1, max_size=8))
    @settings(max_examples=300, deadline=None)
    def test_parts_sum_to_the_whole(self, whole, parts):
        total = Decimal(sum(parts)) / 100
        done, found = Decimal(0), []
        for part in parts:
            amount = Decimal(part) / 100
            found.append(next_part(whole, total, done, amount, "0.01"))
            done += amount
        self.assertEqual(sum(found), whole)
        self.assertGreaterEqual(min(found), 0)

    @given(amount=CENTS)
    @settings(max_examples=300, deadline=None)
    def test_amounts_are_read_as_they_are_written(self, amount):
        english = f"{amount:,.2f}"
        dutch = english.replace(",", " ").replace(".", ",").replace(" ", ".")
        self.assertEqual(read_styled_amount(dutch, "comma"), amount)
        self.assertEqual(read_styled_amount(english, "point"), amount)
        self.assertEqual(read_styled_amount(f"{amount:.2f}"), amount)
        self.assertEqual(read_styled_amount(f"-{dutch}", "comma"), -amount)

    @given(rows=st.lists(st.lists(CELLS, min_size=0, max_size=5), max_size=6))
    @settings(max_examples=300, deadline=None)
    def test_no_file_breaks_the_reading(self, rows):
        header = ["Code", "Bruto", "RSZ", "Netto"]
        table = Table("", [(1, header), *((number, row) for number, row in enumerate(rows, 2))])
        sheet = read_sheet([table], LAYOUT)
        self.assertEqual(len(sheet.rows) + len(sheet.totals), len(rows))
        for row in sheet.rows:
            self.assertTrue(row.cost.is_finite())
            self.assertTrue(row.problems or row.cost >= 0)
        self.assertLess(len(find_doubles(sheet.rows)), len(sheet.rows) + 1)
