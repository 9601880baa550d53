from odoo import http
from odoo.http import request

from odoo.addons.smart_membership.lib.table_file import xlsx_file

from .portal_export import MIME_TYPES
from .portal_invoice import ActivityInvoicePortal
from .portal_member import PAGE_SIZE


class ActivityStatementPortal(ActivityInvoicePortal):
    """The monthly statements of an Activity, and their files."""

    @http.route(
        [
            "/my/activities/<int:activity_id>/statements",
            "/my/activities/<int:activity_id>/statements/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_statements(self, activity_id, page=1, **kwargs):
        """List the statements of the Activity."""
        activity = self._get_activity(activity_id)
        total = activity._count_statements()
        pager = self._prepare_pager(activity, "statements", total, page, {})
        values = self._prepare_activity_values(activity, "statements") | {
            "statements": activity._search_statements(
                limit=PAGE_SIZE, offset=max(pager["offset"], 0)
            ),
            "first_date": not total and activity._get_first_statement_date(),
            "pager": pager,
        }
        return request.render("smart_activity_billing.portal_activity_statements", values)

    @http.route(
        "/my/activities/<int:activity_id>/statements/<int:statement_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_statement(self, activity_id, statement_id, **kwargs):
        """Show a statement."""
        activity, statement = self._get_statement(activity_id, statement_id)
        values = self._prepare_activity_values(activity, "statements") | {
            "statement": statement,
            "currency": statement.currency_id,
        }
        return request.render("smart_activity_billing.portal_activity_statement", values)

    @http.route(
        "/my/activities/<int:activity_id>/statements/<int:statement_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_statement_pdf(self, activity_id, statement_id, **kwargs):
        """Download a statement in the language of the member."""
        _activity, statement = self._get_statement(activity_id, statement_id)
        # After the access check of the Activity: members have no right on reports.
        content, _extension = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("smart_activity_billing.action_report_statement", statement.ids)
        )
        return self._make_download(
            self._name_statement_file(statement, "pdf"), content, "application/pdf"
        )

    @http.route(
        "/my/activities/<int:activity_id>/statements/<int:statement_id>/xlsx",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_statement_xlsx(self, activity_id, statement_id, **kwargs):
        """Download the lines of a statement as a spreadsheet."""
        _activity, statement = self._get_statement(activity_id, statement_id)
        content = xlsx_file(*statement._get_table())
        return self._make_download(
            self._name_statement_file(statement, "xlsx"), content, MIME_TYPES["xlsx"]
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_statement(self, activity_id, statement_id):
        """Return the Activity and its statement, looked up among its own statements only."""
        activity = self._get_activity(activity_id)
        # The access check of the Activity stands for it.
        Statement = request.env["coop.activity.statement"].sudo()
        return activity, self._find_own(
            Statement, [("activity_id", "=", activity.id)], statement_id
        )

    def _name_statement_file(self, statement, extension):
        return f"{statement.name.replace('/', '-')}.{extension}"
