from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text, typed_token

from ..lib.typed_numbers import decimals_of, typed_number

# An invoice of more lines is a list: it belongs in an attachment.
MAX_LINES = 50
# Most likely a slip of the keyboard: no member ever sold so much in one line.
MAX_QUANTITY = 100_000
MAX_PRICE = 10_000_000
MAX_TOTAL = 10_000_000
# What fits on the printed line, and what an electronic invoice carries in these fields.
MAX_DESCRIPTION = 1000
MAX_REFERENCE = 100
MAX_COMMENT = 2000
# An invoice is made out within a month or two of the service.
MAX_DAYS = 60
MAX_FILES = 5
MAX_FILES_BYTES = 10 * 1024 * 1024
FILE_TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}


class CoopInvoiceForm(models.AbstractModel):
    """The invoice form of the portal: what may be chosen in it, and whether it is well filled in.

    All errors are found at once; ids that the member may not use are treated like ids that do
    not exist. Called by the portal after the Activity's access check.
    """

    _name = "coop.invoice.form"
    _description = "Invoice Form of a Member"

    # ------------------------------------------------------------------
    # What may be chosen
    # ------------------------------------------------------------------

    @api.model
    def _get_taxes(self, company):
        """Return the sale taxes of the company that a price excluding VAT can bear."""
        # Members may choose a tax but not read the company's whole set-up.
        Tax = self.env["account.tax"].sudo().with_company(company)
        taxes = Tax.search(
            Domain(Tax._check_company_domain(company))
            & Domain("type_tax_use", "=", "sale")
            & Domain("amount_type", "=", "percent")
            & Domain("country_id", "=", company.account_fiscal_country_id.id)
        )
        return taxes.filtered(lambda tax: not tax.price_include)

    @api.model
    def _get_default_tax(self, company, partner_values):
        """Return the tax that fits a client best, by the fiscal position of Odoo.

        :param partner_values: the client as `res.partner` record or as values for one
        """
        # Members may not read fiscal positions; only the resulting tax is shown.
        Partner = self.env["res.partner"].sudo().with_company(company)
        if isinstance(partner_values, dict):
            partner_values = Partner.new(partner_values)
        position = (
            self.env["account.fiscal.position"]
            .sudo()
            .with_company(company)
            ._get_fiscal_position(partner_values.with_company(company))
        )
        taxes = self._get_taxes(company)
        default = company.sudo().account_sale_tax_id & taxes or taxes.filtered("is_domestic")[:1]
        mapped = position.map_tax(default) if position else default
        return (mapped & taxes)[:1] or default

    @api.model
    def _get_currencies(self):
        """Return the active currencies."""
        return self.env["res.currency"].search([])

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _validate(self, activity, form, member, invoice=None):
        """Check a whole form.

        :param activity: the Activity of the form, after its access check
        :param dict form: texts by field, ``lines`` (list of dicts of texts), ``files`` (list of
            tuples of name and content) and ``removed_files`` (ids as texts)
        :param member: partner of the portal user
        :param invoice: the draft that is corrected, if any
        :return: tuple of clean values for `coop.invoice.submission`, and errors by field
        """
        values, errors = self._validate_header(form)
        values["activity"] = self._validate_activity(activity, form, errors)
        values["partner"], client_errors = self._validate_client(form, member)
        values["lines"], line_errors = self._validate_lines(activity.company_id, form)
        values["files"], file_errors = self._validate_files(form, invoice)
        values["removed_files"] = [typed_id(key) for key in form.get("removed_files", [])]
        errors = {**errors, **client_errors, **line_errors, **file_errors}
        if not errors:
            self._validate_total(activity.company_id, values, errors)
        return values, errors

    def _validate_activity(self, activity, form, errors):
        """Return the Activity, open and of the member; others are like none."""
        Activity = self.env["coop.activity"]
        chosen = Activity.search(
            [
                ("id", "=", typed_id(form.get("activity_id") or activity.id)),
                ("company_id", "=", activity.company_id.id),
                ("manager_ids", "in", self.env.user.partner_id.ids),
            ]
        )
        if not chosen:
            errors["activity_id"] = self.env._("Choose one of your Activities.")
        elif chosen.state != "open":
            errors["activity_id"] = self.env._(
                "%(activity)s is not open: choose another Activity or ask the cooperative.",
                activity=chosen.name,
            )
        return chosen

    def _validate_header(self, form):
        errors = {}
        values = {
            "ref": self._validate_text(form, "ref", MAX_REFERENCE, errors),
            "comment": self._validate_text(form, "comment", MAX_COMMENT, errors),
            "invoice_date": self._validate_date(form, errors),
            "currency": self.env["coop.invoice.client"]._find(form, "currency_id", "res.currency"),
        }
        if values["currency"] not in self._get_currencies():
            errors["currency_id"] = self.env._("Choose a currency of the list.")
        values["token"] = typed_token(form.get("token"))
        if not values["token"]:
            errors["token"] = self.env._("This form has expired: please submit it once more.")
        return values, errors

    def _validate_text(self, form, key, limit, errors):
        text = typed_text(form.get(key))
        if len(text) > limit:
            errors[key] = self.env._("This is too long: at most %(limit)s characters.", limit=limit)
        return text

    def _validate_date(self, form, errors):
        text = (form.get("invoice_date") or "").strip()
        if not text:
            return False
        today = fields.Date.context_today(self)
        try:
            date = fields.Date.to_date(text)
        except ValueError:
            date = None
        if not date or abs(date - today) > timedelta(days=MAX_DAYS):
            errors["invoice_date"] = self.env._(
                "Choose a date at most %(days)s days from today, or leave it empty.", days=MAX_DAYS
            )
        return date

    def _validate_client(self, form, member):
        Client = self.env["coop.invoice.client"]
        if form.get("client_mode") != "new":
            partner = Client._get_own(member, typed_id(form.get("partner_id")))
            if partner:
                return partner, {}
            return partner, {"partner_id": self.env._("Choose one of your clients, or a new one.")}
        partner_values, errors = Client._validate_new(form)
        if not errors and not form.get("client_confirmed"):
            duplicates = Client._find_own_duplicates(member, partner_values)
            if duplicates:
                errors["client_duplicates"] = self.env._(
                    "You already have a client like this. Choose it, or confirm that this is "
                    "another one."
                )
                form["duplicates"] = Client._describe(duplicates)
        return partner_values, errors

    def _validate_lines(self, company, form):
        """Return the lines as values for `account.move.line`; empty lines are left out."""
        lines, errors = [], {}
        taxes = {str(tax.id): tax for tax in self._get_taxes(company)}
        typed = form.get("lines") or []
        if len(typed) > MAX_LINES:
            errors["lines"] = self.env._(
                "An invoice has at most %(limit)s lines: put the details in an attachment.",
                limit=MAX_LINES,
            )
        for index, line in enumerate(typed[:MAX_LINES]):
            if (line.get("name") or "").strip() or (line.get("price") or "").strip():
                lines.append(self._validate_line(index, line, taxes, errors))
        if not lines:
            errors["line_0_name"] = self.env._("Describe what you invoice.")
        return lines, errors

    def _validate_line(self, index, line, taxes, errors):
        line_errors = {}
        name = self._validate_text(line, "name", MAX_DESCRIPTION, line_errors)
        if not name:
            line_errors["name"] = self.env._("Describe what you invoice.")
        quantity = self._validate_number(line, "quantity", MAX_QUANTITY, line_errors)
        price = self._validate_number(line, "price", MAX_PRICE, line_errors)
        tax = taxes.get(line.get("tax_id") or "")
        if not tax:
            line_errors["tax_id"] = self.env._("Choose a VAT rate of the list.")
        errors.update({f"line_{index}_{key}": text for key, text in line_errors.items()})
        return {
            "name": name,
            "quantity": float(quantity or 0),
            "price_unit": float(price or 0),
            "tax_ids": tax.ids if tax else [],
        }

    def _validate_number(self, line, key, limit, errors):
        # The notation of numbers is the reader's own.
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point
        number = typed_number(line.get(key), point or ".")
        precision = self.env["decimal.precision"].precision_get(
            "Product Unit" if key == "quantity" else "Product Price"
        )
        if number is None or (key == "quantity" and not number):
            errors[key] = self.env._(
                "Enter a number above zero, for example %(sample)s.", sample=f"12{point}50"
            )
        elif number > limit:
            errors[key] = self.env._("At most %(limit)s is possible here.", limit=f"{limit:d}")
        elif decimals_of(number) > precision:
            errors[key] = self.env._("At most %(count)s decimals, please.", count=precision)
        else:
            return number
        return None

    def _validate_files(self, form, invoice):
        """Return the files whose content is of an accepted kind; the name alone proves nothing."""
        errors = {}
        files = [(name, content) for name, content in form.get("files", []) if content or name]
        kept = invoice.submission_attachment_ids if invoice else self.env["ir.attachment"]
        kept = kept.filtered(lambda file: str(file.id) not in form.get("removed_files", []))
        size = sum(len(content) for _name, content in files) + sum(kept.mapped("file_size"))
        wrong = [name for name, content in files if not self._is_accepted(name, content)]
        if size > MAX_FILES_BYTES:
            errors["files"] = self.env._("Your files are larger than 10 MB together.")
        elif len(files) + len(kept) > MAX_FILES:
            errors["files"] = self.env._("At most %(count)s files, please.", count=MAX_FILES)
        elif wrong:
            errors["files"] = self.env._(
                "%(names)s: only PDF, JPG and PNG files are accepted.", names=", ".join(wrong)
            )
        return files, errors

    def _is_accepted(self, name, content):
        return (name or "").lower().endswith(FILE_TYPES.get(guess_mimetype(content), ()))

    def _validate_total(self, company, values, errors):
        totals = self.env["coop.invoice.submission"]._get_totals(
            company, values["lines"], values["currency"], values["invoice_date"]
        )
        if not 0 < totals["base"] <= MAX_TOTAL:
            errors["lines"] = self.env._(
                "The invoice must be more than zero and at most %(limit)s.",
                limit=company.currency_id.format(MAX_TOTAL),
            )
