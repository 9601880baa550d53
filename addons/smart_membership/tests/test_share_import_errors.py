import base64
import io
import re
import zipfile
from datetime import datetime

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import HISTORY, MEMBERS, MOVEMENTS, PEOPLE, ImportCase, register, workbook


def with_row(place, **cells):
    """Return the history with some cells of a row replaced."""
    names = (
        "number",
        "date",
        "kind",
        "share_class",
        "giver",
        "receiver",
        "quantity",
        "price",
        "paid_up",
        "origin",
    )
    row = dict(zip(names, HISTORY[place], strict=True)) | cells
    return [*HISTORY[:place], tuple(row.values()), *HISTORY[place + 1 :]]


@tagged("post_install", "-at_install")
class TestShareImportErrors(ImportCase):
    """What does not fit is listed, all at once and with its row; nothing is written."""

    def assert_nothing_written(self):
        self.assertFalse(self._register())
        self.assertFalse(self._members())

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def test_all_errors_at_once(self):
        history = [
            (1, "01/03/2011", "Gift", "A", "", 1, 10, 50, "", ""),
            (2, "01/03/2011", "Issue", "B", "", 2, 4, 50, "", ""),
            (3, "31/02/2012", "Issue", "C", "", 4, 2, 250, "", ""),
            (4, "15/06/2014", "Transfer", "A", 1, "", 3, "fifty", "", ""),
            (5, "30/06/2015", "Redemption", "A", 12, "", 7, 50, "", ""),
            (6, "30/06/2015", "Issue", "A", "", 1, "1,5", 50, "", ""),
        ]
        errors = self._errors(history)
        for row, pattern in (
            (2, "Gift.*is not known.*Issue"),
            (3, "no share class B.*A, C"),
            (4, "31/02/2012.*no day"),
            (5, "To is empty"),
            (5, "fifty.*no price"),
            (6, "12.*nobody"),
            (7, "1,5.*no whole number"),
        ):
            found = "\n".join(message for number, message in errors if number == row)
            self.assertRegex(found, pattern, errors)
        self.assertEqual(len(errors), 7, errors)
        self.assert_nothing_written()

    def test_an_import_with_errors_is_refused(self):
        record = self._check(register(with_row(0, kind="Gift")))
        with self.assertRaisesRegex(UserError, "not ready"):
            record.action_import()
        draft = self._make(register())
        with self.assertRaisesRegex(UserError, "not ready"):
            draft.action_import()
        self.assert_nothing_written()

    def test_gaps_doubles_and_days(self):
        self.assert_error("Number 3 is missing", 4, [*HISTORY[:2], *HISTORY[3:]])
        self.assert_error("numbers 1 to 2 are missing", 2, HISTORY[2:])
        self.assert_error("already, in row 3", 4, with_row(2, number=2))
        errors = self.assert_error(
            "before.*June|before.*06/15/2014", 6, with_row(4, date="1/1/2013")
        )
        self.assertEqual(len(errors), 1)
        self.assert_error("future", 6, with_row(4, date="1/1/2999"))
        self.assert_error("number above zero", 2, with_row(0, number=0))
        self.assert_error("Number is empty", 2, with_row(0, number=""))

    def test_more_given_than_held(self):
        errors = self.assert_error(
            "Ann Peeters holds 10 shares.*movement 4.*11", 5, with_row(3, quantity=11, paid_up="")
        )
        self.assertEqual(len(errors), 1, errors)
        # Never more paid up than is there.
        history = with_row(0, paid_up=100)
        self.assert_error("100.00 is paid up before movement 4.*150.00", 5, history)

    def test_amounts(self):
        for cells, pattern in (
            ({"price": 0}, "no price above zero"),
            ({"price": -50}, "no price above zero"),
            ({"price": "1,234"}, "no price"),
            ({"price": 33.333}, "no price"),
            ({"quantity": 0}, "no whole number above zero"),
            ({"quantity": -3}, "no whole number above zero"),
            ({"quantity": "ten"}, "no whole number"),
            ({"paid_up": 501}, "more than the shares"),
            ({"paid_up": -1}, "below zero"),
            ({"paid_up": "=1+"}, "no amount|formula"),
        ):
            with self.subTest(cells=cells):
                self.assert_error(pattern, 2, with_row(0, **cells))

    def test_holders_fit_the_kind(self):
        for place, cells, pattern in (
            (0, {"giver": 2}, "must be empty"),
            (0, {"receiver": ""}, "To is empty"),
            (3, {"giver": ""}, "From is empty"),
            (3, {"receiver": 1}, "to oneself"),
            (4, {"receiver": 1}, "must be empty"),
            (0, {"receiver": "Ann"}, "no member number"),
            (3, {"kind": "Conversion"}, "two rows"),
            (4, {"kind": "Reversal", "giver": ""}, "who gives or who receives"),
            (4, {"kind": "Payment", "giver": "", "receiver": 2}, "moves no shares"),
            (
                4,
                {"kind": "Payment", "giver": "", "receiver": 2, "quantity": "", "paid_up": ""},
                "Paid up is empty",
            ),
        ):
            with self.subTest(cells=cells):
                self.assert_error(pattern, place + 2, with_row(place, **cells))

    def test_another_value_than_in_the_register(self):
        self._import()
        changed = with_row(0, quantity=12, paid_up="", origin="Deed of 2011", receiver=2)
        record = self._check(register(changed))
        self.assertEqual(
            sorted(record.error_ids.mapped(lambda one: (one.row, one.old_value, one.new_value))),
            [
                (2, "$\xa0500.00", "$\xa0600.00"),
                (2, "10", "12"),
                (2, "Ann Peeters", "Bob Dupont"),
                (2, "Deed", "Deed of 2011"),
            ],
        )
        with self.assertRaises(UserError):
            record.action_import()

    def test_the_past_comes_first(self):
        self._member(2)
        history = [(2, "01/03/2011", "Issue", "A", "", 2, 10, 50, "", "Deed")]
        people = [{"number": 2, "name": "Ann", "category": "user"}]
        self.assert_error("last movement in the register", 2, history, people)

    def test_something_was_recorded_since_the_check(self):
        record = self._check()
        self._member(2)
        result = record.action_import()
        self.assertEqual(result["params"]["type"], "warning")
        self.assertEqual(record.state, "checked")
        self.assertTrue(record.error_ids)
        self.assertEqual(len(self._register()), 1)

    # ------------------------------------------------------------------
    # Members
    # ------------------------------------------------------------------

    def test_nobody_is_guessed(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Ann Peeters", "email": "ann@example.com"},
                {"name": "Ann Peeters", "email": "ANN@example.com"},
                {"name": "Cas", "email": "bob@example.com"},
                {"name": "Museum", "company_registry": "0403.170.701"},
                {"name": "Museum again", "vat": "BE0403170701"},
            ]
        )
        errors = self._errors()
        text = "\n".join(message for _row, message in sorted(errors))
        self.assertRegex(text, f"Ann Peeters may be.*#{partners[0].id}.*#{partners[1].id}")
        self.assertRegex(text, "Bob Dupont has the e-mail address of the contact Cas")
        self.assertRegex(text, f"Museum may be.*#{partners[3].id}.*#{partners[4].id}")
        self.assertEqual(len(errors), 3, errors)

    def test_kbo_and_address_of_two_contacts(self):
        self.env["res.partner"].create(
            [
                {"name": "Museum", "company_registry": "0403170701"},
                {"name": "Friends", "email": "museum@example.com"},
            ]
        )
        people = [*PEOPLE[:2], PEOPLE[2] | {"email": "museum@example.com"}]
        self.assert_error("may be more than one contact: .*Museum.*Friends", 4, people=people)

    def test_a_contact_of_another_company_is_not_known(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.env["res.partner"].create(
            {"name": "Ann Peeters", "email": "ann@example.com", "company_id": other.id}
        )
        self._import()
        self.assertEqual(self._members()[0].partner_id.company_id, self.company)

    def test_same_name_is_a_warning(self):
        self.env["res.partner"].create({"name": "Ann Peeters", "email": "other@example.com"})
        record = self._check()
        self.assertFalse(record.error_count)
        self.assertRegex("\n".join(record.warning_ids.mapped("message")), "contact with this name")

    def test_couples_share_an_address(self):
        people = [PEOPLE[0], PEOPLE[1] | {"email": "ann@example.com"}, PEOPLE[2]]
        self._import(register(people=people))
        self.assertEqual(len(self._members().partner_id), 3)
        # As a reference of a movement the address is of no use, then.
        history = [*HISTORY, (6, "1/7/2015", "Issue", "A", "", "ann@example.com", 1, 50, "", "")]
        self.assert_error("more than one member: Ann Peeters, Bob Dupont", 7, history, people)

    def test_names_alone_tell_nobody_apart(self):
        people = [*PEOPLE, {"name": "Nameless", "category": "user", "date_start": "1/1/2015"}]
        self.assert_error("Nameless has no member number", 5, people=people)
        people = [*PEOPLE, PEOPLE[0] | {"number": 8, "email": "", "date_start": "1/1/2015"}]
        record = self._check(register(people=people))
        self.assertFalse(record.error_count)
        self.assertRegex("\n".join(record.warning_ids.mapped("message")), "Row 2 has the same name")

    def test_numbers_of_members(self):
        people = [*PEOPLE, {"number": 2, "name": "Dirk", "category": "user"}]
        self.assert_error("Row 3 has this member number", 5, people=people)
        people = [PEOPLE[0] | {"category": ""}, *PEOPLE[1:]]
        self.assert_error("fill in the category", 2, people=people)
        people = [PEOPLE[0] | {"category": "farmer"}, *PEOPLE[1:]]
        self.assert_error("farmer.*is not known", 2, people=people)
        people = [*PEOPLE, {"number": 9, "name": "No Shares", "category": "user"}]
        self.assert_error("since when", 5, people=people)
        people = [PEOPLE[0] | {"country": "Atlantis"}, *PEOPLE[1:]]
        self.assert_error("country is not known", 2, people=people)
        people = [PEOPLE[0] | {"date_start": "1/1/2012", "date_end": "1/1/2011"}, *PEOPLE[1:]]
        self.assert_error("before the day of joining", 2, people=people)

    def test_a_member_with_another_number_or_name(self):
        self._import()
        people = [PEOPLE[0] | {"number": 11}, *PEOPLE[1:]]
        self.assert_error("Ann Peeters is a member with number 1", 2, HISTORY, people)
        people = [{"number": 1, "name": "Zed", "category": "user"}, *PEOPLE[1:]]
        self.assert_error("number 1 is Ann Peeters.*and Zed in the file", 2, HISTORY, people)
        people = [PEOPLE[1] | {"number": 1}, PEOPLE[0] | {"number": 2}, PEOPLE[2]]
        self.assert_error("number 1 is Ann Peeters.*about.*Bob", 2, HISTORY, people)

    def test_gaps_in_member_numbers_are_told(self):
        record = self._check()
        self.assertRegex("\n".join(record.warning_ids.mapped("message")), "numbers 3. They stay")
        self.assertFalse(record.error_count)

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _file_error(self, content, name="register.xlsx"):
        record = self._make(content, name)
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertTrue(record.error_count)
        self.assert_nothing_written()
        return "\n".join(record.error_ids.mapped("message"))

    def test_files_that_are_none(self):
        for content, pattern in (
            (b"\x00", "neither a workbook"),
            (b"x", "no table of movements"),
            (b"\n \n", "is empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "neither a workbook"),
            (b"PK\x03\x04" + b"garbage" * 50, "damaged"),
            (register()[:2000], "damaged"),
            (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "neither a workbook|no table"),
            (workbook(("Sheet", [])), "no table of movements"),
            (
                workbook(("Sheet", [["Number", "Date", "Kind"], [1, "1/1/2011", "Issue"]])),
                "Missing: Class, To, Quantity, Unit price",
            ),
        ):
            with self.subTest(content=content[:20]):
                self.assertRegex(self._file_error(content), pattern)

    def test_no_file(self):
        record = self.env["coop.share.import"].with_user(self.manager).create({})
        with self.assertRaisesRegex(UserError, "Upload the register"):
            record.action_check()

    def test_a_file_that_is_too_large(self):
        large = base64.b64encode(b"0" * 50 * 1024 * 1024)
        with self.assertRaisesRegex(UserError, "larger than 20 MB"):
            self.env["coop.share.import"].with_user(self.manager).create({"file": large})
        record = self._make(register())
        with self.assertRaisesRegex(UserError, "larger than 20 MB"):
            record.write({"members_file": large.decode()})

    def test_a_small_file_that_unfolds(self):
        out = io.BytesIO(register())
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/zeros", b"\0" * (401 * 1024 * 1024))
        self.assertLess(len(out.getvalue()), 2 * 1024 * 1024)
        self.assertRegex(self._file_error(out.getvalue()), "unfolds")

    def test_formulas(self):
        # Written by a program: no result was ever calculated.
        history = with_row(0, paid_up="=G2*H2")
        self.assert_error("formula without a result", 2, history)
        # Saved by a spreadsheet: the result stands beside the formula.
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(register(history))) as source,
            zipfile.ZipFile(out, "w") as target,
        ):
            for name in source.namelist():
                part = source.read(name)
                target.writestr(
                    name, re.sub(rb"(<f>G2\*H2</f>)<v ?/?>(</v>)?", rb"\1<v>450</v>", part)
                )
        record = self._check(out.getvalue())
        self.assertFalse(record.error_ids.mapped("message"))
        self.assertEqual(record.total_ids[0].paid_up, 300)
        # A text that only looks like one is a text.
        content = "Number;Date;Kind;Class;From;To;Quantity;Price;Origin\n"
        content += '1;1/1/2011;Issue;A;;1;10;50;"=cmd|calc"\n'
        members = base64.b64encode(b"Name,Member number,Category\nAnn,1,user\n")
        self._import(content.encode(), name="register.csv", members_file=members)
        self.assertEqual(self._register().origin, "=cmd|calc")

    def test_columns_that_are_unknown_doubled_or_private(self):
        rows = [[*MOVEMENTS, "Colour"], [*HISTORY[0], "blue"]]
        people = [["Name", "Category", "Member number"], ["Ann", "user", 1]]
        record = self._check(workbook(("M", rows), ("P", people)))
        self.assertFalse(record.error_count)
        self.assertRegex("\n".join(record.warning_ids.mapped("message")), "Colour.*not known")
        rows[0][-1] = "Aantal"
        self.assertRegex(self._file_error(workbook(("M", rows), ("P", people))), "Aantal.*twice")
        people[0].append("Rijksregisternummer")
        self.assertRegex(
            self._file_error(workbook(("M", rows[:1]), ("P", people))), "national numbers"
        )
        rows[0][-1] = "Colour"
        self.assertRegex(
            self._file_error(workbook(("M", rows), ("N", rows), ("P", people[:1]))),
            "More than one table has movements: M, N",
        )

    def test_titles_above_and_other_sheets(self):
        movements = [["Register of shares"], [], MOVEMENTS, *HISTORY, [None], [None, "", " "]]
        people = [MEMBERS[:2], [1, "Ann Peeters"]]
        people = [
            ["Naam", "Nummer", "Categorie"],
            *[[person["name"], person["number"], person["category"]] for person in PEOPLE],
        ]
        content = workbook(("Notes", [["Nothing", "here"]]), ("1", movements), ("2", people))
        record = self._import(content)
        self.assertEqual(record.line_ids.filtered(lambda one: one.number == 5).row, 8)

    def test_excel_keeps_days_and_numbers_its_way(self):
        book = openpyxl.load_workbook(io.BytesIO(register()))
        sheet = book["Movements"]
        sheet["B2"] = datetime(2011, 3, 1)
        sheet["G2"] = 10.0
        sheet["H2"] = 49.99999999999999 + 0.00000000000001
        sheet["F2"] = "#1"
        out = io.BytesIO()
        book.save(out)
        self._import(out.getvalue())
        self.assertEqual(str(self._register()[0].date), "2011-03-01")
        self.assertEqual(self._register()[0].unit_price, 50)

    # ------------------------------------------------------------------
    # The record
    # ------------------------------------------------------------------

    def test_another_file_starts_anew(self):
        record = self._check(register(with_row(0, kind="Gift")))
        before = record.file_hash
        record.file = base64.b64encode(register())
        self.assertEqual((record.state, record.error_count), ("draft", 0))
        self.assertFalse(record.line_ids)
        self.assertNotEqual(record.file_hash, before)
        record.action_check()
        record.action_import()
        with self.assertRaisesRegex(UserError, "imported already"):
            record.action_check()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            record.file = base64.b64encode(b"x")
        with self.assertRaisesRegex(UserError, "it stays"):
            record.unlink()

    def test_nobody_writes_what_a_check_finds(self):
        record = self._check(register(with_row(0, kind="Gift")))
        for name, value in (("state", "done"), ("error_count", 0), ("first_number", 9)):
            with self.assertRaisesRegex(UserError, "by hand"):
                record.write({name: value})
        forged = (
            self.env["coop.share.import"]
            .with_user(self.manager)
            .with_context(default_state="checked", default_error_count=0)
            .create({"file": base64.b64encode(register()), "state": "done"})
        )
        self.assertEqual(forged.state, "draft")

    def test_template_and_example(self):
        record = self.env["coop.share.import"].with_user(self.manager).create({})
        template = openpyxl.load_workbook(io.BytesIO(base64.b64decode(record.template)))
        self.assertEqual(template.sheetnames, ["Movements", "Members", "Explanation"])
        self.assertEqual([cell.value for cell in template["Movements"][1]], MOVEMENTS)
        self.assertEqual(template["Movements"].max_row, 1)
        empty = self._make(base64.b64decode(record.template))
        empty.action_check()
        self.assertFalse(empty.error_count)
        # The example could be imported, whatever the register holds already.
        for _turn in range(2):
            example = base64.b64decode(record.example)
            done = self._import(example)
            self.assertEqual((done.new_movement_count, done.new_member_count), (5, 3))
            # Somebody else than the people of the next example.
            self._members().partner_id.write({"email": False, "company_registry": False})
            record.invalidate_recordset()

    def test_template_in_every_language(self):
        for lang in ("nl_BE", "fr_BE"):
            self.env["res.lang"]._activate_lang(lang)
            record = self.env["coop.share.import"].with_user(self.manager).with_context(lang=lang)
            example = base64.b64decode(record.create({}).example)
            read = self._make(example)
            read.action_check()
            self.assertEqual((read.error_count, read.new_movement_count), (0, 5), lang)

    def test_the_report_says_all(self):
        record = self._check(register(with_row(0, kind="Gift")))
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(record.report)))
        cells = [cell for sheet in book for row in sheet.values for cell in row if cell]
        self.assertIn(record.file_hash, cells)
        self.assertTrue(any("Gift" in str(cell) for cell in cells))
        rows = list(book["Rows"].values)
        self.assertEqual(len(rows), 1 + 4 + 3, rows)
