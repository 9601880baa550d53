from decimal import Decimal
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, freeze_time, tagged, warmup

from ..lib.write_off import keep_within, split_credit, split_write_off, spread, stop_at
from .investment_common import InvestmentCase

CENT = Decimal("0.01")


def cents(number):
    return Decimal(number) * CENT


@tagged("post_install", "-at_install")
class TestWriteOff(BaseCase):
    """The arithmetic, whatever the shares and the steps."""

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_each_bears_its_cost_and_no_cent_drifts(self, data):
        costs = data.draw(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=7))
        cuts = data.draw(st.lists(st.integers(0, sum(costs)), max_size=60))
        steps = [0, *sorted(cuts), sum(costs)]
        borne = [Decimal(0)] * len(costs)
        for before, after in pairwise(steps):
            parts = split_write_off(cents(after - before), map(cents, costs), borne, CENT)
            self.assertEqual(sum(parts), cents(after - before))
            self.assertGreaterEqual(min(parts), 0)
            borne = [one + part for one, part in zip(borne, parts, strict=True)]
            for one, cost in zip(borne, costs, strict=True):
                self.assertLess(abs(one - cents(after) * cost / sum(costs)), 2 * CENT)
        self.assertEqual(borne, [cents(cost) for cost in costs])

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_credit_leaves_possible_shares(self, data):
        costs = data.draw(st.lists(st.integers(1, 100_000), min_size=1, max_size=7))
        borne = [data.draw(st.integers(0, cost)) for cost in costs]
        amount = data.draw(st.integers(0, sum(costs)))
        split = split_credit(cents(amount), map(cents, costs), map(cents, borne), CENT)
        self.assertEqual(sum(cost for cost, _back in split), cents(amount))
        total = sum(back for _cost, back in split)
        self.assertEqual(total, cents(max(0, amount - (sum(costs) - sum(borne)))))
        for (less, back), cost, bore in zip(split, costs, borne, strict=True):
            self.assertLessEqual(0, cents(bore) - back)
            self.assertLessEqual(cents(bore) - back, cents(cost) - less)

    @given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=60))
    def test_spread_is_exact(self, total, planned):
        self.assertEqual(sum(spread(cents(total), map(cents, planned), CENT)), cents(total))

    @given(st.integers(1, 10**4), st.integers(1, 120))
    def test_months_that_are_each_rounded_keep_within_the_cost(self, cost, number):
        month = round(cost / number)
        planned = [*[month] * (number - 1), cost - month * (number - 1)]
        steps = keep_within(cents(cost), [cents(step) for step in planned], CENT)
        self.assertEqual(sum(steps), cents(cost))
        self.assertGreaterEqual(min(steps), 0)
        if planned[-1] >= 0:
            self.assertEqual(steps, [cents(step) for step in planned])
        else:
            # Each month bears the same, but for a cent.
            self.assertLessEqual(max(steps) - min(steps), CENT)

    @given(st.integers(0, 10**5), st.lists(st.integers(-(10**4), 10**4), min_size=1, max_size=60))
    def test_no_plan_gets_beyond_the_total(self, total, planned):
        for fit in (keep_within, stop_at):
            steps = fit(cents(total), [cents(step) for step in planned], CENT)
            self.assertEqual(len(steps), len(planned))
            self.assertEqual(sum(steps), cents(total))
            self.assertLessEqual(max(accumulate(steps)), cents(total))

    def test_impossible(self):
        for amount in ("100.01", "-0.01"):
            with self.assertRaises(ValueError):
                split_write_off(amount, ["100"], ["0"], CENT)
        with self.assertRaises(ValueError):
            split_credit("100.01", ["100"], ["40"], CENT)


