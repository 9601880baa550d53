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
        """Each pivot and chart names models and fields that exist, and figures come out."""
        self._update()
        for name in DASHBOARDS:
            data = json.loads(self.get_dashboard(name).spreadsheet_data)
            for pivot in data["pivots"].values():
                with self.subTest(dashboard=name, pivot=pivot["name"]):
                    Model = self.env[pivot["model"]].with_user(self.accountant)
                    measures = [
                        f"{one['fieldName']}:{Model._fields[one['fieldName']].aggregator}"
                        for one in pivot["measures"]
                    ]
                    groups = [row["fieldName"] for row in pivot["rows"]]
                    Model.formatted_read_group(pivot["domain"], groups, measures)

    def test_who_sees_which(self):
        Dashboard = self.env["spreadsheet.dashboard"]
        own = self.get_dashboard("transparency") | self.get_dashboard("activities")
        for user, names in (
            (self.clerk, ["Transparency"]),
            (self.auditor, ["Transparency", "Activities"]),
        ):
            found = Dashboard.with_user(user).search([("id", "in", own.ids)])
            self.assertEqual(found.mapped("name"), names)
