from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .investment_common import InvestmentCase


@tagged("post_install", "-at_install")
class TestInvestment(InvestmentCase):
    """From the bill to the asset, and month by month to the budget."""

    def test_bill_above_the_threshold(self):
        investment = self._buy(1200)
        self.assertEqual(investment.state, "active")
        self.assertEqual(investment.purchase_value, 1200)
        self.assertEqual(investment.label, "Laser cutter")
        self.assertEqual(investment.bill_line_id.account_id, self.profile.account_asset_id)
        self.assertEqual(investment.asset_id.state, "open")
        self.assertEqual(investment.asset_id.purchase_value, 1200)
        self.assertEqual(len(investment.asset_id.depreciation_line_ids), 13)
        self.assertFalse(investment.bill_id.line_ids.analytic_line_ids)
        self.assert_budget(self.workshop, 0, 1200)
        self.assertEqual(investment.share_ids.reservation_id.kind, "investment")
        self.assertEqual(investment.share_ids.reservation_id.reference, investment.display_name)
        self.assertEqual(str(investment.share_ids.reservation_id.date_until), "2025-12-31")
        self.assert_whole()

    def test_available_does_not_move_while_it_is_written_off(self):
        self._invoice(self._line(2000, {self.workshop: 100}))
        investment = self._buy(1200)
        self.assert_budget(self.workshop, 1870, 1200)
        self._write_off(investment, 1)
        self.assert_budget(self.workshop, 1770, 1100)
        self._write_off(investment, 11)
        self.assert_budget(self.workshop, 670, 0)
        self.assertEqual((investment.written_off, investment.book_value), (1200, 0))
        self.assertEqual(investment.state, "active")
        self.assertEqual(investment.asset_id.state, "close")
        self.assertEqual(investment.share_ids.reservation_id.state, "done")
        self.assert_whole()

    def test_what_is_no_investment(self):
        below = self._bill(self._machine(999.99))
        cost = self._bill(self._machine(1500, booked_as_cost=True))
        service = self.env["product.product"].create({"name": "Advice", "type": "service"})
        advice = self._bill(self._machine(1500, product_id=service.id))
        stock = self.company_data["default_account_expense"].copy(
            {"account_type": "expense_direct_cost", "code": "600999"}
        )
        goods = self._bill(self._machine(1500, account_id=stock.id))
        nobody = self._bill(self._line(1500, name="Server of the office"))
        bills = below | cost | advice | goods | nobody
        self.assertFalse(bills.line_ids.coop_investment_id)
        self.assertFalse(bills.line_ids.asset_id)
        self.assertEqual(self.workshop.balance, -5499.99)
        self.assertEqual(self.workshop.reserved_amount, 0)

    def test_profile_on_the_line_makes_one_below_the_threshold(self):
        investment = self._bill(
            self._machine(
                100,
                asset_profile_id=self.profile.id,
                account_id=self.profile.account_asset_id.id,
            )
        ).line_ids.coop_investment_id
        self.assertEqual(investment.book_value, 100)
        self.assert_whole()

    def test_asset_of_no_activity_is_no_investment(self):
        bill = self._bill(
            self._line(
                5000,
                name="Server",
                tax_ids=[],
                account_id=self.profile.account_asset_id.id,
            ),
            post=False,
        )
        bill._post()
        self.assertEqual(bill.line_ids.asset_id.purchase_value, 5000)
        self.assertFalse(bill.line_ids.coop_investment_id)
        bill.button_draft()
        self.assertFalse(bill.line_ids.asset_id)

    def test_several_activities_share_cents(self):
        third = self.workshop.create({"name": "Third", "membership_id": self.member.id})
        third.action_open()
        shared = {self.workshop: 33.33, self.studio: 33.33, third: 33.34}
        investment = self._buy(1000.01, shared)
        amounts = investment.share_ids.mapped("share_amount")
        self.assertEqual(sorted(amounts), [333.30, 333.30, 333.41])
        self.assert_whole()
        total = 0
        for _month in range(12):
            line = self._write_off(investment, 1)
            booked = line.move_id.line_ids.filtered("analytic_distribution")
            self.assertEqual(round(sum(booked.mapped("balance")), 2), line.amount)
            self.assertEqual(len(booked), 3)
            total += line.amount
            self.assert_whole()
        self.assertEqual(round(total, 2), 1000.01)
        for share in investment.share_ids:
            self.assertEqual(share.written_off, share.share_amount)
            self.assertEqual(share.activity_id.balance, -share.share_amount)

    def test_part_for_an_activity_is_refused(self):
        bill = self._bill(self._machine(2000, {self.workshop: 60}), post=False)
        with self.assertRaisesRegex(ValidationError, "Laser cutter.*60"):
            bill.action_post()

    def test_without_a_profile_posting_says_where_to_set_it(self):
        self.company.investment_profile_id = False
        bill = self._bill(self._machine(2000), post=False)
        self.env.user.group_ids += self.env.ref("base.group_system")
        with self.assertRaisesRegex(RedirectWarning, "asset profile for investments"):
            bill._post()

    def test_books_are_not_blocked_without_budget(self):
        investment = self._buy(1200)
        self.assertEqual(self.workshop.available, -1200)
        self.assertIn("holds", self.workshop.message_ids[:1].body)
        self.workshop.action_suspend()
        self._write_off(investment, 1)
        self.assert_budget(self.workshop, -100, 1100)
        self._buy(2400)
        self.assert_budget(self.workshop, -100, 3500)
        self.assert_whole()

    def test_nothing_is_bought_for_what_is_closed(self):
        """It would bear the months to come, and hold money that it does not have."""
        bill = self._bill(self._machine(2000, {self.workshop: 50, self.studio: 50}), post=False)
        self.studio.action_close()
        with self.assertRaisesRegex(UserError, "Studio is closed.*Choose"), self.cr.savepoint():
            bill.action_post()
        self.assertEqual(bill.state, "draft")
        self.studio.action_open()
        bill.action_post()
        self.assert_budget(self.studio, 0, 1000)
        self.assert_whole()

    def test_taxes_that_cannot_be_deducted_are_part_of_the_cost(self):
        half = self.purchase_tax.copy(
            {
                "name": "21 %, half of it deductible",
                "amount": 20,
                "invoice_repartition_line_ids": [
                    Command.clear(),
                    Command.create({"repartition_type": "base"}),
                    Command.create({"repartition_type": "tax", "factor_percent": 50}),
                    Command.create(
                        {
                            "repartition_type": "tax",
                            "factor_percent": 50,
                            "account_id": self.company_data["default_account_tax_purchase"].id,
                        }
                    ),
                ],
                "refund_repartition_line_ids": [
                    Command.clear(),
                    Command.create({"repartition_type": "base"}),
                    Command.create({"repartition_type": "tax", "factor_percent": 50}),
                    Command.create(
                        {
                            "repartition_type": "tax",
                            "factor_percent": 50,
                            "account_id": self.company_data["default_account_tax_purchase"].id,
                        }
                    ),
                ],
            }
        )
        investment = self._bill(
            self._line(2000, {self.workshop: 100}, name="Van", tax_ids=[Command.set(half.ids)])
        ).line_ids.coop_investment_id
        self.assertEqual(investment.purchase_value, 2200)
        self.assert_budget(self.workshop, 0, 2200)
        self.assert_whole()
        refund = investment.bill_id._reverse_moves([{"invoice_date": "2025-01-02"}])
        refund.action_post()
        self.assertEqual(investment.state, "closed")
        self.assert_budget(self.workshop, 0, 0)
        self.assert_whole()


