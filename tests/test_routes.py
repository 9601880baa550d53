"""Each route of our addons, asked by each role for what is not theirs."""

from contextlib import nullcontext
from itertools import combinations
from urllib.parse import urlencode

from route_table import EXPECTED
from routes import OPEN, OURS, STRANGE_IDS, RouteCase

from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

NOTHING = (303, 403, 404)
# What a page may answer to who has nothing to do there.
POLITE = (200, 303, 403, 404, 409, 410, 422)
LONG = "é" * 20000
SEARCHES = (
    "activity",
    "activity_id",
    "antenna",
    "date_from",
    "date_to",
    "day",
    "done",
    "filterby",
    "kind",
    "payee",
    "period",
    "saved",
    "search",
    "sector",
    "skill",
    "sortby",
    "status",
    "submitted",
)
HOSTILE = {
    "activity_id": "9" * 30,
    "amount": "1e999",
    "date": "0001-01-01",
    "day": "9999-12-31",
    "clock": "99:99",
    "month": "0000-00",
    "token": "\x00",
    "other": "%" * 300,
    "label": "<script>alert(1)</script>",
    "note": LONG,
    "purpose": LONG,
    "description": LONG,
    "reason": LONG,
    "quantity": "-1",
    "payee": "supplier",
    "total": "NaN",
    "product_id": "-1",
    "share_class_id": "x",
    "kind_id": "\ud7ff",
}


