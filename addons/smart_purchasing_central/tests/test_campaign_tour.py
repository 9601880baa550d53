from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestCampaignTour(CampaignCase, HttpCase):
    """Members pledge, fill a box and say what they need on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_pledge_and_fill_a_box(self):
        campaign = self._campaign()
        self.start_tour("/my/home", "portal_purchase_pledge", login=self.giver.login)
        self.assertEqual(
            campaign.pledge_ids.line_ids.mapped(lambda one: (one.wanted, one.tolerance)), [(4, 0.5)]
        )
        campaign.with_user(self.buyer).action_boxfill()
        self.start_tour("/my/purchases", "portal_purchase_fill", login=self.receiver.login)
        coffee = self._of(campaign, self.coffee)
        self.assertEqual((coffee.demand, coffee.full_boxes), (5.5, 1))
        self.assert_books_hold()

    def test_say_what_is_needed(self):
        self.start_tour("/my/purchases", "portal_purchase_need", login=self.third.login)
        need = (
            self.env["coop.purchase.need"]
            .sudo()
            .search([("partner_id", "=", self.third.partner_id.id)])
        )
        self.assertEqual((need.quantity, need.every), (3, "quarter"))


@tagged("post_install", "-at_install")
class TestCampaignDeskTour(CampaignCase, HttpCase):
    """What the buyer does at a desk."""

    browser_size = "1366x768"

    def test_make_open_and_freeze(self):
        self.env["coop.purchase.need"].sudo().create(
            {
                "partner_id": self.giver.partner_id.id,
                "company_id": self.company.id,
                "product_id": self.coffee.id,
                "antenna_id": self.north.id,
                "quantity": 2,
            }
        )
        campaign = self._campaign(title="Elevenses")
        self._pledge(campaign, self.workshop, coffee=2)
        for name in ("desk", "freeze"):
            self.start_tour("/odoo", f"purchase_campaign_{name}", login=self.buyer.login)
        self.assertEqual(campaign.state, "frozen")
        made = (
            self.env["coop.purchase.campaign"]
            .with_user(self.buyer)
            .search([("company_id", "=", self.company.id), ("title", "=", "Coffee")])
        )
        self.assertEqual((made.need_count, made.state), (1, "draft"))