@tagged("post_install", "-at_install")
class TestInvestmentPaths(InvestmentCase):
    """However a bill is posted, reset or copied, it has its asset, once."""

    def _assert_one(self, bill):
        investment = bill.line_ids.coop_investment_id
        self.assertEqual(len(investment), 1)
        self.assertEqual(investment.state, "active")
        self.assertEqual(bill.line_ids.asset_id, investment.asset_id)
        self.assertEqual(self.env["account.asset"].search_count([("code", "=", bill.name)]), 1)
        self.assert_whole()
        return investment

    def test_every_way_to_post(self):
        posts = {
            "button": lambda bill: bill.action_post(),
            "code": lambda bill: bill._post(),
            "hard": lambda bill: bill._post(soft=False),
            "wizard": lambda bill: (
                self.env["validate.account.move"]
                .with_context(active_model="account.move", active_ids=bill.ids)
                .create({})
                .validate_move()
            ),
        }
        for name, post in posts.items():
            with self.subTest(name):
                bill = self._bill(self._machine(), post=False)
                post(bill)
                self._assert_one(bill)

    def test_receipt(self):
        self._assert_one(self._bill(self._machine(), move_type="in_receipt"))

    def test_posted_in_the_future(self):
        with freeze_time("2025-01-01"):
            bill = self._bill(
                self._machine(), post=False, invoice_date="2025-01-20", date="2025-01-20"
            )
            bill._post(soft=True)
            self.assertEqual(bill.state, "draft")
            self.assertFalse(bill.line_ids.coop_investment_id)
            self.assertEqual(self.workshop.reserved_amount, 0)
        with freeze_time("2025-01-20"), self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        with freeze_time("2025-01-20"):
            self.env.invalidate_all()
            self.assertEqual(bill.state, "posted")
            self._assert_one(bill)

    def test_copy_is_another_one(self):
        first = self._bill(self._machine())
        copy = first.copy({"invoice_date": "2025-01-02"})
        self.assertFalse(copy.line_ids.coop_investment_id)
        copy.action_post()
        self._assert_one(copy)
        self.assertNotEqual(first.line_ids.coop_investment_id, copy.line_ids.coop_investment_id)
        self.assert_budget(self.workshop, 0, 2400)

    def test_copy_at_a_lower_price_is_a_cost_when_the_account_says_so(self):
        bill = self._bill(self._machine())
        copy = bill.copy({"invoice_date": "2025-01-02"})
        copy.invoice_line_ids.write(
            {"account_id": self.expense_account.id, "asset_profile_id": False, "price_unit": 100}
        )
        copy.action_post()
        self.assertFalse(copy.line_ids.coop_investment_id)
        self.assertEqual(self.workshop.balance, -100)

    def test_reset_and_post_again(self):
        bill = self._bill(self._machine())
        first = bill.line_ids.coop_investment_id
        bill.button_draft()
        self.assertEqual((first.state, first.purchase_value), ("cancelled", 0))
        self.assertFalse(bill.line_ids.asset_id)
        self.assert_budget(self.workshop, 0, 0)
        self.assert_whole()
        bill.invoice_line_ids.price_unit = 2400
        bill.action_post()
        second = self._assert_one(bill)
        self.assertNotEqual(first, second)
        self.assert_budget(self.workshop, 0, 2400)

    def test_made_in_the_house(self):
        """An entry that puts work on the account of assets is a purchase, too."""
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2025-01-01",
                "line_ids": [
                    Command.create(
                        {
                            "name": "Stage",
                            "account_id": self.profile.account_asset_id.id,
                            "balance": 600,
                            "analytic_distribution": {
                                str(self.workshop.analytic_account_id.id): 100
                            },
                        }
                    ),
                    Command.create(
                        {"name": "Work", "account_id": self.expense_account.id, "balance": -600}
                    ),
                ],
            }
        )
        entry.action_post()
        self._assert_one(entry)
        self.assert_budget(self.workshop, 0, 600)
        entry.button_draft()
        self.assertFalse(entry.line_ids.asset_id)
        self.assert_budget(self.workshop, 0, 0)
        entry.action_post()
        investment = self._assert_one(entry)
        entry._reverse_moves([{"date": "2025-01-02"}], cancel=True)
        self.assertEqual((investment.state, investment.book_value), ("closed", 0))
        self.assert_budget(self.workshop, 0, 0)
        self.assert_whole()

    def test_imported_from_a_file(self):
        account = self.profile.account_asset_id
        rows = [
            [
                "in_invoice",
                self.supplier.name,
                "2025-01-05",
                "Loom",
                "1500",
                str(self.expense_account.id),
                f'{{"{self.workshop.analytic_account_id.id}": 100}}',
            ]
        ]
        names = [
            "move_type",
            "partner_id",
            "invoice_date",
            "invoice_line_ids/name",
            "invoice_line_ids/price_unit",
            "invoice_line_ids/account_id/.id",
            "invoice_line_ids/analytic_distribution",
        ]
        result = self.env["account.move"].load(names, rows)
        self.assertFalse(result["messages"])
        bill = self.env["account.move"].browse(result["ids"])
        bill._post()
        investment = self._assert_one(bill)
        self.assertEqual(investment.bill_line_id.account_id, account)
        self.assertEqual(investment.purchase_value, 1500)

    def test_reset_after_depreciation_is_refused(self):
        investment = self._buy()
        lines = self._write_off(investment, 1)
        with self.assertRaisesRegex(UserError, r"Laser cutter.*booked \(1\).*credit note"):
            investment.bill_id.button_draft()
        lines.unlink_move()
        self.assert_budget(self.workshop, 0, 1200)
        self.assert_whole()
        investment.bill_id.button_draft()
        self.assert_budget(self.workshop, 0, 0)

    def test_depreciation_is_taken_back_in_the_board_only(self):
        investment = self._buy()
        line = self._write_off(investment, 1)
        entry = line.move_id
        with self.assertRaisesRegex(UserError, investment.name):
            entry.button_draft()
        with self.assertRaisesRegex(UserError, investment.name):
            entry._reverse_moves()
        self.profile.allow_reversal = True
        action = line.unlink_move()
        wizard = self.env["wiz.asset.move.reverse"].with_context(**action["context"])
        wizard.create({"journal_id": self.profile.journal_id.id}).reverse_move()
        self.assertEqual(investment.written_off, 0)
        self.assert_budget(self.workshop, 0, 1200)
        self.assert_whole()

    def test_asset_is_not_changed_by_hand(self):
        asset = self._buy().asset_id
        with self.assertRaisesRegex(UserError, "bill"):
            asset.purchase_value = 5
        with self.assertRaisesRegex(UserError, "bill"):
            asset.set_to_draft()
        with self.assertRaisesRegex(UserError, "bill"):
            asset.unlink()
        line = asset.depreciation_line_ids.filtered(lambda line: line.type == "depreciate")[:1]
        with self.assertRaisesRegex(UserError, "without one"):
            line.init_entry = True


