import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_token

from ..lib.typed_numbers import decimals_of, typed_number
from .coop_expense_receipt import MAX_RECEIPTS

MAX_SHOP = 120
MAX_NOTE = 2000
# Most likely a slip of the keyboard: no member ever paid so much out of the own pocket.
MAX_TOTAL = 100_000
_OTHER_CURRENCY = re.compile(r"[A-Za-z$£¥₣₺₽]")


class CoopExpenseForm(models.AbstractModel):
    """The expense form of the portal: what may be chosen, and whether it is well filled in.

    All errors are found at once; ids that the member may not use are treated like ids that do
    not exist.
    """

    _name = "coop.expense.form"
    _description = "Expense Form of a Member"
    _inherit = ["coop.invoice.form"]

    # ------------------------------------------------------------------
    # What may be chosen
    # ------------------------------------------------------------------

    @api.model
    def _get_activities(self, member):
        """Return the open Activities that ``member`` manages, with superuser rights."""
        # Found by the own partner: employees are members too, without a right on Activities.
        return (
            self.env["coop.activity"]
            .sudo()
            .search(
                Domain("manager_ids", "in", member.ids)
                & Domain("state", "=", "open")
                & Domain("company_id", "in", self.env.user.company_ids.ids)
            )
        )

    @api.model
    def _get_categories(self, companies):
        """Return the categories of expenses, those with a refusal too: it tells members why."""
        # Members may choose a category but not read the company's products.
        return (
            self.env["product.product"]
            .sudo()
            .search(
                Domain("can_be_coop_expense", "=", True)
                & Domain("company_id", "in", [False, *companies.ids])
            )
        )

    @api.model
    def _get_rates(self, categories):
        """Return the percentages of VAT that receipts of these categories can bear."""
        taxes = categories.supplier_taxes_id | categories.coop_expense_tax_ids
        return sorted({0.0, *taxes.filtered(self._is_plain_tax).mapped("amount")}, reverse=True)

    def _is_plain_tax(self, tax):
        return tax.amount_type == "percent"

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _validate_expense(self, form, member, expense=None):
        """Check a whole form, and keep its good files.

        :param dict form: texts by field, ``files`` (list of tuples of name and content) and
            ``removed_files`` (ids as texts)
        :param expense: the refused expense that is corrected, if any
        :return: tuple of clean values for ``coop.expense``, and errors by field
        """
        errors = {}
        activity = self._validate_own_activity(form, member, errors)
        currency = (activity.company_id or self.env.company).currency_id
        values = {
            "token": self._validate_token(form, errors),
            "activity": activity,
            "shop": self._validate_text(form, "shop", MAX_SHOP, errors),
            "description": self._validate_text(form, "description", MAX_NOTE, errors),
            "date": self._validate_day(form, errors),
            "total": self._validate_amount(form, currency, errors),
            "duplicate_confirmed": bool(form.get("duplicate_confirmed")),
        }
        if not values["shop"]:
            errors["shop"] = self.env._("Fill in who was paid: the name of the shop.")
        self._validate_category(values, form, errors)
        self._validate_receipts(values, form, expense, errors)
        return values, errors

    def _validate_token(self, form, errors):
        token = typed_token(form.get("token"))
        if not token:
            errors["token"] = self.env._("This form has expired: please hand it in once more.")
        return token

    def _validate_own_activity(self, form, member, errors):
        activities = self._get_activities(member)
        chosen = activities.filtered(lambda one: one.id == typed_id(form.get("activity_id")))
        if not chosen:
            errors["activity_id"] = self.env._("Choose one of your open Activities.")
        return chosen

    def _validate_day(self, form, errors):
        try:
            date = fields.Date.to_date((form.get("date") or "").strip() or None)
        except ValueError:
            date = None
        if not date or date.year < 2000:
            errors["date"] = self.env._("Fill in the day on the receipt.")
        elif date > fields.Date.context_today(self):
            errors["date"] = self.env._("This day is still to come: enter the day on the receipt.")
        return date

    def _validate_amount(self, form, currency, errors):
        text = re.sub(r"^(€|EUR)\s*|\s*(€|EUR)$", "", form.get("total") or "", flags=re.I).strip()
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        number = typed_number(text, point)
        if number is None and _OTHER_CURRENCY.search(text):
            errors["total"] = self.env._(
                "Enter what your bank took in %(currency)s, as a number: other currencies are not "
                "booked.",
                currency=currency.name,
            )
        elif not number:
            errors["total"] = self.env._(
                "Enter an amount above zero, for example %(sample)s.", sample=f"12{point}50"
            )
        elif decimals_of(number) > 2:
            errors["total"] = self.env._("At most two decimals, please.")
        elif number > MAX_TOTAL:
            errors["total"] = self.env._("At most %(limit)s is possible here.", limit=MAX_TOTAL)
        else:
            return float(number)
        return None

    def _validate_category(self, values, form, errors):
        company = values["activity"].company_id
        categories = self._get_categories(company)
        category = categories.filtered(lambda one: one.id == typed_id(form.get("product_id")))
        values["product"] = category
        values["taxes"] = self.env["account.tax"]
        if not category:
            errors["product_id"] = self.env._("Choose a category of the list.")
        elif category.coop_expense_refusal:
            errors["product_id"] = category.coop_expense_refusal
        else:
            values["taxes"] = self._validate_rate(category, company, form, errors)

    def _validate_rate(self, category, company, form, errors):
        """Return the taxes of the rate on the receipt; without one, those of the category."""
        usual = category.supplier_taxes_id._filter_taxes_by_company(company)
        typed = (form.get("vat_rate") or "").strip()
        if not typed:
            return usual
        rate = typed_number(typed)
        if rate == 0:
            return usual.browse()
        others = category.coop_expense_tax_ids._filter_taxes_by_company(company)
        for tax in (usual | others).filtered(self._is_plain_tax):
            if rate is not None and round(tax.amount, 4) == float(rate):
                return tax
        errors["vat_rate"] = self.env._(
            "“%(category)s” has no such VAT: choose another rate, or leave it to the cooperative.",
            category=category.name,
        )
        return usual

    def _validate_receipts(self, values, form, expense, errors):
        """Keep what can be read; say of each other file what is wrong with it."""
        Expense = self.env["coop.expense"]
        token = values["token"]
        kept = Expense._get_kept_files(token) if token else self.env["ir.attachment"].sudo()
        own = expense.attachment_ids if expense else kept.browse()
        removed = (kept | own).filtered(lambda file: str(file.id) in form["removed_files"])
        (removed & kept).unlink()
        kept, values["removed"] = kept - removed, removed & own
        obstacles = []
        new = form["files"][: max(0, MAX_RECEIPTS - len(kept | own - removed))]
        if len(new) < len(form["files"]):
            obstacles.append(self.env._("At most %(count)s files, please.", count=MAX_RECEIPTS))
        for name, content in new if token else ():
            try:
                kept |= Expense._keep_file(name, content, token)
            except UserError as error:
                obstacles.append(str(error))
        values["files"] = kept | own - removed
        if obstacles:
            errors["files"] = " ".join(obstacles)
        elif not values["files"] and token:
            errors["files"] = self.env._("Take a photo of the receipt, or choose the file.")
