import re
import uuid
import zipfile

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .payroll_common import PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollAnnouncement(PayrollCase):
    """A salary that is announced holds the budget until it is booked."""

    @freeze_time("2025-03-05")
    def test_it_holds_the_budget(self):
        announced = self._announce(2500.5)
        self.assertEqual(announced.reservation_id.kind, "payroll")
        self.assertEqual(str(announced.reservation_id.date_until), "2025-04-30")
        self.assertEqual(self.workshop.available, 9350 - 2500.5)
        self.assertNotIn(self.member.partner_id.name, announced.reservation_id.reference)
        announced.action_withdraw()
        self.assertEqual((announced.state, self.workshop.available), ("cancelled", 9350))
        with self.assertRaises(UserError):
            announced.action_withdraw()
        self.assert_books_hold()

    @freeze_time("2025-03-05")
    def test_what_cannot_be_announced(self):
        for amount in (0, -1, 10.005, float("nan"), float("inf"), 10**10):
            with self.assertRaises(ValidationError):
                self._announce(amount)
        with self.assertRaisesRegex(UserError, "available"):
            self._announce(9350.01)
        with self.assertRaisesRegex(UserError, "passed"):
            self._announce(month="2025-02-28")
        with self.assertRaisesRegex(UserError, "ahead"):
            self._announce(month="2027-01-01")
        stranger = self._create_member("Stranger").partner_id
        with self.assertRaisesRegex(UserError, "does not manage"):
            self._announce(partner_id=stranger.id)
        self.studio.action_suspend()
        with self.assertRaisesRegex(UserError, "not open"):
            self._announce(10, self.studio)
        first = self._announce(10)
        with self.assertRaisesRegex(UserError, first.name):
            self._announce(20)
        first.action_withdraw()
        self._announce(20)
        self.assertEqual(self.workshop.reserved_amount, 20)

    @freeze_time("2025-03-05")
    def test_announced_it_stays_as_it_is(self):
        announced = self._announce(10)
        for vals in ({"amount": 20}, {"date_from": "2025-04-01"}, {"state": "posted"}):
            with self.assertRaises(UserError):
                announced.write(vals)
        with self.assertRaises(UserError):
            self.workshop.action_close()

    @freeze_time("2025-03-05")
    def test_a_reversed_run_of_an_activity_that_cannot_pay_any_more(self):
        announced = self._announce(2500)
        run = self._posted()
        self.workshop.action_suspend()
        run.action_reverse("Wrong file")
        self.assertEqual((announced.state, announced.run_id), ("cancelled", run.browse()))
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assert_books_hold()


