from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .portal import ActivityPortal


class ActivityInvoicePortal(ActivityPortal):
    """One invoice of an Activity: reading it, its files, and withdrawing it."""

    @http.route(
        "/my/activities/<int:activity_id>/invoices/<int:invoice_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_invoice(self, activity_id, invoice_id, **kwargs):
        """Show an invoice to the member."""
        activity, invoice = self._get_invoice(activity_id, invoice_id)
        is_manager = self._is_manager(activity)
        values = self._prepare_activity_values(activity, "invoices") | {
            "coop_invoice": invoice,
            "status": invoice._get_member_status(),
            "steps": invoice._get_member_steps(),
            "amounts": invoice._get_member_amounts(activity),
            "can_withdraw": is_manager and self._is_editable(invoice, ("submitted", "sent_back")),
            "can_correct": is_manager and self._is_editable(invoice, ("sent_back",)),
            "just_submitted": kwargs.get("submitted") == "1",
        }
        return request.render("smart_activity_billing.portal_activity_invoice", values)

    @http.route(
        "/my/activities/<int:activity_id>/invoices/<int:invoice_id>/pdf",
        type="http",
        auth="user",
        website=True,
    )
    def portal_activity_invoice_pdf(self, activity_id, invoice_id, **kwargs):
        """Download the PDF of a posted invoice."""
        _activity, invoice = self._get_invoice(activity_id, invoice_id)
        if invoice.state != "posted":
            raise NotFound()
        document = invoice._get_invoice_legal_documents("pdf", allow_fallback=True)
        return self._make_download(document["filename"], document["content"], "application/pdf")

    @http.route(
        "/my/activities/<int:activity_id>/invoices/<int:invoice_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_invoice_file(self, activity_id, invoice_id, file_id, **kwargs):
        """Download a file that the member attached."""
        _activity, invoice = self._get_invoice(activity_id, invoice_id)
        file = invoice.submission_attachment_ids.filtered(lambda file: file.id == file_id)
        if not file:
            raise NotFound()
        return self._make_download(file.name, file.raw, file.mimetype)

    @http.route(
        "/my/activities/<int:activity_id>/invoices/<int:invoice_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_activity_invoice_withdraw(self, activity_id, invoice_id, **kwargs):
        """Withdraw a submitted invoice; what was handled meanwhile is simply shown."""
        activity, invoice = self._get_invoice(activity_id, invoice_id)
        self._check_manager(activity)
        if self._is_editable(invoice, ("submitted", "sent_back")):
            # The trail names the member, not the superuser of the access check.
            invoice.with_user(request.env.user).sudo()._withdraw_submission()
        return request.redirect(f"/my/activities/{activity.id}/invoices/{invoice.id}")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_invoice(self, activity_id, invoice_id):
        """Return the Activity and its invoice, looked up among its own invoices only."""
        activity = self._get_activity(activity_id)
        # Members have no right on invoices: the access check of the Activity stands for it.
        Move = request.env["account.move"].sudo()
        return activity, self._find_own(Move, activity._get_portal_invoice_domain(), invoice_id)

    def _is_editable(self, invoice, states):
        return invoice.state == "draft" and invoice.submission_state in states

    def _make_download(self, filename, content, mimetype):
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", content_disposition(filename)),
                ("Content-Security-Policy", "default-src 'none'"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
