from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_joint_portal import JointPortalCase


@tagged("post_install", "-at_install")
class TestJointInvitation(JointPortalCase):
    """An Activity is asked by name, and answers on the page or by the link in the e-mail."""

    def setUp(self):
        super().setUp()
        self.investment = self._proposal()

    def invite(self, activity=None, amount=300):
        return (
            self.env["coop.investment.invitation"]
            .sudo()
            ._invite(
                self.investment.sudo(), activity or self.gallery, amount, self.giver.partner_id
            )
        )

    def test_accepted_by_a_link(self):
        invitation = self.invite()
        self.assert_available(935, 935, 467.5)
        approval = invitation.approval_ids
        self.assertEqual((approval.user_id, approval.state), (self.receiver, "open"))
        document = approval._get_document()
        approval._decide("approve", "", document._get_approval_fingerprint())
        self.assertEqual((approval.state, invitation.state), ("approved", "accepted"))
        self.assertEqual(self.investment.pledged_amount, 300)
        self.assert_available(935, 635, 467.5)
        with self.assertRaises(UserError):
            approval._decide("approve", "", document._get_approval_fingerprint())

    def test_the_last_pledge_ends_the_question(self):
        invitation = self.invite()
        self._pledge(self.investment, self.workshop, 900)
        self.assertEqual(invitation.state, "ended")
        self.assertEqual(invitation.approval_ids.state, "ended")
        with self.assertRaisesRegex(UserError, "answered or ended"):
            invitation.with_user(self.receiver).action_accept()

    def test_answers_that_fund_it(self):
        self._pledge(self.investment, self.workshop, 700)
        first, second = self.invite(), self.invite(self.press, 100)
        first.with_user(self.receiver).action_accept()
        # No more than is missing, as for any last pledge.
        self.assertEqual((self.investment.state, first.state), ("funded", "accepted"))
        self.assertEqual(second.state, "ended")
        self.assert_available(235, 735, 467.5)

    def test_asked_once(self):
        self.invite()
        with self.assertRaisesRegex(UserError, "asked already"):
            self.invite()
        self._pledge(self.investment, self.press, 10)
        with self.assertRaisesRegex(UserError, "pledges already"):
            self.invite(self.press)

    def test_only_its_managers_answer(self):
        invitation = self.invite()
        for user in (self.giver, self.third, self.accountant):
            with self.assertRaises(AccessError):
                invitation.with_user(user).action_accept()
            with self.assertRaises(AccessError):
                invitation.with_user(user).action_refuse("No")

    def test_on_the_page(self):
        self.login_as(self.third)
        path = f"/{self.investment.id}/invite"
        values = {"other": self.gallery.code, "amount": "300"}
        self.assertEqual(self.post(path, **values).status_code, 404)
        self.login_as(self.giver)
        for wrong in ({"other": "A99999"}, {"amount": "0"}):
            response = self.post(path, **(values | wrong))
            self.assertEqual(response.status_code, 422)
            self.assertIn(f'value="{(values | wrong)["other"]}"', response.text)
        response = self.post(path, **values)
        self.assertEqual(response.status_code, 303, response.text[:2000])
        invitation = self.investment.invitation_ids
        answer = f"/{self.investment.id}/answer"
        self.login_as(self.third)
        values = {"invitation_id": str(invitation.id), "operation": "accept"}
        self.assertEqual(self.post(answer, **values).status_code, 404)
        self.login_as(self.receiver)
        self.assertIn("is asked to pledge", self.page(f"/{self.investment.id}"))
        refused = self.post(answer, **(values | {"operation": "refuse", "reason": " "}))
        self.assertEqual(refused.status_code, 422)
        self.post(answer, **(values | {"operation": "refuse", "reason": "No room for it"}))
        self.assertEqual((invitation.state, self.investment.pledged_amount), ("refused", 0))
        self.login_as(self.giver)
        self.assertIn("No room for it", self.page(f"/{self.investment.id}"))
