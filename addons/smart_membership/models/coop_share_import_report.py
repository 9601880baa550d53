import base64

from odoo import models

from ..lib.table_file import xlsx_book

# More than this nobody reads, and a spreadsheet gets slow.
MOST_LINES = 100_000


class CoopShareImport(models.Model):
    """The report of a check: all that it found, as a workbook that stays with the import."""

    _inherit = "coop.share.import"

    def _make_report(self):
        """Return what the check said as a workbook, in base64."""
        labels = dict(
            self.env["coop.share.import.line"]._fields["result"]._description_selection(self.env)
        )
        lines = self.line_ids[:MOST_LINES]
        return base64.b64encode(
            xlsx_book(
                [
                    (self.env._("Summary"), ["", ""], self._get_report_summary()),
                    (
                        self.env._("To Correct"),
                        self._line_headers(),
                        self._line_rows(lines, labels, ("error", "warning")),
                    ),
                    (
                        self.env._("Rows"),
                        self._line_headers(),
                        self._line_rows(lines, labels, ("new", "known")),
                    ),
                    self._get_class_table(),
                    self._get_account_table(),
                ]
            )
        )

    def _get_report_summary(self):
        return [
            (self.env._("Cooperative"), self.company_id.name),
            (self.env._("File"), self.file_name or self.members_file_name),
            ("SHA-256", self.file_hash),
            (self.env._("Checked on"), str(self.checked_at)),
            (self.env._("Checked by"), self.env.user.name),
            *self._get_summary(),
        ]

    def _line_headers(self):
        return [
            self.env._("Result"),
            self.env._("Sheet"),
            self.env._("Row"),
            self.env._("Number"),
            self.env._("What"),
            self.env._("Message"),
            self.env._("In the Register"),
            self.env._("In the File"),
        ]

    def _line_rows(self, lines, labels, results):
        return [
            (
                labels[line.result],
                line.sheet,
                line.row or None,
                line.number or None,
                line.label,
                line.message,
                line.old_value,
                line.new_value,
            )
            for line in lines
            if line.result in results
        ]

    def _get_class_table(self):
        headers = [
            self.env._("Class"),
            self.env._("Shares Before"),
            self.env._("Shares After"),
            self.env._("Paid Up Before"),
            self.env._("Paid Up After"),
        ]
        rows = [
            (
                total.share_class_id.code,
                total.quantity_before,
                total.quantity,
                total.paid_up_before,
                total.paid_up,
            )
            for total in self.total_ids
        ]
        return (self.env._("Classes"), headers, rows)

    def _get_account_table(self):
        headers = [
            self.env._("Capital Account"),
            self.env._("Classes"),
            self.env._("Paid Up by the Register"),
            self.env._("Paid Up by the Books"),
            self.env._("Difference"),
            self.env._("What to Do"),
        ]
        rows = [
            (
                one.account_name,
                one.share_classes,
                one.paid_up,
                one.booked,
                one.difference,
                one.advice,
            )
            for one in self.account_ids
        ]
        return (self.env._("Books"), headers, rows)
