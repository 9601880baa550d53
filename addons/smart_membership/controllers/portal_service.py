import uuid

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..lib.typed_text import typed_text, typed_token
from ..models.coop_service_request import MAX_TEXT
from .portal import MembershipPortal

PAGE_SIZE = 20
# What an integer column of the database can hold; larger numbers in an address are not found.
ID = "<int(max=2147483647):%s>"


class ServicePortal(MembershipPortal):
    """The pages on which members ask for services and follow what they asked."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_count" in counters:
            # The card is for who is a member: the number itself says nothing.
            values["service_count"] = len(self._get_current_memberships())
        return values

    # ------------------------------------------------------------------
    # The catalogue
    # ------------------------------------------------------------------

    @http.route("/my/services", type="http", auth="user", website=True, readonly=True)
    def portal_my_services(self, **kwargs):
        """Show the services that fit the member, the general ones first."""
        memberships = self._get_current_memberships()
        Service = request.env["coop.service"]
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_services",
            "catalogues": [
                (membership, Service.search(Service._get_fitting_domain(membership)))
                for membership in memberships
            ],
            "request_count": self._count_own_requests(),
        }
        return request.render("smart_membership.portal_my_services", values)

    @http.route(
        f"/my/services/{ID % 'service_id'}/ask",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def portal_service_ask(self, service_id, **post):
        """Show the form of a request, and take it in."""
        memberships = self._get_current_memberships()
        form = {"token": str(uuid.uuid4()), "message": ""}
        if request.httprequest.method == "POST":
            form = {name: typed_text(post.get(name)) for name in form}
            # A form sent twice leads to its first result, whatever fits the member by now.
            made = request.env["coop.service.request"]._find_made(memberships, form["token"])
            if made:
                return request.redirect(f"/my/services/requests/{made.id}?asked=1")
        membership, service = self._get_fitting_service(memberships, service_id)
        errors = {}
        if request.httprequest.method == "POST":
            errors = self._check_token(form) | self._check_length("message", form["message"])
            if not errors:
                made = request.env["coop.service.request"]._create_once(
                    membership,
                    form["token"],
                    {"service_id": service.id, "message": form["message"]},
                )
                return request.redirect(f"/my/services/requests/{made.id}?asked=1")
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_service_ask",
            "service": service,
            "membership": membership,
            "form": form,
            "errors": errors,
            "max_text": MAX_TEXT,
        }
        return request.render(
            "smart_membership.portal_service_ask", values, status=422 if errors else 200
        )

    # ------------------------------------------------------------------
    # What the member asked
    # ------------------------------------------------------------------

    @http.route(
        ["/my/services/requests", "/my/services/requests/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_service_requests(self, page=1, **kwargs):
        """List what the member asked, the latest first."""
        pager = portal_pager(
            url="/my/services/requests",
            total=self._count_own_requests(),
            page=page,
            step=PAGE_SIZE,
        )
        requests = request.env["coop.service.request"]
        if requests.has_access("read"):
            requests = requests.search(
                self._get_own_requests_domain(),
                limit=PAGE_SIZE,
                offset=max(pager["offset"], 0),
            )
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_service_requests",
            "service_requests": requests,
            "pager": pager,
        }
        return request.render("smart_membership.portal_my_service_requests", values)

    @http.route(
        f"/my/services/requests/{ID % 'request_id'}",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_request(self, request_id, asked=None, **kwargs):
        """Show one request: its state, the messages, and what the member can do."""
        request_sudo = self._get_own_request(request_id)
        return self._render_request(request_sudo, asked=bool(asked))

    @http.route(
        f"/my/services/requests/{ID % 'request_id'}/message",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_request_message(self, request_id, **post):
        """Add a message to a request."""
        request_sudo = self._get_own_request(request_id)
        text = typed_text(post.get("text"))
        errors = self._check_length("text", text)
        if not text:
            errors["text"] = request.env._("Write your message first.")
        if request_sudo.state == "cancelled":
            errors["text"] = request.env._(
                "This request was cancelled: ask for the service again instead."
            )
        if errors:
            return self._render_request(request_sudo, errors, {"text": text})
        request_sudo._post_by_member(text, request.env.user.partner_id)
        return request.redirect(f"/my/services/requests/{request_sudo.id}#messages")

    @http.route(
        f"/my/services/requests/{ID % 'request_id'}/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_request_cancel(self, request_id, **post):
        """Cancel a request that nobody works on yet."""
        request_sudo = self._get_own_request(request_id)
        # Sent twice, it is as cancelled as before.
        if request_sudo.state != "cancelled":
            try:
                request_sudo._cancel_by_member()
            except UserError as error:
                return self._render_request(request_sudo, {"cancel": str(error)})
        return request.redirect(f"/my/services/requests/{request_sudo.id}")

    @http.route(
        f"/my/services/requests/{ID % 'request_id'}/rate",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_request_rate(self, request_id, **post):
        """Keep how satisfied the member is, once."""
        request_sudo = self._get_own_request(request_id)
        form = {"score": post.get("score") or "", "comment": typed_text(post.get("comment"))}
        errors = self._check_length("comment", form["comment"])
        if form["score"] not in ("1", "2", "3", "4", "5"):
            errors["score"] = request.env._("Choose from 1, not at all, to 5, very satisfied.")
        if not errors and not request_sudo.score:
            try:
                request_sudo._rate(int(form["score"]), form["comment"])
            except UserError as error:
                errors["score"] = str(error)
        if errors:
            return self._render_request(request_sudo, errors, form)
        return request.redirect(f"/my/services/requests/{request_sudo.id}#satisfaction")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_current_memberships(self):
        """Return the own memberships of who is a member now."""
        return self._get_own_memberships().filtered(lambda own: own.state == "member")

    def _get_own_requests_domain(self):
        """Internal users read more than their own by their record rules, hence the domain."""
        return Domain("membership_id.partner_id", "=", request.env.user.partner_id.id)

    def _count_own_requests(self):
        Request = request.env["coop.service.request"]
        if not Request.has_access("read"):
            return 0
        return Request.search_count(self._get_own_requests_domain())

    def _get_fitting_service(self, memberships, service_id):
        """Return the own membership that a service fits, and the service.

        :raise NotFound: there is none
        """
        Service = request.env["coop.service"]
        for membership in memberships:
            service = Service.search(
                Service._get_fitting_domain(membership) & Domain("id", "=", service_id)
            )
            if service:
                return membership, service
        raise NotFound()

    def _get_own_request(self, request_id):
        """Return the user's own request with superuser rights.

        :raise NotFound: it does not exist or is another's, which is answered alike
        """
        try:
            request_sudo = self._document_check_access("coop.service.request", request_id)
        except (AccessError, MissingError):
            raise NotFound() from None
        if request_sudo.partner_id != request.env.user.partner_id:
            raise NotFound()
        # The superuser of the core is OdooBot: what is written here is the member's.
        return request_sudo.with_user(request.env.user).sudo()

    def _render_request(self, request_sudo, errors=None, form=None, asked=False):
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_service_request",
            "service_request": request_sudo,
            "messages": request_sudo._get_conversation().sorted("id"),
            "errors": errors or {},
            "form": {"text": "", "score": "", "comment": ""} | (form or {}),
            "asked": asked,
            "max_text": MAX_TEXT,
        }
        return request.render(
            "smart_membership.portal_service_request", values, status=422 if errors else 200
        )

    def _check_token(self, form):
        """Return the error of a form that the page did not make, and give it a token."""
        if typed_token(form["token"]):
            return {}
        form["token"] = str(uuid.uuid4())
        return {"token": request.env._("Please send the form once more.")}

    def _check_length(self, name, text):
        if len(text) <= MAX_TEXT:
            return {}
        return {
            name: request.env._(
                "Your text has %(length)s characters; at most %(limit)s fit. Make it shorter.",
                length=len(text),
                limit=MAX_TEXT,
            )
        }
