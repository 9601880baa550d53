import base64
import io

import openpyxl

from odoo import Command
from odoo.tests import new_test_user

from ..lib import register_columns as words
from .share_common import ShareCase

MOVEMENTS = [words.word(words.MOVEMENT_COLUMNS, name) for name in words.MOVEMENT_COLUMNS]
MEMBERS = [words.word(words.MEMBER_COLUMNS, name) for name in words.MEMBER_COLUMNS]
MANAGER = "smart_membership.group_membership_manager"
# Number, date, kind, class, from, to, quantity, price, paid up, origin.
HISTORY = (
    (1, "01/03/2011", "Issue", "A", "", 1, 10, 50, "", "Deed"),
    (2, "01/03/2011", "Uitgifte", "A", "", 2, 4, "50,00", "200,00", "Deed"),
    (3, "2012-05-14", "Émission", "C", "", 4, 2, 250, 500, ""),
    (4, "15.06.2014", "overdracht", "a", 1, 2, 3, 50, 150, "Signed"),
    (5, "30/06/2015", "Redemption", "A", 2, "", 7, 50, 350, "Letter"),
)
PEOPLE = (
    {"number": 1, "name": "Ann Peeters", "email": "ann@example.com", "category": "Gebruiker"},
    {"number": 2, "name": "Bob Dupont", "email": "bob@example.com", "category": "user"},
    {"number": 4, "name": "Museum", "kbo": "0403.170.701", "category": "partenaire"},
)


def workbook(*sheets):
    """Return an XLSX file: each sheet is ``(title, rows)``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def member_rows(people):
    return [MEMBERS] + [
        [person.get(name, "") for name in words.MEMBER_COLUMNS] for person in people
    ]


def register(movements=HISTORY, people=PEOPLE):
    """Return a workbook with a register."""
    return workbook(("Movements", [MOVEMENTS, *movements]), ("Members", member_rows(people)))


class ImportCase(ShareCase):
    """A cooperative with share classes and an empty register, and a membership manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.manager = new_test_user(cls.env, "import_manager", MANAGER, **company)

    def _make(self, content, name="register.xlsx", **values):
        return (
            self.env["coop.share.import"]
            .with_user(self.manager)
            .create({"file": base64.b64encode(content), "file_name": name, **values})
        )

    def _check(self, content=None, **values):
        record = self._make(content or register(), **values)
        record.action_check()
        return record

    def _import(self, content=None, **values):
        record = self._check(content, **values)
        self.assertFalse(record.error_ids.mapped("message"))
        record.action_import()
        self.assertEqual(record.state, "done")
        return record

    def _errors(self, movements=HISTORY, people=PEOPLE):
        """Return ``{(row, message)}`` of the errors in a register."""
        record = self._check(register(movements, people))
        return {(line.row, line.message) for line in record.error_ids}

    def assert_error(self, pattern, row=None, movements=HISTORY, people=PEOPLE):
        errors = self._errors(movements, people)
        found = [one for one in errors if row in (None, one[0])]
        self.assertRegex("\n".join(message for _row, message in found), pattern, errors)
        return errors

    def _members(self):
        return self.env["coop.membership"].search(
            [("company_id", "=", self.company.id)], order="number"
        )
