from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.smart_membership.lib.table_file import csv_file, xlsx_file

from .portal import ActivityPortal

MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ActivityExportPortal(ActivityPortal):
    """The tables of an Activity as files, with the same rows as on the screen."""

    @http.route(
        "/my/activities/<int:activity_id>/<string:table>/export.<string:extension>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_export(self, activity_id, table, extension, **kwargs):
        """Download a table of the Activity as CSV or XLSX."""
        activity = self._get_activity(activity_id)
        tables = {
            "movements": self._get_movement_table,
            "invoices": self._get_invoice_table,
            "contributions": self._get_contribution_table,
        }
        if table not in tables or extension not in MIME_TYPES:
            raise NotFound()
        title, headers, rows = tables[table](activity, kwargs)
        if extension == "xlsx":
            content = xlsx_file(title, headers, rows)
        else:
            lang = request.env["res.lang"]._get_data(code=request.env.lang)
            content = csv_file(headers, rows, lang.decimal_point or ".")
        today = fields.Date.context_today(activity)
        filename = f"{activity.code}-{title}-{today}.{extension}".replace(" ", "-")
        return request.make_response(
            content,
            [
                ("Content-Type", MIME_TYPES[extension]),
                ("Content-Disposition", content_disposition(filename)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _get_movement_table(self, activity, params):
        movements, _total = activity._get_movements(**self._read_movement_filters(params))
        kinds = activity._get_movement_kinds()
        headers = [
            request.env._("Date"),
            request.env._("Kind"),
            request.env._("Label"),
            request.env._("Document"),
            request.env._("Amount"),
            request.env._("Running balance"),
        ]
        return (
            request.env._("Movements"),
            headers,
            [
                [
                    movement["date"],
                    kinds[movement["kind"]],
                    movement["label"] or "",
                    movement["document"] or "",
                    float(movement["amount"]),
                    float(movement["running"]),
                ]
                for movement in movements
            ],
        )

    def _get_invoice_table(self, activity, params):
        headers = [
            request.env._("Number"),
            request.env._("Client"),
            request.env._("Date"),
            request.env._("Due date"),
            request.env._("Untaxed"),
            request.env._("Total"),
            request.env._("Currency"),
            request.env._("Status"),
        ]
        return (
            request.env._("Invoices"),
            headers,
            [
                [
                    invoice.name or "",
                    invoice.partner_id.name or "",
                    invoice.invoice_date or None,
                    invoice.invoice_date_due or None,
                    invoice.direction_sign * -invoice.amount_untaxed,
                    invoice.direction_sign * -invoice.amount_total,
                    invoice.currency_id.name,
                    invoice._get_member_status()[1],
                ]
                for invoice in activity._search_invoices(order="invoice_date desc, id desc")
            ],
        )

    def _get_contribution_table(self, activity, params):
        headers = [
            request.env._("Date"),
            request.env._("Document"),
            request.env._("Base"),
            request.env._("Rate (%)"),
            request.env._("Contribution"),
        ]
        return (
            request.env._("Contribution"),
            headers,
            [
                [
                    line.date,
                    line.move_id.name or "",
                    line.contribution_base,
                    line.contribution_rate,
                    line.balance,
                ]
                for line in activity._search_contributions()
            ],
        )