@tagged("post_install", "-at_install")
class TestInvestmentDatabase(InvestmentCase):
    """What the database itself refuses, and what the nightly proof finds."""

    def test_shares_are_the_whole(self):
        investment = self._buy()
        self.env.flush_all()
        with (
            self.assertRaisesRegex(IntegrityError, "shares of investment"),
            mute_logger("odoo.sql_db"),
        ):
            self.env.cr.execute(
                "UPDATE coop_investment_share SET share_amount = 1199 WHERE investment_id = %s",
                [investment.id],
            )
            self.env.cr.execute("SET CONSTRAINTS coop_investment_whole IMMEDIATE")

    def test_no_more_is_written_off_than_it_cost(self):
        investment = self._buy()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE coop_investment_share SET written_off = 1200.01 WHERE investment_id = %s",
                [investment.id],
            )

    def test_proof_finds_what_is_broken(self):
        investment = self._buy()
        self._write_off(investment, 1)
        breaks = {
            "investment_share": "UPDATE coop_investment_share SET share_amount = share_amount + 1",
            "investment_movement": "UPDATE coop_investment_movement SET written_off = 1 "
            "WHERE kind = 'depreciation'",
            "investment_reservation": "UPDATE coop_investment_share SET reservation_id = NULL",
            "investment_asset": "UPDATE account_asset_line SET amount = 99 "
            "WHERE type = 'depreciate' AND move_id IS NOT NULL",
            "investment_budget": "UPDATE account_analytic_line SET amount = -99 "
            "WHERE move_line_id IN (SELECT id FROM account_move_line WHERE asset_id IS NOT NULL)",
            "investment_bill": "UPDATE coop_investment_movement SET cost = 1 "
            "WHERE kind = 'purchase'",
        }
        for check, statement in breaks.items():
            with self.subTest(check):
                self.assertIn(check, self._found_after(statement))
        self.assert_whole()
