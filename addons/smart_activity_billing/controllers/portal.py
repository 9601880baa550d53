from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_text

from ..lib.month_chart import month_chart
from .portal_member import PAGE_SIZE, MemberPortal

# An overview shows the latest few and leads to all of them.
LATEST = 5
CHART_MONTHS = (12, 24)
# Far beyond the last page of any list, and within what the database counts.
LAST_PAGE = 1_000_000


class ActivityPortal(MemberPortal):
    """The pages on which members follow their Activities. All of them only read."""

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "activity_count" in counters:
            Activity = request.env["coop.activity"]
            # Employees without a role have the portal's home page too.
            values["activity_count"] = Activity.has_access("read") and Activity.search_count(
                self._get_own_activities_domain()
            )
        return values

    @http.route(
        ["/my/activities", "/my/activities/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_activities(self, page=1, sortby=None, search=None, **kwargs):
        """List the Activities that the user manages."""
        Activity = request.env["coop.activity"]
        if not Activity.has_access("read"):
            raise NotFound()
        sortings = self._get_activity_sortings()
        sortby = sortby if sortby in sortings else "name"
        own = self._get_own_activities_domain()
        domain = own
        search = typed_text(search)[:100]
        if search:
            domain &= Domain("name", "ilike", search) | Domain("code", "ilike", search)
        total = Activity.search_count(domain)
        pager = portal_pager(
            url="/my/activities",
            url_args={"sortby": sortby, "search": search},
            total=total,
            page=page,
            step=PAGE_SIZE,
        )
        activities = Activity.search(
            domain, order=sortings[sortby]["order"], limit=PAGE_SIZE, offset=max(pager["offset"], 0)
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_activity",
            "activities": activities,
            "invoicing_activity": Activity.search(own & Domain("state", "=", "open"), limit=1),
            "pager": pager,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "search": search,
            "show_search": bool(search) or total > 3,
            "default_url": "/my/activities",
        }
        return request.render("smart_activity_billing.portal_my_activities", values)

    @http.route(
        "/my/activities/<int:activity_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_activity(self, activity_id, months=None, **kwargs):
        """Explain the budget of one Activity."""
        activity = self._get_activity(activity_id)
        count = 24 if months == "24" else 12
        month_rows = activity._get_months(count)
        movements, movement_count = activity._get_movements(limit=LATEST)
        values = self._prepare_activity_values(activity, "overview") | {
            "holds": activity._get_holds(),
            "months": month_rows,
            "month_count": count,
            "chart_months": CHART_MONTHS,
            "chart": month_chart(month_rows),
            "movements": movements,
            "movement_count": movement_count,
            "invoices": activity._search_invoices(order="invoice_date desc, id desc", limit=LATEST),
            "contribution_sums": activity._get_contribution_sums(),
        }
        return request.render("smart_activity_billing.portal_activity", values)

    @http.route(
        [
            "/my/activities/<int:activity_id>/movements",
            "/my/activities/<int:activity_id>/movements/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_movements(self, activity_id, page=1, **kwargs):
        """List what moved the budget."""
        activity = self._get_activity(activity_id)
        filters = self._read_movement_filters(kwargs)
        page = min(max(page, 1), LAST_PAGE)
        movements, total = activity._get_movements(
            **filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
        )
        url_args = self._write_movement_filters(filters)
        values = self._prepare_activity_values(activity, "movements") | {
            "movements": movements,
            "movement_count": total,
            "filters": filters,
            "url_args": url_args,
            "pager": self._prepare_pager(activity, "movements", total, page, url_args),
        }
        return request.render("smart_activity_billing.portal_activity_movements", values)

    @http.route(
        [
            "/my/activities/<int:activity_id>/invoices",
            "/my/activities/<int:activity_id>/invoices/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_invoices(self, activity_id, page=1, **kwargs):
        """List the invoices of the Activity."""
        activity = self._get_activity(activity_id)
        pager = self._prepare_pager(
            activity, "invoices", activity._count_portal_invoices(), page, {}
        )
        values = self._prepare_activity_values(activity, "invoices") | {
            "invoices": activity._search_invoices(
                order="invoice_date desc, id desc", limit=PAGE_SIZE, offset=max(pager["offset"], 0)
            ),
            "pager": pager,
        }
        return request.render("smart_activity_billing.portal_activity_invoices", values)

    @http.route(
        [
            "/my/activities/<int:activity_id>/contributions",
            "/my/activities/<int:activity_id>/contributions/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_activity_contributions(self, activity_id, page=1, **kwargs):
        """List what the Activity contributed to the shared services, document by document."""
        activity = self._get_activity(activity_id)
        pager = self._prepare_pager(
            activity, "contributions", activity._count_contributions(), page, {}
        )
        values = self._prepare_activity_values(activity, "contributions") | {
            "lines": activity._search_contributions(
                limit=PAGE_SIZE, offset=max(pager["offset"], 0)
            ),
            "contribution_sums": activity._get_contribution_sums(),
            "pager": pager,
        }
        return request.render("smart_activity_billing.portal_activity_contributions", values)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_activity(self, activity_id):
        """Return the Activity with superuser rights, after the access check.

        These pages show invoices too: staff who may not read those do not get them here either.

        :raise NotFound: it does not exist or is not for the user, which is answered alike
        """
        if not 0 < activity_id <= MAX_INTEGER:
            raise NotFound()
        try:
            activity = self._document_check_access("coop.activity", activity_id)
        except (AccessError, MissingError):
            raise NotFound() from None
        if not self._is_manager(activity) and not request.env["account.move"].has_access("read"):
            raise NotFound()
        return activity

    def _is_manager(self, activity):
        """Whether the user manages the Activity; staff may read the pages of others."""
        return request.env.user.partner_id in activity.manager_ids

    def _check_manager(self, activity):
        """Let nobody but its managers invoice for an Activity."""
        if not self._is_manager(activity):
            raise NotFound()

    def _get_activity_sortings(self):
        return {
            "name": {"label": request.env._("Name"), "order": "name, id"},
            "code": {"label": request.env._("Code"), "order": "code, id"},
            "newest": {"label": request.env._("Newest"), "order": "create_date desc, id desc"},
            "reserved": {"label": request.env._("Reserved"), "order": "reserved_amount desc, id"},
        }

    def _prepare_activity_values(self, activity, tab):
        return self._prepare_portal_layout_values() | {
            "page_name": "coop_activity",
            "activity": activity,
            "tab": tab,
            "currency": activity.currency_id,
            "is_manager": self._is_manager(activity),
            "can_invoice": activity.state == "open" and self._is_manager(activity),
            "paid_basis": activity.company_id.activity_available_basis == "paid",
            "movement_kinds": activity._get_movement_kinds(),
        }

    def _prepare_pager(self, activity, tab, total, page, url_args):
        return portal_pager(
            url=f"/my/activities/{activity.id}/{tab}",
            url_args=url_args,
            total=total,
            page=page,
            step=PAGE_SIZE,
        )

    def _read_movement_filters(self, params):
        """Return the filters of the movements; what makes no sense is no filter."""
        kinds = request.env["coop.activity"]._get_movement_kinds()
        return {
            "kind": params.get("kind") if params.get("kind") in kinds else None,
            "date_from": self._read_date(params.get("date_from")),
            "date_to": self._read_date(params.get("date_to")),
        }

    def _write_movement_filters(self, filters):
        return {key: str(value) for key, value in filters.items() if value}
