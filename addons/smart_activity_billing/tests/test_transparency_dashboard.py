import json

from odoo.tests import HttpCase, tagged

from .transparency_common import TransparencyCase

DASHBOARDS = ("transparency", "activities")
# Cells are painted on a canvas: what the figures draw and that nothing complains is seen here.
FIGURES = {"transparency": 6, "activities": 5}


@tagged("post_install", "-at_install")
class TestTransparencyDashboard(TransparencyCase, HttpCase):
    """The dashboards load in a browser, and ask for nothing that is not there."""

    browser_size = "1366x768"

    def get_dashboard(self, name):
        return self.env.ref(f"smart_activity_billing.spreadsheet_dashboard_{name}").sudo()

    def test_dashboards_load(self):
        self._update()
        for name in DASHBOARDS:
            with self.subTest(name=name):
                self.browser_js(
                    f"/odoo/dashboards?dashboard_id={self.get_dashboard(name).id}",
                    f"""setTimeout(() => {{
                        const figures = document.querySelectorAll(".o-figure canvas").length;
                        console.log(figures >= {FIGURES[name]} ? "test successful"
                            : `test failed: ${{figures}} figures`);
                    }}, 3000)""",
                    ready='!!document.querySelector(".o-figure canvas")',
                    login="tr_accountant",
                    timeout=120,
                )

    def test_pivots_read_what_there_is(self):
        """Each pivot reads for an accountant what was invoiced, contributed and spent."""
        accounts = self.activities.analytic_account_id
        bills = [self._bill_shared(10, "2025-02-05", account) for account in accounts]
        self._update()
        expected = {
            "transparency": {
                "Cost of each service": {"Contribution to the shared services": [120]},
                # Groups of fewer than five members are told together with others.
                "By sector": {"Web test, Wood test": [13500, 877.5]},
                "By antenna": {"North test, South test": [13500, 877.5]},
                "Between sectors": {},
                "Between antennas": {},
                "Totals": {"": [13500, 877.5, 90]},
                "Costs": {"": [120]},
            },
            "activities": {
                "Activities": {one: [300 * n] for n, one in enumerate(self.activities, start=1)},
                "By sector": {self.web: [6300, -60], self.wood: [7200, -30]},
                "By antenna": {self.north: [4500, -50], self.south: [9000, -40]},
                "Costs by account": {bills[0].invoice_line_ids.account_id: [-90]},
                "Totals": {"": [13500, -877.5, -90, 13500 - 877.5 - 90]},
            },
        }
        for name in DASHBOARDS:
            data = json.loads(self.get_dashboard(name).spreadsheet_data)
            found = {pivot["name"]: self.read_pivot(pivot) for pivot in data["pivots"].values()}
            self.assertEqual(found, expected[name], name)

    def read_pivot(self, pivot):
        """Return ``{row: [measure]}`` as the accountant sees them."""
        Model = self.env[pivot["model"]].with_user(self.accountant)
        measures = [
            f"{one['fieldName']}:{Model._fields[one['fieldName']].aggregator}"
            for one in pivot["measures"]
        ]
        rows = [row["fieldName"] for row in pivot["rows"]]
        groups = Model._read_group(pivot["domain"], rows, measures)
        return {(group[0] if rows else ""): list(group[len(rows) :]) for group in groups}

    def test_who_sees_which(self):
        Dashboard = self.env["spreadsheet.dashboard"]
        own = self.get_dashboard("transparency") | self.get_dashboard("activities")
        for user, names in (
            (self.clerk, ["Transparency"]),
            (self.auditor, ["Transparency", "Activities"]),
        ):
            found = Dashboard.with_user(user).search([("id", "in", own.ids)])
            self.assertEqual(found.mapped("name"), names)
