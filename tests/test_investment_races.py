"""What changes the value of an investment at the same moment."""

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError


class TestInvestmentRaces(RaceCase):
    """One at a time changes an investment; what comes second finds what the first one left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls._make_books(env)
            cls._make_assets(env)

    @classmethod
    def _make_assets(cls, env):
        company = env["res.company"].browse(cls.company_id)
        Account = env["account.account"].with_company(company)
        accounts = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                for name, code, kind in (
                    ("Suppliers", "440000", "liability_payable"),
                    ("Machines", "230000", "asset_fixed"),
                    ("Written off", "230009", "asset_fixed"),
                    ("Depreciation", "630200", "expense_depreciation"),
                    ("Loss", "663000", "expense"),
                )
            ]
        )
        payable, machines, written_off, depreciation, loss = accounts
        journals = env["account.journal"].create(
            [
                {"name": name, "code": code, "type": kind, "company_id": company.id}
                for name, code, kind in (
                    ("Bills", "BILL", "purchase"),
                    ("Various", "VAR", "general"),
                )
            ]
        )
        supplier = env["res.partner"].create({"name": "Supplier of a Race"})
        supplier.with_company(company).property_account_payable_id = payable
        cls.partner_ids += supplier.ids
        cls.supplier_id = supplier.id
        cls.profile_id = (
            env["account.asset.profile"]
            .create(
                {
                    "name": "Machines",
                    "company_id": company.id,
                    "account_asset_id": machines.id,
                    "account_depreciation_id": written_off.id,
                    "account_expense_depreciation_id": depreciation.id,
                    "account_min_value_id": loss.id,
                    "account_plus_value_id": loss.id,
                    "journal_id": journals[1].id,
                    "method_time": "number",
                    "method_number": 12,
                    "method_period": "month",
                    "open_asset": True,
                }
            )
            .id
        )

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            company_id = cls.company_id
            env.cr.execute(
                "DELETE FROM coop_investment_movement WHERE company_id = %s", [company_id]
            )
            env.cr.execute(
                "UPDATE account_move_line SET asset_id = NULL, coop_investment_id = NULL, "
                "asset_profile_id = NULL WHERE company_id = %s",
                [company_id],
            )
            env.cr.execute("DELETE FROM coop_investment_share WHERE company_id = %s", [company_id])
            env.cr.execute("DELETE FROM coop_investment WHERE company_id = %s", [company_id])
            env.cr.execute("DELETE FROM account_asset WHERE company_id = %s", [company_id])
            env.cr.execute(
                "UPDATE account_account SET asset_profile_id = NULL WHERE asset_profile_id = %s",
                [cls.profile_id],
            )
            env.cr.execute("DELETE FROM account_asset_profile WHERE company_id = %s", [company_id])
            supplier = env["res.partner"].browse(cls.supplier_id)
            supplier.with_company(company_id).property_account_payable_id = False
        super()._clean_up()

    def _buy(self, months=3):
        """Return the ids of a new investment of 1,200 and of its Activity."""
        with self.connection() as env:
            activity = self._make_activity(env)
            profile = env["account.asset.profile"].browse(self.profile_id)
            day = fields.Date.subtract(
                fields.Date.start_of(fields.Date.today(), "month"), months=months
            )
            bill = env["account.move"].create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.supplier_id,
                    "invoice_date": day,
                    "date": day,
                    "invoice_line_ids": [
                        fields.Command.create(
                            {
                                "name": "Kiln",
                                "price_unit": 1200,
                                "tax_ids": [],
                                "account_id": profile.account_asset_id.id,
                                "asset_profile_id": profile.id,
                                "analytic_distribution": {
                                    str(activity.analytic_account_id.id): 100
                                },
                            }
                        )
                    ],
                }
            )
            bill._post()
            return bill.line_ids.coop_investment_id.id, activity.id

    def _credit(self, investment_id, amount):
        """Return what posts a new credit note, which is there as a draft already."""
        with self.connection() as env:
            bill = env["coop.investment"].browse(investment_id).bill_id
            refund = bill._reverse_moves([{"invoice_date": fields.Date.today()}])
            refund.invoice_line_ids.price_unit = amount
            refund_id = refund.id

        def call(env):
            env["account.move"].browse(refund_id)._post()
            return "credited"

        return call

    def _depreciate(self, investment_id):
        def call(env):
            env["coop.investment"].browse(investment_id).action_depreciate()
            return "depreciated"

        return call

    def _dispose(self, investment_id):
        def call(env):
            env["coop.investment"].browse(investment_id)._dispose("loss", fields.Date.today())
            return "disposed"

        return call

    def _assert_books(self, investment_id, activity_id, **expected):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            self.assertEqual([row["message"] for row in env["coop.ledger.check"]._run(company)], [])
            investment = env["coop.investment"].browse(investment_id)
            activity = env["coop.activity"].browse(activity_id)
            found = {name: investment[name] for name in expected}
            self.assertEqual(found, expected)
            self.assertEqual(activity.reserved_amount, investment.book_value)
            self.assertEqual(activity.balance, investment.proceeds - investment.written_off)

    def test_two_credit_notes_of_more_than_half(self):
        investment_id, activity_id = self._buy()
        outcomes = self.at_once([self._credit(investment_id, 700) for _number in range(2)])
        refused = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertIn("which cost", str(refused[0]))
        self._assert_books(investment_id, activity_id, purchase_value=500, state="active")

    def test_two_credit_notes_that_fit(self):
        investment_id, activity_id = self._buy()
        outcomes = self.at_once([self._credit(investment_id, 300) for _number in range(3)])
        self.assertEqual(outcomes, ["credited"] * 3)
        self._assert_books(investment_id, activity_id, purchase_value=300, book_value=300)

    def test_three_jobs_of_depreciation(self):
        investment_id, activity_id = self._buy(months=3)
        outcomes = self.at_once([self._depreciate(investment_id)] * 3)
        self.assertEqual(outcomes, ["depreciated"] * 3)
        self._assert_books(investment_id, activity_id, written_off=300)

    def test_depreciation_and_end_of_use(self):
        investment_id, activity_id = self._buy(months=3)
        outcomes = self.at_once(
            [self._depreciate(investment_id)] * 2 + [self._dispose(investment_id)] * 2
        )
        self.assertEqual(outcomes.count("disposed"), 1, outcomes)
        self._assert_books(
            investment_id, activity_id, state="closed", written_off=1200, book_value=0
        )

    def test_share_handed_over_while_it_is_written_off(self):
        """Each month is borne by the one or the other, and nobody waits in a ring."""
        investment_id, activity_id = self._buy(months=3)
        with self.connection() as env:
            rich = self._make_activity(env)
            client = env["res.partner"].search([("name", "=", "Client of a Race")], limit=1)
            self._make_invoice(env, client, rich, 5000).action_post()
            rich_id, start = rich.id, rich.available

        def hand_over(env):
            activities = env["coop.activity"].browse([activity_id, rich_id])
            return env["coop.investment"].browse(investment_id)._move_share(*activities, 600)

        outcomes = self.at_once([self._depreciate(investment_id), hand_over, hand_over])
        refused = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual(refused, [])
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
            poor, rich = env["coop.activity"].browse([activity_id, rich_id])
            investment = env["coop.investment"].browse(investment_id)
            self.assertEqual(investment.written_off, 300)
            self.assertEqual(poor.reserved_amount, 0)
            self.assertEqual(rich.reserved_amount, 900)
            self.assertAlmostEqual(poor.available + rich.available, start - 1200, 2)

    def test_credit_note_and_depreciation(self):
        investment_id, activity_id = self._buy(months=3)
        outcomes = self.at_once([self._depreciate(investment_id), self._credit(investment_id, 600)])
        self.assertEqual(sorted(outcomes), ["credited", "depreciated"])
        self._assert_books(investment_id, activity_id, purchase_value=600)
