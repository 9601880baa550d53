from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..models.coop_recommendation import ANSWERED, WAITING
from ..models.coop_recommendation_portal import PAGE
from .portal_trace import TracePortal

# To members an answer is one once it is published: no filter tells of it before.
PUBLISHED = Domain("review_ids", "any", Domain("publication_id.published_on", "!=", False))
FILTERS = {
    "waiting": Domain("state", "in", WAITING) | (Domain("state", "in", ANSWERED) & ~PUBLISHED),
    "answered": Domain("state", "in", ANSWERED) & PUBLISHED,
    "open": Domain("state", "=", "draft"),
}
COLUMNS = ["reference", "title", "status", "workgroup", "submitted_on", "supporters", "text"]
# More than a co-operative writes in years; what is longer is asked for by its filters.
MOST_ROWS = 5000


class RecommendationPortal(TracePortal):
    """Recommendations: the own ones, and those that all members read."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        for counter in {"recommendation_count", "response_count", "action_count"} & set(counters):
            # The cards are for members: the number itself says nothing.
            values[counter] = len(self._get_member_companies()[:1])
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_recommendations(self, page=1, **kwargs):
        """List what the user drafts, and what all members read."""
        Recommendation = self._recommendations()
        drafting = Recommendation._get_drafting_domain(request.env.user.partner_id)
        drafts = Recommendation.search(drafting & Domain("state", "=", "draft"), limit=80)
        shown = kwargs.get("show") if kwargs.get("show") in FILTERS else ""
        search = typed_text(kwargs.get("search"))[:100]
        domain = self._get_visible_domain() & Domain("id", "not in", drafts.ids)
        if shown:
            domain &= FILTERS[shown]
        if search:
            domain &= Domain("name", "ilike", search) | Domain("reference", "ilike", search)
        recommendations, pager = self._search_page(Recommendation, domain, PAGE, page)
        values = self._prepare_portal_layout_values() | {
            "page_name": "recommendations",
            "drafts": drafts,
            "recommendations": recommendations,
            "pager": pager,
            "shown": shown,
            "search": search,
            "can_begin": bool(self._get_member_companies()),
        }
        return request.render("smart_workgroups.portal_recommendations", values)

    @http.route(f"{PAGE}/export/<extension>", type="http", auth="user", website=True, readonly=True)
    def portal_recommendations_export(self, extension, **kwargs):
        """Send what all members read as a file."""
        found = self._recommendations().search(
            Domain("number", ">", 0) & self._get_visible_domain(), limit=MOST_ROWS
        )
        rows = [
            {
                "reference": one.reference,
                "title": one.name,
                "status": one._get_member_status()[1],
                "workgroup": one.workgroup_id.name or "",
                "submitted_on": one.submitted_on,
                "supporters": len(one.supporter_ids),
                "text": one._plain_text(),
            }
            for one in found
        ]
        return self._send_rows("recommendations", COLUMNS, rows, extension)

    @http.route(
        f"{PAGE}/<int:recommendation_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_recommendation(self, recommendation_id, **kwargs):
        """Show one recommendation, and what came of it."""
        recommendation = self._get_recommendation(recommendation_id)
        return self._render_recommendation(recommendation, notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/<int:recommendation_id>/way",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recommendation_way(self, recommendation_id, **kwargs):
        """Show the whole way of a recommendation."""
        recommendation = self._get_recommendation(recommendation_id)
        return self._render_way(recommendation, recommendation._get_member_url())

    @http.route(
        f"{PAGE}/<int:recommendation_id>/way/export",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recommendation_way_export(self, recommendation_id, **kwargs):
        """Send the whole way with its texts and hashes."""
        recommendation = self._get_recommendation(recommendation_id)
        return self._send_rows("way", [], recommendation._export_way(), "json")

    @http.route(
        f"{PAGE}/<int:recommendation_id>/versions/<int:number>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recommendation_version(self, recommendation_id, number, **kwargs):
        """Show what a version changed."""
        recommendation = self._get_recommendation(recommendation_id)
        versions = recommendation.version_ids
        version = versions.filtered(lambda one: one.number == number)
        if not version:
            raise NotFound()
        values = self._prepare_portal_layout_values() | {
            "page_name": "recommendation_part",
            "part_name": request.env._("Version %s", version.number),
            "recommendation": recommendation,
            "version": version,
            "versions": versions,
        }
        return request.render("smart_workgroups.portal_recommendation_version", values)

    @http.route(
        f"{PAGE}/<int:recommendation_id>/support",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_support(self, recommendation_id, operation="", **kwargs):
        """Support it, or no longer."""
        recommendation = self._get_recommendation(recommendation_id)
        person = request.env.user.partner_id
        if recommendation.company_id not in self._get_member_companies():
            return self._render_recommendation(
                recommendation, error=request.env._("Only members support a recommendation.")
            )
        return self._go_own_step(
            lambda: recommendation._support(person, supports=operation != "stop"),
            lambda error: self._render_recommendation(recommendation, error=error),
            f"{PAGE}/{recommendation.id}",
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _recommendations(self):
        # Found by domains that say what the user may see: members have no right on them.
        return request.env["coop.recommendation"].sudo()

    def _get_visible_domain(self):
        Recommendation = self._recommendations()
        return Recommendation._get_public_domain(
            self._get_member_companies()
        ) | Recommendation._get_drafting_domain(request.env.user.partner_id)

    def _get_recommendation(self, recommendation_id):
        """Return one that the user may see, as superuser, or answer that there is none."""
        return self._find_own(
            self._recommendations(), self._get_visible_domain(), recommendation_id
        )

    def _takes_part(self, recommendation):
        """Tell whether the user still is of the co-operative, or of the workgroup that drafts."""
        workgroups = recommendation._get_drafting_workgroups(request.env.user.partner_id)
        return (
            recommendation.company_id in self._get_member_companies()
            or recommendation.workgroup_id in workgroups
        )

    def _render_recommendation(self, recommendation, error=None, **values):
        person = request.env.user.partner_id
        values |= self._prepare_portal_layout_values() | {
            "page_name": "recommendation",
            "recommendation": recommendation,
            "status": recommendation._get_member_status(),
            "review": recommendation._get_published_review(),
            "may_draft": recommendation.state == "draft"
            and recommendation._may_draft(person)
            and self._takes_part(recommendation),
            "may_support": recommendation.state in ("draft", *WAITING)
            and recommendation.company_id in self._get_member_companies(),
            "supports": person in recommendation.supporter_ids,
            "amendments": recommendation.amendment_ids,
            "way": recommendation._get_way(public=True),
            "person": person,
            "error": error,
        }
        return request.render(
            "smart_workgroups.portal_recommendation", values, status=422 if error else 200
        )

    def _render_way(self, record, back_url):
        values = self._prepare_portal_layout_values() | {
            "page_name": "way",
            "record": record,
            "stations": record._get_way(public=True),
            "back_url": back_url,
        }
        return request.render("smart_workgroups.portal_way", values)
