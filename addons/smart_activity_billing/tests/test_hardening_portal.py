from unittest.mock import patch

from lxml import etree

from odoo.exceptions import ConcurrencyError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.smart_membership.tests.remote_common import RemoteCalls

from .portal_common import PortalCase
from .test_portal_invoice_form import PDF


@tagged("post_install", "-at_install")
class TestPortalIsClosed(RemoteCalls, PortalCase):
    """What visitors, clients, members and employees could try over the wire."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

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
