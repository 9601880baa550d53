from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .investment_common import InvestmentCase


@tagged("post_install", "-at_install")
class TestInvestmentCredit(InvestmentCase):
    """A credit note of the supplier undoes an investment, whole or in part."""

    def _credit(self, investment, price=None, date="2025-06-30", post=True):
        refund = investment.bill_id._reverse_moves([{"invoice_date": date, "date": date}])
        if price is not None:
            refund.invoice_line_ids.price_unit = price
        if post:
            refund.action_post()
        return refund

    def test_whole_before_depreciation(self):
        investment = self._buy()
        refund = self._credit(investment)
        self.assertEqual(refund.invoice_line_ids.account_id, self.profile.account_asset_id)
        self.assertFalse(refund.line_ids.asset_id)
        self.assertEqual((investment.state, investment.end_kind), ("closed", "credit"))
        self.assertEqual((investment.purchase_value, investment.book_value), (0, 0))
        self.assertEqual(investment.share_ids.share_amount, 0)
        self.assertEqual(investment.asset_id.state, "removed")
        self.assertEqual(len(investment.movement_ids), 2)
        self.assert_budget(self.workshop, 0, 0)
        self.assert_whole()

    def test_part_lowers_what_is_left(self):
        investment = self._buy()
        self._write_off(investment, 6)
        self._credit(investment, 300)
        self.assertEqual((investment.purchase_value, investment.book_value), (900, 300))
        self.assert_budget(self.workshop, -600, 300)
        self.assert_whole()
        lines = self._write_off(investment, 6)
        self.assertEqual(lines.mapped("amount"), [50] * 6)
        self.assertEqual(investment.book_value, 0)
        self.assert_budget(self.workshop, -900, 0)
        self.assert_whole()

    def test_more_than_what_is_left_gives_back(self):
        investment = self._buy(1200, {self.workshop: 50, self.studio: 50})
        self._write_off(investment, 9)
        self._credit(investment, 500)
        self.assertEqual((investment.purchase_value, investment.book_value), (700, 0))
        self.assertEqual(investment.state, "active")
        for activity in (self.workshop, self.studio):
            self.assert_budget(activity, -350, 0)
        self.assert_whole()
        self._credit(investment, 700)
        self.assertEqual(investment.state, "closed")
        for activity in (self.workshop, self.studio):
            self.assert_budget(activity, 0, 0)
        self.assert_whole()

    def test_more_than_it_cost_is_refused(self):
        investment = self._buy()
        self._credit(investment, 700)
        with self.assertRaisesRegex(UserError, "takes back.*600.*cost"):
            self._credit(investment, 600)

    def test_credit_note_stays(self):
        refund = self._credit(self._buy(), 100)
        with self.assertRaisesRegex(UserError, "Laser cutter"):
            refund.button_draft()

    def test_typed_credit_note_names_its_investment(self):
        investment = self._buy()
        refund = self._bill(
            self._machine(200, account_id=self.profile.account_asset_id.id),
            post=False,
            move_type="in_refund",
        )
        with self.assertRaisesRegex(UserError, "choose its investment"):
            refund._post()
        refund.invoice_line_ids.write(
            {"coop_investment_id": investment.id, "account_id": self.expense_account.id}
        )
        refund._post()
        self.assertEqual(investment.purchase_value, 1000)
        self.assert_budget(self.workshop, 0, 1000)
        self.assert_whole()

    def test_credit_note_of_a_cost_returns_to_the_budget(self):
        bill = self._bill(self._machine(500))
        refund = bill._reverse_moves([{"invoice_date": "2025-01-02"}])
        refund.action_post()
        self.assertFalse(refund.line_ids.coop_investment_id)
        self.assert_budget(self.workshop, 0, 0)

    def test_reverse_and_modify(self):
        bill = self._bill(self._machine())
        first = bill.line_ids.coop_investment_id
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"journal_id": bill.journal_id.id, "date": "2025-01-02"})
        )
        modified = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        self.assertEqual(first.state, "closed")
        modified.invoice_line_ids.price_unit = 2400
        modified.invoice_date = "2025-01-02"
        modified.action_post()
        second = modified.line_ids.coop_investment_id
        self.assertNotEqual(first, second)
        self.assertEqual(second.purchase_value, 2400)
        self.assert_budget(self.workshop, 0, 2400)
        self.assert_whole()