class TestRoutes(RouteCase):
    def test_all_routes_are_declared(self):
        self.assertEqual(sorted(self.routes), sorted(EXPECTED))

    def test_no_helper_hides_another(self):
        """Core makes one class of all controllers that extend one of its own."""
        hidden = set()
        for controller in {type(rule.endpoint.func.__self__) for rule in self.routes.values()}:
            classes = controller.mro()
            ours = [one for one in classes if one.__module__.startswith(OURS)]
            for first, second in combinations(ours, 2):
                if issubclass(first, second):
                    continue
                names = {name for name in vars(first).keys() & vars(second) if name[:2] != "__"}
                core = {name for one in set(classes) - set(ours) for name in vars(one)}
                hidden |= {f"{first.__name__}.{name}" for name in names - core}
        self.assertFalse(hidden)

    # ------------------------------------------------------------------
    # Nobody
    # ------------------------------------------------------------------

    def test_nobody(self):
        self.authenticate(None, None)
        before = self.count_writes()
        for key in self.keys("mine", "owned", "offered", "office"):
            with self.subTest(key):
                response = self.visit(key, self.path(key))
                self.assertEqual(response.status_code, 303)
                self.assertIn("/web/login?redirect=", response.headers["Location"])
        self.assertFalse(self.written_since(before))

    def test_nobody_on_public_pages(self):
        self.authenticate(None, None)
        for key in self.keys("public"):
            with self.subTest(key):
                self.assertIn(self.visit(key, self.path(key)).status_code, (200, 303, 422))
        before = self.count_writes()
        for key in self.keys("token"):
            with self.subTest(key):
                response = self.visit(key, self.path(key), decision="approve")
                # Who follows a wrong link to a request reads that there is none.
                self.assertIn(response.status_code, (200, 404))
                self.check_markers(response)
        self.assertFalse(self.written_since(before))

    # ------------------------------------------------------------------
    # Others
    # ------------------------------------------------------------------

    def check_foreign(self, login):
        """Nothing of another member is shown or changed, whatever the address says."""
        self.authenticate(login, login)
        self.url_open("/my/nothing")  # makes the style sheets
        for key in self.keys("owned", "office"):
            self.check_nothing(key, self.path(key))

    def check_nothing(self, key, path):
        before = self.count_writes()
        # Core says in the log whom it turned away from the office.
        muted = mute_logger("odoo.http") if EXPECTED[key] == "office" else nullcontext()
        with self.subTest(key, path=path), muted:
            response = self.visit(key, path, **HOSTILE)
            self.assertIn(response.status_code, NOTHING)
            if response.status_code == 303:
                self.assertRegex(response.headers["Location"], r"^(https?://[^/]+)?/my(/[a-z]+)?$")
            self.check_markers(response)
            self.assertFalse(self.written_since(before))

    def check_markers(self, response):
        self.assertFalse([name for name in self.markers if name in response.text])

    def test_another_member(self):
        self.check_foreign(self.member.partner_id.user_ids.login)

    def test_another_member_through_the_own_activity(self):
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        for key in self.keys("owned"):
            if "<activity_id>" in key and key.count("_id>") > 1:
                self.check_nothing(key, self.path(key, activity_id=self.activity.id))

    def test_a_former_member(self):
        self.check_foreign(self.former.partner_id.user_ids.login)

    def test_a_member_of_another_company(self):
        self.check_foreign(self.stranger.partner_id.user_ids.login)

    def test_reports(self):
        """Core prints any report for whoever has a login, as far as that person may read."""
        reports = self.env["ir.actions.report"].search(
            [
                ("report_type", "like", "qweb"),
                "|",
                ("model", "=like", "coop.%"),
                ("model", "=like", "purchase.%"),
            ]
        )
        asked = 0
        for membership in (self.member, self.former):
            login = membership.partner_id.user_ids.login
            self.authenticate(login, login)
            for report in reports:
                record = self.env[report.model].search([], order="id", limit=1)
                if not record:
                    continue
                asked += 1
                with self.subTest(report.report_name, login=login):
                    with mute_logger("odoo.http"):
                        response = self.url_open(f"/report/html/{report.report_name}/{record.id}")
                    self.assertIn(response.status_code, (403, 404))
                    self.check_markers(response)
        self.assertGreater(asked, 10)

    def test_strange_ids(self):
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        for key in self.keys("owned", "offered", "office"):
            names = [name for name in ("activity_id", *self.names(key)) if f"<{name}>" in key]
            # Forms find their record as pages do: the number that fits no column is enough.
            for number in STRANGE_IDS if key.startswith("GET") else STRANGE_IDS[1:]:
                self.check_nothing(key, self.path(key, **dict.fromkeys(names, number)))
                if names[:1] == ["activity_id"] and len(names) > 2:
                    own = dict.fromkeys(names, number) | {"activity_id": self.activity.id}
                    self.check_nothing(key, self.path(key, **own))

    def names(self, key):
        return [part[1:-1] for part in key.split("/") if part.endswith("_id>")]

    # ------------------------------------------------------------------
    # Own pages
    # ------------------------------------------------------------------

    def test_the_owner(self):
        """The addresses that others are refused are real: whose it is gets the page."""
        seen = 0
        for key in self.keys("owned", method="GET"):
            login = self.owner(key)
            if not login:
                continue
            seen += 1
            self.authenticate(login, login)
            with self.subTest(key, login=login):
                response = self.visit(key, self.path(key))
                # What is decided cannot be edited: that leads to its page.
                self.assertIn(response.status_code, (200, 303) if "/edit" in key else (200,))
        self.assertGreater(seen, 15)

    def check_own_pages(self, login):
        """The pages without an id answer, and show nothing of the demo's members."""
        self.authenticate(login, login)
        for key in self.keys("mine", "offered", method="GET"):
            with self.subTest(key, login=login):
                response = self.visit(key, self.path(key))
                self.assertIn(response.status_code, POLITE)
                self.check_markers(response)

    def test_own_pages(self):
        for membership in (self.member, self.former, self.stranger):
            self.check_own_pages(membership.partner_id.user_ids.login)

    def test_strange_searches(self):
        """Numbers of pages that no list has, and searches for what is no text."""
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        query = urlencode(dict.fromkeys(SEARCHES, "\x00%\\_'é") | {"page": "x", "debug": "\x00"})
        for key in self.keys("mine", method="GET"):
            pages = STRANGE_IDS if "<page>" in key else (1,)
            for page in pages:
                path = f"{self.path(key, page=page)}?{query}"
                with self.subTest(key, page=page):
                    self.assertIn(self.visit(key, path).status_code, POLITE)

    def test_strange_forms(self):
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        for key in self.keys("mine", method="POST"):
            for values in ({}, HOSTILE):
                with self.subTest(key, values=bool(values)):
                    self.assertIn(self.visit(key, self.path(key), **values).status_code, POLITE)

    def test_forms_without_proof(self):
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        before = self.count_writes()
        for key in self.keys("mine", "owned", "offered", method="POST"):
            with self.subTest(key):
                with self.assertLogs("odoo.http", "WARNING") as logs:
                    response = self.url_open(self.path(key), data={"a": "b"}, allow_redirects=False)
                self.assertEqual(response.status_code, 400)
                self.assertIn("No CSRF validation token", "".join(logs.output))
        self.assertFalse(self.written_since(before))

    # ------------------------------------------------------------------
    # Calls of scripts
    # ------------------------------------------------------------------

    def ask(self, key, **params):
        """Call as a script of a page does; return the result, or the kind of error."""
        try:
            with mute_logger("odoo.http"):
                return self.make_jsonrpc_request(key.split(" ")[1], params)
        except JsonRpcException as error:
            return str(error)

    def test_scripts(self):
        [clients, preview, pledge] = self.keys("script")
        self.authenticate(None, None)
        for key in (clients, preview, pledge):
            self.assertIn("SessionExpired", str(self.ask(key, term="aa")))
        login = self.member.partner_id.user_ids.login
        self.authenticate(login, login)
        names = self.env["account.move"].search(OPEN, limit=20).partner_id.mapped("name")
        self.assertTrue(names)
        for term in (*(name[:4] for name in names), "%%", "__", "\x00\x00", LONG, None, 5, ["a"]):
            self.assertFalse(self.ask(clients, term=term), term)
        foreign = self.path("GET /my/activities/<activity_id>").rsplit("/", 1)[-1]
        for number in (int(foreign), *STRANGE_IDS, foreign, None, [1], {"a": 1}, 1.5):
            self.assertIn("NotFound", self.ask(preview, activity_id=number, lines=[]))
        for lines in ([], None, 5, [5], [{"price": "1e999"}], [{"quantity": LONG}], {"a": 1}):
            result = self.ask(preview, activity_id=self.activity.id, lines=lines, client=lines)
            self.assertIsInstance(result, dict, lines)
        campaign = int(self.path("GET /my/purchases/<campaign_id>").rsplit("/", 1)[-1])
        for number in (*STRANGE_IDS, None, [1], {"a": 1}, 1.5, "x"):
            self.assertIn("NotFound", self.ask(pledge, campaign_id=number, form={}))
        for payer in (int(foreign), *STRANGE_IDS[1:], foreign):
            self.assertIn("NotFound", self.ask(pledge, campaign_id=campaign, activity=payer))
        for form in ([], None, 5, {"a": 1}, {"wanted_1": LONG}, {1: [2]}):
            own = {"campaign_id": campaign, "activity": self.activity.id, "form": form}
            self.assertIsInstance(self.ask(pledge, **own), dict, form)

    # ------------------------------------------------------------------
    # The office
    # ------------------------------------------------------------------

    def test_office(self):
        """Employees are polite guests on pages of members: no page fails, no form changes."""
        for login in ("accountant", "secretary"):
            self.env["res.users"].search([("login", "=", login)]).lang = "en_US"
            self.authenticate(login, login)
            self.url_open("/my/nothing")
            for key in self.keys("mine", "owned", "offered", method="GET"):
                with self.subTest(key, login=login):
                    self.assertIn(self.visit(key, self.path(key)).status_code, POLITE)
            for key in self.keys("owned", method="POST"):
                before = self.count_writes()
                with self.subTest(key, login=login):
                    self.assertIn(self.visit(key, self.path(key)).status_code, POLITE)
                    self.assertFalse(self.written_since(before))
