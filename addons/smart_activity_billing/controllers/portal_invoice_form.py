import uuid

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text, typed_token

from ..models.coop_invoice_form import (
    FILE_TYPES,
    MAX_FILES,
    MAX_FILES_BYTES,
    MAX_LINES,
)
from .portal_invoice_preview import ActivityInvoicePreviewPortal

# The files, and room for all that can be typed in the form.
MAX_FORM_BYTES = MAX_FILES_BYTES + 1024 * 1024
TEXT_FIELDS = (
    "token",
    "activity_id",
    "client_mode",
    "partner_id",
    "client_kind",
    "client_name",
    "client_vat",
    "client_street",
    "client_zip",
    "client_city",
    "client_country_id",
    "client_email",
    "client_lang",
    "client_confirmed",
    "currency_id",
    "ref",
    "invoice_date",
    "comment",
)
LINE_FIELDS = ("name", "quantity", "price", "tax_id")
TOO_LARGE = "smart_activity_billing.portal_form_too_large"


class ActivityInvoiceFormPortal(ActivityInvoicePreviewPortal):
    """The form in which members submit an invoice, and correct one that was sent back."""

    @http.route(
        "/my/activities/<int:activity_id>/invoices/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MAX_FORM_BYTES,
        too_large_page=TOO_LARGE,
    )
    def portal_invoice_new(self, activity_id, **kwargs):
        """Show the form of a new invoice, and take it in."""
        activity = self._get_activity(activity_id)
        self._check_manager(activity)
        if request.httprequest.method != "POST":
            form = self._get_empty_form(activity)
            return self._render_form(activity, form, {}, None)
        return self._handle_form(activity, None)

    @http.route(
        "/my/activities/<int:activity_id>/invoices/<int:invoice_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MAX_FORM_BYTES,
        too_large_page=TOO_LARGE,
    )
    def portal_invoice_edit(self, activity_id, invoice_id, **kwargs):
        """Correct an invoice that was sent back, and submit it again."""
        activity, invoice = self._get_invoice(activity_id, invoice_id)
        self._check_manager(activity)
        if not self._is_editable(invoice, ("sent_back",)):
            return request.redirect(f"/my/activities/{activity.id}/invoices/{invoice.id}")
        if request.httprequest.method != "POST":
            return self._render_form(activity, self._get_form_of(invoice), {}, invoice)
        return self._handle_form(activity, invoice)

    def _handle_form(self, activity, invoice):
        """Submit the form, or show it again with all errors and all that was typed."""
        member = request.env.user.partner_id
        form = self._read_form()
        if form["operation"] != "submit":
            self._change_lines(form)
            return self._render_form(activity, form, {}, invoice)
        Submission = request.env["coop.invoice.submission"]
        # A replay must not depend on what is valid by now: it leads to its first result.
        made = not invoice and self._find_made(activity, form, member)
        if made:
            return self._redirect_to(made)
        values, errors = request.env["coop.invoice.form"]._validate(activity, form, member, invoice)
        if errors:
            if "token" in errors:
                form["token"] = str(uuid.uuid4())
            return self._render_form(activity, form, errors, invoice)
        if invoice:
            # Of two corrections at once, the second is replayed and finds it submitted already.
            activity._bump_reserved(0)
            Submission._update(invoice.with_user(request.env.user).sudo(), values, member)
        else:
            invoice = Submission._create(values, member)
        return self._redirect_to(invoice)

    def _find_made(self, activity, form, member):
        token = typed_token(form["token"])
        return token and request.env["coop.invoice.submission"]._find_by_token(
            activity.company_id, token, member
        )

    def _redirect_to(self, invoice):
        return request.redirect(
            f"/my/activities/{invoice.activity_id.id}/invoices/{invoice.id}?submitted=1"
        )

    # ------------------------------------------------------------------
    # Reading and rendering the form
    # ------------------------------------------------------------------

    def _read_form(self):
        """Return what was typed, as texts; only known fields are read."""
        posted = request.httprequest.form
        columns = [posted.getlist(f"line_{key}") for key in LINE_FIELDS]
        return {
            **{key: typed_text(posted.get(key)) for key in TEXT_FIELDS},
            "lines": [
                dict(zip(LINE_FIELDS, map(typed_text, cells), strict=True))
                # One line more than allowed is enough to say that there are too many.
                for cells in list(zip(*columns, strict=False))[: MAX_LINES + 1]
            ],
            "operation": posted.get("operation") or "submit",
            "removed_files": posted.getlist("removed_files"),
            "files": [
                (typed_text(file.filename), self._read_file(file))
                for file in request.httprequest.files.getlist("files")
                if file.filename
            ],
        }

    def _read_file(self, file):
        """Read a file from its start: the server replays a request that lost a race, but rewinds
        only the first of several files in one field."""
        file.seek(0)
        return file.read()

    def _change_lines(self, form):
        """Add or remove a line for browsers without JavaScript."""
        operation, _separator, index = form["operation"].partition(":")
        if operation == "remove_line" and index in map(str, range(len(form["lines"]))):
            del form["lines"][int(index)]
        if operation == "add_line" or not form["lines"]:
            form["lines"].append(self._get_empty_line())

    def _get_empty_line(self):
        return {"name": "", "quantity": "1", "price": "", "tax_id": ""}

    def _get_empty_form(self, activity):
        company = activity.company_id
        form = dict.fromkeys(TEXT_FIELDS, "")
        form.update(
            token=str(uuid.uuid4()),
            activity_id=str(activity.id),
            client_mode="known",
            client_kind="company",
            client_country_id=str(company.country_id.id or ""),
            client_lang=request.env.lang,
            currency_id=str(company.currency_id.id),
            lines=[self._get_empty_line()],
        )
        return form

    def _get_form_of(self, invoice):
        """Return the form as if the member had just typed this invoice."""
        lang = request.env["res.lang"]._get_data(code=request.env.lang)

        def number(value):
            return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", lang.decimal_point)

        form = self._get_empty_form(invoice.activity_id)
        form.update(
            partner_id=str(invoice.partner_id.id),
            currency_id=str(invoice.currency_id.id),
            ref=invoice.ref or "",
            invoice_date=str(invoice.invoice_date or ""),
            comment=invoice.submission_comment or "",
            lines=[
                {
                    "name": line.name or "",
                    "quantity": number(line.quantity),
                    "price": number(line.price_unit),
                    "tax_id": str(line.tax_ids[:1].id or ""),
                }
                for line in invoice.invoice_line_ids
                if line.display_type == "product"
            ],
        )
        return form

    def _render_form(self, activity, form, errors, invoice):
        Form = request.env["coop.invoice.form"]
        Client = request.env["coop.invoice.client"]
        member = request.env.user.partner_id
        company = activity.company_id
        clients = Client._suggest_own(member)
        chosen = Client._get_own(member, typed_id(form["partner_id"]))
        default_tax = Form._get_default_tax(company, chosen)
        values = self._prepare_activity_values(activity, "invoices") | {
            "form": form,
            "errors": errors,
            "coop_invoice": invoice,
            "own_activities": self._get_open_activities(activity),
            "clients": chosen | clients,
            "chosen_client": chosen,
            "client_mode": form["client_mode"] if (clients or chosen) else "new",
            "has_clients": bool(clients or chosen),
            "taxes": Form._get_taxes(company),
            "default_tax_id": str(default_tax.id or ""),
            "currencies": Form._get_currencies(),
            "countries": request.env["res.country"].sudo().search([]),
            "languages": request.env["res.lang"].get_installed(),
            "max_bytes": MAX_FILES_BYTES,
            "max_files": MAX_FILES,
            "max_lines": MAX_LINES,
            "accept": ",".join(kind for kinds in FILE_TYPES.values() for kind in kinds),
            "rate": self._write_rate(
                request.env["coop.contribution.rate"]
                ._get_rate(company, fields.Date.context_today(activity))
                .rate
            ),
        }
        return request.render(
            "smart_activity_billing.portal_invoice_form", values, status=422 if errors else 200
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_open_activities(self, activity):
        """Return the user's Activities that can invoice in the same company, and this one."""
        return activity | request.env["coop.activity"].search(
            self._get_own_activities_domain()
            & Domain("state", "=", "open")
            & Domain("company_id", "=", activity.company_id.id)
        )
