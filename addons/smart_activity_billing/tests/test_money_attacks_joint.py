from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestMoneyAttacksOnJointInvestments(JointCase):
    """A member who works in the office, and moves shares to where they suit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investment = cls._bought()
        cls.workshop.sudo().manager_ids += cls.accountant.partner_id
        cls.shares = {share.activity_id: share for share in cls.investment.sudo().share_ids}

    def test_nobody_takes_over_what_they_asked_for(self):
        """In the name of who would leave, and for an Activity of their own."""
        buyout = (
            self.env["coop.investment.buyout"]
            .with_user(self.accountant)
            .create(
                {
                    "investment_id": self.investment.id,
                    "seller_id": self.gallery.id,
                    "line_ids": [Command.create({"activity_id": self.workshop.id, "weight": 1})],
                }
            )
        )
        buyout.action_submit()
        self.assertEqual(buyout.state, "submitted")
        with self.assertRaises(AccessError), self.cr.savepoint():
            buyout.line_ids.action_accept()
        self.env.invalidate_all()
        self.assertEqual(self.shares[self.gallery].share_amount, 300)
        buyout.line_ids.with_user(self.giver).action_accept()
        self.assertEqual(buyout.sudo().state, "done")

    def test_nobody_hands_over_the_own_share(self):
        """What is still to be written off would be for somebody else."""
        wizard = self.env["coop.investment.transfer"].with_user(self.accountant)
        for source, destination in (
            (self.workshop, self.gallery),
            (self.gallery, self.workshop),
        ):
            dialogue = wizard.create(
                {
                    "investment_id": self.investment.id,
                    "share_id": self.shares[source].id,
                    "destination_id": destination.id,
                    "note": "Moves",
                }
            )
            with self.subTest(source=source.name), self.assertRaisesRegex(UserError, "your own"):
                dialogue.action_confirm()
        self.assertEqual(self.shares[self.workshop].share_amount, 450)
