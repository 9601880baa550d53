from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from .portal_trace import TracePortal

PAGE = "/my/responses"
OUTCOMES = ("accepted", "amended", "rejected", "merged")
COLUMNS = ["reference", "title", "outcome", "reasons", "cost", "currency", "published_on"]
COLUMNS += ["decided_title", "decided_text", "decided_anew"]
MOST_ROWS = 5000


class ResponsePortal(TracePortal):
    """The register of what the Board answered, once it is published."""

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_responses(self, page=1, **kwargs):
        """List the published answers, the latest publication first."""
        shown = kwargs.get("show") if kwargs.get("show") in OUTCOMES else ""
        search = typed_text(kwargs.get("search"))[:100]
        domain = self._get_responses_domain()
        if shown:
            domain &= Domain("outcome", "=", shown)
        if search:
            domain &= Domain("recommendation_id.name", "ilike", search) | Domain(
                "recommendation_id.reference", "ilike", search
            )
        reviews, pager = self._search_page(
            self._reviews(), domain, PAGE, page, order="publication_id, id"
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "responses",
            "reviews": reviews,
            "pager": pager,
            "shown": shown,
            "search": search,
            "outcomes": self._reviews()._fields["outcome"]._description_selection(request.env),
        }
        return request.render("smart_workgroups.portal_responses", values)

    @http.route(f"{PAGE}/export/<extension>", type="http", auth="user", website=True, readonly=True)
    def portal_responses_export(self, extension, **kwargs):
        """Send the published answers as a file."""
        reviews = self._reviews().search(self._get_responses_domain(), limit=MOST_ROWS)
        outcomes = dict(reviews._fields["outcome"]._description_selection(request.env))
        rows = [
            {
                "reference": one.recommendation_id.reference,
                "title": one.recommendation_id.name,
                "outcome": outcomes[one.outcome],
                "reasons": one.reasons,
                "cost": one.cost,
                "currency": one.currency_id.name,
                "published_on": one.published_on,
                "decided_title": one.final_name,
                "decided_text": one.recommendation_id._text_of(one.final_text),
                "decided_anew": bool(one._get_published_renewal()),
            }
            for one in reviews
        ]
        return self._send_rows("responses", COLUMNS, rows, extension)

    @http.route(f"{PAGE}/<int:response_id>", type="http", auth="user", website=True, readonly=True)
    def portal_response(self, response_id, **kwargs):
        """Show one answer with its reasons and what it changed."""
        review = self._find_own(self._reviews(), self._get_responses_domain(), response_id)
        values = self._prepare_portal_layout_values() | {
            "page_name": "response",
            "review": review,
            "renewal": review._get_published_renewal(),
            "recommendation": review.recommendation_id,
            "changes": review._get_changes(),
        }
        return request.render("smart_workgroups.portal_response", values)

    def _reviews(self):
        # Found by their publication only: members have no right on reviews.
        return request.env["coop.board.review"].sudo()

    def _get_responses_domain(self):
        companies = self._get_member_companies()
        return Domain("company_id", "in", companies.ids) & Domain(
            "publication_id.published_on", "!=", False
        )
