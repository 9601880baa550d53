import re
import uuid

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.smart_activity_billing.controllers import portal_member

from .portal_common import PortalCase

PAGE = "/my/transfers"


@tagged("post_install", "-at_install")
class TestBudgetTransferPortal(PortalCase):
    """Members ask and answer on a phone; each reaches what is theirs, whatever ids they guess."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_member.partner_id.sudo().name = "Other Member"

    def login_as(self, user):
        self.authenticate(user.login, user.login)

    def open(self, url):
        return self.url_open(url, allow_redirects=False)

    def post(self, path, **values):
        page = self.url_open(f"{PAGE}/new").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(
            f"{PAGE}/{path}", data={"csrf_token": token, **values}, allow_redirects=False
        )

    def ask(self, operation="confirm", **values):
        return self.post(
            "new",
            **{
                "token": str(uuid.uuid4()),
                "source_id": str(self.workshop.id),
                "own_id": "",
                "destination": self.gallery.code,
                "amount": "100",
                "reason": "Your part of the fair",
                "operation": operation,
                **values,
            },
        )

    def transfers(self):
        return self.env["coop.budget.transfer"].search([("company_id", "=", self.company.id)])

    def asked(self, **values):
        """A transfer that the user asked the other user to accept."""
        self.login_as(self.user)
        response = self.ask(**values)
        self.assertEqual(response.status_code, 303, response.text[:2000])
        return self.transfers()[0]

    def assert_books(self, workshop, gallery):
        self.env.invalidate_all()
        self.assertEqual((self.workshop.available, self.gallery.available), (workshop, gallery))
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def test_preview_moves_nothing(self):
        self.login_as(self.user)
        page = self.ask("preview").text
        for text in ("Gallery", self.gallery.code, "Other Member", "100.00", "835.00"):
            self.assertIn(text, page)
        self.assertFalse(self.transfers())
        back = self.ask("edit", reason="Kept <as> typed").text
        self.assertIn("Kept &lt;as&gt; typed", back)
        self.assertIn(f'value="{self.gallery.code}"', back)

    def test_ask_and_accept(self):
        transfer = self.asked()
        self.assertEqual((transfer.state, transfer.amount), ("submitted", 100))
        self.assertEqual(transfer.create_uid, self.user)
        self.assert_books(835, 467.5)
        self.assertIn(f"{PAGE}/{transfer.id}", self.open(self.url()).text, "what holds the money")
        self.login_as(self.other_user)
        home = self.open(PAGE).text
        self.assertIn('data-name="waiting"', home)
        page = self.open(f"{PAGE}/{transfer.id}").text
        self.assertIn('data-name="accept"', page)
        self.assertNotIn('data-name="withdraw"', page)
        self.assertEqual(self.post(f"{transfer.id}/accept").status_code, 303)
        self.assert_books(835, 567.5)
        # A second tap shows where it stands.
        again = self.post(f"{transfer.id}/accept")
        self.assertEqual(again.status_code, 422)
        self.assertIn('data-name="error"', again.text)
        self.assert_books(835, 567.5)

    def test_a_double_click_asks_once(self):
        self.login_as(self.user)
        token = str(uuid.uuid4())
        first, second = self.ask(token=token), self.ask(token=token, amount="9999")
        self.assertEqual(first.headers["Location"].split("?")[0], second.headers["Location"])
        self.assertEqual(len(self.transfers()), 1)
        # The token of somebody else leads nowhere.
        self.login_as(self.other_user)
        response = self.ask(
            token=token, source_id=str(self.gallery.id), destination=self.workshop.code
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.transfers()), 2)

    def test_between_own_activities_at_once(self):
        transfer = self.asked(own_id=str(self.studio.id), destination="")
        self.assertEqual(transfer.state, "posted")
        self.assertIn('data-name="moved_notice"', self.open(f"{PAGE}/{transfer.id}?asked=1").text)
        self.assertEqual(self.studio.available, 100)
        self.assert_books(835, 467.5)

    def test_finding_the_other_activity(self):
        self.login_as(self.user)
        for text in (self.gallery.code.lower(), "gallery", " Other  member "):
            with self.subTest(text=text):
                self.assertIn("Other Member", self.ask("preview", destination=text).text)
        for text in ("Gall", "%", "A_____", "Nobody", self.gallery.code[:-1]):
            with self.subTest(text=text):
                response = self.ask("preview", destination=text)
                self.assertEqual(self.errors_of(response), {"destination"})
                self.assertNotIn("Other Member", response.text)
        self.gallery.action_suspend()
        self.assertEqual(self.errors_of(self.ask("preview")), {"destination"})
        twin = {"name": "Twin", "membership_id": self.other_member.id, "state": "open"}
        self.env["coop.activity"].create([twin, twin])
        response = self.ask("preview", destination="Twin")
        self.assertIn("Several", response.text)

    def test_nobody_lists_the_activities_of_others(self):
        self.login_as(self.user)
        self.patch(portal_member, "LOOKUPS_AN_HOUR", 2)
        for _number in range(2):
            self.assertFalse(self.errors_of(self.ask("preview")))
        response = self.ask("preview")
        self.assertEqual(self.errors_of(response), {"destination"})
        self.assertNotIn("Other Member", response.text)

    def test_what_cannot_move(self):
        self.login_as(self.user)
        cases = {
            "amount": ["0", "-1", "10.005", "nan", "inf", "1e3", "", "ten", "935.01", "9" * 19],
            "reason": ["", "   "],
            "source_id": ["", "0", str(self.gallery.id), "x", "9" * 30],
            "destination": [self.workshop.code, ""],
        }
        for name, values in cases.items():
            for value in values:
                with self.subTest(field=name, value=value):
                    response = self.ask(**{name: value})
                    self.assertEqual(response.status_code, 422)
                    self.assertIn(name, self.errors_of(response))
        self.assertFalse(self.transfers())
        self.assert_books(935, 467.5)

    def test_errors_lose_nothing(self):
        self.login_as(self.user)
        page = self.ask(amount="2000", reason="Much & more").text
        self.assertIn('value="2000"', page)
        self.assertIn("Much &amp; more", page)
        self.assertIn(f'value="{self.gallery.code}"', page)

    def test_belgian_notation(self):
        self.env["res.lang"].sudo()._activate_lang("nl_BE")
        self.user.partner_id.lang = "nl_BE"
        self.assertEqual(self.asked(amount="12,50").amount, 12.5)
        # What a message gives as an example is written as the reader writes it.
        page = self.ask(amount="twelve").text
        self.assertIn("125,50", page)
        self.assertNotIn("125.50", page)

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    def test_refuse_with_a_reason(self):
        transfer = self.asked()
        self.login_as(self.other_user)
        response = self.post(f"{transfer.id}/refuse", reason="  ")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(transfer.state, "submitted")
        self.post(f"{transfer.id}/refuse", reason="Paid <already>")
        self.env.invalidate_all()
        self.assertEqual((transfer.state, transfer.refusal_reason), ("refused", "Paid <already>"))
        self.login_as(self.user)
        self.assertIn("Paid &lt;already&gt;", self.open(f"{PAGE}/{transfer.id}").text)
        self.assert_books(935, 467.5)

    def test_withdraw(self):
        transfer = self.asked()
        self.assertEqual(self.post(f"{transfer.id}/withdraw").status_code, 303)
        self.assert_books(935, 467.5)
        self.login_as(self.other_user)
        page = self.open(f"{PAGE}/{transfer.id}").text
        self.assertIn('data-status="withdrawn"', page)
        self.assertEqual(self.post(f"{transfer.id}/accept").status_code, 422)
        self.assert_books(935, 467.5)

    def test_give_back(self):
        transfer = self.asked()
        self.login_as(self.other_user)
        self.post(f"{transfer.id}/accept")
        self.assert_books(835, 567.5)
        self.post(f"{transfer.id}/reverse", reason="Too much")
        self.assertIn('data-status="reversed"', self.open(f"{PAGE}/{transfer.id}").text)
        self.assert_books(935, 467.5)

    # ------------------------------------------------------------------
    # Who reaches what
    # ------------------------------------------------------------------

    def test_nobody_goes_the_steps_of_the_other_side(self):
        transfer = self.asked()
        for step in ("accept", "refuse", "reverse"):
            response = self.post(f"{transfer.id}/{step}", reason="Mine")
            self.assertEqual(response.status_code, 404, step)
        self.login_as(self.other_user)
        self.assertEqual(self.post(f"{transfer.id}/withdraw").status_code, 404)
        self.assertEqual(transfer.state, "submitted")

    def test_foreign_and_impossible_ids(self):
        transfer = self.asked()
        stranger = self._create_login("portal.stranger", self._create_member("Stranger"))
        company = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        staff = new_test_user(
            self.env(su=True), "staff.accountant", "account.group_account_user", **company
        )
        employee = new_test_user(self.env(su=True), "staff.plain", "base.group_user", **company)
        for user in (stranger, staff, employee):
            self.login_as(user)
            with self.subTest(user=user.login):
                self.assertEqual(self.open(PAGE).status_code, 200)
                self.assertNotIn("Workshop", self.open(PAGE).text)
                for number in (transfer.id, transfer.id + 9999, 0, 10**12):
                    self.assertEqual(self.open(f"{PAGE}/{number}").status_code, 404)
                    self.assertEqual(self.post(f"{number}/accept").status_code, 404)

    def test_other_people_post_nothing(self):
        transfer = self.asked()
        stranger_member = self._create_member("Stranger")
        self.env["coop.activity"].create(
            {"name": "Own", "membership_id": stranger_member.id, "state": "open"}
        )
        self.login_as(self._create_login("portal.stranger", stranger_member))
        for step in ("accept", "refuse", "withdraw", "reverse"):
            response = self.post(f"{transfer.id}/{step}", reason="Mine")
            self.assertEqual(response.status_code, 404, step)
        self.assertEqual(transfer.state, "submitted")

    @mute_logger("odoo.http")
    def test_without_login_or_csrf_token(self):
        transfer = self.asked()
        response = self.url_open(
            f"{PAGE}/{transfer.id}/withdraw", data={"x": "1"}, allow_redirects=False
        )
        self.assertEqual(response.status_code, 400)
        self.authenticate(None, None)
        for path in ("", "/new", f"/{transfer.id}"):
            response = self.open(f"{PAGE}{path}")
            self.assertIn("/web/login", response.headers["Location"])
        self.assertEqual(transfer.state, "submitted")

    def test_following_a_link_accepts_nothing(self):
        transfer = self.asked()
        self.login_as(self.other_user)
        for step in ("accept", "refuse", "withdraw", "reverse"):
            self.assertIn(self.open(f"{PAGE}/{transfer.id}/{step}").status_code, (404, 405))
        self.assertEqual(transfer.state, "submitted")

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def test_empty_pages_say_what_to_do(self):
        self.login_as(self.user)
        page = self.open(PAGE).text
        self.assertIn('data-name="empty"', page)
        self.assertIn(f'href="{PAGE}/new"', page)
        self.assertIn(f"{PAGE}/new?source={self.workshop.id}", self.open(self.url()).text)
        form = self.open(f"{PAGE}/new?source={self.workshop.id}").text
        self.assertNotIn("Gallery", form)
        loner = self._create_login("portal.loner", self._create_member("Loner"))
        self.login_as(loner)
        self.assertIn("you have none", self.open(PAGE).text)
        self.assertIn("you have none", self.open(f"{PAGE}/new").text)

    def test_home_page(self):
        self.asked()
        counters = {"counters": ["budget_transfer_count", "budget_transfer_waiting_count"]}
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", counters),
            {"budget_transfer_count": 1, "budget_transfer_waiting_count": 0},
        )
        self.login_as(self.other_user)
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", counters)["budget_transfer_waiting_count"], 1
        )
        self.assertEqual(self.open("/my/home").status_code, 200)

    def test_queries_do_not_grow_with_the_list(self):
        for amount in ("1", "2"):
            self.asked(amount=amount)
        self.login_as(self.other_user)
        self.open(PAGE)
        few = self._count_queries(PAGE)
        for amount in range(3, 12):
            self.asked(amount=str(amount))
        self.login_as(self.other_user)
        self.open(PAGE)
        self.assertLessEqual(self._count_queries(PAGE), few + 2)

    def _count_queries(self, url):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.open(url).status_code, 200)
        return self.cr.sql_log_count - before
