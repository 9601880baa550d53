import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools.mimetypes import guess_mimetype

from ..lib.contribution import contribution
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


class CoopInvoiceSubmission(models.AbstractModel):
    """The invoice form of the portal: checks what was typed and makes the draft invoice.

    All checks are made here, with all errors at once; ids that the member may not use are
    treated like ids that do not exist. Called by the portal after the Activity's access check.
    """

    _name = "coop.invoice.submission"
    _description = "Submission of an Invoice by a Member"

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
        :return: tuple of clean values for `_create` and `_update`, and errors by field
        """
        values, errors = self._validate_header(form)
        values["activity"] = self._validate_activity(activity, form, errors)
        values["partner"], client_errors = self._validate_client(form, member)
        values["lines"], line_errors = self._validate_lines(activity.company_id, form)
        values["files"], file_errors = self._validate_files(form, invoice)
        values["removed_files"] = [
            int(key) for key in form.get("removed_files", []) if str(key).isdigit()
        ]
        errors = {**errors, **client_errors, **line_errors, **file_errors}
        if not errors:
            self._validate_total(activity.company_id, values, errors)
        return values, errors

    def _validate_activity(self, activity, form, errors):
        """Return the Activity, open and of the member; others are like none."""
        value = form.get("activity_id") or str(activity.id)
        Activity = self.env["coop.activity"]
        chosen = Activity.search(
            [
                ("id", "=", int(value) if value.isdigit() and len(value) < 10 else 0),
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
        try:
            values["token"] = str(uuid.UUID(form.get("token") or ""))
        except ValueError:
            errors["token"] = self.env._("This form has expired: please submit it once more.")
        return values, errors

    def _validate_text(self, form, key, limit, errors):
        text = (form.get(key) or "").replace("\r\n", "\n").replace("\x00", "").strip()
        if len(text) > limit:
            errors[key] = self.env._(
                "This is too long: at most %(limit)s characters.", limit=limit
            )
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
            value = form.get("partner_id") or ""
            partner = Client._get_own(
                member, int(value) if value.isdigit() and len(value) < 10 else 0
            )
            if partner:
                return partner, {}
            return partner, {"partner_id": self.env._("Choose one of your clients, or a new one.")}
        partner_values, errors = Client._validate_new(form, member)
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
            errors[key] = self.env._("Enter a number above zero, for example %(sample)s.",
                                     sample=f"12{point}50")
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
        totals = self._get_totals(company, values["lines"], values["currency"],
                                  values["invoice_date"])
        if not 0 < totals["base"] <= MAX_TOTAL:
            errors["lines"] = self.env._(
                "The invoice must be more than zero and at most %(limit)s.",
                limit=company.currency_id.format(MAX_TOTAL),
            )

    # ------------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------------

    @api.model
    def _get_totals(self, company, lines, currency, date=False):
        """Compute what the invoice would be, with Odoo's own tax engine.

        :param list lines: values for `account.move.line`
        :return: dict of ``untaxed``, ``taxes`` (name, amount), ``total`` in the currency of the
            invoice, and ``base``, ``rate``, ``contribution``, ``reaches`` in the company's
        """
        date = date or fields.Date.context_today(self)
        # Totals need rates and taxes, which members may not read by themselves.
        Tax = self.env["account.tax"].sudo().with_company(company)
        to_currency = currency._get_conversion_rate(
            company.currency_id, currency, company, date
        )
        base_lines = [
            Tax._prepare_base_line_for_taxes_computation(
                line | {"id": index},
                currency_id=currency,
                price_unit=line["price_unit"],
                quantity=line["quantity"],
                tax_ids=Tax.browse(line["tax_ids"]),
                rate=to_currency,
            )
            for index, line in enumerate(lines)
        ]
        Tax._add_tax_details_in_base_lines(base_lines, company)
        Tax._round_base_lines_tax_details(base_lines, company)
        summary = Tax._get_tax_totals_summary(base_lines, currency, company)
        return self._describe_totals(company, summary, date)

    def _describe_totals(self, company, summary, date):
        rate = self.env["coop.contribution.rate"]._get_rate(company, date)
        base = summary["base_amount"]
        fee = float(contribution(base, rate.rate, company.currency_id.rounding))
        return {
            "untaxed": summary["base_amount_currency"],
            "taxes": [
                (group["group_name"], group["tax_amount_currency"])
                for subtotal in summary["subtotals"]
                for group in subtotal["tax_groups"]
            ],
            "total": summary["total_amount_currency"],
            "base": base,
            "rate": rate.rate,
            "contribution": fee,
            "reaches": company.currency_id.round(base - fee),
        }

    # ------------------------------------------------------------------
    # Invoices
    # ------------------------------------------------------------------

    @api.model
    def _find_by_token(self, company, token, member):
        """Return the invoice that this form made already, if any."""
        # The token is not readable by members; it leads to their own invoice only.
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("submission_token", "=", token),
                    ("submitted_by_id", "=", member.id),
                ]
            )
        )

    @api.model
    def _create(self, values, member):
        """Create the draft invoice of a checked form, exactly once for each form.

        Of two equal requests at once, the second one fails to bump the Activity's row, is
        replayed by the server, and then finds the invoice of the first.

        :return: the invoice, with superuser rights
        """
        activity = values["activity"]
        company = activity.company_id
        activity._bump_reserved(0)
        invoice = self._find_by_token(company, values["token"], member)
        if invoice:
            return invoice
        # Members have no right to write invoices: every value was checked before.
        Move = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        )
        invoice = Move.create(
            {
                **self._prepare_invoice(values, member),
                "move_type": "out_invoice",
                "submission_token": values["token"],
                "submitted_by_id": member.id,
            }
        )
        self._log_submission(invoice, values, member)
        return invoice

    @api.model
    def _update(self, invoice, values, member):
        """Replace a draft that was sent back by its corrected version, and submit it again."""
        invoice.write(
            {
                **self._prepare_invoice(values, member),
                "invoice_line_ids": [
                    Command.clear(),
                    *self._prepare_lines(values),
                ],
            }
        )
        removed = invoice.submission_attachment_ids.filtered(
            lambda file: file.id in values["removed_files"]
        )
        removed.unlink()
        self._log_submission(invoice, values, member)

    def _prepare_invoice(self, values, member):
        partner = values["partner"]
        if isinstance(partner, dict):
            partner = self.env["coop.invoice.client"]._create(partner)
        return {
            "partner_id": partner.id,
            "activity_id": values["activity"].id,
            "currency_id": values["currency"].id,
            "invoice_date": values["invoice_date"],
            "ref": values["ref"],
            # A portal user is not a salesperson.
            "invoice_user_id": False,
            "submission_state": "submitted",
            "submission_date": fields.Datetime.now(),
            "submission_review_date": False,
            "submission_comment": values["comment"],
            "invoice_line_ids": self._prepare_lines(values),
        }

    def _prepare_lines(self, values):
        return [
            Command.create({**line, "tax_ids": [Command.set(line["tax_ids"])]})
            for line in values["lines"]
        ]

    def _log_submission(self, invoice, values, member):
        """Attach the member's files and leave a trail with the comment in the chatter."""
        # Members may not attach to invoices otherwise; the content was checked.
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name[-MAX_REFERENCE:],
                        "raw": content,
                        "res_model": invoice._name,
                        "res_id": invoice.id,
                    }
                    for name, content in values["files"]
                ]
            )
        )
        invoice.submission_attachment_ids = [Command.link(file.id) for file in attachments]
        body = self.env._("Submitted in the portal.")
        if values["comment"]:
            body = self.env._(
                "Submitted in the portal with this comment: %(comment)s", comment=values["comment"]
            )
        invoice._message_log(body=body, author_id=member.id)
