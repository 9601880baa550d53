from itertools import pairwise

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.smart_activity_billing.demo.scene import QUIET
from odoo.addons.smart_activity_billing.tests.common import ActivityCase

from ..demo.catalogue import CAMPAIGNS, NEEDS
from ..demo.scene import PurchasingScene
from ..demo.story import CHAPTERS
from ..models.coop_purchase_campaign_award import AWARDED


class StageScene(PurchasingScene):
    """The scene of the story, with people and Activities of a test."""

    # What a demonstration finds in its database comes from the test.
    def __init__(self, env, company, buyer, activities, member, supplier):  # pylint: disable=super-init-not-called
        self.env = env(user=buyer, su=True, context=dict(env.context, lang="en_US", **QUIET))
        self.company, self.member, self.portal_supplier = company, member, supplier
        self.today = fields.Date.context_today(buyer)
        self.activities = {activity.name: activity for activity in activities}
        self.products, self.suppliers, self.campaigns = {}, {}, {}


@tagged("post_install", "-at_install")
class TestCampaignDemo(ActivityCase):
    """What the demonstration shows of campaigns, told anew: whatever the database shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        su = cls.env(su=True)
        names = {row[0] for row in NEEDS}
        names |= {name for campaign in CAMPAIGNS.values() for name, _wishes in campaign[-1]}
        activities = su["coop.activity"].create(
            [
                {"name": name, "membership_id": cls.member.id, "state": "open"}
                for name in sorted(names)
            ]
        )
        for activity in activities:
            cls._invoice(cls._line(5000, {activity: 100}))
        su["coop.antenna"].create({"name": "Hub of the Story", "company_id": cls.company.id})
        buyer = new_test_user(
            su,
            "story_buyer",
            "smart_purchasing_central.group_purchasing_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        supplier = su["res.partner"].create({"name": "Supplier of the Story", "is_company": True})
        cls.scene = StageScene(
            cls.env, cls.company, buyer, activities, cls.member.sudo().partner_id, supplier
        )
        for chapter in CHAPTERS:
            chapter(cls.scene)
        cls.campaigns = su["coop.purchase.campaign"].search([("company_id", "=", cls.company.id)])

    def test_one_of_each(self):
        states = self.campaigns.grouped("state")
        wanted = {"draft", "open", "boxfill", "frozen", "evaluated", "receiving", "closed"}
        self.assertEqual(set(states), wanted)
        for state in ("open", "boxfill"):
            self.assertGreaterEqual(states[state].pledge_count, 3)
        self.assertTrue(any(states["open"].product_ids.mapped("missing_to_price")))
        self.assertTrue(any(states["boxfill"].product_ids.mapped("missing_to_box")))
        self.assertTrue(states["draft"].need_ids)

    def test_needs_with_and_without_a_product(self):
        needs = self.env["coop.purchase.need"].sudo().search([("company_id", "=", self.company.id)])
        self.assertTrue(needs.filtered("product_id"))
        self.assertTrue(needs - needs.filtered("product_id"))

    def test_a_member_buys_for_the_home(self):
        Pledge = self.env["coop.purchase.pledge"].sudo()
        own = Pledge.search(
            [("partner_id", "=", self.scene.member.id), ("activity_id", "=", False)]
        )
        self.assertEqual(own.campaign_id, self.scene.campaigns["coffee"])

    def test_greener_is_a_choice_that_costs_something(self):
        """The plans that wait for a choice: none is both cheaper and greener than the others."""
        [campaign] = self.campaigns.filtered(lambda one: one.state == "evaluated")
        plans = campaign.plan_ids.filtered(
            lambda plan: plan.kind != "what_if" and not plan.is_outdone
        ).sorted("cost")
        self.assertGreaterEqual(len(plans), 3)
        self.assertEqual(plans[0].extra_cost, 0)
        for cheaper, greener in pairwise(plans):
            self.assertGreater(greener.extra_cost, cheaper.extra_cost)
            self.assertGreater(greener.mean_score, cheaper.mean_score)

    def test_what_is_closed_is_charged_to_the_cent(self):
        [closed] = self.campaigns.filtered(lambda one: one.state == "closed")
        self.assertEqual(closed.clearing_balance, 0)
        self.assertTrue(closed.charge_ids)
        for campaign in self.campaigns.filtered(lambda one: one.state in AWARDED):
            self.assertTrue(campaign._get_award_products())
