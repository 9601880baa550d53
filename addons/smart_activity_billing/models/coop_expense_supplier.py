import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.bill_file import is_xml, read_bill
from .coop_expense_receipt import HANDED_IN, DuplicateError


class CoopExpense(models.Model):
    """The bill of a supplier, handed in by a member: an expense that is paid to the supplier.

    Handed in, it is the draft of a bill, which an accountant may correct and then approves.
    """

    _inherit = "coop.expense"

    payee = fields.Selection(
        [("member", "The member"), ("supplier", "The supplier")],
        "To Be Paid",
        default="member",
        required=True,
        tracking=True,
        help="Who gets the money: the member who paid already, or the supplier who sent a bill.",
    )
    reference = fields.Char("Number of the Bill", tracking=True, help="As the supplier gave it.")
    bill_id = fields.Many2one(
        "account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The bill of the supplier: a draft until this is approved.",
    )
    supplier_id = fields.Many2one(related="bill_id.partner_id")

    _bill_of_supplier = models.Constraint(
        "CHECK(bill_id IS NULL OR payee = 'supplier')", "A bill is paid to its supplier."
    )

    # ------------------------------------------------------------------
    # The draft
    # ------------------------------------------------------------------

    def _draft_bill(self):
        """Make the draft of the bill, read from its electronic file if there is one.

        :raise UserError: the file cannot be read as a bill to pay
        """
        for expense in self:
            # Members have no right on bills; every value was checked before.
            own = expense.sudo().with_company(expense.company_id)
            Move = own.env["account.move"].with_context(
                mail_create_nolog=True, mail_create_nosubscribe=True
            )
            electronic = own.attachment_ids.filtered(lambda file: is_xml(file.raw or b""))
            if electronic:
                vals = {"move_type": "in_invoice", "company_id": own.company_id.id}
                bill = Move.create(vals)
            else:
                bill = Move.create(own._prepare_receipt())
            own._hand_over_files({own: bill})
            if electronic:
                own._import_bill(bill, electronic[0])
            own._write_decision({"bill_id": bill.id})
            own._follow_bill()

    def _import_bill(self, bill, file):
        """Fill a draft in from an electronic bill, for the Activity and the category.

        :raise UserError: it cannot be read, or is no bill to pay
        """
        [file_data] = bill._to_files_data(file)
        # Whatever its name is, and though members' uploads are kept as plain text.
        file_data |= {"mimetype": "application/xml"}
        file_data["xml_tree"] = bill._get_xml_tree(file_data)
        file_data["import_file_type"] = bill._get_import_file_type(file_data)
        decoder = bill._get_edi_decoder(file_data, new=True)
        try:
            with self.env.cr.savepoint():
                # Not by `_extend_with_attachments`, which commits what may be replayed.
                problem = not decoder or decoder["decoder"](bill, file_data, True)
        # The decoders raise whatever they come across in an odd file.
        except Exception:  # noqa: BLE001
            problem = True
        lines = bill.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if problem or bill.move_type != "in_invoice" or not lines:
            raise self._error_unreadable(file.name)
        lines.is_imported = True
        bill.partner_id = bill.partner_id or self._find_supplier()
        account = self.product_id.product_tmpl_id.get_product_accounts()["expense"]
        share = {str(self.activity_id.analytic_account_id.id): 100.0}
        for line in lines:
            line.analytic_distribution = share
            if account and not line.product_id:
                line.account_id = account

    def _prepare_receipt(self):
        vals = super()._prepare_receipt()
        if self.payee != "supplier":
            return vals
        return vals | {
            "move_type": "in_invoice",
            "partner_id": self._find_supplier().id,
            "ref": self.reference or self.name,
            "payment_reference": self.reference or self.name,
        }

    def _find_supplier(self):
        """Return the one supplier with this name; none where that is not sure."""
        found = self.env["res.partner"].search(
            # What is typed is no pattern.
            Domain("name", "=ilike", re.sub(r"([\\%_])", r"\\\1", self.shop))
            & Domain("supplier_rank", ">", 0)
            & Domain("company_id", "in", [False, self.company_id.id]),
            limit=2,
        )
        return found if len(found) == 1 else found.browse()

    def _follow_bill(self):
        """Take over what the accountant corrected in the draft."""
        for expense in self:
            # Whoever decides need not read bills.
            bill = expense.sudo().bill_id
            expense._write_decision(
                {
                    "date": bill.invoice_date or expense.date,
                    "reference": bill.ref or expense.reference,
                }
            )
            expense._take_amounts(bill)

    def _take_amounts(self, entry):
        """Take over the amounts of the entry that books this, or will book it."""
        self._write_decision({"total": abs(entry.amount_total_signed)})
        self._compute_amounts()

    def _count_taxes(self):
        # Who reads an expense need not read its entry.
        entry = self.sudo().move_id or self.sudo().bill_id
        if not entry:
            return super()._count_taxes()
        activity = self.sudo().activity_id
        booked = entry.state == "posted"
        cost = entry._get_booked_on(activity) if booked else entry._get_activity_cost(activity)
        return abs(entry.amount_untaxed_signed), cost

    # ------------------------------------------------------------------
    # Duplicates and files
    # ------------------------------------------------------------------

    def _find_duplicates(self):
        """A bill is the same too when it has the number of another one of the same supplier."""
        same = super()._find_duplicates()
        numbered = self.filtered("reference")
        if numbered:
            others = self.sudo().search(
                Domain("company_id", "in", self.company_id.ids)
                & Domain("state", "in", HANDED_IN)
                & Domain("reference", "in", numbered.mapped("reference"))
            )
            for expense in numbered:
                same[expense._origin.id or expense.id] |= others.filtered(
                    lambda other, expense=expense: (
                        other.id != expense._origin.id
                        and other.reference == expense.reference
                        and other._get_shop_key() == expense._get_shop_key()
                    )
                )
        return same

    def _get_shop_key(self):
        return self.company_id.id, " ".join((self.shop or "").split()).casefold()

    def _check_duplicates(self, person):
        """A bill that the cooperative got from the supplier, too, is paid once.

        :raise DuplicateError: as above, or the books have the bill already
        """
        super()._check_duplicates(person)
        for expense in self.filtered(lambda one: one.bill_id and not one.duplicate_confirmed):
            # That the bill is there is no secret to who has it in hand.
            if expense.sudo().bill_id.duplicated_ref_ids - self.sudo().bill_id:
                raise DuplicateError(
                    self.env._(
                        "The cooperative has bill %(number)s of %(supplier)s already. If this is "
                        "another one, tick “This is another one”.",
                        number=expense.reference or expense.name,
                        supplier=expense.shop,
                    )
                )

    @api.model
    def _check_receipt(self, name, content):
        """Let electronic bills pass, beside photos and PDF files."""
        if not is_xml(content):
            return super()._check_receipt(name, content)
        bill = read_bill(content)
        if not bill:
            raise self._error_unreadable(name)
        if bill["kind"] == "CreditNote":
            raise UserError(
                self.env._(
                    "%(name)s is a credit note: send it to the cooperative, which books it.",
                    name=name,
                )
            )
        return ".xml"

    def _check_receipts(self):
        super()._check_receipts()
        for expense in self.filtered(lambda one: one.payee == "member"):
            # Their files belong to the expenses: who may hand in may have them checked.
            if any(is_xml(file.raw or b"") for file in expense.sudo().attachment_ids):
                raise UserError(
                    self.env._(
                        "%(expense)s has an electronic bill: is the supplier to be paid? Else add "
                        "the photo or the PDF of what you paid.",
                        expense=expense.display_name,
                    )
                )

    @api.model
    def _error_unreadable(self, name):
        return UserError(
            self.env._(
                "%(name)s cannot be read as an electronic bill (UBL): hand in the PDF or a photo "
                "instead.",
                name=name,
            )
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"bill_id"}

    def _spending_fields(self):
        return super()._spending_fields() | {"payee", "reference"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        # What is to be corrected of a bill is corrected in its draft.
        return locked | {"product_id", "tax_ids"} if self.bill_id else locked
