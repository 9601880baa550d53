from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .share_common import ShareCase


@tagged("post_install", "-at_install")
class TestShareSubscription(ShareCase):
    """From the request over the Board's decision and the payment to the register."""

    def test_from_request_to_member(self):
        subscription = self._subscribe(3)
        self.assertEqual(subscription.state, "approved")
        self.assertEqual(subscription.membership_id.state, "candidate")
        self.assertEqual(self._held(subscription.partner_id), 0)
        self._pay(subscription)
        self.assertEqual(subscription.state, "paid")
        self.assertEqual(subscription.membership_id.state, "member")
        self.assertTrue(subscription.membership_id.voting)
        self.assertEqual(subscription.membership_id.share_quantity, 3)
        self.assertRecordValues(
            self._register(),
            [
                {
                    "number": 1,
                    "kind": "issue",
                    "quantity": 3,
                    "unit_price": 50.0,
                    "paid_up": 150.0,
                    "partner_from_id": False,
                    "partner_to_id": subscription.partner_id.id,
                    "origin": subscription.name,
                }
            ],
        )
        self.assert_register_holds()

    def test_the_capital_call_is_equity_without_tax(self):
        call = self._subscribe(2).capital_call_id
        self.assertEqual(call.state, "posted")
        self.assertEqual(call.journal_id, self.capital_journal)
        self.assertFalse(call.line_ids.tax_ids)
        self.assertRecordValues(
            call.line_ids.sorted("balance"),
            [
                {"account_id": self.capital.id, "balance": -100.0},
                {"account_id": self.called.id, "balance": 100.0},
            ],
        )
        self.assertTrue(call.payment_reference)

    def test_subscribers_have_the_time_to_pay_that_the_class_gives(self):
        thirty_days = self.env.ref("account.account_payment_term_30days")
        partner = self.env["res.partner"].create(
            {
                "name": "Also a client",
                "property_payment_term_id": self.env.ref("account.account_payment_term_15days").id,
            }
        )
        # What was agreed with a client is not for shares.
        call = self._subscribe(2, partner).capital_call_id
        self.assertEqual(call.invoice_date_due, call.invoice_date)
        self.share_a.payment_term_id = thirty_days
        call = self._subscribe(2).capital_call_id
        self.assertEqual((call.invoice_date_due - call.invoice_date).days, 30)
        with self.assertRaisesRegex(ValidationError, "never called at a discount"):
            self.share_a.payment_term_id = self.env["account.payment.term"].create(
                {
                    "name": "2/7 Net 30",
                    "early_discount": True,
                    "discount_percentage": 2,
                    "discount_days": 7,
                }
            )
        # A term that became one with a discount after it was chosen.
        thirty_days.write({"early_discount": True, "discount_percentage": 2})
        with self.assertRaisesRegex(ValidationError, "never called at a discount"):
            self._subscribe(2)

    def test_the_price_of_the_approval_holds(self):
        subscription = self._subscribe(2, approve=False)
        self.share_a.price_ids.create(
            {"share_class_id": self.share_a.id, "date_from": "2021-01-01", "price": 60}
        )
        subscription.action_approve()
        self.assertEqual(subscription.unit_price, 60.0)
        self.assertEqual(subscription.capital_call_id.amount_total, 120.0)
        with freeze_time("2035-01-01"):
            self.share_a.price_ids.create(
                {"share_class_id": self.share_a.id, "date_from": "2030-01-01", "price": 70}
            )
            subscription.invalidate_recordset()
            self.assertEqual(subscription.unit_price, 60.0)
            with self.assertRaisesRegex(UserError, "60.00"):
                subscription.price_id.price = 61

    def test_paid_three_times_over_issues_once(self):
        subscription = self._subscribe(2)
        line = self._pay(subscription)
        call_line = subscription.capital_call_id.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        for _time in range(2):
            line.remove_move_reconcile()
            self.assertEqual(self._held(subscription.partner_id), 0)
            self.assertEqual(subscription.state, "approved")
            self.assertFalse(subscription.membership_id.voting)
            (line | call_line).reconcile()
            self.assertEqual(self._held(subscription.partner_id), 2)
        self.assertEqual(
            self._register().mapped("kind"),
            ["issue", "reversal", "reversal", "reversal", "reversal"],
        )
        self.assertEqual(subscription.state, "paid")
        self.assert_register_holds()

    def test_too_little_issues_nothing_too_much_issues_what_was_asked(self):
        small, large = self._subscribe(2), self._subscribe(2)
        self._pay(small, 99.99)
        self.assertEqual(self._held(small.partner_id), 0)
        self._pay(small, 0.01)
        self.assertEqual(self._held(small.partner_id), 2)
        self._pay(large, 150)
        self.assertEqual(self._held(large.partner_id), 2)
        self.assertEqual(self._register()[-1].paid_up, 100.0)
        self.assert_register_holds()

    def test_other_statutes_take_no_issued_shares_back(self):
        self.company.coop_share_issue = "first"
        subscription = self._subscribe(2)
        self._pay(subscription, 30)
        self.company.coop_share_issue = "paid"
        second = self._pay(subscription, 20)
        self.assertEqual(self._held(subscription.partner_id), 2)
        self.assertEqual(subscription.membership_id.state, "member")
        second.remove_move_reconcile()
        self._pay(subscription, 70)
        self.assertEqual(subscription.state, "paid")
        self.assertEqual(
            [(one.kind, one.quantity, one.paid_up) for one in self._register()],
            [
                ("issue", 2, 30.0),
                ("payment", 0, 20.0),
                ("reversal", 0, 20.0),
                ("payment", 0, 70.0),
            ],
        )
        self.assert_register_holds()
        # Who subscribes from now on has to pay all of it first.
        newcomer = self._subscribe(2)
        self._pay(newcomer, 30)
        self.assertEqual(self._held(newcomer.partner_id), 0)

    def test_instalments_pay_up_what_is_issued_where_the_statutes_allow_it(self):
        self.company.coop_share_issue = "first"
        subscription = self._subscribe(2)
        first = self._pay(subscription, 30)
        self.assertEqual(self._held(subscription.partner_id), 2)
        self.assertEqual(subscription.state, "approved")
        self._pay(subscription, 70)
        self.assertEqual(subscription.state, "paid")
        self.assertRecordValues(
            self._register(),
            [
                {"kind": "issue", "quantity": 2, "paid_up": 30.0},
                {"kind": "payment", "quantity": 0, "paid_up": 70.0},
            ],
        )
        first.remove_move_reconcile()
        self.assertEqual(self._held(subscription.partner_id), 2)
        self.assertRecordValues(
            self._register()[-1], [{"kind": "reversal", "quantity": 0, "paid_up": 30.0}]
        )
        self.assert_register_holds()

    def test_a_lost_payment_of_shares_that_are_gone_is_left_to_people(self):
        subscription = self._subscribe(2)
        line = self._pay(subscription)
        self.env["coop.share.movement"].create(
            {
                "company_id": self.company.id,
                "kind": "transfer",
                "share_class_id": self.share_a.id,
                "partner_from_id": subscription.partner_id.id,
                "partner_to_id": self.partner_a.id,
                "quantity": 2,
                "unit_price": 50,
                "paid_up": 100,
            }
        )
        line.remove_move_reconcile()
        self.assertEqual(self._held(self.partner_a), 2)
        self.assertEqual(len(subscription.activity_ids), 1)
        self.assertIn("Settle it with them", subscription.activity_ids.note)

    def test_cancelling_takes_the_call_back(self):
        subscription = self._subscribe(2)
        subscription.action_cancel()
        self.assertEqual(subscription.state, "cancelled")
        self.assertEqual(subscription.capital_call_id.payment_state, "reversed")
        self.assertFalse(self._register())
        paid = self._subscribe(2)
        self._pay(paid, 10)
        with self.assertRaisesRegex(UserError, "10.00"):
            paid.action_cancel()

    def test_a_refusal_has_its_reason_and_the_candidate_gets_it(self):
        subscription = self._subscribe(approve=False)
        action = subscription.action_refuse()
        wizard = Form(self.env[action["res_model"]].with_context(**action["context"]))
        wizard.refusal_reason = "Not in our purpose"
        wizard.save().action_apply()
        self.assertEqual(subscription.state, "refused")
        mail = subscription.message_ids.filtered(lambda one: one.subject)
        self.assertIn("Not in our purpose", mail[:1].body)
        self.assertEqual(mail[:1].partner_ids, subscription.partner_id)

    def test_a_reason_that_was_prepared_is_enough(self):
        subscription = self._subscribe(approve=False).with_user(self.services)
        subscription.refusal_reason = "Not in our purpose"
        subscription.action_refuse()
        self.assertEqual(
            (subscription.state, subscription.decided_by_id), ("refused", self.services)
        )
        with self.assertRaises(UserError):
            subscription.refusal_reason = "Another one"

    def test_many_are_decided_at_once_with_the_boards_decision(self):
        subscriptions = self._subscribe(approve=False) | self._subscribe(approve=False)
        self.env["coop.share.decision"].create(
            {
                "subscription_ids": subscriptions.ids,
                "decision_date": "2026-01-10",
                "decision_reference": "Board of 10 January, item 4",
            }
        ).action_apply()
        self.assertEqual(subscriptions.mapped("state"), ["approved", "approved"])
        self.assertEqual(
            set(subscriptions.mapped("decision_reference")), {"Board of 10 January, item 4"}
        )
        with self.assertRaises(UserError):
            subscriptions[0].action_approve()

    def test_impossible_quantities(self):
        for quantity in (0, -1, 100_001):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._subscribe(quantity)
                self.env.flush_all()
        self.share_a.maximum_quantity = 3
        member = self._member(2)
        with self.assertRaisesRegex(UserError, "holds 2"):
            self._subscribe(2, member.partner_id)
        self.share_a.write({"maximum_quantity": 0, "minimum_quantity": 5})
        with self.assertRaisesRegex(UserError, "at least 5"):
            self._subscribe(4)

    def test_a_class_that_is_not_for_the_category(self):
        with self.assertRaisesRegex(ValidationError, "Class C"):
            self._subscribe(share_class_id=self.share_c.id)

    def test_without_account_or_price_nothing_is_half_done(self):
        subscription = self._subscribe(approve=False)
        self.share_a.capital_account_id = False
        with self.assertRaisesRegex(UserError, "Class A"), self.env.cr.savepoint():
            subscription.action_approve()
        self.assertEqual(subscription.state, "submitted")
        self.share_a.capital_account_id = self.capital
        with (
            freeze_time("2019-06-01"),
            self.assertRaisesRegex(UserError, "no price"),
            self.env.cr.savepoint(),
        ):
            subscription.action_approve()

    def test_the_call_follows_its_subscription_only(self):
        call = self._subscribe().capital_call_id
        for forbidden in (
            call.button_draft,
            call.button_cancel,
            call._reverse_moves,
            call.copy,
            lambda: call.write({"partner_id": self.partner_a.id}),
            lambda: self.env["account.move"].create(
                {"move_type": "out_invoice", "share_class_id": self.share_a.id}
            ),
        ):
            with self.assertRaises(UserError):
                forbidden()

    def test_no_activity_pays_for_shares(self):
        call = self._subscribe().capital_call_id
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Activity", "plan_id": plan.id}
        )
        for vals in (
            {"analytic_distribution": {str(account.id): 100}},
            {"price_unit": 1},
            {"account_id": self.company_data["default_account_revenue"].id},
        ):
            with self.assertRaises(UserError):
                call.invoice_line_ids.write(vals)
        with self.assertRaises(UserError):
            call.invoice_line_ids.unlink()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env["account.move.line"].create(
                {
                    "move_id": call.id,
                    "name": "More",
                    "price_unit": 1,
                    "account_id": self.capital.id,
                }
            )

    def test_merging_contacts_leaves_the_register_alone(self):
        member = self._member(2, "Registered")
        double = self.env["res.partner"].create({"name": "Registered", "email": "r@example.com"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((member.partner_id | double).ids, double, extra_checks=False)
        self.assertFalse(double.exists())
        self.assertEqual(member.partner_id.email, "r@example.com")
        self.assert_register_holds()
        other = self._member(1, "Other")
        with self.assertRaisesRegex(UserError, "Registered, Other"):
            wizard._merge((member.partner_id | other.partner_id).ids, extra_checks=False)

    def test_what_was_decided_is_not_edited(self):
        subscription = self._subscribe()
        for vals in (
            {"quantity": 9},
            {"state": "paid"},
            {"partner_id": self.partner_a.id},
            {"capital_call_id": False},
        ):
            with self.assertRaises(UserError):
                subscription.write(vals)
        with self.assertRaises(UserError):
            subscription.unlink()
        forged = (
            self.env["coop.share.subscription"]
            .with_context(default_state="paid")
            .create(
                {
                    "partner_id": self.partner_a.id,
                    "share_class_id": self.share_a.id,
                    "state": "approved",
                    "capital_call_id": subscription.capital_call_id.id,
                }
            )
        )
        self.assertEqual(forged.state, "draft")
        self.assertFalse(forged.capital_call_id)

    def test_who_may_do_what(self):
        subscription = self._subscribe(approve=False, partner=self.portal.partner_id)
        as_services = subscription.with_user(self.services)
        as_services.action_approve()
        self.assertEqual(subscription.state, "approved")
        self._pay(subscription)
        self.assertEqual(subscription.with_user(self.portal).quantity, 2)
        self.assertEqual(len(self._register().with_user(self.portal).exists()), 1)
        Movement = self.env["coop.share.movement"]
        self.assertEqual(Movement.with_user(self.portal).search_count([]), 1)
        self.assertEqual(Movement.with_user(self.other).search_count([]), 0)
        with self.assertRaises(AccessError):
            subscription.with_user(self.other).read(["quantity"])
        for user in (self.portal, self.services):
            with self.assertRaises(AccessError):
                Movement.with_user(user).create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            self._subscribe(approve=False, partner=self.portal.partner_id).with_user(
                self.portal
            ).action_approve()
