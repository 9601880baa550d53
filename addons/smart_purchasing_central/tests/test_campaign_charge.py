from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestCampaignCharge(DeliveryCase):
    """From the supplier's bill to the last cent of each Activity."""

    def _delivered(self, quantity=None, **values):
        campaign = self._campaign(**values)
        self._receive(campaign, quantity)
        return campaign

    def test_bill_goes_to_the_clearing_account(self):
        campaign = self._delivered()
        bill = self._bill(campaign, extra=[(self.delivery, 10)])
        account = campaign.clearing_account_id
        self.assertEqual(account.plan_id.name, "Purchase Campaigns")
        for line in bill.invoice_line_ids:
            self.assertEqual(line.analytic_distribution, {str(account.id): 100.0})
        self.assertEqual((campaign.clearing_balance, campaign.bill_count), (210, 1))
        # The budgets are held by the pledges until it is settled.
        self.assertEqual(self.workshop.balance, 935)
        self.assertEqual(self.workshop.reserved_amount, 120)

    def test_charged_by_what_each_got(self):
        campaign = self._delivered()
        self._bill(campaign, extra=[(self.delivery, 10)])
        campaign.with_user(self.buyer).action_settle()
        self.assertEqual(campaign.state, "settled")
        payers = (self.workshop, self.studio, self.gallery)
        self.assertEqual(self._charged(campaign, *payers, kind="goods"), [80, 80, 40])
        self.assertEqual(self._charged(campaign, *payers, kind="freight"), [4, 4, 2])
        for activity, amount in zip(payers, (84, 84, 42), strict=True):
            self.assertEqual(activity.balance, 935 - amount)
            self.assertEqual((activity.reserved_amount, activity.available), (0, 935 - amount))
        self.assertEqual(set(campaign.pledge_ids.mapped("state")), {"settled"})
        self.assertEqual(set(campaign.pledge_ids.reservation_id.mapped("state")), {"cancelled"})
        entry = campaign.charge_ids.move_id
        self.assertEqual((len(entry), entry.state, len(entry.line_ids)), (1, "posted", 4))
        self.assert_cleared(campaign)

    def test_charges_are_nobodys_income(self):
        """Whatever type the account of the charges has."""
        self.company._get_campaign_charge_account().account_type = "income"
        campaign = self._delivered()
        self._bill(campaign)
        campaign._settle()
        self.env.flush_all()
        rows = self.env["coop.activity.analysis"].search(
            [("move_id", "in", campaign.charge_ids.move_id.ids)]
        )
        self.assertEqual(rows.general_account_id.account_type, "income")
        self.assertFalse(any(rows.mapped("without_contribution")))

    def test_to_the_cent(self):
        """A price that no part of it divides: what is charged is the bill."""
        campaign = self._delivered()
        bill = self._bill(campaign, price=3.333, extra=[(self.delivery, 10.01)])
        campaign._settle()
        self.assertEqual(
            round(sum(campaign.charge_ids.mapped("amount")), 2), round(bill.amount_untaxed, 2)
        )
        self.assert_cleared(campaign)

    def test_settled_again_charges_nothing(self):
        campaign = self._delivered()
        self._bill(campaign)
        campaign._settle()
        count = len(campaign.charge_ids)
        campaign.action_settle()
        self.assertEqual(len(campaign.charge_ids), count)

    def test_bill_before_receipt(self):
        campaign = self._campaign()
        self._bill(campaign, extra=[(self.delivery, 10)])
        self.assertEqual((campaign.state, campaign.clearing_balance), ("ordered", 210))
        with self.assertRaisesRegex(UserError, "is “Ordered”"):
            campaign.action_settle()
        self._receive(campaign)
        campaign.action_settle()
        self.assertEqual(self._charged(campaign, self.workshop), [84])
        self.assert_cleared(campaign)

    def test_refused_while_something_is_expected(self):
        campaign = self._campaign()
        self._receive(campaign, 10, backorder=True)
        self._bill(campaign)
        with self.assertRaisesRegex(UserError, "of Roaster is still expected"):
            campaign.action_settle()
        campaign.order_ids.picking_ids.filtered(lambda one: one.state != "done").action_cancel()
        campaign.action_settle()
        self.assertEqual(campaign.state, "settled")

    def test_refused_without_bill_and_with_a_draft(self):
        campaign = self._delivered()
        with self.assertRaisesRegex(UserError, "of Roaster came and was not billed yet"):
            campaign.action_settle()
        bill = self._bill(campaign, post=False)
        with self.assertRaisesRegex(UserError, "A bill of Roaster .* is a draft"):
            campaign.action_settle()
        bill.action_post()
        campaign.action_settle()
        self.assert_cleared(campaign)

    def test_short_and_billed_in_full_until_it_is_credited(self):
        campaign = self._delivered(10)
        bill = self._bill(campaign)
        campaign._settle()
        payers = (self.workshop, self.studio, self.gallery, None)
        self.assertEqual(self._charged(campaign, *payers), [60, 30, 10, 100])
        self.assert_cleared(campaign)
        self._credit(bill, quantity=10)
        self.assertEqual(campaign.clearing_balance, -100)
        campaign._settle()
        self.assertEqual(self._charged(campaign, *payers), [60, 30, 10, 0])
        self.assert_cleared(campaign)

    def test_discount_afterwards(self):
        campaign = self._delivered()
        bill = self._bill(campaign)
        campaign._settle()
        self._credit(bill, price=1)
        campaign._settle()
        self.assertEqual(
            self._charged(campaign, self.workshop, self.studio, self.gallery), [72, 72, 36]
        )
        self.assert_cleared(campaign)

    def test_brought_back_after_it_was_charged(self):
        campaign = self._delivered()
        bill = self._bill(campaign)
        campaign._settle()
        one = self._of(campaign, self.studio)
        one._hand_over({one: 8})
        one._bring_back(3, "Mouldy")
        campaign._settle()
        self.assertEqual(self._charged(campaign, self.studio, None), [50, 30])
        self._credit(bill, quantity=3)
        campaign._settle()
        self.assertEqual(self._charged(campaign, self.studio, None), [50, 0])
        self.assertEqual(self.studio.balance, 885)
        self.assert_cleared(campaign)

    def test_late_delivery_costs_of_somebody_else(self):
        campaign = self._delivered()
        self._bill(campaign)
        campaign._settle()
        campaign._close()
        late = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.carrier.id,
                "invoice_date": fields.Date.today(),
                "purchase_campaign_id": campaign.id,
                "invoice_line_ids": [
                    Command.create({"name": "Van", "price_unit": 7.01, "tax_ids": []})
                ],
            }
        )
        late.action_post()
        self.assertEqual((campaign.state, campaign.clearing_balance), ("settled", 7.01))
        with self.assertRaisesRegex(UserError, "still has .*7.01"):
            campaign.action_close()
        campaign.action_settle()
        self.assertEqual(
            self._charged(campaign, self.workshop, self.studio, self.gallery, kind="freight"),
            [2.81, 2.8, 1.4],
        )
        campaign.action_close()
        self.assert_cleared(campaign)

    def test_freight_by_each_rule(self):
        expected = {
            "value": [4, 4, 2],
            "quantity": [4, 4, 2],
            "weight": [4, 4, 2],
            "point": [2.5, 2.5, 5],
        }
        for rule, parts in expected.items():
            with self.subTest(rule):
                campaign = self._delivered(freight_rule=rule)
                self._bill(campaign, extra=[(self.delivery, 10)])
                campaign._settle()
                payers = (self.workshop, self.studio, self.gallery)
                self.assertEqual(self._charged(campaign, *payers, kind="freight"), parts)
                self.assert_cleared(campaign)

    def test_freight_is_of_those_who_ordered_there(self):
        pledges = self._demand()["pledges"]
        campaign = self._campaign(
            [
                self._demand(ordered=12, pledges=pledges[:2]),
                self._demand(
                    product=self.cheese, supplier=self.farm, ordered=4, pledges=pledges[2:]
                ),
            ]
        )
        self._receive(campaign)
        self._bill(campaign, extra=[(self.delivery, 6)])
        self._bill(campaign, supplier=self.farm, extra=[(self.delivery, 5)])
        campaign._settle()
        payers = (self.workshop, self.studio, self.gallery)
        self.assertEqual(self._charged(campaign, *payers, kind="freight"), [3.5, 2.5, 5])
        self.assert_cleared(campaign)

    def test_deposits(self):
        campaign = self._delivered()
        self._bill(campaign, extra=[(self.crates, 20)])
        campaign._settle()
        payers = (self.workshop, self.studio, self.gallery, None)
        self.assertEqual(self._charged(campaign, *payers, kind="deposit"), [8, 8, 4, 0])
        one = self._of(campaign, self.workshop)
        one._hand_over({one: 8})
        one._bring_empties(8)
        campaign._settle()
        self.assertEqual(self._charged(campaign, *payers, kind="deposit"), [0, 8, 4, 8])
        self.assert_cleared(campaign)

    def test_leftovers_are_paid_by_the_shared_services(self):
        campaign = self._delivered(24)
        self._bill(campaign, quantity=24)
        shared = self.company.shared_services_account_id
        before = shared.balance
        campaign._settle()
        self.assertEqual(self._charged(campaign, self.studio, None), [100, 20])
        shared.invalidate_recordset(["balance"])
        self.assertEqual(shared.balance, before - 20)
        self.assert_cleared(campaign)

    def test_private_use_is_invoiced(self):
        pledges = [
            (self.workshop, self.gent, (0, 8, 0)),
            (self.neighbour, self.luik, (0, 12, 0)),
        ]
        campaign = self._campaign([self._demand(pledges=pledges)])
        self._receive(campaign)
        bill = self._bill(campaign, extra=[(self.delivery, 10)])
        campaign._settle()
        self.assertEqual(self._charged(campaign, self.workshop, self.neighbour), [84, 126])
        invoice = campaign.charge_ids.move_id.filtered(lambda one: one.move_type == "out_invoice")
        self.assertEqual((invoice.partner_id, invoice.state), (self.neighbour, "posted"))
        self.assertEqual(invoice.amount_untaxed, 126)
        self.assertGreater(invoice.amount_total, 126)
        self.assertFalse(
            invoice.line_ids.filtered(lambda line: line.display_type == "contribution")
        )
        self.assert_cleared(campaign)
        # What is credited comes back to the person too.
        self._credit(bill, price=1)
        campaign._settle()
        refund = campaign.charge_ids.move_id.filtered(lambda one: one.move_type == "out_refund")
        self.assertEqual(refund.amount_untaxed, 12)
        self.assert_cleared(campaign)

    def test_private_use_with_prices_that_include_vat(self):
        self.tax.price_include_override = "tax_included"
        campaign = self._campaign(
            [self._demand(pledges=[(self.neighbour, self.luik, (0, 20, 0))], price=3.33)]
        )
        self._receive(campaign)
        self._bill(campaign)
        campaign._settle()
        invoice = campaign.charge_ids.move_id
        self.assertEqual(invoice.amount_untaxed, 66.6)
        self.assert_cleared(campaign)

    def test_closed_activity_is_borne_by_the_shared_services(self):
        campaign = self._delivered()
        bill = self._bill(campaign)
        campaign._settle()
        # As its closing leaves it; what is on it is of no matter here.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE coop_activity SET state = 'closed' WHERE id = %s", [self.gallery.id]
        )
        self.env.invalidate_all()
        self._credit(bill, price=1)
        campaign._settle()
        self.assertEqual(self._charged(campaign, self.gallery), [40])
        self.assertEqual(self.gallery.balance, 895)
        self.assert_cleared(campaign)

    def test_charges_stay_as_they_were_booked(self):
        campaign = self._delivered()
        self._bill(campaign)
        campaign._settle()
        charge, entry = campaign.charge_ids[0], campaign.charge_ids.move_id
        with self.assertRaises(UserError):
            charge.amount = 1
        with self.assertRaises(UserError):
            charge.unlink()
        with self.assertRaises(AccessError):
            self.env["coop.purchase.charge"].with_user(self.buyer).create({"kind": "goods"})
        with self.assertRaisesRegex(UserError, "settle the campaign again"):
            entry.button_draft()
        with self.assertRaisesRegex(UserError, "settle the campaign again"):
            entry._reverse_moves()

    def test_close_refuses_what_is_not_charged(self):
        campaign = self._delivered()
        bill = self._bill(campaign)
        with self.assertRaisesRegex(UserError, "is “Receiving”"):
            campaign.action_close()
        campaign._settle()
        bill.button_draft()
        with self.assertRaisesRegex(UserError, "is a draft"):
            campaign.action_close()
        bill.action_post()
        campaign.with_user(self.buyer).action_close()
        self.assertEqual(campaign.state, "closed")
        self.assert_cleared(campaign)

    def test_dearer_than_reserved(self):
        """Bookkeeping is never blocked: the Activity takes what it has to."""
        campaign = self._delivered()
        self._bill(campaign, price=20)
        campaign._settle()
        self.assertEqual((self.workshop.balance, self.workshop.reserved_amount), (775, 0))
        self.assert_cleared(campaign)

    def test_weights_decide_on_the_charge(self):
        campaign = self._campaign([self._demand(product=self.cheese, step=0.5, catch_weight=True)])
        self._receive(campaign)
        self._bill(campaign)
        rows = {one: one for one in (self.workshop, self.studio, self.gallery)}
        for activity, weight in zip(rows, (8.31, 7.75, 3.94), strict=True):
            one = self._of(campaign, activity)
            one._hand_over({one: weight})
        campaign._settle()
        self.assertEqual(
            self._charged(campaign, self.workshop, self.studio, self.gallery), [83.1, 77.5, 39.4]
        )
        self.assert_cleared(campaign)

    def test_proof_finds_what_is_wrong(self):
        campaign = self._delivered()
        self._bill(campaign)
        campaign._settle()
        campaign._close()
        one = campaign.charge_ids[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE coop_purchase_charge SET amount = amount + 1 WHERE id = %s", [one.id]
        )
        self.env.cr.execute(
            "UPDATE coop_purchase_allocation SET received = received - 1 WHERE id = %s",
            [one.allocation_id.id],
        )
        self.env.cr.execute(
            "UPDATE coop_budget_reservation SET state = 'active', remaining = 1 WHERE id = %s",
            [one.pledge_id.reservation_id.id],
        )
        self.env.invalidate_all()
        checks = {row["check"] for row in self.env["coop.ledger.check"]._run(self.company)}
        self.assertLessEqual(
            {"campaign_charges", "campaign_entry", "campaign_trail", "campaign_pledge"}, checks
        )
