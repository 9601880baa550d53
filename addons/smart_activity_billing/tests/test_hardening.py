from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ActivityCase
from .portal_common import PortalCase
from .test_portal_invoice_form import PDF


@tagged("post_install", "-at_install")
class TestBooksAreNotWrittenByHand(ActivityCase):
    """What staff with accounting rights could try by remote calls, contexts and imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.contribution = cls.invoice.line_ids.filtered("activity_id")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.billing = new_test_user(su, "t_billing", "account.group_account_invoice", **company)
        cls.accountant = new_test_user(
            su,
            "t_accountant",
            "account.group_account_manager,account.group_account_user,"
            "analytic.group_analytic_accounting",
            **company,
        )
        cls.services = new_test_user(
            su, "t_services", "smart_membership.group_membership_user", **company
        )
        cls.env = cls.env(user=cls.accountant)

    # The one rate

    def test_booked_contribution_is_not_edited(self):
        line = self.contribution.with_env(self.env)
        for values in (
            {"contribution_rate": 1.0},
            {"contribution_base": 1.0},
            {"contribution_rate_id": False},
            {"activity_id": self.studio.id},
            {"display_type": "cogs"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                line.write(values)
        pair = self.invoice.with_env(self.env).line_ids.filtered(
            lambda line: line.display_type == "contribution"
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            pair.with_context(check_move_validity=False).write({"balance": 0.0})
        with self.assertRaises(UserError), self.cr.savepoint():
            pair.with_context(force_delete=True, dynamic_unlink=True).unlink()
        self.assertEqual(self._contributions(self.invoice), {self.workshop: (1000.0, 65.0)})
        self.assert_books_hold()

    def test_contribution_lines_are_not_made_by_hand(self):
        values = {
            "account_id": self.company.contribution_account_id.id,
            "name": "By hand",
            "analytic_distribution": {str(self.workshop.analytic_account_id.id): 100},
        }
        by_hand = {**values, "display_type": "contribution"}
        draft = self._invoice(self._line(10), post=False)
        cases = {
            "entry": lambda: self.env["account.move"].create(
                {
                    "move_type": "entry",
                    "line_ids": [
                        Command.create({**by_hand, "balance": 5}),
                        Command.create({**by_hand, "balance": -5}),
                    ],
                }
            ),
            "draft invoice": lambda: draft.write({"line_ids": [Command.create(by_hand)]}),
            "default": lambda: (
                self.env["account.move.line"]
                .with_context(default_display_type="contribution")
                .create({**values, "move_id": draft.id})
            ),
            "turned into": lambda: draft.invoice_line_ids.write({"display_type": "contribution"}),
            "rate": lambda: self.env["account.move.line"].create(
                {**values, "move_id": draft.id, "contribution_rate": 1}
            ),
        }
        for name, attempt in cases.items():
            with self.subTest(name), self.assertRaises(UserError), self.cr.savepoint():
                attempt()

    def test_defaults_of_a_context_do_not_reach_the_lines(self):
        """The list of an Activity's invoices has its Activity as default, for its buttons too."""
        context = {
            "default_activity_id": self.workshop.id,
            "default_contribution_rate": 1.0,
            "default_contribution_base": 1.0,
        }
        invoice = (
            self.env["account.move"]
            .with_context(**context)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client_partner.id,
                    "invoice_date": "2025-03-10",
                    "invoice_line_ids": [self._line(100)],
                }
            )
        )
        invoice.action_post()
        self.assertEqual(invoice.activity_id, self.workshop)
        self.assertEqual(len(invoice.line_ids.filtered("activity_id")), 1)
        self.assertEqual(self._contributions(invoice), {self.workshop: (100.0, 6.5)})
        others = invoice.line_ids.filtered(lambda line: not line.activity_id)
        self.assertEqual(set(others.mapped("contribution_rate")), {0.0})

    def test_state_moves_by_the_actions_only(self):
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        for move, values in (
            (draft, {"state": "posted"}),
            (self.invoice, {"state": "draft"}),
            (self.invoice, {"state": "cancel"}),
            (self.invoice, {"move_type": "entry"}),
            (self.invoice, {"reversed_entry_id": draft.id}),
        ):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                move.with_env(self.env).with_context(skip_readonly_check=True).write(values)
        self.assertEqual((draft.state, self.invoice.state), ("draft", "posted"))
        invoice = self.invoice.with_user(self.billing)
        invoice.button_draft()
        invoice.action_post()
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.workshop.balance, 0.0)

    def test_reversals_do_not_run_in_a_circle(self):
        first, second = (self._invoice(self._line(10), post=False) for _number in range(2))
        first.with_env(self.env).reversed_entry_id = second
        with self.assertRaises(ValidationError):
            second.with_env(self.env).reversed_entry_id = first

    def test_rate_out_of_this_world(self):
        for rate in (1e308, float("inf"), -1e308):
            with self.subTest(rate=rate), self.assertRaises(ValidationError):
                self.env["coop.contribution.rate"].create({"date_from": "2090-01-01", "rate": rate})

    # Budgets

    def test_analytic_line_by_default_of_a_context(self):
        column = self.env["coop.activity"]._analytic_column()
        shared = self.company.shared_services_account_id
        lines = self.env["account.analytic.line"].with_context(
            **{f"default_{column}": self.workshop.analytic_account_id.id}
        )
        with self.assertRaises(UserError):
            lines.create(
                {"name": "A gift", "amount": 999, shared.plan_id._column_name(): shared.id}
            )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.env["account.analytic.line"].create(
                {"name": "A gift", "amount": 999, column: self.workshop.analytic_account_id.id}
            )

    def test_reserved_amount_by_default_of_a_context(self):
        activity = (
            self.env["coop.activity"]
            .with_user(self.services)
            .with_context(default_reserved_amount=500)
            .create({"name": "New", "membership_id": self.member.id})
        )
        self.assertEqual(activity.reserved_amount, 0.0)

    def test_member_of_an_activity_follows_the_membership(self):
        other = self._create_member("Another Member")
        with self.assertRaises(UserError):
            self.workshop.with_user(self.services).partner_id = other.partner_id
        self.workshop.with_user(self.services).membership_id = other
        self.assertEqual(self.workshop.partner_id, other.partner_id)

    def test_account_of_an_activity_stays(self):
        other = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                {
                    "name": "Richer",
                    "plan_id": self.env["coop.activity"]._get_plan().id,
                    "company_id": self.company.id,
                }
            )
        )
        workshop = self.workshop.with_env(self.env)
        with self.assertRaises(UserError):
            workshop.analytic_account_id = other
        with self.assertRaises(UserError):
            self.env["coop.activity"].create(
                {
                    "name": "On it",
                    "membership_id": self.member.id,
                    "analytic_account_id": other.id,
                }
            )
        with self.assertRaises(UserError):
            workshop.analytic_account_id.write({"active": 0})
        plan = self.env["coop.activity"]._get_plan().with_env(self.env)
        with self.assertRaises(UserError):
            plan.parent_id = self.company.shared_services_account_id.plan_id

    def test_posted_lines_follow_no_model_of_distribution(self):
        partner = self.env["res.partner"].sudo().create({"name": "Detour"})
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": partner.id,
                "analytic_distribution": {str(self.studio.analytic_account_id.id): 100},
            }
        )
        line = self.invoice.with_env(self.env).invoice_line_ids
        line.partner_id = partner
        self.assertEqual(
            line.analytic_distribution, {str(self.workshop.analytic_account_id.id): 100.0}
        )

    def test_amounts_of_posted_lines_stay(self):
        invoice = self.invoice.with_env(self.env)
        line = invoice.invoice_line_ids.with_context(check_move_validity=False)
        for values in ({"balance": -5000.0}, {"price_unit": 7.0}, {"quantity": 2}, {"discount": 9}):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                line.write(values)
        more = self._line(500, {self.workshop: 100})
        with self.assertRaises(UserError), self.cr.savepoint():
            invoice.with_context(skip_readonly_check=True).write({"invoice_line_ids": [more]})
        with self.assertRaises(UserError), self.cr.savepoint():
            line.create({**more[2], "move_id": invoice.id})
        self.assertEqual(self.workshop.balance, 935.0)
        self.assert_books_hold()

    def test_ledger_check_is_the_result_of_a_run(self):
        values = {"company_id": self.company.id, "state": "ok"}
        with self.assertRaises(AccessError):
            self.env["coop.ledger.check"].create(values)
        action = self.env["coop.ledger.check"].action_run()
        self.assertEqual(self.env["coop.ledger.check"].browse(action["res_id"]).state, "ok")

    def test_names_are_shown_as_text(self):
        self.workshop.sudo().name = "<img src=x onerror=alert(1)>"
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        for invoice in (draft, self.invoice):
            self.assertIn("&lt;img src=x", invoice.contribution_summary)
            self.assertNotIn("<img", invoice.contribution_summary)

    # Numbers

    def test_no_numbers(self):
        for field in ("price_unit", "quantity", "discount"):
            for value in (float("nan"), float("inf"), float("-inf"), 1e308):
                with (
                    self.subTest(field=field, value=value),
                    self.assertRaises(ValidationError),
                    self.cr.savepoint(),
                ):
                    self._invoice(self._line(10, **{field: value}), post=False)
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        with self.assertRaises(ValidationError):
            draft.invoice_line_ids.price_unit = float("nan")

    # Roles

    def test_member_services_open_an_activity(self):
        workshop = self.workshop.with_user(self.services)
        names = self._get_fields_of_form(self.services)
        [values] = workshop.web_read({name: {} for name in names})
        self.assertEqual(values["available"], 935.0)
        self.assertNotIn("invoice_count", names)
        self.assertIn("invoice_count", self._get_fields_of_form(self.billing))

    def _get_fields_of_form(self, user):
        arch = self.workshop.with_user(user).get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        return {
            node.get("name") for node in form.iter("field") if not node.xpath("ancestor::field")
        }

    def test_billing_clerk_puts_away_what_a_member_entered(self):
        member = new_test_user(
            self.env(su=True), "t_member", "base.group_portal", company_id=self.company.id
        )
        existing, entered = (
            self.env["res.partner"].sudo().with_user(member).sudo().create({"name": "Twice NV"})
            for _number in range(2)
        )
        invoice = self._invoice(self._line(10), post=False, partner_id=entered.id)
        invoice.sudo().write(
            {"submission_state": "submitted", "submitted_by_id": member.partner_id.id}
        )
        invoice.with_user(self.billing).action_submission_use_existing_contact()
        self.assertEqual(invoice.partner_id, existing)
        self.assertFalse(entered.active)

    def test_name_of_wildcards_matches_nobody(self):
        """Else the reviewer would be offered a client of somebody else for it."""
        Partner = self.env["res.partner"].sudo()
        Partner.create({"name": "Secret client"})
        for name in ("%", "______ client", "Secret%"):
            partner = Partner.create({"name": name})
            invoice = self._invoice(self._line(10), post=False, partner_id=partner.id)
            invoice.sudo().submission_state = "submitted"
            self.assertFalse(invoice.submission_duplicate_ids)


