from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MembershipPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "membership_count" in counters:
            values["membership_count"] = len(self._get_own_memberships())
        return values

    def _create_or_update_address(self, partner_sudo, *args, verify_address_values=True, **kwargs):
        # Code of an addon may say that values are checked already; what a form sends may not.
        verify_address_values = verify_address_values is not False
        return super()._create_or_update_address(
            partner_sudo, *args, verify_address_values=verify_address_values, **kwargs
        )

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """Tell members, and who works for one, that the name in the registers stays."""
        invalid, missing, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        for field, holder in (
            ("name", partner_sudo),
            ("company_name", partner_sudo.commercial_partner_id - partner_sudo),
        ):
            name = address_values.get(field)
            if name and holder._filter_renamed(name)._filter_registered():
                invalid.add(field)
                messages.append(holder._tell_registered_name())
        return invalid, missing, messages

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
