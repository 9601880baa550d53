"""Investments that several people pledge for, book or leave at the same moment."""

from datetime import timedelta

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError

# What to invoice, so that EUR 100 reach the Activity after the contribution of 6.5 %.
PRICE_OF_100 = 106.95


class TestJointRaces(RaceCase):
    """The target is never exceeded, a deadline is one, and nobody finds a booked machine in use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id

    def _make_activities(self, count):
        """Return the ids of new Activities with EUR 100 available each."""
        with self.connection() as env:
            client = env["res.partner"].browse(self.client_id)
            ids = []
            for _number in range(count):
                activity = self._make_activity(env)
                self._make_invoice(env, client, activity, PRICE_OF_100).action_post()
                ids.append(activity.id)
            return ids

    def _make_proposal(self, activity_id, target, **values):
        with self.connection() as env:
            investment = env["coop.investment"].create(
                {
                    "company_id": self.company_id,
                    "is_joint": True,
                    "label": "Kiln",
                    "proposing_activity_id": activity_id,
                    "target": target,
                    "deadline": fields.Datetime.now() + timedelta(days=1),
                    **values,
                }
            )
            investment._publish(env.user.partner_id)
            return investment.id

    def _pledge(self, investment_id, activity_id, amount):
        def call(env):
            investment = env["coop.investment"].browse(investment_id)
            activity = env["coop.activity"].browse(activity_id)
            return investment._pledge(activity, amount, env.user.partner_id).amount

        return call

    def _assert_books(self, investment_id, state, pledged, held):
        """The investment stands there, so much is held of all Activities, and all is proven."""
        with self.connection() as env:
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual((investment.state, investment.pledged_amount), (state, pledged))
            activities = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(round(sum(activities.mapped("reserved_amount")), 2), held)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
            investment._cancel_proposal("The race is over") if state != "lapsed" else None

    def test_two_pledges_for_the_last_euro(self):
        first_id, second_id, third_id = self._make_activities(3)
        investment_id = self._make_proposal(first_id, 100)
        with self.connection() as env:
            self._pledge(investment_id, first_id, 99)(env)
        outcomes = self.at_once(
            [self._pledge(investment_id, second_id, 1), self._pledge(investment_id, third_id, 1)]
        )
        self.assertEqual([outcome for outcome in outcomes if outcome == 1.0], [1.0], outcomes)
        [refusal] = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertIn("Funded", str(refusal))
        self._assert_books(investment_id, "funded", 100, 100)

    def test_twenty_pledges_of_ten_for_a_hundred(self):
        activity_ids = self._make_activities(20)
        investment_id = self._make_proposal(activity_ids[0], 95)
        outcomes = self.at_once(
            [self._pledge(investment_id, activity_id, 10) for activity_id in activity_ids]
        )
        taken = [outcome for outcome in outcomes if isinstance(outcome, float)]
        self.assertEqual(sorted(taken), [5.0, *[10.0] * 9], outcomes)
        self._assert_books(investment_id, "funded", 95, 95)

    def test_one_activity_pledges_for_two_investments(self):
        """EUR 80 and EUR 80 out of EUR 100: one of them."""
        [activity_id] = self._make_activities(1)
        first_id, second_id = (self._make_proposal(activity_id, 500) for _number in range(2))
        outcomes = self.at_once(
            [self._pledge(first_id, activity_id, 80), self._pledge(second_id, activity_id, 80)]
        )
        [refusal] = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertRegex(str(refusal), r"20\.00.* available, .*80\.00.* is asked")
        won = first_id if outcomes[0] == 80 else second_id
        self._assert_books(won, "pledging", 80, 80)

    def test_pledge_against_the_deadline(self):
        """Funded by the last pledge, or lapsed with nothing held: never both, never neither."""
        first_id, second_id = self._make_activities(2)
        for _round in range(3):
            investment_id = self._make_proposal(first_id, 100)
            with self.connection() as env:
                self._pledge(investment_id, first_id, 60)(env)
                investment = env["coop.investment"].browse(investment_id)
                soon = fields.Datetime.now() + timedelta(seconds=1)
                investment._write_decision({"deadline": soon})

            def settle(env, investment_id=investment_id):
                investment = env["coop.investment"].browse(investment_id)
                # The clock of the deadline and that of who pledges may differ by a second.
                investment._take_turn()
                if investment.state == "pledging":
                    investment._release_pledges("lapsed")
                return investment.state

            outcomes = self.at_once([self._pledge(investment_id, second_id, 40), settle])
            if outcomes[0] == 40:
                self.assertEqual(outcomes[1], "funded")
                self._assert_books(investment_id, "funded", 100, 100)
            else:
                self.assertIsInstance(outcomes[0], UserError)
                self.assertEqual(outcomes[1], "lapsed")
                self._assert_books(investment_id, "lapsed", 0, 0)

    def test_withdrawn_given_up_and_pledged_at_once(self):
        first_id, second_id = self._make_activities(2)
        investment_id = self._make_proposal(first_id, 150)
        with self.connection() as env:
            self._pledge(investment_id, first_id, 60)(env)

        def withdraw(env):
            investment = env["coop.investment"].browse(investment_id)
            investment._withdraw_pledge(env["coop.activity"].browse(first_id))
            return "withdrawn"

        def give_up(env):
            env["coop.investment"].browse(investment_id)._cancel_proposal("Enough")
            return "given up"

        self.at_once([withdraw, self._pledge(investment_id, second_id, 40), give_up])
        with self.connection() as env:
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual((investment.state, investment.pledged_amount), ("cancelled", 0))
            activities = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(sum(activities.mapped("reserved_amount")), 0)
