"""Budget that several people move at the same moment."""

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError

# What to invoice, so that so much reaches the Activity after the contribution of 6.5 %.
PRICES = {100: 106.95, 50: 53.48}


class TestTransferRaces(RaceCase):
    """Money that is there once moves once, and none is lost on the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls._make_transfer_books(env)

    def _make_activities(self, *amounts, **values):
        """Return the ids of new Activities with so much available, invoiced to a client."""
        with self.connection() as env:
            client = env["res.partner"].browse(self.client_id)
            ids = []
            for amount in amounts:
                activity = self._make_activity(env, **values)
                if amount:
                    self._make_invoice(env, client, activity, PRICES[amount]).action_post()
                    self.assertEqual(activity.available, amount)
                ids.append(activity.id)
            return ids

    def _make_draft(self, env, source_id, destination_id, amount):
        return env["coop.budget.transfer"].create(
            {"source_id": source_id, "destination_id": destination_id, "amount": amount}
        )

    def _move(self, source_id, destination_id, amount):
        """Ask and accept in one go, as who manages both Activities does."""

        def call(env):
            transfer = self._make_draft(env, source_id, destination_id, amount)
            transfer._submit(transfer.source_id.manager_ids[:1])
            return transfer.state

        return call

    def _assert_money(self, balances):
        """The balances are these, nothing is reserved, and the proof of the books is empty."""
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            for activity_id, amount in balances.items():
                activity = env["coop.activity"].browse(activity_id)
                self.assertEqual((activity.balance, activity.available), (amount, amount))
                self.assertEqual(activity.reserved_amount, 0)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def test_twenty_transfers_of_ten_out_of_a_hundred(self):
        source_id, destination_id = self._make_activities(100, 0)
        outcomes = self.at_once([self._move(source_id, destination_id, 10)] * 20)
        refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual(outcomes.count("posted"), 10, outcomes)
        self.assertEqual(len(refusals), 10)
        for refusal in refusals:
            self.assertRegex(str(refusal), r"Pottery has .*0\.00.* available, .*10\.00.* is asked")
        self._assert_money({source_id: 0, destination_id: 100})
        with self.connection() as env:
            posted = env["coop.budget.transfer"].search(
                [("source_id", "=", source_id), ("state", "=", "posted")]
            )
            self.assertEqual(len(set(posted.mapped("name"))), 10)
            self.assertEqual(len(set(posted.move_id.mapped("name"))), 10)

    def test_two_crossing_transfers(self):
        """From A to B and from B to A: both pass, and neither waits for the other for ever."""
        first_id, second_id = self._make_activities(100, 50)
        outcomes = self.at_once(
            [self._move(first_id, second_id, 80), self._move(second_id, first_id, 30)] * 2
        )
        passed = [outcome == "posted" for outcome in outcomes]
        moved = 80 * (passed[0] + passed[2]) - 30 * (passed[1] + passed[3])
        self.assertGreaterEqual(sum(passed), 2)
        self.assertTrue(100 - moved >= 0 and 50 + moved >= 0)
        self._assert_money({first_id: 100 - moved, second_id: 50 + moved})

    def test_accepted_refused_and_withdrawn_at_once(self):
        source_id, destination_id = self._make_activities(100, 0)
        with self.connection() as env:
            transfer = self._make_draft(env, source_id, destination_id, 60)
            transfer._hand_in(env.user.partner_id)
            transfer_id = transfer.id

        def step(name, *args):
            def call(env):
                transfer = env["coop.budget.transfer"].browse(transfer_id)
                getattr(transfer, name)(*args)
                return transfer.state

            return call

        outcomes = self.at_once(
            [step("action_approve")] * 3
            + [step("action_refuse", "No")] * 2
            + [step("action_withdraw")]
        )
        decided = [outcome for outcome in outcomes if isinstance(outcome, str)]
        self.assertEqual(len(decided), 1, outcomes)
        moved = 60 if decided == ["posted"] else 0
        self._assert_money({source_id: 100 - moved, destination_id: moved})

    def test_one_form_sent_twice(self):
        with self.connection() as env:
            admin = env.ref("base.user_admin")
            me, user_id = admin.partner_id.id, admin.id
        source_id, destination_id = self._make_activities(
            100, 0, manager_ids=[fields.Command.link(me)]
        )

        def ask(env):
            own = env["coop.activity"].browse([source_id, destination_id])
            values = {"source": own[0], "destination": own[1], "amount": 10, "reason": "Twice"}
            return env["coop.budget.transfer"].with_user(user_id).sudo()._request("form", values).id

        made = self.at_once([ask] * 4)
        self.assertEqual(len(set(made)), 1, made)
        self._assert_money({source_id: 90, destination_id: 10})
