from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestShareExit(ExitCase):
    """From the request over the Board's decision and the day of effect to the payment."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-01-15"):
            super().setUpClass()
            cls.membership = cls._member(4, "Leaver")
            cls.second = cls._member(2, "Stayer")

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("smart_membership.ir_cron_share_exit").method_direct_trigger()
        self.env.invalidate_all()

    def test_from_request_to_payment(self):
        with freeze_time("2026-02-01"):
            self._test_report()
            share_exit = self._exit(self.membership)
            self.assertEqual(share_exit.effective_date, date(2026, 6, 30))
            self.assertEqual((share_exit.quantity, share_exit.amount), (4, 200.0))
        with freeze_time("2026-03-01"):
            share_exit.action_approve()
            self.assertEqual(share_exit.state, "approved")
            self.assertEqual(self._held(self.membership.partner_id), 4)
        with freeze_time("2026-06-29"):
            self._cron()
            self.assertEqual(share_exit.state, "approved")
        with freeze_time("2026-06-30"):
            self._cron()
            self._cron()
            self.assertEqual(share_exit.state, "payable")
            self.assertEqual(share_exit.due_date, date(2026, 7, 30))
            self.assertEqual(self._held(self.membership.partner_id), 0)
            self.assertRecordValues(
                self.membership,
                [
                    {
                        "state": "former",
                        "exit_reason": "resignation",
                        "date_end": date(2026, 6, 30),
                    }
                ],
            )
            self.assertRecordValues(
                share_exit.entry_ids.line_ids.sorted("balance"),
                [
                    {
                        "account_id": self.separation.id,
                        "balance": -200.0,
                        "date_maturity": date(2026, 7, 30),
                        "partner_id": self.membership.partner_id.id,
                    },
                    {
                        "account_id": self.capital.id,
                        "balance": 200.0,
                        "date_maturity": False,
                        "partner_id": self.membership.partner_id.id,
                    },
                ],
            )
            self.assert_register_holds()
            bank = self._pay_exit(share_exit)
            self.assertEqual(share_exit.state, "paid")
            bank.remove_move_reconcile()
            self.assertEqual(share_exit.state, "payable")
            (bank | share_exit._get_payable_lines()).reconcile()
            self.assertEqual(share_exit.state, "paid")
            self.assertEqual(self._balance(self.separation), 0)
            self.assertEqual(self._register().mapped("kind"), ["issue", "issue", "redemption"])

    def test_windows(self):
        for fiscal_month, last_day, requested, effective in (
            ("12", 31, "2026-06-30", date(2026, 6, 30)),
            ("12", 31, "2026-07-01", date(2027, 6, 30)),
            ("9", 30, "2026-10-01", date(2027, 3, 31)),
            ("9", 30, "2026-09-30", date(2027, 3, 31)),
        ):
            with self.subTest(requested=requested), freeze_time(requested):
                self.company.write(
                    {"fiscalyear_last_month": fiscal_month, "fiscalyear_last_day": last_day}
                )
                share_exit = self._exit(self.membership)
                self.assertEqual(share_exit.effective_date, effective)
                share_exit.action_cancel()
        self.assertEqual(self.membership.state, "member")

    def test_founders_stay_until_the_third_year(self):
        self.membership.founder = True
        with (
            freeze_time("2027-12-31"),
            self.assertRaisesRegex(UserError, "01/01/2028"),
            self.env.cr.savepoint(),
        ):
            self._exit(self.membership)
        with freeze_time("2027-12-31"):
            self._exit(self.second).action_cancel()
        with freeze_time("2028-01-01"):
            self._exit(self.membership)

    def test_lower_net_assets_leave_the_rest_in_the_reserve(self):
        with freeze_time("2026-06-30"):
            # 300 is paid up: one euro of capital is worth 80 cents.
            self._test_report(240, net_assets=240)
            share_exit = self._exit(self.membership)
            share_exit.action_approve()
            self.assertEqual((share_exit.amount, share_exit.state), (160.0, "payable"))
            self.assertEqual(self._balance(self.separation), -160)
            self.assertEqual(self._balance(self.reserve), -40)
            self.assertEqual(self._balance(self.deferred), 0)
            self.assert_register_holds()

    def test_nothing_left_is_nothing_owed(self):
        with freeze_time("2026-06-30"):
            self._test_report(0, net_assets=-50)
            share_exit = self._exit(self.membership)
            share_exit.action_approve()
            self.assertEqual((share_exit.amount, share_exit.state), (0.0, "paid"))
            self.assertEqual(self._balance(self.reserve), -200)
            self.assert_register_holds()

    def test_one_redemption_per_price(self):
        with freeze_time("2026-02-01"):
            self.share_a.price_ids.create(
                {"share_class_id": self.share_a.id, "date_from": "2026-02-01", "price": 60}
            )
            self._pay(self._subscribe(2, self.membership.partner_id))
        with freeze_time("2026-06-30"):
            self._test_report()
            share_exit = self._exit(self.membership)
            share_exit.action_approve()
            redemptions = self._register().filtered(lambda one: one.kind == "redemption")
            self.assertEqual(
                [(one.quantity, one.unit_price, one.paid_up) for one in redemptions],
                [(4, 50.0, 200.0), (2, 60.0, 120.0)],
            )
            self.assertEqual(share_exit.amount, 320.0)
            self.assert_register_holds()

    def test_a_part_when_the_statutes_allow_it(self):
        with freeze_time("2026-06-30"):
            self._test_report()
            values = {"kind": "partial", "share_class_id": self.share_a.id, "quantity": 3}
            with self.assertRaisesRegex(UserError, "all their shares"), self.env.cr.savepoint():
                self._exit(self.membership, **values)
            self.company.coop_exit_partial = True
            for quantity in (0, 4, 5):
                with (
                    self.subTest(quantity=quantity),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    self._exit(self.membership, **{**values, "quantity": quantity})
            share_exit = self._exit(self.membership, **values)
            share_exit.action_approve()
            self.assertEqual((share_exit.amount, share_exit.quantity), (150.0, 3))
            self.assertEqual(self.membership.state, "member")
            self.assertTrue(self.membership.voting)
            self.assertEqual(self._held(self.membership.partner_id), 1)
            self.assert_register_holds()

    def test_never_twice(self):
        with freeze_time("2026-02-01"):
            share_exit = self._exit(self.membership)
            with self.assertRaisesRegex(UserError, share_exit.name), self.env.cr.savepoint():
                self._exit(self.membership)
            share_exit.action_approve()
            with self.assertRaisesRegex(UserError, "Approved"):
                share_exit.action_approve()
        with freeze_time("2026-06-30"):
            self._cron()
            for action in (share_exit.action_cancel, share_exit.action_approve):
                with self.assertRaisesRegex(UserError, "Deferred"):
                    action()
            with self.assertRaisesRegex(UserError, "not a member"), self.env.cr.savepoint():
                self._exit(self.membership)
        self.assertEqual(self._register().mapped("kind").count("redemption"), 1)

    def test_an_unpaid_subscription_is_cancelled_first(self):
        with freeze_time("2026-02-01"):
            subscription = self._subscribe(1, self.membership.partner_id)
            share_exit = self._exit(self.membership, submit=False)
            with self.assertRaisesRegex(UserError, subscription.name):
                share_exit.action_submit()
            self.assertEqual(share_exit.subscription_ids, subscription)
            share_exit.action_cancel_subscriptions()
            self.assertEqual(subscription.state, "cancelled")
            share_exit.action_submit()
            self.assertEqual(share_exit.state, "submitted")

    def test_death_takes_the_place_of_a_resignation(self):
        with freeze_time("2026-07-10"):
            self._test_report()
            resignation = self._exit(self.membership)
            resignation.action_approve()
            death = self._exit(self.membership, "death", request_date="2026-07-05")
            self.assertEqual(resignation.state, "cancelled")
            death.action_approve()
            # The heirs are not known yet: that keeps the amount waiting, not the exit.
            self.assertEqual(death.state, "deferred")
            self.assertEqual(self.membership.exit_reason, "death")
            self.assertEqual(self.membership.date_end, date(2026, 7, 5))
            heir = self.env["res.partner"].create({"name": "Heir"})
            death.beneficiary_id = heir
            self._cron()
            self.assertEqual(death.state, "payable")
            self.assertEqual(death._get_payable_lines().partner_id, heir)
            self.assertEqual(self._balance(self.deferred), 0)
            self.assert_register_holds()

    def test_exclusion_wants_a_reason_and_a_hearing(self):
        with freeze_time("2026-05-04"):
            with self.assertRaisesRegex(UserError, "reason"), self.env.cr.savepoint():
                self._exit(self.membership, "exclusion")
            share_exit = self._exit(self.membership, "exclusion", reason="Never paid suppliers")
            self.assertFalse(share_exit.effective_date)
            with self.assertRaisesRegex(UserError, "heard"), self.env.cr.savepoint():
                share_exit.action_approve()
            share_exit.hearing_date = "2026-05-04"
            share_exit.action_approve()
            self.assertEqual(share_exit.effective_date, date(2026, 5, 4))
            self.assertEqual((share_exit.state, share_exit.was_deferred), ("deferred", True))
            self.assertEqual(self.membership.exit_reason, "exclusion")

    def test_the_board_decides_on_many_with_a_dialogue(self):
        with freeze_time("2026-02-01"):
            exits = self._exit(self.membership) | self._exit(self.second)
            dialogue = self.env["coop.share.decision"].create(
                {"exit_ids": exits.ids, "decision": "refuse"}
            )
            with self.assertRaisesRegex(UserError, "reason"):
                dialogue.action_apply()
            dialogue.refusal_reason = "A founder's pact"
            dialogue.action_apply()
            self.assertEqual(exits.mapped("state"), ["refused", "refused"])
            again = self._exit(self.membership)
            dialogue = self.env["coop.share.decision"].create(
                {"exit_ids": again.ids, "decision_reference": "Board of 1 February"}
            )
            dialogue.action_apply()
            self.assertEqual(
                (again.state, again.decision_reference), ("approved", "Board of 1 February")
            )

    def test_what_was_decided_is_not_edited(self):
        with freeze_time("2026-02-01"):
            share_exit = self._exit(self.membership)
            for vals in (
                {"state": "paid"},
                {"kind": "death"},
                {"amount": 1},
                {"membership_id": self.second.id},
                {"effective_date": "2026-02-02"},
            ):
                with self.subTest(vals=vals), self.assertRaises(UserError):
                    share_exit.write(vals)
            with self.assertRaises(UserError):
                share_exit.unlink()
            forged = self.env["coop.share.exit"].create(
                {"membership_id": self.second.id, "state": "paid", "amount": 999}
            )
            self.assertEqual((forged.state, forged.amount), ("draft", 100.0))

    def test_the_entries_stand(self):
        with freeze_time("2026-06-30"):
            share_exit = self._exit(self.membership)
            share_exit.action_approve()
            entry = share_exit.entry_ids
            for forbidden in (
                entry.button_draft,
                entry.button_cancel,
                entry._reverse_moves,
                lambda: entry.write({"partner_id": self.partner_a.id}),
                lambda: entry.write({"share_exit_id": False}),
            ):
                with self.assertRaises(UserError):
                    forbidden()
            copied = self.env["account.move"].create({"share_exit_id": share_exit.id})
            self.assertFalse(copied.share_exit_id)

    def test_members_are_written_to_in_their_language(self):
        self.membership.partner_id.lang = "nl_BE"
        with freeze_time("2026-02-01"):
            share_exit = self._exit(self.membership)
            mail = share_exit.message_ids.filtered("partner_ids")[:1]
            self.assertEqual(mail.partner_ids, self.membership.partner_id)
            self.assertIn("30/06/2026", mail.body)
