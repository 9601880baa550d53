"""Investments that several people pledge for, book or leave at the same moment."""

from datetime import timedelta

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError


class JointRaceCase(RaceCase):
    """Activities with EUR 100 each, and what they propose to one another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id

    def _make_proposal(self, activity_id, target, **values):
        with self.connection() as env:
            investment = env["coop.investment"].create(
                {
                    "company_id": self.company_id,
                    "is_joint": True,
                    "label": "Kiln",
                    "proposing_activity_id": activity_id,
                    "target": target,
                    "deadline": fields.Datetime.now() + timedelta(days=1),
                    **values,
                }
            )
            investment._publish(env.user.partner_id)
            return investment.id

    def _pledge(self, investment_id, activity_id, amount):
        def call(env):
            investment = env["coop.investment"].browse(investment_id)
            activity = env["coop.activity"].browse(activity_id)
            return investment._pledge(activity, amount, env.user.partner_id).amount

        return call

    def _assert_books(self, investment_id, state, pledged, held):
        """The investment stands there, so much is held of all Activities, and all is proven."""
        with self.connection() as env:
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual((investment.state, investment.pledged_amount), (state, pledged))
            activities = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(round(sum(activities.mapped("reserved_amount")), 2), held)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
            if state != "lapsed":
                investment._cancel_proposal("The race is over")


class TestJointRaces(JointRaceCase):
    """The target is never exceeded, and a deadline is one."""

    def test_two_pledges_for_the_last_euro(self):
        first_id, second_id, third_id = self._make_funded_activities(3)
        investment_id = self._make_proposal(first_id, 100)
        with self.connection() as env:
            self._pledge(investment_id, first_id, 99)(env)
        outcomes = self.at_once(
            [self._pledge(investment_id, second_id, 1), self._pledge(investment_id, third_id, 1)]
        )
        self.assertEqual([outcome for outcome in outcomes if outcome == 1.0], [1.0], outcomes)
        [refusal] = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertIn("Funded", str(refusal))
        self._assert_books(investment_id, "funded", 100, 100)

    def test_twenty_pledges_of_ten_for_a_hundred(self):
        activity_ids = self._make_funded_activities(20)
        investment_id = self._make_proposal(activity_ids[0], 95)
        outcomes = self.at_once(
            [self._pledge(investment_id, activity_id, 10) for activity_id in activity_ids]
        )
        taken = [outcome for outcome in outcomes if isinstance(outcome, float)]
        self.assertEqual(sorted(taken), [5.0, *[10.0] * 9], outcomes)
        self._assert_books(investment_id, "funded", 95, 95)

    def test_one_activity_pledges_for_two_investments(self):
        """EUR 80 and EUR 80 out of EUR 100: one of them."""
        [activity_id] = self._make_funded_activities(1)
        first_id, second_id = (self._make_proposal(activity_id, 500) for _number in range(2))
        outcomes = self.at_once(
            [self._pledge(first_id, activity_id, 80), self._pledge(second_id, activity_id, 80)]
        )
        [refusal] = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertRegex(str(refusal), r"20\.00.* available, .*80\.00.* is asked")
        won = first_id if outcomes[0] == 80 else second_id
        self._assert_books(won, "pledging", 80, 80)

    def test_pledge_against_the_deadline(self):
        """Funded by the last pledge, or lapsed with nothing held: never both, never neither."""
        first_id, second_id = self._make_funded_activities(2)
        for _round in range(3):
            investment_id = self._make_proposal(first_id, 100)
            with self.connection() as env:
                self._pledge(investment_id, first_id, 60)(env)
                investment = env["coop.investment"].browse(investment_id)
                soon = fields.Datetime.now() + timedelta(seconds=1)
                investment._write_decision({"deadline": soon})

            def settle(env, investment_id=investment_id):
                investment = env["coop.investment"].browse(investment_id)
                # The clock of the deadline and that of who pledges may differ by a second.
                investment._take_turn()
                if investment.state == "pledging":
                    investment._release_pledges("lapsed")
                return investment.state

            outcomes = self.at_once([self._pledge(investment_id, second_id, 40), settle])
            if outcomes[0] == 40:
                self.assertEqual(outcomes[1], "funded")
                self._assert_books(investment_id, "funded", 100, 100)
            else:
                self.assertIsInstance(outcomes[0], UserError)
                self.assertEqual(outcomes[1], "lapsed")
                self._assert_books(investment_id, "lapsed", 0, 0)

    def test_withdrawn_given_up_and_pledged_at_once(self):
        first_id, second_id = self._make_funded_activities(2)
        investment_id = self._make_proposal(first_id, 150)
        with self.connection() as env:
            self._pledge(investment_id, first_id, 60)(env)

        def withdraw(env):
            investment = env["coop.investment"].browse(investment_id)
            investment._withdraw_pledge(env["coop.activity"].browse(first_id))
            return "withdrawn"

        def give_up(env):
            env["coop.investment"].browse(investment_id)._cancel_proposal("Enough")
            return "given up"

        self.at_once([withdraw, self._pledge(investment_id, second_id, 40), give_up])
        with self.connection() as env:
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual((investment.state, investment.pledged_amount), ("cancelled", 0))
            activities = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(sum(activities.mapped("reserved_amount")), 0)


class TestJointUseRaces(JointRaceCase):
    """What is bought is used by one at a time, and each share leaves once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            Account = env["account.account"].with_company(company)
            asset, depreciation, expense, payable = Account.create(
                [
                    {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                    for name, code, kind in (
                        ("Machines", "230900", "asset_fixed"),
                        ("Machines: written off", "230909", "asset_fixed"),
                        ("Writing off", "630290", "expense_depreciation"),
                        ("Suppliers", "440000", "liability_payable"),
                    )
                ]
            )
            bills, various = env["account.journal"].create(
                [
                    {"name": "Bills", "code": "BILR", "type": "purchase", "company_id": company.id},
                    {"name": "Various", "code": "VAR", "type": "general", "company_id": company.id},
                ]
            )
            bills.default_account_id = expense
            company.investment_profile_id = env["account.asset.profile"].create(
                {
                    "name": "Machines",
                    "company_id": company.id,
                    "account_asset_id": asset.id,
                    "account_depreciation_id": depreciation.id,
                    "account_expense_depreciation_id": expense.id,
                    "journal_id": various.id,
                    "method_time": "number",
                    "method_number": 10,
                    "method_period": "month",
                    "open_asset": True,
                }
            )
            supplier = (
                env["res.partner"]
                .with_company(company)
                .create({"name": "Supplier of a Race", "property_account_payable_id": payable.id})
            )
            cls.partner_ids += supplier.ids
            cls.supplier_id = supplier.id

    @classmethod
    def _clean_up(cls):
        """Delete the assets too: they, their bills and the investments name one another."""
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            profile = company.investment_profile_id
            company.investment_profile_id = False
            supplier = env["res.partner"].with_company(company).browse(cls.supplier_id)
            supplier.property_account_payable_id = False
            env.flush_all()
            own = "WHERE company_id = %s"
            for statement in (
                "UPDATE coop_investment SET asset_id = NULL, bill_line_id = NULL, bill_id = NULL, "
                f"state = 'draft' {own}",
                "UPDATE account_move_line SET asset_id = NULL, asset_profile_id = NULL, "
                f"coop_investment_id = NULL {own}",
                "DELETE FROM account_asset_line WHERE asset_id IN "
                f"(SELECT id FROM account_asset {own})",
                f"DELETE FROM account_asset {own}",
            ):
                env.cr.execute(statement, [company.id])
            env.invalidate_all()
            profile.account_asset_id.asset_profile_id = False
            profile.unlink()
        super()._clean_up()

    def _make_bought(self, activity_ids, price):
        """Return the id of an investment that these Activities share equally."""
        investment_id = self._make_proposal(activity_ids[0], price)
        with self.connection() as env:
            for activity_id in activity_ids:
                self._pledge(investment_id, activity_id, price / len(activity_ids))(env)
            investment = env["coop.investment"].browse(investment_id)
            bill = env["account.move"].browse(investment.action_buy()["res_id"])
            bill.partner_id = self.supplier_id
            bill.invoice_line_ids.tax_ids = False
            bill.action_post()
            self.assertEqual(investment.state, "active")
        return investment_id

    def _ask_buyout(self, investment_id, seller_id, buyer_ids):
        """Return the ids of a buy-out and of its lines, asked for by who manages no Activity."""
        with self.connection() as env:
            buyout = env["coop.investment.buyout"].create(
                {
                    "company_id": self.company_id,
                    "investment_id": investment_id,
                    "seller_id": seller_id,
                    "line_ids": [
                        fields.Command.create({"activity_id": buyer_id}) for buyer_id in buyer_ids
                    ],
                }
            )
            buyout._submit(env["res.partner"].browse(self.supplier_id))
            return buyout.id, buyout.line_ids.ids

    def _assert_whole(self, investment_id, shares):
        with self.connection() as env:
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual(
                {
                    share.activity_id.id: share.share_amount
                    for share in investment.share_ids
                    if share.share_amount
                },
                shares,
            )
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def test_ten_bookings_of_one_slot(self):
        activity_ids = self._make_funded_activities(2)
        investment_id = self._make_bought(activity_ids, 100)
        start = fields.Datetime.now() + timedelta(days=3)

        def book(activity_id, minutes):
            def call(env):
                booking = env["coop.investment.booking"].create(
                    {
                        "investment_id": investment_id,
                        "activity_id": activity_id,
                        "start": start + timedelta(minutes=minutes),
                        "stop": start + timedelta(minutes=minutes + 60),
                    }
                )
                return booking.id

            return call

        outcomes = self.at_once([book(activity_ids[n % 2], 5 * n) for n in range(10)])
        booked = [outcome for outcome in outcomes if isinstance(outcome, int)]
        self.assertEqual(len(booked), 1, outcomes)
        for refusal in outcomes:
            if not isinstance(refusal, int):
                self.assertRegex(str(refusal), "Kiln is taken by Pottery")

    def test_accepted_refused_and_withdrawn_at_once(self):
        activity_ids = self._make_funded_activities(3)
        investment_id = self._make_bought(activity_ids, 90)
        seller_id, *buyer_ids = activity_ids
        buyout_id, line_ids = self._ask_buyout(investment_id, seller_id, buyer_ids)

        def step(model, record_id, name, *args):
            def call(env):
                getattr(env[model].browse(record_id), name)(*args)
                return name

            return call

        line = "coop.investment.buyout.line"
        outcomes = self.at_once(
            [
                *(step(line, line_id, "action_accept") for line_id in line_ids * 2),
                step(line, line_ids[0], "action_refuse", "No"),
                step("coop.investment.buyout", buyout_id, "action_withdraw"),
            ]
        )
        with self.connection() as env:
            buyout = env["coop.investment.buyout"].browse(buyout_id)
            state = buyout.state
            held = buyout.line_ids.reservation_id.filtered(lambda one: one.state == "active")
            self.assertFalse(held)
        self.assertIn(state, ("done", "refused", "cancelled"), outcomes)
        moved = {buyer_ids[0]: 45.0, buyer_ids[1]: 45.0}
        stayed = dict.fromkeys(activity_ids, 30.0)
        self._assert_whole(investment_id, moved if state == "done" else stayed)

    def test_left_while_it_depreciates(self):
        """A month is written off and the share leaves at the same moment: neither is lost."""
        activity_ids = self._make_funded_activities(2)
        investment_id = self._make_bought(activity_ids, 100)
        _buyout_id, [line_id] = self._ask_buyout(investment_id, activity_ids[0], activity_ids[1:])

        def accept(env):
            env["coop.investment.buyout.line"].browse(line_id).action_accept()
            return "left"

        def depreciate(env):
            asset = env["coop.investment"].browse(investment_id).asset_id
            lines = asset.depreciation_line_ids.filtered(
                lambda one: one.type == "depreciate" and not one.move_check
            )
            lines.sorted("line_date")[:1].create_move()
            return "written off"

        self.assertEqual(self.at_once([accept, depreciate]), ["left", "written off"])
        self._assert_whole(investment_id, {activity_ids[1]: 100.0})
