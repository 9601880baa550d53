from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from .portal_invoice import ActivityInvoicePortal

INVOICE = "/my/activities/<int:activity_id>/invoices/<int:invoice_id>"


class InvoiceCorrectionPortal(ActivityInvoicePortal):
    """A member agrees with what the accountant corrected, or says why not."""

    @http.route(f"{INVOICE}/agree", type="http", auth="user", website=True, methods=["POST"])
    def portal_correction_agree(self, activity_id, invoice_id, **kwargs):
        """Agree with the draft that the page showed."""
        return self._answer_correction(
            activity_id, invoice_id, lambda invoice, me: invoice._approve_as(me), **kwargs
        )

    @http.route(f"{INVOICE}/disagree", type="http", auth="user", website=True, methods=["POST"])
    def portal_correction_disagree(self, activity_id, invoice_id, reason="", **kwargs):
        """Do not agree, and say why; without a reason nothing happens."""
        reason = typed_text(reason)[:2000]
        if not reason:
            activity, invoice = self._get_invoice(activity_id, invoice_id)
            return request.redirect(f"/my/activities/{activity.id}/invoices/{invoice.id}")
        return self._answer_correction(
            activity_id, invoice_id, lambda invoice, me: invoice._refuse_as(me, reason), **kwargs
        )

    def _answer_correction(self, activity_id, invoice_id, step, content="", **kwargs):
        """Let the user answer; what was decided or changed meanwhile is simply shown."""
        activity, invoice = self._get_invoice(activity_id, invoice_id)
        if content == invoice._get_approval_fingerprint():
            try:
                with request.env.cr.savepoint():
                    # With the user's own rights: the step checks who answers.
                    step(invoice.with_user(request.env.user), request.env.user.partner_id)
            except (AccessError, UserError):
                request.env.invalidate_all()
        return request.redirect(f"/my/activities/{activity.id}/invoices/{invoice.id}")
