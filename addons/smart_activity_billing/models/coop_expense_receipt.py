import io
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.pdf import PdfReader

from ..lib.receipt_file import is_heic

# What was handed in and not taken back: the same receipt again is most likely a mistake.
HANDED_IN = ("submitted", "approved", "posted")
MAX_RECEIPTS = 10


class DuplicateError(UserError):
    """The same receipt may have been handed in before, and nobody said that it is another one."""


class CoopExpense(models.Model):
    """The receipts of an expense, and the same receipt handed in before."""

    _inherit = "coop.expense"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        "coop_expense_attachment_rel",
        "expense_id",
        "attachment_id",
        string="Receipts",
        copy=False,
        help="Photos (JPEG, PNG) or PDF files, at most 10 MB each.",
    )
    duplicate_ids = fields.Many2many(
        "coop.expense",
        string="Possible Duplicates",
        compute="_compute_duplicate_ids",
        help="Expenses with the same file, or with the same shop, date and amount.",
    )
    duplicate_confirmed = fields.Boolean(
        "This Is Another One",
        copy=False,
        tracking=True,
        help="Who hands it in says that it is not the one that was handed in before.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("attachment_ids.checksum", "shop", "date", "total", "company_id")
    def _compute_duplicate_ids(self):
        same = self._find_duplicates()
        for expense in self:
            expense.duplicate_ids = same[expense._origin.id or expense.id]

    def _find_duplicates(self):
        """Return ``{expense id: expenses that may be the same}``, with superuser rights.

        Whoever handed them in counts; what members get to know of others is for the caller.
        """
        Expense = self.env["coop.expense"].sudo()
        same = defaultdict(Expense.browse)
        alike = Domain("company_id", "in", self.company_id.ids) & Domain("state", "in", HANDED_IN)
        by_file = self._find_by_file()
        others = Expense.search(
            alike
            & (
                Domain("id", "in", [other for ids in by_file.values() for other in ids])
                | Domain("date", "in", self.mapped("date"))
                & Domain("total", "in", self.mapped("total"))
            )
        )
        groups = others.grouped(lambda other: other._get_purchase_key())
        for expense in self:
            key = expense._origin.id or expense.id
            found = groups.get(expense._get_purchase_key(), Expense.browse())
            checksums = set(expense.sudo().attachment_ids.mapped("checksum"))
            ids = {other for checksum in checksums for other in by_file.get(checksum, ())}
            found |= others.filtered(
                lambda other, ids=ids, expense=expense: (
                    other.id in ids and other.company_id == expense.company_id
                )
            )
            same[key] = found.filtered(lambda other, key=key: other.id != key)
        return same

    def _find_by_file(self):
        """Return ``{checksum: ids of expenses with this file}``."""
        # Which files are equal is found among all of them; nothing of them is shown here.
        Attachment = self.env["ir.attachment"].sudo()
        checksums = self.sudo().attachment_ids.mapped("checksum")
        found = defaultdict(set)
        if checksums:
            for file in Attachment.search(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "!=", 0)
                & Domain("checksum", "in", checksums)
            ):
                found[file.checksum].add(file.res_id)
        return found

    def _get_purchase_key(self):
        shop = " ".join((self.shop or "").split()).casefold()
        return self.company_id.id, shop, self.date, round(self.total * 100)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_duplicates(self):
        """Open this expense beside those that may be the same."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Possible duplicates of %(expense)s", expense=self.name),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", (self | self.duplicate_ids).ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _check_receipt(self, name, content):
        """Return the ending that fits the content of a receipt.

        :raise UserError: saying what is wrong with the file, and what to do
        """
        if is_heic(content):
            raise UserError(
                self.env._(
                    "%(name)s is a HEIC photo, which only some telephones can open. Choose JPEG "
                    "(“Most compatible”) in the settings of the camera, or take a screenshot of "
                    "the photo.",
                    name=name,
                )
            )
        ending = self.env["coop.member.document"]._check_file(content)
        obstacle = self._get_pdf_obstacle(content) if ending == ".pdf" else None
        if obstacle == "encrypted":
            raise UserError(
                self.env._(
                    "%(name)s is protected with a password: save it without one, or take a photo.",
                    name=name,
                )
            )
        if obstacle:
            raise UserError(
                self.env._(
                    "%(name)s is damaged and cannot be opened: save it once more, or take a photo.",
                    name=name,
                )
            )
        return ending

    @api.model
    def _get_pdf_obstacle(self, content):
        """Return why nobody can read this PDF, ``encrypted`` or ``broken``, or None."""
        try:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted:
                return "encrypted"
            return None if len(reader.pages) else "broken"
        # The reader raises whatever it comes across in a broken file.
        except Exception:  # noqa: BLE001
            return "broken"

    def _check_receipts(self):
        """Look into every receipt.

        :raise UserError: there is none, there are too many, or one cannot be read
        """
        for expense in self:
            # The receipts belong to the expense: who may hand it in may have them checked.
            files = expense.sudo().attachment_ids
            expense._check_has_receipt()
            if len(files) > MAX_RECEIPTS:
                raise UserError(
                    self.env._(
                        "%(expense)s: at most %(limit)s receipts, please. Put several pages in "
                        "one PDF.",
                        expense=expense.display_name,
                        limit=MAX_RECEIPTS,
                    )
                )
            for file in files:
                self._check_receipt(file.name, file.raw or b"")

    def _check_has_receipt(self):
        for expense in self:
            if not expense.sudo().attachment_ids:  # as above
                raise UserError(
                    self.env._(
                        "%(expense)s has no receipt: add a photo or a PDF of it.",
                        expense=expense.display_name,
                    )
                )

    def _check_duplicates(self, person):
        """Ask who hands it in to be sure that it is another one.

        :param person: the ``res.partner`` who asks, and learns nothing about others
        :raise DuplicateError: it may be the same, and this was not confirmed
        """
        same = self._find_duplicates()
        for expense in self:
            if same[expense.id] and not expense.duplicate_confirmed:
                raise DuplicateError(expense._describe_duplicates(same[expense.id], person))

    def _describe_duplicates(self, same, person):
        """Say that something like it was handed in: by name only what is the reader's own."""
        own = same.filtered(lambda other: other.partner_id == person)
        if own:
            return self.env._(
                "You handed in the same receipt already, or one of the same shop, date and "
                "amount: %(names)s. If this is another one, tick “This is another one”.",
                names=", ".join(own.mapped("name")),
            )
        return self.env._(
            "Somebody handed in the same receipt already, or one of the same shop, date and "
            "amount. If this is another one, tick “This is another one”."
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _adopt_receipts(self):
        """Make uploads part of their expense: who reads the one reads the other.

        :raise AccessError: a file that is not the user's own upload
        """
        for expense in self:
            # Files that were just uploaded belong to nothing yet.
            files = expense.sudo().attachment_ids
            new = files.filtered(
                lambda file, expense=expense: (
                    (file.res_model, file.res_id) != (expense._name, expense.id)
                )
            )
            if any(file.res_id or file.create_uid != self.env.user for file in new):
                raise AccessError(
                    self.env._("A receipt belongs to one expense: upload the file here.")
                )
            new.write({"res_model": self._name, "res_id": expense.id})
            if expense.message_main_attachment_id not in files:
                expense.message_main_attachment_id = files[:1]
