from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ..lib.typed_text import typed_id
from .portal_directory import DirectoryPortal
from .portal_service import ID

NETWORK = "/my/networks/<int:sector_id>"
EVENT = f"/my/networks/events/{ID % 'event_id'}"


class NetworkPortal(DirectoryPortal):
    """The sector networks, for current members: who animates them, their list, their events."""

    @http.route(
        "/my/networks", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_my_networks(self, **kwargs):
        """Show the networks, those of the own sectors first."""
        return self._render_networks(self._check_network_membership())

    @http.route(f"{NETWORK}/subscribe", type="http", auth="user", website=True, methods=["POST"])
    def portal_network_subscribe(self, sector_id, **kwargs):
        """Put who is logged in on the mailing list of a network."""
        membership, sector = self._check_network(sector_id)
        try:
            sector._subscribe(membership)
        except UserError as error:
            return self._render_networks(membership, error=str(error))
        return request.redirect(f"/my/networks#network_{sector.id}")

    @http.route(f"{NETWORK}/unsubscribe", type="http", auth="user", website=True, methods=["POST"])
    def portal_network_unsubscribe(self, sector_id, **kwargs):
        """Take who is logged in off the mailing list of a network."""
        membership, sector = self._check_network(sector_id)
        sector._unsubscribe(membership)
        return request.redirect(f"/my/networks#network_{sector.id}")

    @http.route(f"{EVENT}/register", type="http", auth="user", website=True, methods=["POST"])
    def portal_event_register(self, event_id, **post):
        """Register who is logged in for an event of a network."""
        return self._change_event(event_id, post, "_register_member")

    @http.route(f"{EVENT}/cancel", type="http", auth="user", website=True, methods=["POST"])
    def portal_event_cancel(self, event_id, **post):
        """Cancel the registration of who is logged in."""
        return self._change_event(event_id, post, "_cancel_member")

    def _change_event(self, event_id, post, step):
        membership = self._check_network_membership()
        event = self._check_event(membership, event_id)
        try:
            with request.env.cr.savepoint():
                getattr(event, step)(membership)
        except UserError as error:
            return self._render_networks(membership, error=str(error))
        return request.redirect(f"/my/networks#network_{typed_id(post.get('sector_id'))}")

    def _check_event(self, membership, event_id):
        """Return an event that members of the cooperative see on this page.

        :raise NotFound: it is none of these
        """
        # sudo: members have no access to events; only what the page shows is found.
        Event = request.env["event.event"].sudo().with_company(membership.company_id)
        domain = Event._upcoming_domain(membership.company_id)
        event = Event.search(
            domain & Domain("sector_ids", "!=", False) & Domain("id", "=", event_id)
        )
        if not event:
            raise NotFound()
        return event

    def _check_network_membership(self):
        """Return the membership by which the user sees networks, of the current company if there.

        :raise NotFound: for who is no current member
        """
        memberships = self._check_member()
        return memberships.sorted(lambda record: record.company_id != request.env.company)[:1]

    def _check_network(self, sector_id):
        """Return the user's membership and a sector that has a network in that cooperative.

        :raise NotFound: for who is no member, or a sector that is not there
        """
        membership = self._check_network_membership()
        sector = self._sectors().search([("id", "=", sector_id)])
        if not sector:
            raise NotFound()
        return membership, sector

    def _render_networks(self, membership, error=None):
        networks = self._sectors()._networks(membership)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="networks",
            own_networks=[network for network in networks if network["own"]],
            other_networks=[network for network in networks if not network["own"]],
            error=error,
        )
        return request.render("smart_membership.portal_my_networks", values)

    def _sectors(self):
        # sudo: members have no access to lists, events and other memberships; the page shows the
        # few values that `_networks` returns.
        return request.env["coop.sector"].sudo()
