from odoo.exceptions import UserError
from odoo.tests import tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointPurchase(JointCase):
    """One bill, one asset, and shares that are the whole of the real price."""

    def shares(self, investment):
        return {
            share.activity_id: share.share_amount
            for share in investment.share_ids
            if share.share_amount
        }

    def test_bought_at_the_price(self):
        investment = self._bought()
        self.assertEqual((investment.state, investment.purchase_value), ("active", 900))
        self.assertEqual(
            self.shares(investment), {self.workshop: 450, self.gallery: 300, self.press: 150}
        )
        self.assertEqual(set(investment.pledge_ids.mapped("state")), {"used"})
        self.assertEqual(len(investment.asset_id), 1)
        # Nothing moved at posting: what was pledged is what is not written off yet.
        self.assertEqual((self.workshop.balance, self.workshop.reserved_amount), (935, 450))
        self.assert_available(485, 635, 317.5)

    def test_cheaper_gives_back(self):
        investment = self._bought(price=100)
        self.assertEqual(
            self.shares(investment), {self.workshop: 50, self.gallery: 33.33, self.press: 16.67}
        )
        self.assert_available(885, 901.67, 450.83)

    def test_dearer_within_the_margin_is_shared(self):
        investment = self._bought(price=945)
        self.assertEqual(
            self.shares(investment), {self.workshop: 472.5, self.gallery: 315, self.press: 157.5}
        )
        self.assert_available(462.5, 620, 310)

    def test_dearer_is_proposed_once_more(self):
        investment = self._funded()
        bill = self._enter_bill(investment, 1000)
        message = "1,000.00 by this bill.*945.00 is the most"
        with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
            bill.action_post()
        self.assertEqual((bill.state, investment.state), ("draft", "funded"))
        self.assert_available(485, 635, 317.5)
        self._reopen(investment, 1000)
        self.assertEqual((investment.state, investment.missing_amount), ("pledging", 100))
        self.assertIn(
            "Laser cutter is dearer: a pledge is missing", self.mails_to(self.third.partner_id)
        )
        self.assert_available(485, 635, 317.5)
        # Pledges change again: one leaves, the others take over.
        investment.with_user(self.third).action_withdraw_pledge(self.press.id)
        self._pledge(investment, self.workshop, 600)
        self._pledge(investment, self.gallery, 600)
        self.assertEqual(investment.state, "funded")
        bill.action_post()
        self.assertEqual(self.shares(investment), {self.workshop: 600, self.gallery: 400})
        self.assert_available(335, 535, 467.5)

    def test_dearer_and_nobody_pays_more(self):
        investment = self._funded()
        self._reopen(investment, 1000)
        self._let_deadline_pass(investment)
        investment.sudo()._settle_deadline()
        self.assertEqual(investment.state, "lapsed")
        self.assert_available(935, 935, 467.5)

    def test_only_a_higher_price_is_proposed_once_more(self):
        investment = self._funded()
        for price in (900, 899.99, 0):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._reopen(investment, price)

    def _reopen(self, investment, price):
        action = investment.with_user(self.accountant).action_reopen()
        self.env["coop.investment.reopen"].with_user(self.accountant).with_context(
            **action["context"]
        ).create({"target": price}).action_apply()

    def test_bill_reset_and_posted_again(self):
        investment = self._bought(price=810)
        self.assert_available(530, 665, 332.5)
        bill = investment.bill_id.with_user(self.accountant)
        bill.button_draft()
        self.assertEqual((investment.state, investment.pledged_amount), ("funded", 900))
        self.assertFalse(self.shares(investment))
        self.assert_available(485, 635, 317.5)
        bill.invoice_line_ids.price_unit = 900
        bill.action_post()
        self.assertEqual(
            self.shares(investment), {self.workshop: 450, self.gallery: 300, self.press: 150}
        )
        self.assert_available(485, 635, 317.5)

    def test_depreciated_to_the_cent(self):
        investment = self._bought(target=100)
        for date in ("2025-01-31", "2025-02-28"):
            self._depreciate(investment, date)
        written_off = investment.share_ids.mapped("written_off")
        self.assertAlmostEqual(sum(written_off), 20)
        self.assertEqual(sorted(written_off), [3.33, 6.67, 10])
        # Depreciation moves the budget, not what is available.
        self.assertEqual(self.workshop.balance, 925)
        self.assert_available(885, 901.67, 450.83)
        self._depreciate(investment, "2026-12-31")
        self.assertEqual(investment.book_value, 0)
        self.assertEqual((self.workshop.balance, self.workshop.reserved_amount), (885, 0))
        self.assert_available(885, 901.67, 450.83)

    def test_only_what_is_funded_is_bought(self):
        investment = self._proposal()
        with self.assertRaisesRegex(UserError, "“Pledging”"):
            investment.with_user(self.accountant).action_buy()
        funded = self._funded()
        first = funded.with_user(self.accountant).action_buy()["res_id"]
        self.assertEqual(funded.with_user(self.accountant).action_buy()["res_id"], first)

    def test_bill_waits_until_it_is_funded_again(self):
        investment = self._funded()
        bill = self._enter_bill(investment, 1000)
        self._reopen(investment, 1000)
        with self.assertRaisesRegex(UserError, "“Pledging”"), self.cr.savepoint():
            bill.action_post()
        # Nobody pays more: the bill is of nothing that Activities agreed to.
        self._let_deadline_pass(investment)
        investment.sudo()._settle_deadline()
        line = bill.invoice_line_ids
        self.assertFalse(line.coop_investment_id or line.analytic_distribution)
        self.assert_available(935, 935, 467.5)

    def test_bought_once(self):
        investment = self._bought()
        second = investment.bill_id.copy({"invoice_date": "2025-02-01"})
        second.invoice_line_ids.coop_investment_id = investment
        with self.assertRaisesRegex(UserError, "“In Use”"), self.cr.savepoint():
            second.action_post()
