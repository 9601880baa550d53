from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MembershipPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "membership_count" in counters:
            values["membership_count"] = len(self._get_own_memberships())
        return values

    @http.route("/my/membership", type="http", auth="user", website=True, readonly=True)
    def portal_my_membership(self, **kwargs):
        """Show who is logged in the own membership; it takes no id, so there is none to guess."""
        values = self._prepare_portal_layout_values()
        values.update(page_name="membership", memberships=self._get_own_memberships())
        return request.render("smart_membership.portal_my_membership", values)

    def _get_own_memberships(self):
        """Return the user's memberships, the current ones first.

        Internal users read more than their own by their record rules, hence the domain.
        """
        Membership = request.env["coop.membership"]
        if not Membership.has_access("read"):
            return Membership
        memberships = Membership.search([("partner_id", "=", request.env.user.partner_id.id)])
        return memberships.sorted(lambda membership: membership.state == "former")
