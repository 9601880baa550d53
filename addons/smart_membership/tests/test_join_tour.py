from odoo.tests import HttpCase, tagged

from .join_common import JoinCase


@tagged("post_install", "-at_install")
class TestJoinTour(HttpCase, JoinCase):
    """In a browser: from the public page over the proof and the acceptance to the shares."""

    browser_size = "390x844"
    touch_enabled = True

    def test_newcomer(self):
        self.start_tour("/membership/join", "join_tour")
        self.start_tour(self._link(), "join_prove_tour")
        request = self.Request.search([("email", "=", "noor@example.com")])
        self.assertEqual((request.state, request.quantity), ("submitted", 3))
        request.with_env(self.env(user=self.services, su=False)).action_accept()
        subscription = request.subscription_id
        self.assertEqual((subscription.state, subscription.amount_total), ("submitted", 150.0))
        subscription.action_approve()
        self._pay(subscription)
        self.assertTrue(subscription.membership_id.voting)

    def test_member_asks_for_more(self):
        self._pay(self._subscribe(2, self.portal.partner_id))
        self.start_tour("/my", "my_shares_tour", login=self.portal.login)
        asked = self.env["coop.share.subscription"].search(
            [("partner_id", "=", self.portal.partner_id.id), ("state", "=", "submitted")]
        )
        self.assertEqual(asked.quantity, 4)


@tagged("post_install", "-at_install")
class TestJoinBackOffice(HttpCase, JoinCase):
    """Member services accept in the back office."""

    def test_accept(self):
        request = self._request()
        action = "smart_membership.coop_membership_request_action"
        self.start_tour(f"/odoo/action-{action}", "join_accept_tour", login=self.services.login)
        self.assertEqual(request.state, "accepted")
        self.assertEqual(request.subscription_id.state, "submitted")
