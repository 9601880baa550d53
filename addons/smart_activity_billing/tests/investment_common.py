from odoo import Command

from .common import ActivityCase


class InvestmentCase(ActivityCase):
    """A company that writes off what costs 1,000 or more, in twelve months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.investment_threshold = 1000
        cls.profile = cls._create_profile()
        cls.company.investment_profile_id = cls.profile
        cls.supplier = cls.partner_b
        cls.purchase_tax = cls.company_data["default_tax_purchase"]
        cls.expense_account = cls.company_data["default_account_expense"]

    @classmethod
    def _create_profile(cls, **values):
        Account = cls.env["account.account"]
        company = [Command.set(cls.company.ids)]
        asset, depreciation, plus = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company}
                for name, code, kind in (
                    ("Machines", "239100", "asset_fixed"),
                    ("Machines, written off", "239109", "asset_fixed"),
                    ("Gain on assets", "763910", "income_other"),
                )
            ]
        )
        expense, minus = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company}
                for name, code, kind in (
                    ("Depreciation", "630910", "expense_depreciation"),
                    ("Loss on assets", "663910", "expense"),
                )
            ]
        )
        return cls.env["account.asset.profile"].create(
            {
                "name": "Machines",
                "account_asset_id": asset.id,
                "account_depreciation_id": depreciation.id,
                "account_expense_depreciation_id": expense.id,
                "account_plus_value_id": plus.id,
                "account_min_value_id": minus.id,
                "journal_id": cls.company_data["default_journal_misc"].id,
                "company_id": cls.company.id,
                "method_time": "number",
                "method_number": 12,
                "method_period": "month",
                "open_asset": True,
                **values,
            }
        )

    @classmethod
    def _bill(cls, *lines, post=True, **values):
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.supplier.id,
                "invoice_date": "2025-01-01",
                "date": "2025-01-01",
                "invoice_line_ids": list(lines),
                **values,
            }
        )
        if post:
            bill.action_post()
        return bill

    @classmethod
    def _buy(cls, price=1200, activities=None, **values):
        """Return the investment that a posted bill makes."""
        bill = cls._bill(cls._machine(price, activities), **values)
        return bill.line_ids.coop_investment_id

    @classmethod
    def _machine(cls, price=1200, activities=None, **values):
        return cls._line(
            price,
            activities or {cls.workshop: 100},
            name="Laser cutter",
            tax_ids=[Command.set(cls.purchase_tax.ids)],
            **values,
        )

    @classmethod
    def _write_off(cls, investment, months):
        """Book the next depreciations."""
        lines = investment.asset_id.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate" and not line.move_check
        ).sorted("line_date")[:months]
        lines.create_move()
        return lines

    def assert_budget(self, activity, balance, reserved):
        self.assertEqual(
            (activity.balance, activity.reserved_amount, activity.available),
            (balance, reserved, self.company.currency_id.round(balance - reserved)),
        )

    def assert_whole(self):
        """What is deferred to the commit holds, and the nightly proof finds nothing."""
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        self.assert_books_hold()