@tagged("post_install", "-at_install")
@freeze_time("2025-07-15")
class TestInvestmentEnd(InvestmentCase):
    """Sold, discarded, lost, taken over: nothing stays reserved, and each gets its part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proceeds = cls.env["account.account"].create(
            {
                "name": "Sales of assets",
                "code": "764910",
                "account_type": "income_other",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )

    def _end(self, investment, kind, proceeds=0.0, date="2025-07-01"):
        wizard = Form(
            self.env["coop.investment.end"].with_context(default_investment_id=investment.id)
        )
        wizard.kind, wizard.date, wizard.note = kind, date, "To a school"
        if kind in ("sale", "exit"):
            wizard.proceeds = proceeds
            if proceeds:
                wizard.account_id = self.proceeds
        wizard.save().action_confirm()

    def _assert_ended(self, investment):
        self.assertEqual((investment.state, investment.book_value), ("closed", 0))
        self.assertEqual(investment.asset_id.state, "removed")
        self.assertFalse(sum(investment.share_ids.reservation_id.mapped("remaining")))
        self.assert_whole()
        entries = investment.asset_id.account_move_line_ids.grouped("account_id")
        for account in (self.profile.account_asset_id, self.profile.account_depreciation_id):
            left = sum(entries.get(account, self.env["account.move.line"]).mapped("balance"))
            self.assertEqual(round(left, 2), 0)

    def test_sale_at_a_gain_is_shared(self):
        investment = self._buy(1200.01, {self.workshop: 66.67, self.studio: 33.33})
        before = {share: share.share_amount for share in investment.share_ids}
        self._end(investment, "sale", 700)
        self._assert_ended(investment)
        self.assertEqual((investment.end_kind, investment.proceeds), ("sale", 700))
        movements = investment.movement_ids.grouped("share_id")
        parts = {share: sum(movements[share].mapped("proceeds")) for share in before}
        self.assertEqual(round(sum(parts.values()), 2), 700)
        for share, cost in before.items():
            # What is available is down by the cost, and up by the part of the sale.
            self.assertAlmostEqual(share.activity_id.available, parts[share] - cost, 2)
            self.assertEqual(share.activity_id.reserved_amount, 0)
        sale = self.env["account.move.line"].search([("account_id", "=", self.proceeds.id)])
        self.assertEqual(sale.balance, 700)
        self.assertFalse(sale.analytic_line_ids)

    def test_sale_at_book_value_moves_no_budget(self):
        investment = self._buy()
        self._write_off(investment, 6)
        self._end(investment, "sale", 600)
        self._assert_ended(investment)
        self.assert_budget(self.workshop, -600, 0)

    def test_sale_of_what_is_written_off(self):
        investment = self._buy(1200, invoice_date="2024-01-01", date="2024-01-01")
        self._write_off(investment, 12)
        self.assertEqual(investment.asset_id.state, "close")
        self._end(investment, "sale", 50)
        self._assert_ended(investment)
        self.assert_budget(self.workshop, -1150, 0)

    def test_loss(self):
        investment = self._buy(1200, {self.workshop: 50, self.studio: 50})
        self._end(investment, "loss", date="2025-04-01")
        self._assert_ended(investment)
        for activity in (self.workshop, self.studio):
            self.assert_budget(activity, -600, 0)
        loss = investment.asset_id.account_move_line_ids.filtered(
            lambda line: line.account_id == self.profile.account_min_value_id
        )
        self.assertEqual(sorted(loss.mapped("balance")), [450, 450])

    def test_scrapped_within_a_month(self):
        investment = self._buy()
        self._end(investment, "scrap", date="2025-03-16")
        self._assert_ended(investment)
        self.assert_budget(self.workshop, -1200, 0)

    def test_member_who_leaves_takes_it_along(self):
        investment = self._buy()
        self._write_off(investment, 6)
        wizard = self.env["coop.investment.end"].create(
            {"investment_id": investment.id, "kind": "exit", "date": "2025-07-01"}
        )
        self.assertEqual(wizard.proceeds, 600)
        wizard.account_id = self.proceeds
        wizard.action_confirm()
        self._assert_ended(investment)
        self._close(self.workshop)
        self.assertEqual(self.workshop.state, "closed")

    def test_refusals(self):
        investment = self._buy()
        with self.assertRaisesRegex(UserError, "future"):
            investment._dispose("scrap", date(2025, 7, 16))
        with self.assertRaisesRegex(UserError, "sold for"):
            investment._dispose("sale", date(2025, 7, 1), 100)
        self.profile.account_min_value_id = False
        with self.assertRaisesRegex(UserError, "profile.*gain or the loss"):
            self._end(investment, "loss")

    def test_on_the_day_of_the_last_depreciation(self):
        investment = self._buy()
        self._write_off(investment, 6)
        with self.assertRaisesRegex(UserError, "written off up to"):
            self._end(investment, "loss", date="2025-06-29")
        self._end(investment, "loss", date="2025-06-30")
        self._assert_ended(investment)
        self.assert_budget(self.workshop, -1200, 0)

    def test_twice(self):
        investment = self._buy()
        self._end(investment, "loss")
        with self.assertRaisesRegex(UserError, "Reload"):
            investment._dispose("loss", investment.date_end)

    def test_asset_is_removed_by_its_investment(self):
        investment = self._buy()
        action = investment.asset_id.remove()
        self.assertEqual(action["res_model"], "coop.investment.end")
        accountant = new_test_user(
            self.env(su=True),
            "v_accountant",
            "account.group_account_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        remover = (
            self.env["account.asset.remove"]
            .with_user(accountant)
            .with_context(active_id=investment.asset_id.id)
        )
        with self.assertRaisesRegex(UserError, "end its use there"):
            remover.create({"date_remove": "2025-07-01"}).remove()

    def test_who_may(self):
        investment = self._buy()
        biller = new_test_user(
            self.env(su=True),
            "v_biller",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaises(AccessError):
            investment.with_user(biller).action_dispose()
        with self.assertRaises(AccessError):
            investment.share_ids.with_user(biller).write({"share_amount": 5})
        self.assertEqual(investment.with_user(biller).book_value, 1200)


@tagged("post_install", "-at_install")
class TestInvestmentTransfer(InvestmentCase):
    """A share goes over to another Activity at book value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(2000, {cls.studio: 100}))

    def test_whole_share(self):
        investment = self._buy()
        self._write_off(investment, 3)
        price = investment._move_share(self.workshop, self.studio, note="Leaves")
        self.assertEqual(price, 900)
        self.assert_budget(self.workshop, -300, 0)
        self.assert_budget(self.studio, 1870, 900)
        self.assert_whole()
        self._write_off(investment, 9)
        self.assert_budget(self.workshop, -300, 0)
        self.assert_budget(self.studio, 970, 0)
        self.assertEqual(investment.book_value, 0)
        self.assert_whole()
        self._close(self.workshop)
        self.assertEqual(self.workshop.state, "closed")

    def test_part_of_a_share_and_back(self):
        self._invoice(self._line(2000, {self.workshop: 100}))
        investment = self._buy(1000.01, {self.workshop: 50, self.studio: 50})
        self._write_off(investment, 5)
        investment._move_share(self.workshop, self.studio, 100.01)
        self.assert_whole()
        investment._move_share(self.studio, self.workshop)
        self.assert_whole()
        self._write_off(investment, 7)
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assertEqual(self.studio.reserved_amount, 0)
        self.assertEqual(investment.book_value, 0)
        self.assert_whole()

    def test_wizard(self):
        investment = self._buy()
        wizard = Form(
            self.env["coop.investment.transfer"].with_context(default_investment_id=investment.id)
        )
        self.assertEqual(wizard.share_amount, 1200)
        wizard.destination_id = self.studio
        wizard.note = "Moves"
        wizard.save().action_confirm()
        self.assert_budget(self.studio, 1870, 1200)
        self.assert_budget(self.workshop, 0, 0)
        self.assertIn("Moves", investment.movement_ids.mapped("note"))

    def test_refusals(self):
        investment = self._buy(2400)
        with self.assertRaisesRegex(UserError, "1,870.*available"):
            investment._move_share(self.workshop, self.studio)
        with self.assertRaisesRegex(UserError, "at most that"):
            investment._move_share(self.workshop, self.studio, 2400.01)
        with self.assertRaisesRegex(UserError, "has a share"):
            investment._move_share(self.studio, self.workshop)
        with self.assertRaisesRegex(UserError, "another Activity"):
            investment._move_share(self.workshop, self.workshop)
        self.studio.action_suspend()
        with self.assertRaisesRegex(UserError, "not open"):
            investment._move_share(self.workshop, self.studio, 10)

    def test_closing_waits_for_the_share(self):
        """Also of what is written off completely, and reserves nothing."""
        investment = self._buy()
        self._write_off(investment, 12)
        self.assertEqual(self.workshop.reserved_amount, 0)
        with self.assertRaisesRegex(UserError, "still has a share in.*Laser cutter"):
            self.workshop.action_close()
        self.assertEqual(investment._move_share(self.workshop, self.studio), 0)
        self._close(self.workshop)
        self.assertEqual(self.workshop.state, "closed")
        self.assert_whole()

    def test_bill_stays_after_a_transfer(self):
        investment = self._buy()
        investment._move_share(self.workshop, self.studio)
        with self.assertRaisesRegex(UserError, "credit note"):
            investment.bill_id.button_draft()
