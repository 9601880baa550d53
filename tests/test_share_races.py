"""Payments of shares that arrive at the same moment."""

import random

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests.common import mute_logger

SUBSCRIPTIONS = 20


class AbandonedError(UserError):
    """Somebody changed their mind after the shares were issued: the transaction rolls back."""


class ShareRaceCase(RaceCase):
    """A company with a share class and subscriptions that the Board approved."""

    subscriptions = 1
    # When shares are issued: with the first payment, or when all is paid.
    issue = "paid"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls._make_shares(env)

    @classmethod
    def _make_shares(cls, env):
        company = env["res.company"].browse(cls.company_id)
        Account = env["account.account"].with_company(company)
        capital, called, bank = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                for name, code, kind in (
                    ("Capital", "110000", "equity"),
                    ("Called capital", "410000", "asset_receivable"),
                    ("Bank", "550000", "asset_cash"),
                )
            ]
        )
        journal, general = env["account.journal"].create(
            [
                {"name": name, "code": code, "type": kind, "company_id": company.id}
                for name, code, kind in (("Capital", "CAP", "sale"), ("Misc", "MSC", "general"))
            ]
        )
        share_class = env["coop.share.class"].create(
            {
                "name": "Members",
                "code": "A",
                "company_id": company.id,
                "capital_account_id": capital.id,
                "receivable_account_id": called.id,
                "journal_id": journal.id,
                "price_ids": [fields.Command.create({"date_from": "2020-01-01", "price": 50})],
            }
        )
        partners = env["res.partner"].create(
            [{"name": f"Subscriber {number}"} for number in range(cls.subscriptions)]
        )
        cls.partner_ids += partners.ids
        subscriptions = env["coop.share.subscription"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "share_class_id": share_class.id,
                    "quantity": 2,
                }
                for partner in partners
            ]
        )
        subscriptions.action_submit()
        company.coop_share_issue = cls.issue
        cls.subscription_ids = subscriptions.ids
        cls.account_ids = {"called": called.id, "bank": bank.id, "journal": general.id}

    @classmethod
    def _clean_up(cls):
        """The register is for ever, so its triggers sleep while the company goes."""
        tables = ("coop_share_movement", "coop_membership")
        with cls.connection() as env:
            for table in tables:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            env.cr.execute(
                "DELETE FROM mail_message WHERE model = 'coop.share.subscription' AND res_id IN "
                "(SELECT id FROM coop_share_subscription WHERE company_id = %s)",
                [cls.company_id],
            )
            for table in ("coop_share_movement", "coop_share_subscription"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.cr.execute(
                "UPDATE account_move SET share_class_id = NULL WHERE company_id = %s",
                [cls.company_id],
            )
            env.cr.execute("DELETE FROM coop_share_class WHERE company_id = %s", [cls.company_id])
        try:
            super()._clean_up()
        finally:
            with cls.connection() as env:
                for table in tables:
                    env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def _approve(self):
        with self.connection() as env:
            env["coop.share.subscription"].browse(self.subscription_ids).action_approve()

    def _pay(self, subscription_id, chance=0.0, part=1.0):
        """Return a call that books money for a subscription and reconciles it, or gives up."""

        def call(env):
            subscription = env["coop.share.subscription"].browse(subscription_id)
            amount = subscription.amount_total * part
            entry = env["account.move"].create(
                {
                    "journal_id": self.account_ids["journal"],
                    "line_ids": [
                        fields.Command.create(
                            {
                                "account_id": self.account_ids[name],
                                "partner_id": subscription.partner_id.id,
                                "balance": balance,
                            }
                        )
                        for name, balance in (("bank", amount), ("called", -amount))
                    ],
                }
            )
            entry.action_post()
            lines = entry.line_ids | subscription.capital_call_id.line_ids
            lines.filtered(
                lambda line: line.account_id.id == self.account_ids["called"]
            ).reconcile()
            if random.random() < chance:
                raise AbandonedError("abandoned")
            return subscription.state

        return call


class TestShareRaces(ShareRaceCase):
    """Twenty subscriptions are paid at once: twenty issues, one row of numbers, one chain."""

    subscriptions = SUBSCRIPTIONS

    def test_twenty_payments_at_once(self):
        self._approve()
        waiting = list(self.subscription_ids)
        abandoned, chance = 0, 0.4
        while waiting:
            outcomes = self.at_once([self._pay(number, chance) for number in waiting])
            waiting = [
                number
                for number, outcome in zip(waiting, outcomes, strict=True)
                if isinstance(outcome, AbandonedError)
            ]
            abandoned += len(waiting)
            # Whoever gave up comes back once more and stays.
            chance = 0.0
        self.assertTrue(abandoned, "nobody rolled back")
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            Movement = env["coop.share.movement"]
            movements = Movement.search([("company_id", "=", company.id)], order="number")
            self.assertEqual(movements.mapped("number"), list(range(1, SUBSCRIPTIONS + 1)))
            self.assertEqual(set(movements.mapped("kind")), {"issue"})
            self.assertFalse(Movement._verify_chain(company))
            subscriptions = env["coop.share.subscription"].browse(self.subscription_ids)
            self.assertEqual(set(subscriptions.mapped("state")), {"paid"})
            numbers = subscriptions.membership_id.mapped("number")
            self.assertEqual(sorted(numbers), list(range(1, SUBSCRIPTIONS + 1)))


class TestOneSubscription(ShareRaceCase):
    """Four of member services approve the same one; then its two instalments arrive at once."""

    issue = "first"

    def test_approved_once_and_paid_in_two_parts(self):
        [subscription_id] = self.subscription_ids

        def approve(env):
            env["coop.share.subscription"].browse(subscription_id).action_approve()

        refused = [outcome for outcome in self.at_once([approve] * 4) if outcome]
        self.assertEqual(len(refused), 3)
        for error in refused:
            self.assertIn("this cannot be done any more", str(error))
        with self.connection() as env:
            calls = env["account.move"].search([("company_id", "=", self.company_id)])
            self.assertEqual(calls.mapped("amount_total"), [100.0])
        # Two entries that settle one document collide in its journal item, which core logs.
        with mute_logger("odoo.sql_db"):
            self.at_once([self._pay(subscription_id, part=0.5)] * 2)
        with self.connection() as env:
            subscription = env["coop.share.subscription"].browse(subscription_id)
            movements = subscription._get_movements()
            self.assertEqual(movements.mapped("kind"), ["issue", "payment"])
            self.assertEqual(movements.mapped("quantity"), [2, 0])
            self.assertEqual(movements.mapped("paid_up"), [50.0, 50.0])
            self.assertEqual(subscription.state, "paid")
            self.assertFalse(env["coop.share.movement"]._verify_chain(subscription.company_id))