@tagged("post_install", "-at_install")
class TestPortalIsClosed(PortalCase):
    """What visitors, clients, members and employees could try over the wire."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def refused(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.call(model, method, *args, **kwargs)
        self.assertIn("AccessError", str(caught.exception))

    # Addresses

    def test_ids_of_others_and_of_nobody_are_answered_alike(self):
        invoice = f"{self.url('invoices')}/{self.foreign_invoice.id}"
        answers = set()
        for url in (
            self.url(activity=self.gallery),
            self.url("movements/export.csv", activity=self.gallery),
            invoice,
            f"{invoice}/pdf",
            f"{invoice}/edit",
            f"{invoice}/files/1",
            "/my/activities/0",
            "/my/activities/2147483648",
            f"/my/activities/{10**30}",
            f"{self.url('invoices')}/{10**30}",
        ):
            with self.subTest(url=url):
                response = self.url_open(url)
                self.assertEqual(response.status_code, 404)
                answers.add(" ".join(etree.HTML(response.text).xpath("string(//main)").split()))
        [answer] = answers
        self.assertIn("404", answer)

    def test_numbers_of_pages_and_filters(self):
        for path in (
            "movements/page/99999999999999999999",
            "invoices/page/99999999999999999999",
            "contributions/page/99999999999999999999",
            "movements?date_from=%00&date_to=99999-99-99&kind[]=x",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(self.url(path)).status_code, 200)
        for search in ("%00", "%ED%A0%80", "%F0%9F%8E%A8", "'%22%3E%3Cscript%3E"):
            with self.subTest(search=search):
                response = self.url_open(f"/my/activities?search={search}")
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("'\"><script>", response.text)

    def test_methods(self):
        withdraw = self.url("invoices", self.invoice.id, "withdraw")
        self.assertEqual(self.url_open(withdraw).status_code, 405)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(withdraw, data={"x": "y"}).status_code, 400)
        url = self.base_url() + self.url("invoices/new")
        data = self.form_data(csrf_token="")
        response = self.opener.request("HEAD", url, data=data)
        self.assertEqual(response.status_code, 200)
        for method in ("PUT", "DELETE", "PATCH"):
            self.assertEqual(self.opener.request(method, url, data=data).status_code, 405)
        self.assertFalse(self.submissions())

    def test_visitors_are_sent_to_the_login(self):
        self.authenticate(None, None)
        for url in (self.url(), self.url("invoices/new"), "/my/activities", "/my/membership"):
            response = self.url_open(url, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.make_jsonrpc_request("/my/activities/clients", {"term": "zeppelin"})
        self.assertIn("SessionExpired", str(caught.exception))

    def test_employees_without_a_role_have_no_activities(self):
        employee = new_test_user(
            self.env(su=True), "t_employee", "base.group_user", company_id=self.company.id
        )
        self.authenticate(employee.login, employee.login)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["activity_count"]})
        self.assertFalse(counters.get("activity_count"))
        for url in ("/my/activities", self.url(), self.url("invoices/new")):
            self.assertEqual(self.url_open(url).status_code, 404)

    # The form

    def test_ids_that_are_no_numbers(self):
        """Some characters are digits to Python, and no numbers."""
        odd = ("\u00b2", "9" * 5000, "2147483648", "-1", "\u0664")
        for field in ("activity_id", "partner_id", "currency_id", "line_tax_id"):
            for value in odd:
                with self.subTest(field=field, value=value[:5]):
                    self.assertEqual(self.post_form(**{field: value}).status_code, 422)
        for value in odd:
            self.assertEqual(self.post_form(operation=f"remove_line:{value}").status_code, 200)
            preview = self.make_jsonrpc_request(
                "/my/activities/preview",
                {
                    "activity_id": self.workshop.id,
                    "currency_id": value,
                    "client": {"partner_id": value, "country_id": value},
                },
            )
            self.assertIn("total", preview)
        self.assertFalse(self.submissions())
        response = self.post_form(removed_files=["\u00b2", "x"])
        self.assertEqual(response.status_code, 303)

    def test_characters_that_are_none(self):
        """They break the database, mails and electronic invoices; nobody types them."""
        invoice = self.submit(
            line_name="Work\x00\x1b",
            ref="PO\x08",
            comment="See\x0b below\x00",
            client_mode="new",
            client_name="Nul\x00 NV\x01",
            client_city="Gent\x02",
            client_country_id=str(self.env.ref("base.be").id),
            client_lang="en_US",
            files=[("files", ("a\x01.pdf", PDF, "application/pdf"))],
        )
        self.assertEqual(invoice.invoice_line_ids.name, "Work")
        self.assertEqual(invoice.ref, "PO")
        self.assertEqual(invoice.submission_comment, "See below")
        self.assertEqual((invoice.partner_id.name, invoice.partner_id.city), ("Nul NV", "Gent"))
        for term in ("zep\x00pelin", "zeppelin\ud800"):
            found = self.make_jsonrpc_request("/my/activities/clients", {"term": term})
            self.assertEqual([client["name"] for client in found], ["Zeppelin Own NV"])

    def test_names_of_files(self):
        for name, expected in (
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\fakepath\\order.pdf", "order.pdf"),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
            ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
            ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ):
            self.assertEqual(self.env["coop.invoice.submission"]._clean_file_name(name), expected)

    def test_all_files_survive_a_replay(self):
        """The server replays a request that lost a race; all its files must be read again."""
        lost = []

        def lose_once(activity, change):
            if not lost:
                lost.append(change)
                raise ConcurrencyError()
            return bump(activity, change)

        bump = self.env.registry["coop.activity"]._bump_reserved
        files = [("files", (f"{n}.pdf", PDF + b"%d" % n, "application/pdf")) for n in range(3)]
        with (
            patch.object(self.env.registry["coop.activity"], "_bump_reserved", lose_once),
            mute_logger("odoo.service.model"),
        ):
            response = self.post_form(files=files)
        self.assertTrue(lost)
        self.assertEqual(response.status_code, 303, response.text[:500])
        attached = self.submissions().submission_attachment_ids.sorted("name")
        self.assertEqual(attached.mapped("raw"), [PDF + b"%d" % n for n in range(3)])

    # Files

    def test_files_of_a_member_are_not_for_the_client(self):
        client = new_test_user(
            self.env(su=True),
            "t_client",
            "base.group_portal",
            partner_id=self.own_client.id,
            company_id=self.company.id,
        )
        invoice = self.submit(files=[("files", ("costs.pdf", PDF, "application/pdf"))])
        file = invoice.submission_attachment_ids
        invoice.action_post()
        invoice.message_subscribe(client.partner_id.ids)
        url = f"/web/content/{file.id}"
        for user in (self.user, self.other_user, client, None):
            self.authenticate(user and user.login, user and user.login)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url, allow_redirects=False).status_code, 404)
        self.authenticate(client.login, client.login)
        self.assertEqual(
            self.call("account.move", "read", invoice.ids, ["name"])[0]["id"], invoice.id
        )
        found = self.call("ir.attachment", "search_read", [["id", "=", file.id]], ["name"])
        self.assertEqual(found, [])
        self.refused("ir.attachment", "read", file.ids, ["raw"])
        self.refused("account.move", "read", invoice.ids, ["submission_attachment_ids"])
        accountant = new_test_user(
            self.env(su=True),
            "t_reviewer",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.authenticate(accountant.login, accountant.login)
        self.assertEqual(self.url_open(url).content, PDF)
        [values] = self.call(
            "account.move", "web_read", invoice.ids, {"submission_attachment_ids": {}}
        )
        self.assertEqual(values["submission_attachment_ids"], file.ids)

    # Remote calls

    def test_remote_calls_of_a_member(self):
        own, foreign = self.workshop, self.gallery
        for model, method, *args in (
            ("coop.activity", "read", foreign.ids, ["balance"]),
            ("coop.activity", "web_read", foreign.ids, {"name": {}}),
            ("coop.activity", "write", own.ids, {"name": "Mine"}),
            ("coop.activity", "web_save", own.ids, {"state": "closed"}, {}),
            ("coop.activity", "copy", own.ids),
            ("coop.activity", "action_close", own.ids),
            (
                "coop.activity",
                "onchange",
                [],
                {"analytic_account_id": 1},
                ["name"],
                {"balance": {}},
            ),
            ("coop.activity", "message_post", own.ids),
            ("coop.activity", "search_count", [["analytic_account_id.line_ids.amount", ">", 0]]),
            ("coop.activity", "read", own.ids, ["contribution_total"]),
            ("coop.budget.reservation", "create", {"activity_id": own.id, "amount": 1}),
            ("coop.contribution.rate", "search_read", []),
            ("coop.ledger.check", "action_run", []),
            ("coop.invoice.send.back", "create", {"move_id": self.invoice.id, "reason": "x"}),
            ("coop.invoice.client", "search_read", []),
            ("account.move", "action_submission_post", self.invoice.ids),
            ("account.move", "read", self.invoice.ids, ["amount_total"]),
            ("account.analytic.line", "search_read", []),
            ("res.partner", "read", self.own_client.ids, ["email"]),
            ("coop.activity", "_reserve", own.ids, 1, "expense"),
            ("coop.invoice.client", "_search_own", self.other_user.partner_id.id, "zep"),
            ("coop.invoice.submission", "_create", {}, self.user.partner_id.id),
        ):
            with self.subTest(model=model, method=method, args=str(args)[:40]):
                self.refused(model, method, *args)
        self.assertEqual(self.call("coop.activity", "search", []), [self.studio.id, own.id])
        for domain in (
            [["partner_id.name", "ilike", "Other"]],
            [["manager_ids", "in", self.other_user.partner_id.ids]],
            [["analytic_account_id", "=", foreign.analytic_account_id.id]],
        ):
            self.assertEqual(self.call("coop.activity", "search", domain), [])
        names = self.call("coop.activity", "name_search", "")
        self.assertEqual({activity_id for activity_id, _name in names}, {own.id, self.studio.id})
        groups = self.call("coop.activity", "formatted_read_group", [], ["state"], ["balance:sum"])
        self.assertEqual(groups[0]["balance:sum"], 935.0)

    def test_an_activity_has_no_secret_address(self):
        """Nobody reads or writes to it without a login, whatever was forwarded."""
        self.assertNotIn("access_token", self.workshop._fields)
        action = self.workshop.with_user(self.user)._get_access_action()
        self.assertEqual(action["url"], self.url())
        self.assertEqual(
            self.url_open(f"/mail/view?model=coop.activity&res_id={self.workshop.id}").url,
            self.base_url() + self.url(),
        )
