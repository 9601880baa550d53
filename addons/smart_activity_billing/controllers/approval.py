import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..lib.approval_link import PAGE, MaskLinks
from ..models.coop_approval_decide import ContentChangedError

# The address of the page is the secret: the server's log of requests does without it.
logging.getLogger("werkzeug").addFilter(MaskLinks())

# Pictures are shown on the page; everything else is downloaded.
SHOWN = ("image/jpeg", "image/png")
SECRET_PAGE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
STATUS = {
    "open": HTTPStatus.OK,
    "approved": HTTPStatus.OK,
    "refused": HTTPStatus.OK,
    "ended": HTTPStatus.GONE,
    "expired": HTTPStatus.GONE,
}


class ApprovalPage(http.Controller):
    """The page behind a link in an e-mail: reading changes nothing, only its form decides.

    Nobody is logged in by it. Mail scanners and previews of links read the page as often as they
    like: on a read-only connection.
    """

    @http.route(
        f"{PAGE}/<string:token>",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def approval(self, token, **kwargs):
        """Show what is to be decided, or what became of it."""
        approval = self._find_approval(token)
        return self._render_approval(approval, token) if approval else self._render_unknown()

    @http.route(
        f"{PAGE}/<string:token>/files/<int:file_id>",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def approval_file(self, token, file_id, **kwargs):
        """Send a receipt, as long as the link can be used."""
        approval = self._find_approval(token)
        if not approval or approval._get_page_state() != "open":
            return self._render_unknown()
        files = approval._get_document()._get_approval_files()
        file = files.filtered(lambda one: one.id == file_id)
        return self._send_file(file) if file else self._render_unknown()

    # The token is what another site does not know, so no other proof of origin is needed from who
    # has no session; who has one sends its proof too.
    @http.route(
        f"{PAGE}/<string:token>",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        sitemap=False,
        methods=["POST"],
        csrf=False,
    )
    def approval_decide(self, token, decision="", reason="", content="", **kwargs):
        """Decide, once; what stands in the way is shown, and what was typed is kept."""
        approval = self._find_approval(token)
        if not approval:
            return self._render_unknown()
        reason, content = typed_text(reason)[:2000], typed_text(content)
        if decision not in ("approve", "refuse") or approval._get_page_state() != "open":
            return self._render_approval(approval, token, reason=reason)
        try:
            self._check_origin(approval, kwargs.get("csrf_token"))
            with request.env.cr.savepoint():
                approval._decide(decision, reason, content)
        except AccessError as error:
            return self._render_error(approval, token, error, HTTPStatus.FORBIDDEN, reason)
        except ContentChangedError as error:
            return self._render_error(approval, token, error, HTTPStatus.CONFLICT, reason)
        except UserError as error:
            return self._render_error(approval, token, error, 422, reason)
        return request.redirect(f"{PAGE}/{token}")

    @http.route(
        f"{PAGE}/<string:token>/renew",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        sitemap=False,
        methods=["POST"],
        csrf=False,
    )
    def approval_renew(self, token, **kwargs):
        """Send a new link to who got the expired one; nobody else gets anything."""
        approval = self._find_approval(token)
        if not approval:
            return self._render_unknown()
        try:
            self._check_origin(approval, kwargs.get("csrf_token"))
            with request.env.cr.savepoint():
                approval._renew()
        except AccessError as error:
            return self._render_error(approval, token, error, HTTPStatus.FORBIDDEN, "")
        except UserError as error:
            return self._render_error(approval, token, error, 422, "")
        return request.redirect(f"{PAGE}/{token}")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _find_approval(self, token):
        """Return the approval of a link, with superuser rights, in the language of its person."""
        # Who has the link may see what it is for: the token is the right.
        approval = request.env["coop.approval"].sudo()._find_by_token(token)
        if approval:
            user = approval.user_id
            request.update_context(lang=user.lang, tz=user.tz)
            approval = approval.with_context(
                lang=user.lang, tz=user.tz, allowed_company_ids=approval.company_id.ids
            )
        return approval

    def _check_origin(self, approval, csrf_token):
        """Take a decision from our own page only, and from nobody who is logged in as another.

        :raise AccessError: saying what to do
        """
        env = approval.env
        headers = request.httprequest.headers
        origin = headers.get("Origin", "null")
        foreign = headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or (
            # A page that tells nobody where it is sends "null".
            origin != "null" and urlsplit(origin).netloc != request.httprequest.host
        )
        if foreign:
            raise AccessError(env._("Open the link in your e-mail, and decide on that page."))
        if not request.session.uid:
            return
        if request.session.uid != approval.user_id.id:
            raise AccessError(
                env._(
                    "This link is for %(person)s, and you are logged in as %(user)s. Log out, or "
                    "ask %(person)s to decide.",
                    person=approval.user_id.name,
                    user=request.env.user.name,
                )
            )
        if not request.validate_csrf(csrf_token):
            raise AccessError(env._("Your session ended meanwhile: reload the page and try again."))

    def _render_error(self, approval, token, error, status, reason):
        # What happened meanwhile is read anew.
        approval.env.invalidate_all()
        return self._render_approval(
            approval, token, error=str(error), status=status, reason=reason
        )

    def _render_approval(self, approval, token, error=None, status=None, reason=""):
        state = approval._get_page_state()
        values = {
            "no_breadcrumbs": True,
            "no_footer": True,
            "approval": approval,
            "state": state,
            "action": f"{PAGE}/{token}",
            "error": error,
            "reason": reason,
            "company": approval.company_id,
        }
        if state in ("open", "expired"):
            document = approval._get_document()
            values |= {
                "document": document,
                "login_url": document._get_approval_url(approval.user_id),
            }
        if state == "expired":
            values["can_renew"] = approval._can_renew()
        if state == "open":
            values |= {
                "content": document._get_approval_fingerprint(),
                "changed": approval._is_changed(),
                "needs_login": document._needs_login(),
                "files": document._get_approval_files(),
                "shown": SHOWN,
            }
        response = request.render("smart_activity_billing.approval_page", values)
        return self._seal(response, status or STATUS[state])

    def _render_unknown(self):
        response = request.render(
            "smart_activity_billing.approval_unknown", {"no_breadcrumbs": True, "no_footer": True}
        )
        return self._seal(response, HTTPStatus.NOT_FOUND)

    def _send_file(self, file):
        headers = [("Content-Type", file.mimetype), ("X-Content-Type-Options", "nosniff")]
        if file.mimetype not in SHOWN:
            headers.append(("Content-Disposition", content_disposition(file.name)))
        response = self._seal(request.make_response(file.raw, headers))
        response.headers["Content-Security-Policy"] = "default-src 'none'"
        return response

    def _seal(self, response, status=HTTPStatus.OK):
        """Keep the page out of caches, frames and search engines, and its address to itself."""
        response.status_code = int(status)
        for name, value in SECRET_PAGE.items():
            response.headers[name] = value
        return response
