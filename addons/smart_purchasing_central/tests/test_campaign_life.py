from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignLife(CampaignCase):
    """From a draft to a demand that is final, and what changes a campaign under way."""

    def _change(self, campaign, user=None, **values):
        """Go a step by the wizard, as the staff do."""
        return (
            self.env["coop.purchase.campaign.change"]
            .with_user(user or self.manager)
            .create({"campaign_id": campaign.id, "reason": "Few so far", **values})
            .action_apply()
        )

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def test_incomplete_campaigns_do_not_open(self):
        for values, message in (
            ({"product_ids": False}, "Add the products"),
            ({"antenna_ids": False}, "pick-up points"),
            ({"pledge_deadline": False}, "deadline that is still to come"),
            ({"pledge_deadline": fields.Datetime.now()}, "deadline that is still to come"),
        ):
            campaign = self._campaign(opened=False, **values)
            with self.subTest(values), self.assertRaisesRegex(UserError, message):
                campaign.with_user(self.buyer).action_open()
        campaign = self._campaign(opened=False)
        self._of(campaign, self.paper).ceiling_price = 0
        with self.assertRaisesRegex(UserError, "at most of Paper"):
            campaign.with_user(self.buyer).action_open()

    def test_rules_stay_as_they_were_when_it_opened(self):
        campaign = self._campaign()
        mine = campaign.with_user(self.buyer)
        for values in (
            {"state": "frozen"},
            {"freight_rule": "weight"},
            {"freight_ceiling": 50},
            {"pledge_deadline": fields.Datetime.now() + timedelta(days=20)},
        ):
            with self.assertRaises(UserError):
                mine.write(values)
        coffee = self._of(campaign, self.coffee).with_user(self.buyer)
        for values in ({"ceiling_price": 30}, {"step": 1}, {"box_size": 4}):
            with self.assertRaisesRegex(UserError, "rely on"):
                coffee.write(values)
        with self.assertRaises(UserError):
            coffee.unlink()
        # What is told to nobody may still be corrected.
        coffee.write({"reference_price": 22, "ceiling_price": 20})
        with self.assertRaises(UserError):
            campaign.unlink()
        with self.assertRaises(UserError):
            campaign.event_ids.reason = "Because"

    @mute_logger("odoo.sql_db")
    def test_prices_fall_and_boxes_hold_whole_steps(self):
        campaign = self._campaign(opened=False)
        coffee = self._of(campaign, self.coffee)
        command = fields.Command
        for values, error in (
            ({"box_size": 6.2}, ValidationError),
            ({"step": 0}, ValidationError),
            ({"box_size": -6}, ValidationError),
            ({"ceiling_price": -1}, CheckViolation),
            ({"tier_ids": [command.create({"minimum": 20, "price": 17})]}, ValidationError),
            ({"tier_ids": [command.create({"minimum": 20, "price": 16})]}, ValidationError),
            ({"tier_ids": [command.create({"minimum": 20.3, "price": 10})]}, ValidationError),
            ({"tier_ids": [command.create({"minimum": 12, "price": 10})]}, UniqueViolation),
            ({"tier_ids": [command.create({"minimum": -1, "price": 30})]}, CheckViolation),
            ({"substitute_id": coffee.id}, ValidationError),
        ):
            with self.subTest(values), self.assertRaises(error), self.cr.savepoint():
                coffee.write(values)
                self.env.flush_all()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            coffee.tier_ids[-1].price = 18

    # ------------------------------------------------------------------
    # Clock and buttons
    # ------------------------------------------------------------------

    def test_the_clock_fills_boxes_and_freezes(self):
        campaign, full = self._campaign(), self._campaign()
        self._pledge(campaign, self.workshop, coffee=4)
        self._pledge(full, self.workshop, coffee=6)
        untimely = self._campaign(boxfill_deadline=False)
        self._pledge(untimely, self.workshop, paper=1)
        for one in (campaign, full, untimely):
            self._let_pass(one, "pledge_deadline")
            with self.assertRaisesRegex(UserError, "deadline of .* is over"):
                self._pledge(one, self.gallery, coffee=1)
            with self.assertRaisesRegex(UserError, "deadline of .* is over"):
                one._withdraw_pledge(one.pledge_ids)
        self._run_cron("ir_cron_campaign_deadline")
        # Where no box is begun, there is none to fill.
        self.assertEqual(
            (campaign.state, full.state, untimely.state), ("boxfill", "frozen", "frozen")
        )
        self._let_pass(campaign, "boxfill_deadline")
        with self.assertRaisesRegex(UserError, "deadline of .* is over"):
            self._pledge(campaign, self.gallery, coffee=1)
        self._run_cron("ir_cron_campaign_deadline")
        self.assertEqual(campaign.state, "frozen")
        self.assertEqual(self.kinds(campaign), ["opened", "boxfill", "frozen"])
        self._run_cron("ir_cron_campaign_deadline")
        self.assertEqual(self.kinds(campaign), ["opened", "boxfill", "frozen"])

    def test_freezing_twice_is_once(self):
        campaign = self._campaign()
        mine = campaign.with_user(self.buyer)
        with self.assertRaisesRegex(UserError, "Nobody pledges"):
            mine.action_freeze()
        self._pledge(campaign, self.workshop, coffee=1)
        mine.action_freeze()
        mine.action_freeze()
        campaign._settle_deadline()
        self.assertEqual(self.kinds(campaign), ["opened", "frozen"])
        with self.assertRaisesRegex(UserError, "“Frozen”"):
            self._pledge(campaign, self.gallery, coffee=1)
        with self.assertRaisesRegex(UserError, "“Frozen”"):
            campaign._withdraw_pledge(campaign.pledge_ids)

    def test_an_empty_campaign_asks_the_buyer(self):
        campaign = self._campaign(boxfill_deadline=False)
        self._let_pass(campaign, "pledge_deadline")
        self._run_cron("ir_cron_campaign_deadline")
        self.assertEqual(campaign.state, "frozen")
        self.assertEqual(campaign.activity_ids.user_id, self.buyer)

    def test_private_pledges_of_who_left_are_dropped(self):
        campaign = self._campaign()
        gone = self._pledge(campaign, self.third.partner_id, coffee=2)
        stays = self._pledge(campaign, self.giver.partner_id, coffee=1)
        self.third_member.sudo()._end(fields.Date.today(), "resignation")
        campaign.with_user(self.buyer).action_freeze()
        self.assertEqual((gone.state, stays.state), ("withdrawn", "active"))
        self.assertEqual(campaign._get_demand()[self._of(campaign, self.coffee)], (2, 0))

    # ------------------------------------------------------------------
    # Filling boxes
    # ------------------------------------------------------------------

    def _filling(self, **wish):
        campaign = self._campaign()
        self._pledge(campaign, self.workshop, coffee={"wanted": 4, **wish}, paper=2)
        campaign.with_user(self.buyer).action_boxfill()
        return campaign

    def test_only_what_fills_a_box_is_added(self):
        campaign = self._filling()
        with self.assertRaisesRegex(UserError, "of Coffee, 2.0 kg"):
            self._pledge(campaign, self.gallery, coffee=2.5)
        with self.assertRaisesRegex(UserError, "of Paper, 0.* Units"):
            self._pledge(campaign, self.gallery, coffee=1, paper=1)
        self._pledge(campaign, self.gallery, coffee={"wanted": 0.5, "tolerance": 1})
        with self.assertRaisesRegex(UserError, "0.5 kg"):
            self._pledge(campaign, self.workshop, coffee=5, paper=2)
        self._pledge(campaign, self.workshop, coffee=4.5, paper=2)
        coffee = self._of(campaign, self.coffee)
        self.assertEqual((coffee.missing_to_box, coffee.full_boxes), (0, 1))
        with self.assertRaisesRegex(UserError, "Only what fills a box"):
            self._pledge(campaign, self.third.partner_id, coffee=0.5)

    def test_nothing_is_taken_back_while_boxes_fill(self):
        wish = {"wanted": 4, "tolerance": 0.5, "minimum_acceptable": 1, "maximum_price": 19}
        campaign = self._filling(**wish)
        for change in (
            {"wanted": 3.5},
            {"wanted": 4.5, "tolerance": 0},
            {"minimum_acceptable": 2},
            {"maximum_price": 18},
        ):
            with self.subTest(change), self.assertRaisesRegex(UserError, "only become more"):
                self._pledge(campaign, self.workshop, coffee=wish | change, paper=2)
        with self.assertRaisesRegex(UserError, "only become more"):
            self._pledge(campaign, self.workshop, coffee=wish)
        with self.assertRaisesRegex(UserError, "“Filling Boxes”"):
            campaign._withdraw_pledge(campaign.pledge_ids)
        self._pledge(campaign, self.workshop, coffee=wish | {"minimum_acceptable": 0}, paper=2)

    # ------------------------------------------------------------------
    # Changes under way
    # ------------------------------------------------------------------

    def test_extending_keeps_pledges(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=4)
        self._let_pass(campaign, "pledge_deadline")
        later = fields.Datetime.now() + timedelta(days=3)
        for deadlines in (
            {"pledge_deadline": fields.Datetime.now() - timedelta(hours=1)},
            {"pledge_deadline": later, "boxfill_deadline": later},
            {"pledge_deadline": False},
        ):
            with self.assertRaises(UserError):
                self._change(campaign, self.buyer, kind="extend", **deadlines)
        self._change(campaign, self.buyer, kind="extend", pledge_deadline=later)
        self.assertEqual((campaign.state, campaign.pledge_deadline), ("open", later))
        event = campaign.event_ids[0]
        self.assertEqual(
            (event.kind, event.user_id, event.reason, event.deadline, event.pledge_count),
            ("extended", self.buyer, "Few so far", later, 1),
        )
        self._pledge(campaign, self.workshop, coffee=5)
        self.assertEqual(pledge.line_ids.wanted, 5)

    def test_reopening_keeps_pledges(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=4)
        campaign.with_user(self.buyer).action_freeze()
        later = fields.Datetime.now() + timedelta(days=3)
        with self.assertRaises(AccessError):
            self._change(campaign, self.buyer, kind="reopen", pledge_deadline=later)
        self._change(campaign, kind="reopen", pledge_deadline=later, boxfill_deadline=False)
        self.assertEqual((campaign.state, pledge.state), ("open", "active"))
        self.assert_budgets(847, 935)
        self._pledge(campaign, self.gallery, coffee=1)
        campaign._write_decision({"state": "ordered"})
        with self.assertRaisesRegex(UserError, "“Ordered”"):
            self._change(campaign, kind="reopen", pledge_deadline=later)

    def test_cancelling_gives_all_back(self):
        campaign = self._campaign()
        self._pledge(campaign, self.workshop, coffee=4)
        self._pledge(campaign, self.gallery, coffee=4)
        self._pledge(campaign, self.third.partner_id, coffee=1)
        with self.assertRaises(AccessError):
            campaign.with_user(self.buyer).action_cancel()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._change(campaign, kind="cancel", reason=" ")
        self._change(campaign, kind="cancel")
        self.assertEqual(campaign.state, "cancelled")
        self.assertEqual(set(campaign.pledge_ids.mapped("state")), {"withdrawn"})
        self.assertEqual(campaign.event_ids[0].pledge_count, 3)
        self.assert_budgets(935, 935)

    def test_splitting_moves_what_is_pledged(self):
        campaign = self._campaign()
        both = self._pledge(campaign, self.workshop, coffee={"wanted": 4, "tolerance": 1}, paper=3)
        moved = self._pledge(campaign, self.gallery, paper=7)
        stays = self._pledge(campaign, self.third.partner_id, coffee=1)
        paper = self._of(campaign, self.paper)
        with self.assertRaisesRegex(UserError, "not all of them"):
            self._change(campaign, kind="split", title="All", product_ids=campaign.product_ids.ids)
        action = self._change(campaign, self.buyer, kind="split", title="P", product_ids=paper.ids)
        other = self.env["coop.purchase.campaign"].sudo().browse(action["res_id"])
        self.assertEqual((other.title, other.state, other.product_ids), ("P", "open", paper))
        self.assertEqual(other.pledge_deadline, campaign.pledge_deadline)
        self.assertEqual(campaign.product_ids.product_id, self.coffee)
        self.assertEqual(campaign.pledge_ids, both | stays)
        new = other.pledge_ids - moved
        self.assertEqual((new.activity_id, new.line_ids.wanted), (self.workshop, 3))
        self.assertEqual((both.reserved_amount, new.reserved_amount), (110, 16.5))
        self.assertEqual(new.reservation_id.res_id, new.id)
        self.assert_budgets(808.5, 896.5)
        self.assertEqual(other._get_demand(), {paper: (10, 0)})
        self.assertEqual(campaign.event_ids[0].other_campaign_id, other)

    # ------------------------------------------------------------------
    # Digests
    # ------------------------------------------------------------------

    def _mails_to(self, user):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", user.partner_id.ids)], order="id")
        )

    def test_one_mail_tells_of_all_campaigns(self):
        self.env["coop.purchase.need"].sudo().create(
            {
                "partner_id": self.receiver.partner_id.id,
                "company_id": self.company.id,
                "product_id": self.coffee.id,
                "quantity": 1,
            }
        )
        first, second = self._campaign(), self._campaign(title="Second breakfast")
        self._pledge(first, self.workshop, coffee=1)
        self._change(first, kind="cancel")
        self._run_cron("ir_cron_purchase_digest")
        [mail] = self._mails_to(self.receiver)
        self.assertEqual(mail.subject, "News of what you buy together")
        self.assertIn("Breakfast", mail.body_html)
        self.assertIn(f"/my/purchases/{second.id}", mail.body_html)
        [mail] = self._mails_to(self.giver)
        self.assertIn("Few so far", mail.body_html)
        self.assertNotIn("Second", mail.body_html)
        self._run_cron("ir_cron_purchase_digest")
        self.assertEqual(len(self._mails_to(self.giver)), 1)
        self.giver.partner_id.sudo().purchase_mail_off = True
        self._pledge(second, self.workshop, coffee=1)
        second.with_user(self.buyer).action_freeze()
        self._run_cron("ir_cron_purchase_digest")
        self.assertEqual(len(self._mails_to(self.giver)), 1)

    def test_reminded_once_for_each_deadline(self):
        campaign = self._campaign()
        self._pledge(campaign, self.workshop, coffee=1)
        self._run_cron("ir_cron_campaign_deadline")
        self.assertEqual(self.kinds(campaign), ["opened"])
        with freeze_time(campaign.pledge_deadline - timedelta(hours=30)):
            self._run_cron("ir_cron_campaign_deadline")
            self._run_cron("ir_cron_campaign_deadline")
            self.assertEqual(self.kinds(campaign), ["opened", "reminder"])
            self.assertEqual(campaign.event_ids[0].notice_ids.partner_id, self.giver.partner_id)
            later = campaign.pledge_deadline + timedelta(hours=10)
            self._change(campaign, kind="extend", pledge_deadline=later, boxfill_deadline=False)
            self._run_cron("ir_cron_campaign_deadline")
        self.assertEqual(self.kinds(campaign), ["opened", "reminder", "extended", "reminder"])

    # ------------------------------------------------------------------
    # What hangs on it
    # ------------------------------------------------------------------

    def test_an_activity_ends_its_pledges_before_it_closes(self):
        campaign = self._campaign()
        self._pledge(campaign, self.gallery, coffee=1)
        rows = {row["key"]: row for row in self.gallery._get_closing_obstacles()}
        self.assertEqual(rows["purchase_pledges"]["amount"], 22)
        campaign._withdraw_pledge(campaign.pledge_ids)
        self.assertNotIn(
            "purchase_pledges", {row["key"] for row in self.gallery._get_closing_obstacles()}
        )
