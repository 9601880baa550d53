from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.smart_membership.lib.typed_text import typed_id

from .portal_governance import GovernancePortal

PAGE = "/my/impact"


class ImpactPortal(GovernancePortal):
    """What the co-operative measures of its impact, for every member."""

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_impact(self, **kwargs):
        """Show the indicators with their last periods as bars."""
        indicators = self._search_indicators()
        charts = indicators._get_charts()
        labels = dict(indicators._fields["axis"]._description_selection(request.env))
        values = self._prepare_governance_values("impact") | {
            "axes": [
                (labels[axis], [(one, charts[one]) for one in members])
                for axis, members in indicators.grouped("axis").items()
            ],
            "years": sorted({one.date_to.year for one in indicators.measure_ids}, reverse=True),
        }
        return request.render("smart_workgroups.portal_impact", values)

    @http.route(f"{PAGE}/report", type="http", auth="user", website=True)
    def portal_impact_report(self, year=None, **kwargs):
        """Hand out the report of a year, one that was measured."""
        company = self._get_impact_company()
        measured = {one.date_to.year for one in self._search_indicators().measure_ids}
        year = typed_id(year)
        if year not in measured:
            raise request.not_found()
        # What is shown to members; made for them by the system, which prints.
        report = (
            request.env["coop.indicator.report"]
            .sudo()
            .create({"company_id": company.id, "year": year})
        )
        lang = request.env.lang
        content, _kind = (
            request.env["ir.actions.report"]
            .sudo()
            .with_context(lang=lang, force_report_rendering=True)
            ._render_qweb_pdf("smart_workgroups.action_report_impact", report.ids)
        )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(f"impact-{year}.pdf")),
            ],
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_impact_company(self):
        """Return the co-operative of which the user is a member, the own one first; or none."""
        user = request.env.user
        companies = user.partner_id._get_member_companies()
        return user.company_id.sudo() & companies or companies[:1]

    def _search_indicators(self):
        """Return the indicators that are shown to the members of this co-operative."""
        company = self._get_impact_company()
        return self._open_records("coop.indicator").search(
            [("company_id", "=", company.id), ("published", "=", True)]
        )
