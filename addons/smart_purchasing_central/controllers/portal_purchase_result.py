from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER


class PurchaseResultPortal(CustomerPortal):
    """What a campaign brought to the member, and to all together. It only reads."""

    @http.route(
        "/my/purchases/<int:campaign_id>/result",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_purchase_result(self, campaign_id, **kwargs):
        """Show what the user got, paid and saved in a campaign, and what all did."""
        if not 0 < campaign_id <= MAX_INTEGER:
            raise NotFound()
        # Found by the user's own pledges only: members have no right on campaigns.
        campaign = request.env["coop.purchase.campaign"].sudo().browse(campaign_id)
        pledges = campaign._get_pledges_of(request.env.user.partner_id)
        if not pledges:
            raise NotFound()
        results = campaign._get_results()
        values = self._prepare_portal_layout_values() | {
            "page_name": "purchase_part",
            "part_name": request.env._("Result"),
            "campaign": campaign,
            "total": campaign._get_total_result(),
            "own": [(pledge, results.get(pledge)) for pledge in pledges],
            "charges": campaign._get_portal_charges(pledges),
        }
        return request.render("smart_purchasing_central.portal_purchase_result", values)
