from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER

from .portal_invoice import ActivityInvoicePortal

ACTIVITY = "/my/activities/<int:activity_id>"


class ActivityPurchasePortal(ActivityInvoicePortal):
    """What was ordered and billed for an Activity. All pages only read."""

    @http.route(
        f"{ACTIVITY}/orders/<int:order_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_order(self, activity_id, order_id, **kwargs):
        """Show what an order has for the Activity, and what it still holds."""
        activity = self._get_activity(activity_id)
        order = self._find(activity._find_order, order_id)
        values = self._prepare_activity_values(activity, "order") | {
            "coop_order": order,
            "coop_document": order.name,
            "lines": activity._get_order_lines(order),
        }
        return request.render("smart_activity_billing.portal_activity_order", values)

    @http.route(
        f"{ACTIVITY}/bills/<int:bill_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_activity_bill(self, activity_id, bill_id, **kwargs):
        """Show what a bill of a supplier took from the Activity."""
        activity = self._get_activity(activity_id)
        bill = self._find(activity._find_bill, bill_id)
        values = self._prepare_activity_values(activity, "bill") | {
            "coop_bill": bill,
            "coop_document": bill.name,
            "lines": activity._get_bill_lines(bill),
            "files": activity._get_bill_files(bill),
        }
        return request.render("smart_activity_billing.portal_activity_bill", values)

    @http.route(
        f"{ACTIVITY}/bills/<int:bill_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_bill_file(self, activity_id, bill_id, file_id, **kwargs):
        """Show a file of a bill that this Activity alone pays."""
        activity = self._get_activity(activity_id)
        bill = self._find(activity._find_bill, bill_id)
        file = activity._get_bill_files(bill).filtered(lambda file: file.id == file_id)
        if not file:
            raise NotFound()
        return self._make_download(file.name, file.raw, file.mimetype)

    def _find(self, find, record_id):
        """Return what ``find`` finds, or answer that there is none."""
        record = find(record_id) if 0 < record_id <= MAX_INTEGER else None
        if not record:
            raise NotFound()
        return record