@tagged("post_install", "-at_install")
class TestPayrollSecurity(PayrollCase, HttpCase):
    """Who earns how much is read by the payroll only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2025-03-05"):
            cls.announced = cls._announce(2500)
        cls.checked = cls._run(cls._row(), cls._row("A99999"))
        cls.checked.action_check()
        cls.posted = cls._posted()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.portal = new_test_user(
            su, "t_member", "base.group_portal", partner_id=cls.member.partner_id.id, **company
        )
        cls.others = [
            cls.portal,
            *(
                new_test_user(su, login, group, **company)
                for login, group in (
                    ("t_employee", "base.group_user"),
                    ("t_billing", "account.group_account_invoice"),
                    ("t_auditor", "account.group_account_readonly"),
                    ("t_manager", "account.group_account_manager"),
                )
            ),
        ]
        other = cls.setup_other_company()["company"]
        cls.outsider = new_test_user(
            su,
            "t_outsider",
            "smart_activity_billing.group_payroll",
            company_id=other.id,
            company_ids=other.ids,
        )

    def _private(self):
        run = self.checked
        return (
            (run, "cost"),
            (run, "file"),
            (run.line_ids, "gross"),
            (run.finding_ids, "message"),
            (self.mapping, "name"),
            (self.announced, "amount"),
        )

    def test_the_payroll_reads_and_others_do_not(self):
        for records, name in self._private():
            self.assertTrue(records.with_user(self.payroll).read([name]))
            for user in (*self.others, self.outsider):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    records.with_user(user).read([name])
        self.assertTrue(self.announced.with_user(self.services).amount)
        for records, name in self._private()[:-1]:
            with self.assertRaises(AccessError):
                records.with_user(self.services).read([name])

    def test_the_entry_does_not_tell_who_earns_what(self):
        manager = self.others[-1]
        entry = self.posted.move_id.with_user(manager)
        self.assertTrue(entry.line_ids.mapped("balance"))
        text = str(entry.line_ids.read(["name", "ref", "partner_id"]))
        self.assertNotIn(self.member.partner_id.name, text)
        with self.assertRaises(AccessError):
            entry.line_ids.read(["coop_payroll_run_id"])

    def test_nobody_writes_what_the_check_found(self):
        for records in (self.checked.line_ids, self.checked.finding_ids):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.with_user(self.payroll).has_access(operation))

    @mute_logger("odoo.http")
    def test_remote_calls(self):
        for user in self.others:
            self.authenticate(user.login, user.login)
            for records, names in (
                (
                    self.checked,
                    ("action_check", "action_post", "action_reverse", "action_report"),
                ),
                (self.announced, ("action_submit", "action_withdraw")),
            ):
                for name in names:
                    with (
                        self.subTest(user=user.login, method=name),
                        self.assertRaises(JsonRpcException),
                    ):
                        self._call(records, name)
        self.authenticate(self.payroll.login, self.payroll.login)
        for name in ("_check", "_post", "_book", "_reverse", "_write_decision"):
            with self.subTest(method=name), self.assertRaises(JsonRpcException):
                self._call(self.checked, name)
        self.assertEqual(self.posted.state, "posted")

    def _call(self, records, name):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{records._name}/{name}",
            {"model": records._name, "method": name, "args": [records.ids], "kwargs": {}},
        )

    def test_personal_data(self):
        Data = self.env["coop.personal.data"].sudo()
        found = {one.records._name for one in Data._find(self.member.partner_id, self.company)}
        self.assertLessEqual({"coop.payroll.run.line", "coop.payroll.announcement"}, found)
        self.assertEqual(Data._get_rule("coop.payroll.run.line").action, "keep")
        self.assertEqual(Data._get_rule("coop.payroll.finding").action, "delete")
        # The export of who posted a run tells of a part in it, and not what others earn.
        parts = Data._find(self.payroll.partner_id, self.company)
        [run] = [one for one in parts if one.records._name == "coop.payroll.run"]
        self.assertFalse(run.own)
        archive, _counts = Data._export(self.payroll.partner_id, self.company)
        with zipfile.ZipFile(archive) as files:
            text = files.read("data.json").decode()
            self.assertFalse([name for name in files.namelist() if "wages" in name])
        self.assertIn(self.posted.name, text)
        self.assertNotIn("2500.0", text)
        archive, _counts = Data._export(self.member.partner_id, self.company)
        with zipfile.ZipFile(archive) as files:
            self.assertIn("2500.0", files.read("data.json").decode())


@tagged("post_install", "-at_install")
class TestPayrollPortal(PayrollCase, HttpCase):
    """Members announce their own salary on their phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env(su=True),
            "t_member",
            "base.group_portal",
            partner_id=cls.member.partner_id.id,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            email="t_member@example.com",
        )
        cls.month = fields.Date.today().strftime("%Y-%m")

    def _csrf(self):
        page = self.url_open("/my/salaries/new").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def _post(self, **values):
        data = {
            "csrf_token": values.get("csrf_token") or self._csrf(),
            "token": str(uuid.uuid4()),
            "activity_id": str(self.workshop.id),
            "month": self.month,
            "amount": "2500.50",
            "note": "A full month",
            **values,
        }
        return self.url_open("/my/salaries/new", data=data, allow_redirects=False)

    def _own(self):
        domain = [("partner_id", "=", self.user.partner_id.id)]
        return self.env["coop.payroll.announcement"].sudo().search(domain)

    def test_the_way_of_a_salary(self):
        self.authenticate("t_member", "t_member")
        self.assertIn('data-name="empty"', self.url_open("/my/salaries").text)
        token = str(uuid.uuid4())
        before = self._own()
        for _press in range(2):
            response = self._post(token=token)
            self.assertEqual(response.status_code, 303)
        announced = self._own() - before
        self.assertEqual((len(announced), announced.amount), (1, 2500.5))
        self.assertEqual(announced.submitted_by_id, self.user.partner_id)
        self.assertEqual(self.workshop.reserved_amount, 2500.5)
        page = self.url_open(f"/my/salaries/{announced.id}?announced=1").text
        self.assertIn('data-name="announced_notice"', page)
        self.assertIn('data-name="announcement"', self.url_open("/my/salaries").text)
        self.url_open(f"/my/salaries/{announced.id}/withdraw", data={"csrf_token": self._csrf()})
        self.assertEqual((announced.state, self.workshop.reserved_amount), ("cancelled", 0))

    def test_what_is_wrong_is_shown_and_what_was_typed_stays(self):
        self.authenticate("t_member", "t_member")
        for values, name in (
            ({"amount": "nan"}, "amount"),
            ({"amount": "-5"}, "amount"),
            ({"amount": "10.005"}, "amount"),
            ({"month": "2020-01"}, "month"),
            ({"month": "x"}, "month"),
            ({"activity_id": "999999"}, "activity_id"),
            ({"activity_id": ""}, "activity_id"),
        ):
            response = self._post(**values)
            with self.subTest(values=values):
                self.assertEqual(response.status_code, 422)
                self.assertIn(f'data-error="{name}"', response.text)
                self.assertIn("A full month", response.text)
        response = self._post(amount="9351")
        self.assertEqual(response.status_code, 422)
        self.assertIn("available", response.text)
        self.assertFalse(self._own())

    def test_others_find_nothing(self):
        self.authenticate("t_member", "t_member")
        self._post()
        announced = self._own()
        page = self.url_open(f"/my/activities/{self.workshop.id}").text
        self.assertIn(f"/my/salaries/{announced.id}", page)
        stranger = self._create_member("Stranger")
        new_test_user(
            self.env(su=True),
            "t_stranger",
            "base.group_portal",
            partner_id=stranger.partner_id.id,
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        # Who manages the Activity too sees what holds the money, and not whose salary it is.
        self.workshop.manager_ids += stranger.partner_id
        self.authenticate("t_stranger", "t_stranger")
        csrf = self._csrf()
        page = self.url_open(f"/my/activities/{self.workshop.id}").text
        self.assertIn(announced.name, page)
        self.assertNotIn(f"/my/salaries/{announced.id}", page)
        for path in (f"/my/salaries/{announced.id}", "/my/salaries/999999999999"):
            self.assertEqual(self.url_open(path).status_code, 404)
        response = self.url_open(f"/my/salaries/{announced.id}/withdraw", data={"csrf_token": csrf})
        self.assertEqual(response.status_code, 404)
        self.assertEqual(announced.state, "submitted")
        self.assertIn('data-name="empty"', self.url_open("/my/salaries").text)
        self.workshop.manager_ids -= stranger.partner_id
        response = self._post(csrf_token=csrf, month=self.month)
        self.assertEqual(response.status_code, 422)
