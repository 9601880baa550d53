from odoo import Command, fields
from odoo.tests import tagged

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestCampaignBillImport(DeliveryCase):
    """Bills that come in electronically find the orders of a campaign, and its clearing account."""

    def _import(self, campaign, lines, reference=None):
        """Take in a bill as the reader of a UBL file does: lines first, then its order."""
        order = campaign.order_ids
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.roaster.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": name,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(order.order_line.tax_ids.ids)],
                        }
                    )
                    for name, quantity, price in lines
                ],
            }
        )
        bill._find_and_set_purchase_orders(
            [reference or order.name], self.roaster.id, bill.amount_total
        )
        bill.action_post()
        return bill

    def test_the_whole_order(self):
        campaign = self._campaign()
        bill = self._import(campaign, [("Coffee", 20, 10)])
        self.assertEqual(bill.line_ids.purchase_line_id, campaign.order_ids.order_line)
        self.assertEqual(campaign.clearing_balance, 200)
        self._receive(campaign)
        campaign._settle()
        self.assertEqual(
            self._charged(campaign, self.workshop, self.studio, self.gallery), [80, 80, 40]
        )
        self.assert_cleared(campaign)

    def test_with_delivery_costs_that_are_on_no_order(self):
        campaign = self._campaign()
        self._receive(campaign)
        bill = self._import(campaign, [("Coffee", 20, 10), ("Transport", 1, 12.5)])
        goods = bill.invoice_line_ids.filtered("purchase_line_id")
        self.assertEqual((goods.quantity, goods.price_unit), (20, 10))
        self.assertEqual(campaign.clearing_balance, 212.5)
        campaign._settle()
        payers = (self.workshop, self.studio, self.gallery)
        self.assertEqual(self._charged(campaign, *payers, kind="freight"), [5, 5, 2.5])
        self.assert_cleared(campaign)

    def test_in_the_currency_of_the_supplier(self):
        """What the ledger says in euro is charged, whatever the supplier billed in."""
        dollar = self.env.ref("base.USD")
        if dollar == self.company.currency_id:
            dollar = self.env.ref("base.EUR")
        dollar.active = True
        self.env["res.currency.rate"].sudo().create(
            {"currency_id": dollar.id, "name": "2020-01-01", "company_id": False, "rate": 1.37}
        )
        campaign = self._campaign()
        self._receive(campaign)
        bill = self._bill(campaign, post=False)
        bill.currency_id = dollar
        bill.invoice_line_ids.price_unit = 9.99
        bill.action_post()
        campaign._settle()
        self.assertAlmostEqual(
            sum(campaign.charge_ids.mapped("amount")), -bill.amount_untaxed_signed, 2
        )
        self.assert_cleared(campaign)
