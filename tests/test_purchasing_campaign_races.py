"""Campaigns in which several people pledge, freeze or cancel at the same moment."""

from datetime import timedelta

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

TABLES = (
    "coop_purchase_notice",
    "coop_purchase_campaign_event",
    "coop_purchase_pledge_change",
    "coop_purchase_pledge_line",
    "coop_purchase_pledge",
    "coop_purchase_campaign_tier",
    "coop_purchase_campaign_product",
    "coop_purchase_campaign",
    "coop_antenna",
)


class TestCampaignRaces(RaceCase):
    """No Activity over its budget, no box fuller than full, and one freezing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            env["coop.membership"].browse(cls.membership_id).action_activate()
            cls.product_id = env["product.product"].create({"name": "Screws of a Race"}).id
            cls.antenna_id = (
                env["coop.antenna"].create({"name": "Hub", "company_id": cls.company_id}).id
            )
        cls.addClassCleanup(cls._clean_up_campaigns)

    @classmethod
    def _clean_up_campaigns(cls):
        with cls.connection() as env:
            model = "coop.purchase.campaign"
            ids = env[model].search([("company_id", "=", cls.company_id)]).ids
            for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)", [model, ids]
                )
            env.cr.execute(
                "DELETE FROM coop_antenna_coop_purchase_campaign_rel WHERE coop_antenna_id = %s",
                [cls.antenna_id],
            )
            env.cr.execute("ALTER TABLE coop_purchase_pledge_change DISABLE TRIGGER USER")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.cr.execute("ALTER TABLE coop_purchase_pledge_change ENABLE TRIGGER USER")
            # The number of a member is for ever: a candidate goes as one came.
            env.cr.execute("ALTER TABLE coop_membership DISABLE TRIGGER USER")
            env.cr.execute(
                "UPDATE coop_membership SET state = 'candidate', number = 0, date_start = NULL "
                "WHERE id = %s",
                [cls.membership_id],
            )
            env.cr.execute("ALTER TABLE coop_membership ENABLE TRIGGER USER")
            env.invalidate_all()
            env["product.product"].browse(cls.product_id).unlink()

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _make_campaign(self, price=10, **values):
        with self.connection() as env:
            now = fields.Datetime.now()
            campaign = env["coop.purchase.campaign"].create(
                {
                    "company_id": self.company_id,
                    "title": "Screws",
                    "pledge_deadline": now + timedelta(days=1),
                    "boxfill_deadline": now + timedelta(days=2),
                    "freight_ceiling": 0,
                    "antenna_ids": [Command.set([self.antenna_id])],
                    "product_ids": [
                        Command.create(
                            {
                                "product_id": self.product_id,
                                "ceiling_price": price,
                                "box_size": 10,
                            }
                        )
                    ],
                    **values,
                }
            )
            campaign.action_open()
            return campaign.id

    def _pledge(self, campaign_id, activity_id, wanted, **kwargs):
        def call(env):
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            activity = env["coop.activity"].browse(activity_id)
            return campaign._pledge(
                activity.manager_ids[:1],
                activity,
                campaign.antenna_ids,
                {campaign.product_ids: {"wanted": wanted}},
                **kwargs,
            ).reserved_amount

        return call

    def _call(self, campaign_id, name, *args):
        def call(env):
            getattr(env["coop.purchase.campaign"].browse(campaign_id), name)(*args)
            return name

        return call

    def _check(self, held):
        """So much is held of all Activities, none is over its budget, and the books hold."""
        with self.connection() as env:
            activities = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(round(sum(activities.mapped("reserved_amount")), 2), held)
            self.assertGreaterEqual(min(activities.mapped("available")), 0)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def _cancel(self, *campaign_ids):
        with self.connection() as env:
            env["coop.purchase.campaign"].browse(campaign_ids).mapped(
                lambda one: one._cancel("The race is over")
            )
        self._check(0)

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_twenty_pledges_of_the_last_hundred(self):
        """Ten Activities of their own, and one that ten managers share by ten campaigns."""
        own, [shared] = self._make_funded_activities(10), self._make_funded_activities(1)
        campaigns = [self._make_campaign() for _number in range(10)]
        calls = [self._pledge(campaigns[0], activity, 10) for activity in own]
        calls += [self._pledge(campaign, shared, 6) for campaign in campaigns]
        outcomes = self.at_once(calls)
        self.assertEqual(outcomes[:10], [100.0] * 10)
        taken = [outcome for outcome in outcomes[10:] if outcome == 60.0]
        refused = [outcome for outcome in outcomes[10:] if isinstance(outcome, UserError)]
        self.assertEqual((len(taken), len(refused)), (1, 9), outcomes)
        self._check(1060)
        self._cancel(*campaigns)

    def test_two_windows(self):
        """The same payer in two windows: the second finds what the first pledged."""
        [activity] = self._make_funded_activities(1)
        campaign = self._make_campaign()
        outcomes = self.at_once(
            [
                self._pledge(campaign, activity, wanted, token=f"token {wanted}", known="")
                for wanted in (6, 7)
            ]
        )
        [taken] = [outcome for outcome in outcomes if isinstance(outcome, float)]
        [refused] = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertIn("another window", str(refused))
        self._check(taken)
        self._cancel(campaign)

    def test_the_last_place_in_a_box(self):
        first, *others = self._make_funded_activities(6)
        campaign = self._make_campaign()
        with self.connection() as env:
            self._pledge(campaign, first, 7)(env)
            env["coop.purchase.campaign"].browse(campaign).action_boxfill()
        outcomes = self.at_once([self._pledge(campaign, activity, 1) for activity in others])
        taken = [outcome for outcome in outcomes if isinstance(outcome, float)]
        self.assertEqual(taken, [10.0] * 3, outcomes)
        self._check(100)
        self._cancel(campaign)

    def test_frozen_by_button_and_clock_while_somebody_pledges(self):
        first, second = self._make_funded_activities(2)
        campaign = self._make_campaign(boxfill_deadline=False)
        with self.connection() as env:
            self._pledge(campaign, first, 1)(env)
            env["coop.purchase.campaign"].browse(campaign)._write_decision(
                {"pledge_deadline": fields.Datetime.now() + timedelta(seconds=1)}
            )
        outcomes = self.at_once(
            [
                self._call(campaign, "action_freeze"),
                self._call(campaign, "_settle_deadline"),
                self._call(campaign, "action_freeze"),
                self._pledge(campaign, second, 1),
            ]
        )
        self.assertEqual(outcomes[:3], ["action_freeze", "_settle_deadline", "action_freeze"])
        pledged = isinstance(outcomes[3], float)
        with self.connection() as env:
            record = env["coop.purchase.campaign"].browse(campaign)
            self.assertEqual(record.state, "frozen")
            frozen = record.event_ids.filtered(lambda one: one.kind == "frozen")
            # The trail says of how many pledges the demand was made.
            self.assertEqual((len(frozen), frozen.pledge_count), (1, 1 + pledged))
        self._check(20 if pledged else 10)
        self._cancel(campaign)

    def test_cancelled_while_others_pledge(self):
        activities = self._make_funded_activities(4)
        campaign = self._make_campaign()
        outcomes = self.at_once(
            [
                *(self._pledge(campaign, activity, 1) for activity in activities),
                self._call(campaign, "_cancel", "No supplier"),
            ]
        )
        self.assertEqual(outcomes[-1], "_cancel")
        self._check(0)
