from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestShareExitSecurity(HttpCase, ExitCase):
    """Who may see exits, decide on them and report on the payment tests."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-01-15"):
            super().setUpClass()
            subscription = cls._subscribe(2, cls.portal.partner_id)
            cls._pay(subscription)
            cls.own = subscription.membership_id
            cls.foreign = cls._member(3, "Somebody Else")

    def test_member_services_decide(self):
        with freeze_time("2026-02-01"):
            share_exit = self._exit(self.own, submit=False).with_user(self.services)
            share_exit.action_submit()
            share_exit.action_approve()
            self.assertEqual(share_exit.decided_by_id, self.services)
        with freeze_time("2026-07-01"):
            death = self._exit(self.foreign, "death", submit=False).with_user(self.services)
            death.action_submit()
            death.action_approve()
            self.assertEqual(death.state, "deferred")
            self.assertEqual(self._register()[-1:].recorded_by_id, self.services)

    def test_only_managers_report(self):
        report = self._test_report(confirm=False)
        for user in (self.services, self.accountant):
            self.assertTrue(report.with_user(user).read(["passed"]))
            for method in ("action_confirm", "action_revoke"):
                with self.assertRaises(AccessError):
                    getattr(report.with_user(user), method)()
        with self.assertRaises(AccessError):
            report.with_user(self.portal).read(["passed"])
        report.with_user(self.manager).action_confirm()
        self.assertEqual(report.state, "confirmed")

    def test_accountants_read(self):
        share_exit = self._exit(self.own, submit=False).with_user(self.accountant)
        self.assertTrue(share_exit.read(["amount", "subscription_ids"]))
        for forbidden in (
            share_exit.action_submit,
            share_exit.action_cancel,
            share_exit.action_cancel_subscriptions,
            share_exit.action_decide,
            lambda: share_exit.write({"reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_portal_sees_the_own_exit_only(self):
        with freeze_time("2026-02-01"):
            own, foreign = self._exit(self.own), self._exit(self.foreign)
        Exit = self.env["coop.share.exit"].with_user(self.portal)
        self.assertEqual(Exit.search([]), own)
        self.assertTrue(own.with_user(self.portal).read(["amount", "state"]))
        with self.assertRaises(AccessError):
            foreign.with_user(self.portal).read(["amount"])
        with self.assertRaises(AccessError):
            own.with_user(self.other).read(["amount"])
        for method in ("action_submit", "action_approve", "action_decide", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(own.with_user(self.portal), method)()
        with self.assertRaises(AccessError):
            Exit.create({"membership_id": self.own.id})

    def test_companies_are_kept_apart(self):
        there = self.env["res.company"].create({"name": "Another Cooperative"})
        membership = self.env["coop.membership"].create(
            {"partner_id": self.partner_a.id, "company_id": there.id}
        )
        share_exit = self.env["coop.share.exit"].create({"membership_id": membership.id})
        report = self.env["coop.payment.test"].create(
            {
                "reference": "There",
                "company_id": there.id,
                "valid_until": "2035-01-01",
                "net_assets": 1,
                "explanation": "x",
            }
        )
        self.assertEqual(share_exit.company_id, there)
        for record in (share_exit, report):
            with self.assertRaises(AccessError):
                record.with_user(self.manager).read(["display_name"])

    def test_private_methods_are_not_called_from_outside(self):
        with freeze_time("2026-02-01"):
            share_exit = self._exit(self.own)
        self.authenticate(self.services.login, self.services.login)
        for method, *args in (
            ("_take_effect", share_exit.ids),
            ("_write_decision", share_exit.ids, {"state": "paid"}),
            ("_serve_queue", self.company.id),
        ):
            with (
                self.subTest(method=method),
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException) as caught,
            ):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/coop.share.exit/{method}",
                    {
                        "model": "coop.share.exit",
                        "method": method,
                        "args": args,
                        "kwargs": {"context": {"coop_capital": True}},
                    },
                )
            self.assertIn("AccessError", str(caught.exception))

    def test_forms_as_people_fill_them_in(self):
        with (
            freeze_time("2026-02-01"),
            Form(self.env["coop.share.exit"].with_user(self.services)) as form,
        ):
            form.membership_id = self.foreign
            form.kind = "exclusion"
            form.reason = "A reason"
        self.assertEqual(form.record.quantity, 3)
        with Form(self.env["coop.payment.test"].with_user(self.manager)) as form:
            form.reference = "Board"
            form.valid_until = "2035-01-01"
            form.net_assets = 500
            form.cash = 300
            form.explanation = "By the figures"
        self.assertEqual((form.record.amount_allowed, form.record.passed), (300, True))
        self.env.user.group_ids += self.env.ref("smart_membership.group_membership_manager")
        Settings = self.env["res.config.settings"]
        self.assertIn("coop_exit_settings", Settings.get_view(view_type="form")["arch"])
        Settings.create({"coop_exit_window_months": 12}).execute()
        self.assertEqual(self.company.coop_exit_window_months, 12)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.company.coop_exit_journal_id = False
            self.company._check_exit_books()

    def test_a_list_costs_the_same_for_any_number_of_rows(self):
        members = self.env["coop.membership"].union(
            *(self._member(1, f"Member {number}") for number in range(6))
        )
        exits = self.env["coop.share.exit"].create(
            [{"membership_id": member.id} for member in members]
        )
        columns = {
            "name": {},
            "partner_id": {"fields": {"display_name": {}}},
            "kind": {},
            "effective_date": {},
            "quantity": {},
            "amount": {},
            "state": {},
            "activity_ids": {"fields": {}},
        }
        counts = []
        for rows in (exits[:1], exits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.with_user(self.services).web_read(columns)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertLessEqual(counts[1], 15)
