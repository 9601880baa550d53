from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id

from ..models.coop_invoice_form import MAX_LINES, MAX_PRICE, MAX_QUANTITY
from .portal_invoice import ActivityInvoicePortal


class ActivityInvoicePreviewPortal(ActivityInvoicePortal):
    """What the form of an invoice asks while it is filled in: clients, and the totals so far."""

    @http.route("/my/activities/clients", type="jsonrpc", auth="user", readonly=True)
    def portal_invoice_clients(self, term="", **kwargs):
        """Return the user's own clients that match what was typed, at least two characters."""
        return request.env["coop.invoice.client"]._search_own(request.env.user.partner_id, term)

    @http.route("/my/activities/preview", type="jsonrpc", auth="user", readonly=True)
    def portal_invoice_preview(
        self, activity_id=0, lines=None, currency_id="", client=None, date="", **kwargs
    ):
        """Return the totals of what is typed so far, written out in the user's language."""
        if not isinstance(activity_id, int):
            raise NotFound()
        activity = self._get_activity(activity_id)
        Form = request.env["coop.invoice.form"]
        company = activity.company_id
        currency = (
            request.env["coop.invoice.client"]._find(
                {"currency_id": str(currency_id)}, "currency_id", "res.currency"
            )
            & Form._get_currencies()
            or company.currency_id
        )
        totals = request.env["coop.invoice.submission"]._get_totals(
            company,
            self._read_preview_lines(company, lines),
            currency,
            self._read_date(date if isinstance(date, str) else ""),
        )
        result = self._write_totals(company, currency, totals)
        default = Form._get_default_tax(company, self._read_preview_client(client))
        return {**result, "default_tax_id": str(default.id or "")}

    def _read_preview_lines(self, company, lines):
        """Return the lines that can be counted; the others are still being typed."""
        taxes = {str(tax.id): tax for tax in request.env["coop.invoice.form"]._get_taxes(company)}
        result = []
        for line in lines[:MAX_LINES] if isinstance(lines, list) else []:
            if not isinstance(line, dict):
                continue
            quantity = self._read_decimal(str(line.get("quantity") or ""))
            price = self._read_decimal(str(line.get("price") or ""))
            if quantity is None or price is None:
                continue
            if quantity > MAX_QUANTITY or price > MAX_PRICE:
                continue
            tax = taxes.get(str(line.get("tax_id")))
            result.append(
                {
                    "name": "",
                    "quantity": float(quantity),
                    "price_unit": float(price),
                    "tax_ids": tax.ids if tax else [],
                }
            )
        return result

    def _read_preview_client(self, client):
        """Return the client that the member chose, or values for the one being typed."""
        client = client if isinstance(client, dict) else {}
        Client = request.env["coop.invoice.client"]
        partner_id = client.get("partner_id")
        if partner_id:
            return Client._get_own(request.env.user.partner_id, typed_id(partner_id))
        country = Client._find({"c": str(client.get("country_id") or "")}, "c", "res.country")
        vat = "".join(char for char in str(client.get("vat") or "") if char.isalnum())[:20]
        return {"country_id": country.id, "vat": vat.upper(), "is_company": True, "name": "-"}

    def _write_totals(self, company, currency, totals):
        home = company.currency_id
        return {
            "untaxed": currency.format(totals["untaxed"]),
            "taxes": [
                {"name": name, "amount": currency.format(amount)}
                for name, amount in totals["taxes"]
            ],
            "total": currency.format(totals["total"]),
            "rate": self._write_rate(totals["rate"]),
            "contribution": home.format(totals["contribution"]),
            "reaches": home.format(totals["reaches"]),
        }

    def _write_rate(self, rate):
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        return f"{rate:g}".replace(".", lang.decimal_point or ".")
