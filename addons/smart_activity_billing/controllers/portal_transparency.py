from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import format_date

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.smart_membership.lib.table_file import csv_file

from ..lib.publication import MEASURES
from ..lib.share_chart import lorenz_chart, pair_chart, share_bars

PAGE = "/my/transparency"


class TransparencyPortal(CustomerPortal):
    """What every member may know of the cooperative: published figures, and the own part of them.

    No route takes an id: figures are those of the company in which the user is a member.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "transparency_count" in counters:
            # The home page hides a card that counts nothing: clients do not see it.
            values["transparency_count"] = len(self._get_published_memberships())
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(PAGE, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_transparency(self, period=None, **kwargs):
        """Show the figures of a period."""
        company, page = self._read_page(period)
        values = self._prepare_portal_layout_values() | {
            "page_name": "transparency",
            "company_name": company.name,
            "currency": company.currency_id,
            "page": page,
            "period_labels": self._get_period_labels(page["periods"]),
            "period_kinds": {
                "year": request.env._("Years"),
                "quarter": request.env._("Quarters"),
                "month": request.env._("Months"),
            },
        }
        if page["period"]:
            values |= self._prepare_charts(page)
        return request.render("smart_activity_billing.portal_transparency", values)

    @http.route(
        f"{PAGE}/<string:table>/export.csv",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_transparency_export(self, table, period=None, **kwargs):
        """Download one table of the page, with the same rows, as CSV."""
        _company, page = self._read_page(period)
        tables = {
            "months": self._get_month_table,
            "services": self._get_service_table,
            "sectors": lambda page: self._get_group_table(page, "sector"),
            "antennas": lambda page: self._get_group_table(page, "antenna"),
            "flows": self._get_flow_table,
            "concentration": self._get_curve_table,
            "mine": self._get_own_table,
        }
        if table not in tables or not page["period"]:
            raise NotFound()
        headers, rows = tables[table](page)
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        content = csv_file(headers, rows, lang.decimal_point or ".")
        filename = f"transparency-{table}-{page['period'].key}.csv"
        return request.make_response(
            content,
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(filename)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_published_memberships(self):
        """Return the memberships by which the user is a member at this moment."""
        user = request.env.user
        return user.partner_id._search_memberships(user.company_ids)

    def _read_page(self, key):
        """Return the company of the member and what it publishes.

        :raise NotFound: for who is no member: the figures are not for clients
        """
        memberships = self._get_published_memberships()
        if not memberships:
            raise NotFound()
        memberships = memberships.sorted(
            lambda membership: membership.company_id != request.env.company
        )
        company = memberships[0].company_id
        # sudo: members have no right on the figures; the page holds what is published, and sums of
        # the user's own Activities.
        Figure = request.env["coop.transparency.figure"].sudo()
        return company, Figure._get_page(company, request.env.user.partner_id, key)

    def _get_period_labels(self, periods):
        """Return the names of the periods, for people: ``{key: name}``."""
        labels = {}
        for period in (one for kind in periods.values() for one in kind):
            if period.month:
                name = format_date(request.env, period.date_from, date_format="MMMM yyyy")
            elif period.quarter:
                name = request.env._(
                    "Quarter %(quarter)s of %(year)s", quarter=period.quarter, year=period.year
                )
            else:
                name = request.env._("The year %(year)s", year=period.year)
            labels[period.key] = name
        return labels

    def _prepare_charts(self, page):
        def bars(rows, name):
            return share_bars([float(row[name]) for row in rows])

        return {
            "month_chart": pair_chart(
                [tuple(float(row[name]) for name in MEASURES) for row in page["totals"]]
            ),
            "curve_chart": lorenz_chart(page["points"]) if page["points"] else None,
            "service_bars": bars(page["services"], "amount"),
            "group_bars": {
                subject: bars(rows, "invoiced") for subject, rows in page["groups"].items()
            },
            "flow_bars": {subject: bars(rows, "amount") for subject, rows in page["flows"].items()},
            "pay_bars": bars(page["mine"]["pays"], "amount") if page["mine"] else [],
        }

    # ------------------------------------------------------------------
    # Tables
    # ------------------------------------------------------------------

    def _get_measure_headers(self):
        return [
            request.env._("Invoiced"),
            request.env._("Contributed"),
            request.env._("Spent"),
        ]

    def _get_month_table(self, page):
        headers = [
            request.env._("From"),
            request.env._("To"),
            request.env._("Members"),
            *self._get_measure_headers(),
        ]
        rows = [
            [
                row["date_from"],
                row["date_to"],
                row["members"],
                *(float(row[name]) for name in MEASURES),
            ]
            for row in page["totals"]
        ]
        return headers, rows

    def _get_service_table(self, page):
        rows = [[row["label"], float(row["amount"]), None] for row in page["services"]]
        rows += [[row["label"], None, float(row["amount"])] for row in page["incomes"]]
        return [request.env._("Service"), request.env._("Cost"), request.env._("Income")], rows

    def _get_group_table(self, page, subject):
        names = {"sector": request.env._("Sector"), "antenna": request.env._("Antenna")}
        rows = [
            [row["label"], *(float(row[name]) for name in MEASURES)]
            for row in page["groups"][subject]
        ]
        return [names[subject], *self._get_measure_headers()], rows

    def _get_flow_table(self, page):
        names = {"sector": request.env._("Sectors"), "antenna": request.env._("Antennas")}
        headers = [
            request.env._("Between"),
            request.env._("From"),
            request.env._("To"),
            request.env._("Members"),
            request.env._("Amount"),
        ]
        rows = [
            [names[subject], row["label"], row["label_to"], row["members"], float(row["amount"])]
            for subject, flows in page["flows"].items()
            for row in flows
        ]
        return headers, rows

    def _get_curve_table(self, page):
        headers = [
            request.env._("Percent of the members"),
            request.env._("Percent of the turnover"),
        ]
        return headers, [list(point) for point in page["points"]]

    def _get_own_table(self, page):
        mine = page["mine"] or {}
        rows = [[row["label"], float(row["amount"])] for row in mine.get("pays", ())]
        return [request.env._("Service"), request.env._("My part")], rows