@tagged("post_install", "-at_install")
class TestInvestmentDepreciation(InvestmentCase):
    """What is due reaches the budgets by the nightly job, in batches."""

    def _trigger(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref(
                "smart_activity_billing.ir_cron_investment_depreciation"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_nightly_job_catches_up_once(self):
        investment = self._buy()
        self._trigger("2025-03-31")
        self.assertEqual(investment.book_value, 900)
        self._trigger("2025-03-31")
        self.assert_budget(self.workshop, -300, 900)
        entries = investment.movement_ids.filtered(lambda one: one.kind == "depreciation").move_id
        self.assertEqual(
            sorted(str(date) for date in entries.mapped("date")),
            ["2025-01-31", "2025-02-28", "2025-03-31"],
        )
        self.assertEqual(set(entries.mapped("state")), {"posted"})
        self.assert_whole()

    def test_what_cannot_be_booked_does_not_stop_the_others(self):
        other = self._create_other_profile()
        sound = self._buy(2400)
        broken = self._bill(
            self._machine(asset_profile_id=other.id, account_id=other.account_asset_id.id)
        ).line_ids.coop_investment_id
        other.account_expense_depreciation_id.active = False
        self._trigger("2025-02-28")
        self.assertEqual((sound.book_value, broken.book_value), (2000, 1200))
        self.assertIn("not booked", broken.activity_ids[:1].summary or "no activity: no manager")
        self.assert_whole()

    def _create_other_profile(self):
        account = self.profile.account_expense_depreciation_id.copy({"code": "630911"})
        return self.profile.copy({"name": "Other", "account_expense_depreciation_id": account.id})

    def test_wizard_of_the_asset_addon(self):
        investment = self._buy(1000, {self.workshop: 50, self.studio: 50})
        self.env["account.asset.compute"].create({"date_end": "2025-04-30"}).asset_compute()
        self.assertEqual(investment.written_off, sum(investment.share_ids.mapped("written_off")))
        self.assertEqual(len(investment.movement_ids), 2 + 2 * 4)
        self.assert_whole()

    def test_locked_period_gets_a_later_day(self):
        investment = self._buy()
        self.company.fiscalyear_lock_date = "2025-02-28"
        lines = self._write_off(investment, 2)
        self.assertGreater(min(lines.move_id.mapped("date")), self.company.fiscalyear_lock_date)
        self.assert_budget(self.workshop, -200, 1000)
        self.assert_whole()

    def test_board_made_anew_in_a_locked_period_skips_nothing(self):
        investment = self._buy()
        self.company.fiscalyear_lock_date = "2025-06-30"
        investment.asset_id.compute_depreciation_board()
        self.assertFalse(
            investment.asset_id.depreciation_line_ids.filtered(
                lambda line: line.type == "depreciate" and line.init_entry
            )
        )
        self._write_off(investment, 12)
        self.assert_budget(self.workshop, -1200, 0)
        self.assert_whole()

    def test_board_that_catches_up_gives_back(self):
        """The OCA addon settles a shorter past in the next month, which can be negative."""
        investment = self._buy(1200, {self.workshop: 50, self.studio: 50})
        self._write_off(investment, 6)
        refund = investment.bill_id._reverse_moves([{"invoice_date": "2025-06-30"}])
        refund.invoice_line_ids.price_unit = 300
        refund.action_post()
        investment.asset_id.compute_depreciation_board()
        line = self._write_off(investment, 1)
        self.assertEqual(line.amount, -75)
        self.assert_whole()
        self._write_off(investment, 5)
        self.assertEqual(investment.book_value, 0)
        self.assert_budget(self.workshop, -450, 0)
        self.assert_whole()

    def test_salvage_value_stays_reserved(self):
        self.profile.write({"salvage_value": 200, "salvage_type": "fixed"})
        investment = self._buy()
        self._write_off(investment, 12)
        self.assertEqual(investment.asset_id.state, "close")
        self.assertEqual((investment.written_off, investment.book_value), (1000, 200))
        self.assert_budget(self.workshop, -1000, 200)
        self.assert_whole()

    def test_any_cost_is_written_off_in_any_number_of_months(self):
        """Rounded up each month, twelve times 0.04 would be more than 0.43."""
        press = self.env["coop.activity"].create(
            {"name": "Press", "membership_id": self.member.id, "state": "open"}
        )
        three = {self.workshop: 50, self.studio: 25, press: 25}
        for method_time, number, months in (
            ("number", 7, 7),
            ("number", 12, 12),
            ("number", 36, 36),
            ("year", 3, 36),
        ):
            self.profile.write({"method_time": method_time, "method_number": number})
            for cost in (0.01, 0.05, 0.43, 0.55, 1.29, 100.00):
                with self.subTest(method_time=method_time, number=number, cost=cost):
                    self._check_written_off_in(cost, months, three)

    def _check_written_off_in(self, cost, months, activities):
        before = {activity: activity.balance for activity in activities}
        investment = self._buy_small(cost, activities)
        planned = investment.asset_id.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate"
        ).sorted("line_date")
        amounts = [Decimal(str(line.amount)) for line in planned]
        self.assertEqual(sum(amounts), Decimal(str(cost)))
        self.assertGreater(min(amounts), 0)
        self.assertLessEqual(len(amounts), months)
        self.assertEqual(planned[-1].remaining_value, 0)
        # A month, and then all at once that a nightly job finds.
        planned[0].create_move()
        planned[1:].create_move()
        self.assertEqual((investment.written_off, investment.book_value), (cost, 0))
        self.assertEqual(investment.asset_id.state, "close")
        self.assertEqual(
            {activity: round(before[activity] - activity.balance, 2) for activity in activities},
            {share.activity_id: share.share_amount for share in investment.share_ids},
        )
        self.assert_whole()

    def _buy_small(self, cost, activities=None):
        """Buy on the account of the asset what is below the threshold."""
        line = {
            "asset_profile_id": self.profile.id,
            "account_id": self.profile.account_asset_id.id,
        }
        bill = self._bill(self._machine(cost, activities, **line))
        return bill.line_ids.coop_investment_id

    def test_small_rest_of_a_credit_note(self):
        """No entry of nothing is booked for the months that have no cent left."""
        investment = self._buy()
        self._write_off(investment, 3)
        refund = investment.bill_id._reverse_moves([{"invoice_date": "2025-03-31"}])
        refund.invoice_line_ids.price_unit = 899.96
        refund.action_post()
        lines = self._write_off(investment, 12)
        self.assertEqual(lines.mapped("amount"), [0.01] * 4)
        self.assertEqual(investment.asset_id.state, "close")
        self.assert_budget(self.workshop, -300.04, 0)
        self.assert_whole()

    def test_a_board_that_somebody_planned_too_high(self):
        """Who books it reads what to do, and the nightly job goes on with the others."""
        self.profile.open_asset = False
        investment = self._buy()
        lines = investment.asset_id.depreciation_line_ids
        investment.asset_id.compute_depreciation_board()
        lines = (investment.asset_id.depreciation_line_ids - lines).sorted("line_date")
        lines[1].amount = 1150
        investment.asset_id.validate()
        with self.assertRaisesRegex(UserError, "Laser cutter” is .*1,150.00.*anew"):
            lines[:2].create_move()
        sound = self._buy_opened()
        self._trigger("2025-02-28")
        self.assertEqual((investment.book_value, sound.book_value), (1100, 1000))
        investment.asset_id.compute_depreciation_board()
        self._trigger("2025-02-28")
        self.assertEqual(investment.book_value, 1000)
        self.assert_whole()

    def _buy_opened(self):
        self.profile.open_asset = True
        return self._buy()

    def test_limit_is_where_it_stops(self):
        """Linear to a limit: 100 each month, until 200 is left."""
        self.profile.write(
            {"salvage_value": 200, "salvage_type": "fixed", "method": "linear-limit"}
        )
        investment = self._buy()
        lines = self._write_off(investment, 12)
        self.assertEqual(lines.mapped("amount"), [100] * 10)
        self.assert_budget(self.workshop, -1000, 200)
        self.assert_whole()

    @warmup
    def test_queries_of_many_depreciations(self):
        """A month of 40 investments, each shared by two Activities: 80 lines on budgets."""
        assets = self._buy_many(40, {self.workshop: 50, self.studio: 50})
        first = self._count_queries(assets[:10], "2025-01-31")
        second = self._count_queries(assets, "2025-02-28")
        # What each more of them needs: the number of its entry, its analytic lines, its chatter.
        per_entry = (second - first) / 30
        self.assertLess(per_entry, 7, (first, second))
        self.assert_whole()
        # No more than the OCA addon needs for an asset that is on no budget at all.
        assets = self._buy_many(12, {})
        first = self._count_queries(assets[:2], "2025-01-31")
        second = self._count_queries(assets, "2025-02-28")
        self.assertLess(per_entry, (second - first) / 10)

    def _buy_many(self, number, activities):
        """Return the assets of so many bills, posted at once."""
        values = {
            "asset_profile_id": self.profile.id,
            "account_id": self.profile.account_asset_id.id,
        }
        bills = self.env["account.move"].create(
            [
                {
                    "move_type": "in_invoice",
                    "partner_id": self.supplier.id,
                    "invoice_date": "2025-01-01",
                    "date": "2025-01-01",
                    "invoice_line_ids": [
                        self._line(1000 + price, activities, name="Tool", tax_ids=[], **values)
                    ],
                }
                for price in range(number)
            ]
        )
        bills._post()
        return bills.line_ids.asset_id

    def _count_queries(self, assets, day):
        """Book one month of these, and return the number of queries."""
        lines = assets._get_due_lines(day)
        lines = lines.filtered(lambda line: str(line.line_date) == day)
        self.assertEqual(len(lines), len(assets))
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        lines.create_move()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
