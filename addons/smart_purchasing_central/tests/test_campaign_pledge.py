from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.sharing import Claim
from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignPledge(CampaignCase):
    """What members pledge, what is held for it, and what is refused."""

    def test_reserves_the_worst_case(self):
        campaign = self._campaign()
        pledge = self._pledge(
            campaign,
            self.workshop,
            coffee={"wanted": 3, "tolerance": 1.5, "minimum_acceptable": 2},
            paper=4,
        )
        # (4.5 kg x 20 + 4 x 5) + 10 % for delivery
        self.assertEqual(pledge.reserved_amount, 121)
        self.assertEqual(
            (pledge.reservation_id.kind, pledge.reservation_id.amount), ("pledge", 121)
        )
        self.assertEqual(pledge.reservation_id.reference, pledge.display_name)
        self.assert_budgets(814, 935)
        self.assertEqual((campaign.pledge_count, campaign.reserved_amount), (1, 121))

    def test_member_pays_up_to_a_price_of_its_own(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee={"wanted": 10, "maximum_price": 17.5})
        self.assertEqual(pledge.reserved_amount, 192.5)
        coffee = self._of(campaign, self.coffee)
        self.assertEqual(campaign._get_claims(coffee, 17.5), [(pledge.line_ids, Claim(0, 20, 0))])
        self.assertEqual(campaign._get_claims(coffee, 17.51), [])

    def test_substitute_may_be_dearer(self):
        campaign = self._campaign(opened=False)
        coffee, paper = self._of(campaign, self.coffee), self._of(campaign, self.paper)
        with self.assertRaisesRegex(UserError, "same unit"), self.cr.savepoint():
            paper.substitute_id = coffee
        tea = (
            self.env["product.product"]
            .sudo()
            .create({"name": "Tea", "uom_id": self.coffee.uom_id.id})
        )
        other = coffee.create(
            {
                "campaign_id": campaign.id,
                "product_id": tea.id,
                "step": 0.5,
                "ceiling_price": 25,
            }
        )
        coffee.substitute_id = other
        campaign.with_user(self.buyer).action_open()
        wish = {"wanted": 2, "substitute_allowed": True}
        self.assertEqual(self._pledge(campaign, self.workshop, coffee=wish).reserved_amount, 55)
        self.assertEqual(self._pledge(campaign, self.gallery, coffee=2).reserved_amount, 44)

    def test_changes_in_place_and_withdraws(self):
        campaign = self._campaign()
        first = self._pledge(campaign, self.workshop, coffee=3, paper=4)
        line = first.line_ids.filtered(lambda one: one.wanted == 3)
        # What is held already is free for the new pledge.
        second = self._pledge(campaign, self.workshop, coffee=42, antenna=self.south)
        self.assertEqual((first, line), (second, second.line_ids))
        self.assertEqual((line.wanted, second.antenna_id), (42, self.south))
        self.assert_budgets(11, 935)
        campaign._withdraw_pledge(first)
        campaign._withdraw_pledge(first)
        self.assertEqual(first.state, "withdrawn")
        self.assert_budgets(935, 935)
        self.assertNotEqual(self._pledge(campaign, self.workshop, coffee=1), first)
        self.assertEqual(campaign._get_demand()[self._of(campaign, self.coffee)], (2, 0))

    def test_not_beyond_the_budget(self):
        campaign = self._campaign()
        self._pledge(campaign, self.workshop, coffee=40)
        with self.assertRaisesRegex(UserError, "Workshop has .*available"), self.cr.savepoint():
            self._pledge(campaign, self.workshop, coffee=43)
        self.assert_budgets(55, 935)
        self.assertEqual(campaign.pledge_ids.line_ids.wanted, 40)

    def test_private_use_has_a_limit(self):
        campaign = self._campaign(private_limit=110)
        person = self.third.partner_id
        pledge = self._pledge(campaign, person, coffee=5)
        self.assertEqual((pledge.reserved_amount, pledge.reservation_id.id), (110, False))
        with self.assertRaisesRegex(UserError, "limited to"), self.cr.savepoint():
            self._pledge(campaign, person, coffee=5.5)
        strict = self._campaign(private_limit=0)
        with self.assertRaisesRegex(UserError, "not for private use"):
            self._pledge(strict, person, coffee=1)

    def test_who_left_and_what_is_closed(self):
        campaign = self._campaign()
        stranger = self.env["res.partner"].sudo().create({"name": "Nobody"})
        with self.assertRaisesRegex(UserError, "no member"):
            self._pledge(campaign, stranger, coffee=1)
        self.gallery.action_suspend()
        with self.assertRaisesRegex(UserError, "Gallery is not open"):
            self._pledge(campaign, self.gallery, coffee=1)
        with self.assertRaisesRegex(UserError, "cannot pledge"):
            campaign._pledge(
                self.receiver.partner_id,
                self.workshop.sudo(),
                self.north,
                {self._of(campaign, self.coffee): {"wanted": 1}},
            )
        self.member.sudo()._end(fields.Date.today(), "resignation")
        with self.assertRaisesRegex(UserError, "Workshop .*cannot pledge"):
            self._pledge(campaign, self.workshop, coffee=1)

    def test_at_the_second_of_the_deadline(self):
        """One second before is in time; at the very second it is too late, for changes too."""
        campaign = self._campaign(boxfill_deadline=False)
        deadline = campaign.pledge_deadline
        with freeze_time(deadline - timedelta(seconds=1)):
            pledge = self._pledge(campaign, self.workshop, coffee=1)
        with freeze_time(deadline):
            for step in (
                lambda: self._pledge(campaign, self.workshop, coffee=2),
                lambda: self._pledge(campaign, self.gallery, coffee=1),
                lambda: campaign._withdraw_pledge(pledge),
            ):
                with self.assertRaisesRegex(UserError, "deadline of .* is over"):
                    step()
            self.assertFalse(campaign._can_pledge())
        self.assertEqual((campaign.pledge_ids, pledge.line_ids.wanted), (pledge, 1))

    def test_impossible_quantities(self):
        campaign = self._campaign()
        for wish in (
            {"wanted": float("nan")},
            {"wanted": float("inf")},
            {"wanted": -1},
            {"wanted": "ten"},
            {"wanted": 1e9},
            {"wanted": 0.3},
            {"wanted": 1, "tolerance": 0.25},
            {"wanted": 1, "minimum_acceptable": 1.5},
            {"wanted": 1, "maximum_price": -3},
            {"wanted": 1, "maximum_price": 3.001},
            {"wanted": 1, "maximum_price": float("nan")},
            {"wanted": 0},
        ):
            with self.subTest(wish), self.assertRaises(UserError):
                self._pledge(campaign, self.workshop, coffee=wish)
        self.assertFalse(campaign.pledge_ids)
        foreign = self._of(self._campaign(), self.coffee)
        with self.assertRaisesRegex(UserError, "at least one product"):
            campaign._pledge(
                self.giver.partner_id, self.workshop.sudo(), self.north, {foreign: {"wanted": 1}}
            )
        elsewhere = self.north.sudo().copy()
        with self.assertRaisesRegex(UserError, "pick-up points"):
            self._pledge(campaign, self.workshop, coffee=1, antenna=elsewhere)

    def test_a_form_pledges_once_and_two_windows_do_not_overwrite(self):
        campaign = self._campaign()
        first = self._pledge(campaign, self.workshop, coffee=1, token="a", known="")
        self._pledge(campaign, self.workshop, coffee=9, token="a", known="")
        self.assertEqual(first.line_ids.wanted, 1)
        with self.assertRaisesRegex(UserError, "another window"):
            self._pledge(campaign, self.workshop, coffee=2, token="b", known="")
        self._pledge(campaign, self.workshop, coffee=2, token="b", known="a")
        self.assertEqual(first.line_ids.wanted, 2)

    def test_claims_in_the_order_of_pledging(self):
        campaign = self._campaign()
        first = self._pledge(campaign, self.gallery, coffee={"wanted": 2, "tolerance": 1})
        second = self._pledge(
            campaign, self.workshop, coffee={"wanted": 3, "minimum_acceptable": 0.5}
        )
        self._pledge(campaign, self.gallery, coffee={"wanted": 2.5, "tolerance": 1}, paper=1)
        coffee, paper = self._of(campaign, self.coffee), self._of(campaign, self.paper)
        self.assertEqual(
            campaign._get_claims(coffee),
            [
                (first.line_ids.filtered(lambda one: one.wanted == 2.5), Claim(0, 5, 2)),
                (second.line_ids, Claim(1, 6, 0)),
            ],
        )
        self.assertEqual(campaign._get_demand(), {coffee: (11, 2), paper: (1, 0)})

    @mute_logger("odoo.sql_db")
    def test_the_database_says_so_too(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=1)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            pledge.copy()
            self.env.flush_all()
        for values in ("wanted = 0", "minimum_acceptable = 2", "tolerance = -1"):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self.cr.execute(
                    f"UPDATE coop_purchase_pledge_line SET {values} WHERE pledge_id = %s",
                    [pledge.id],
                )
        with self.assertRaises(UserError):
            pledge.unlink()
        with self.assertRaises(UserError), self.cr.savepoint():
            pledge.line_ids.wanted = 0.7

    def test_live_figures(self):
        campaign = self._campaign()
        coffee = self._of(campaign, self.coffee)
        self._pledge(campaign, self.workshop, coffee={"wanted": 4, "tolerance": 0.5})
        self.assertEqual(
            (
                coffee.demand,
                coffee.tolerance,
                coffee.full_boxes,
                coffee.missing_to_box,
                coffee.missing_to_price,
                coffee.expected_price,
            ),
            (4, 0.5, 0, 1.5, 2, 20),
        )
        pledge = campaign._get_pledge(self.receiver.partner_id, self.gallery)
        preview = campaign._preview(pledge, {coffee: {"wanted": 3.5}})
        self.assertIn("77.00", preview["total"])
        hints = preview["hints"][coffee.id]
        self.assertRegex(hints["price"], "18.00")
        self.assertRegex(hints["falls"], r"4\.5 kg more and the price falls to .*16.00")
        self.assertEqual(hints["box"], "4 kg more fill the box")
