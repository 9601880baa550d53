from odoo.tests import HttpCase, tagged

from .plan_common import PlanCase


@tagged("post_install", "-at_install")
class TestPlanTour(PlanCase, HttpCase):
    """The buyer at a desk, in a real browser: from evaluated offers to orders."""

    browser_size = "1366x768"

    def test_from_evaluation_to_orders(self):
        self._want(self.pledge, self.campaign_paper, 38)
        self._want(self.other_pledge, self.campaign_paper, 2, tolerance=3)
        self._want(self.pledge, self.campaign_flour, 1.5)
        self._evaluate()
        action = "smart_purchasing_central.coop_purchase_campaign_action"
        url = f"/odoo/action-{action}/{self.campaign.id}"
        self.start_tour(url, "purchase_plan_ask", login=self.buyer.login)
        self.assertEqual(len(self.campaign.plan_ids), 2)
        self._calculate()
        self.start_tour(url, "purchase_plan_order", login=self.buyer.login)
        self.assertEqual(self.campaign.state, "ordered")
        self.assertEqual(self.campaign.order_ids.partner_id, self.near | self.far)
