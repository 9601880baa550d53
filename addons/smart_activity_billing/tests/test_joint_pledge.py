from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointPledge(JointCase):
    """From a proposal to a funded investment, or to nothing at all."""

    def test_three_activities_fund_it(self):
        investment = self._proposal()
        self.assertRegex(investment.name, r"V\d{5}")
        self.assertEqual((investment.state, investment.missing_amount), ("pledging", 900))
        self._pledge(investment, self.workshop, 450)
        self._pledge(investment, self.gallery, 300)
        self.assertEqual((investment.pledged_amount, investment.missing_amount), (750, 150))
        self.assert_available(485, 635, 467.5)
        self._pledge(investment, self.press, 150)
        self.assertEqual((investment.state, investment.pledge_count), ("funded", 3))
        self.assert_available(485, 635, 317.5)
        for person in (self.giver, self.receiver, self.third):
            self.assertIn("Laser cutter is funded", self.mails_to(person.partner_id))

    def test_last_pledge_takes_what_is_missing(self):
        investment = self._proposal(900)
        self._pledge(investment, self.workshop, 899.99)
        self.assertEqual(self._pledge(investment, self.gallery, 500), 0.01)
        self.assertEqual(investment.state, "funded")
        pledge = investment.pledge_ids.filtered(lambda one: one.activity_id == self.gallery)
        self.assertEqual((pledge.amount, pledge.asked_amount), (0.01, 500))
        self.assert_available(35.01, 934.99, 467.5)

    def test_pledge_changes_and_is_withdrawn_until_funded(self):
        investment = self._proposal()
        self._pledge(investment, self.workshop, 100)
        # What was held before is free for the higher pledge.
        self._pledge(investment, self.workshop, 880)
        self.assertEqual((investment.pledged_amount, len(investment.pledge_ids)), (880, 1))
        self.assert_available(55, 935, 467.5)
        investment.with_user(self.giver).action_withdraw_pledge(self.workshop.id)
        investment.with_user(self.giver).action_withdraw_pledge(self.workshop.id)
        self.assertEqual(investment.pledged_amount, 0)
        self.assert_available(935, 935, 467.5)
        self._pledge(investment, self.workshop, 300)
        self.assertEqual(sorted(investment.pledge_ids.mapped("state")), ["active", "withdrawn"])
        self._pledge(investment, self.gallery, 600)
        with self.assertRaisesRegex(UserError, "“Funded”"):
            investment.with_user(self.giver).action_withdraw_pledge(self.workshop.id)
        with self.assertRaisesRegex(UserError, "“Funded”"):
            self._pledge(investment, self.workshop, 10)

    def test_pledge_beyond_what_is_available(self):
        investment = self._proposal(5000)
        self._pledge(investment, self.press, 400)
        with self.assertRaisesRegex(UserError, "Press has .*467.50 available"), self.cr.savepoint():
            self._pledge(investment, self.press, 467.51)
        self.assertEqual(investment.pledged_amount, 400)
        self.assert_available(935, 935, 67.5)

    def test_least_and_most(self):
        investment = self._proposal(minimum_pledge=100, maximum_pledge=400)
        with self.assertRaisesRegex(UserError, "at least .*100.00"):
            self._pledge(investment, self.workshop, 99.99)
        with self.assertRaisesRegex(UserError, "at most .*400.00"):
            self._pledge(investment, self.workshop, 400.01)
        self._pledge(investment, self.workshop, 400)
        self._pledge(investment, self.gallery, 400)
        # Who takes all that is missing may take less than the least.
        self.assertEqual(self._pledge(investment, self.press, 100), 100)
        self.assertEqual(investment.state, "funded")
        small = self._proposal(150, minimum_pledge=100)
        self._pledge(small, self.workshop, 100)
        self.assertEqual(self._pledge(small, self.gallery, 50), 50)

    def test_possible_amounts_only(self):
        investment = self._proposal()
        for amount in (0, -5, 10.005, float("nan"), float("inf"), "ten", None, 1e9):
            with self.assertRaises(ValidationError):
                self._pledge(investment, self.workshop, amount)
        for target in (-1, 10.005, float("nan"), 1e9):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._proposal(target)
        self.assert_available(935, 935, 467.5)

    def test_deadline_lapses(self):
        investment, funded = self._proposal(), self._proposal(100)
        self._pledge(investment, self.workshop, 450)
        self._pledge(funded, self.gallery, 100)
        self._let_deadline_pass(investment | funded)
        with self.assertRaisesRegex(UserError, "deadline .* is over"):
            self._pledge(investment, self.gallery, 10)
        with self.enter_registry_test_mode():
            self.env.ref(
                "smart_activity_billing.ir_cron_investment_deadline"
            ).method_direct_trigger()
        self.assertEqual((investment.state, funded.state), ("lapsed", "funded"))
        self.assertEqual(investment.pledge_ids.state, "released")
        self.assertEqual(investment.pledged_amount, 0)
        self.assert_available(935, 835, 467.5)
        self.assertIn("Laser cutter is not funded", self.mails_to(self.giver.partner_id))
        self.assertNotIn("Laser cutter is not funded", self.mails_to(self.receiver.partner_id))

    def test_giving_up(self):
        investment = self._proposal()
        remains = {row["key"] for row in self.workshop._get_closing_obstacles()}
        self.assertIn("investment_proposals", remains)
        self._pledge(investment, self.gallery, 300)
        with self.assertRaises(AccessError):
            investment.with_user(self.receiver).action_cancel_proposal("Not mine")
        self.assertEqual(
            investment.with_user(self.accountant).action_cancel_proposal()["res_model"],
            "coop.investment.reason",
        )
        investment.with_user(self.giver).action_cancel_proposal("Sold out")
        self.assertEqual((investment.state, investment.end_reason), ("cancelled", "Sold out"))
        self.assertIn("Laser cutter is given up", self.mails_to(self.receiver.partner_id))
        self.assert_available(935, 935, 467.5)

    def test_funded_is_given_up_by_the_back_office_only(self):
        investment = self._funded()
        with self.assertRaises(AccessError):
            investment.with_user(self.giver).action_cancel_proposal("Changed my mind")
        investment.with_user(self.accountant).action_cancel_proposal("The seller went bankrupt")
        self.assertEqual(investment.state, "cancelled")
        self.assert_available(935, 935, 467.5)

    def test_only_own_activities_pledge_and_propose(self):
        investment = self._proposal()
        for activity in (self.workshop, self.gallery):
            with self.assertRaises(AccessError):
                investment.with_user(self.third).action_pledge(activity.id, 10)
            with self.assertRaises(AccessError):
                investment.with_user(self.third).action_withdraw_pledge(activity.id)
        draft = self._proposal(publish=False)
        with self.assertRaises(AccessError):
            draft.with_user(self.third).action_publish()

    def test_incomplete_proposals(self):
        for values in (
            {"target": 0},
            {"deadline": False},
            {"deadline": fields.Datetime.now() - timedelta(seconds=1)},
            {"proposing_activity_id": False},
        ):
            draft = self._proposal(publish=False, **values)
            with self.assertRaises(UserError), self.cr.savepoint():
                draft.action_publish()

    def test_closed_activities(self):
        investment = self._proposal()
        self.press.action_suspend()
        with self.assertRaisesRegex(UserError, "Press is not open"):
            self._pledge(investment, self.press, 10)

    def test_proposal_is_fixed_once_it_is_made(self):
        investment = self._proposal()
        for values in ({"target": 10}, {"use_rules": "Mine"}, {"deadline": False}):
            with self.assertRaises(UserError):
                investment.write(values)
        for values in ({"state": "funded"}, {"pledged_amount": 900}):
            with self.assertRaises(UserError):
                investment.write(values)
        with self.assertRaises(UserError):
            self._pledge(investment, self.workshop, 10)
            investment.pledge_ids.unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_says_so_too(self):
        investment = self._proposal()
        self._pledge(investment, self.workshop, 450)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.cr.execute(
                "UPDATE coop_investment SET pledged_amount = 900.01 WHERE id = %s", [investment.id]
            )
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            investment.pledge_ids.sudo().copy()
            self.env.flush_all()

    def test_a_form_pledges_once(self):
        investment = self._proposal()
        person = self.giver.partner_id
        first = investment.sudo()._pledge(self.workshop, 100, person, token="form")
        self._pledge(investment, self.workshop, 200)
        investment.sudo()._pledge(self.workshop, 300, person, token="other")
        self.assertEqual(
            investment.sudo()._pledge(self.workshop, 300, person, token="other"), first
        )
        self.assertEqual(first.amount, 300)
