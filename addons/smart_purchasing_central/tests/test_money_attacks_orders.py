from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestMoneyAttacksOnOrders(CampaignCase):
    """A buyer who spends what is not there, with a campaign as the way round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._campaign()
        cls.supplier = cls.env["res.partner"].sudo().create({"name": "Supplier"})

    def _order(self, price, campaign):
        order = (
            self.env["purchase.order"]
            .with_user(self.buyer)
            .create(
                {
                    "partner_id": self.supplier.id,
                    "campaign_id": campaign.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.paper.id,
                                "product_qty": 1,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                                "analytic_distribution": {
                                    str(self.workshop.analytic_account_id.id): 100
                                },
                            }
                        )
                    ],
                }
            )
        )
        order.button_confirm()
        return order

    def test_an_order_that_leaves_its_campaign_is_held(self):
        order = self._order(100, self.campaign)
        order.write({"campaign_id": False})
        self.assertEqual(self.workshop.reserved_amount, 100)
        large = self._order(5000, self.campaign)
        with self.assertRaises(UserError), self.cr.savepoint():
            large.write({"campaign_id": False})
        self.env.invalidate_all()
        self.assertEqual(self.workshop.available, 835)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._order(5000, self.env["coop.purchase.campaign"])

    def test_nobody_charges_by_hand(self):
        """Neither the amounts nor what they were shared by."""
        pledge = self._pledge(self.campaign, self.workshop, paper=2)
        for name, values in (
            ("coop.purchase.charge", {"campaign_id": self.campaign.id, "amount": 1}),
            ("coop.purchase.allocation", {"pledge_id": pledge.id}),
            ("coop.budget.reservation", {"activity_id": self.workshop.id, "amount": 1}),
        ):
            for user in (self.buyer, self.manager, self.giver):
                with (
                    self.subTest(model=name, user=user.login),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    self.env[name].with_user(user).create(values)
        reservation = pledge.reservation_id
        for user in (self.buyer, self.manager, self.giver):
            with self.assertRaises(AccessError):
                reservation.with_user(user).write({"remaining": 0, "state": "cancelled"})
            with self.assertRaises(UserError):
                pledge.with_user(user).write({"reservation_id": False})
        self.assertEqual(self.workshop.reserved_amount, reservation.remaining)
