from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .expense_common import ExpenseCase, pdf, photo


@tagged("post_install", "-at_install")
class TestExpenseFiles(ExpenseCase):
    """A receipt is what its content is; once handed in it stays."""

    def test_photos_and_pdf_are_taken(self):
        contents = (photo(1), photo(2, "PNG"), pdf("One page"))
        for number, content in enumerate(contents, 10):
            self.assertEqual(self._expense(number, content).state, "submitted")

    def _expense(self, shade, content, **values):
        return super()._expense(shade, content=content, **values)

    def test_what_nobody_can_read_is_refused(self):
        heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + b"\x00" * 50
        cases = {
            "HEIC": heic,
            "password": pdf("Secret", encrypt="1234"),
            "damaged": b"%PDF-1.4\nnothing at all\n%%EOF\n",
            "JPEG or PNG": b"#!/bin/sh\nrm -rf /\n",
            "no PDF and no photo": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "10 MB": photo(3) + b"\x00" * (10 * 1024 * 1024),
        }
        for number, (message, content) in enumerate(cases.items(), 20):
            with self.assertRaisesRegex(UserError, message):
                self._expense(number, content)
        self.assertEqual(self.workshop.reserved_amount, 0.0)

    def test_without_a_receipt_nothing_is_handed_in(self):
        expense = self._expense(1, photo(1), submit=False)
        expense.attachment_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "no receipt"):
            expense.action_submit()

    def test_receipts_stay_once_handed_in(self):
        expense = self._expense(1, photo(1))
        file = expense.attachment_ids
        for change in (
            lambda: file.write({"raw": photo(2)}),
            lambda: file.write({"name": "other.jpg"}),
            lambda: file.write({"res_id": 0}),
            file.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stay as they are"):
                change()
        self._approve(expense)
        with self.assertRaisesRegex(UserError, "stay as they are"):
            file.unlink()
        self.assertEqual(file.raw, photo(1))

    def test_a_draft_may_change_its_receipts(self):
        expense = self._expense(1, photo(1), submit=False)
        expense.attachment_ids.unlink()
        self.assertFalse(expense.attachment_ids)

    def test_files_of_other_records_are_no_receipts(self):
        foreign = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "contract.jpg",
                    "raw": photo(9),
                    "res_model": "res.partner",
                    "res_id": self.member_partner.id,
                }
            )
        )
        with self.assertRaises(AccessError):
            self._expense(1, photo(1), submit=False, attachment_ids=[Command.set(foreign.ids)])
        self.assertEqual(foreign.res_model, "res.partner")

    def test_files_of_abandoned_forms_are_deleted(self):
        Expense = self.env["coop.expense"]
        old = Expense._keep_file("old.jpg", photo(1), "a")
        new = Expense._keep_file("new.jpg", photo(2), "b")
        booked = self._expense(5, photo(5)).attachment_ids
        past = fields.Datetime.now() - timedelta(days=3)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = %s WHERE id = ANY(%s)",
            [past, (old | booked).ids],
        )
        self.env.invalidate_all()
        Expense._gc_kept_files()
        self.assertEqual((old | new | booked).exists(), new | booked)
