from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class ShareCase(AccountTestInvoicingCommon):
    """A company in its own chart of accounts, shares of classes A (users) and C (partners)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company.country_id = cls.env.ref("base.be")
        # Members and shares are set up by the system; each test says who does what.
        cls.env = cls.env(
            su=True, context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.user_category = cls.env.ref("smart_membership.category_user")
        cls.partner_category = cls.env.ref("smart_membership.category_partner")
        cls._setup_books()
        cls.share_a = cls._share_class("A", cls.user_category, 50)
        cls.share_c = cls._share_class("C", cls.partner_category, 250)
        cls._setup_users()

    @classmethod
    def _setup_books(cls):
        Account = cls.env["account.account"].with_company(cls.company)
        cls.capital = Account.create(
            {"name": "Capital", "code": "110990", "account_type": "equity"}
        )
        cls.called = Account.create(
            {"name": "Called capital", "code": "410990", "account_type": "asset_receivable"}
        )
        cls.capital_journal = cls.env["account.journal"].create(
            {"name": "Capital", "code": "CAP", "type": "sale", "company_id": cls.company.id}
        )
        cls.bank_journal = cls.company_data["default_journal_bank"]

    @classmethod
    def _setup_users(cls):
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.services = new_test_user(
            cls.env, "share_services", "smart_membership.group_membership_user", **company
        )
        cls.portal = new_test_user(cls.env, "share_portal", "base.group_portal", **company)
        cls.other = new_test_user(cls.env, "share_other", "base.group_portal", **company)

    @classmethod
    def _share_class(cls, code, category, price):
        return cls.env["coop.share.class"].create(
            {
                "name": f"Class {code}",
                "code": code,
                "company_id": cls.company.id,
                "category_ids": category.ids,
                "capital_account_id": cls.capital.id,
                "receivable_account_id": cls.called.id,
                "journal_id": cls.capital_journal.id,
                "price_ids": [Command.create({"date_from": "2020-01-01", "price": price})],
            }
        )

    @classmethod
    def _subscribe(cls, quantity=2, partner=None, approve=True, **values):
        partner = partner or cls.env["res.partner"].create({"name": "Newcomer"})
        subscription = cls.env["coop.share.subscription"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "share_class_id": cls.share_a.id,
                "quantity": quantity,
                **values,
            }
        )
        subscription.action_submit()
        if approve:
            subscription.action_approve()
        return subscription

    @classmethod
    def _bank_line(cls, amount):
        """Money that arrived at the bank: return the line of it that can be reconciled."""
        statement_line = cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.bank_journal.id,
                "date": "2026-01-15",
                "payment_ref": "Payment",
                "amount": amount,
            }
        )
        suspense = statement_line.move_id.line_ids.filtered(
            lambda line: line.account_id == cls.bank_journal.suspense_account_id
        )
        suspense.account_id = cls.called
        return suspense

    @classmethod
    def _pay(cls, subscription, amount=None):
        """Let the bank pay a capital call; return the bank's line."""
        line = cls._bank_line(amount or subscription.amount_total)
        call_line = subscription.capital_call_id.line_ids.filtered(
            lambda item: item.display_type == "payment_term" and not item.reconciled
        )
        (line | call_line).reconcile()
        return line

    @classmethod
    def _member(cls, quantity=2, name="Member", **values):
        """A member who subscribed and paid."""
        subscription = cls._subscribe(
            quantity, cls.env["res.partner"].create({"name": name}), **values
        )
        cls._pay(subscription)
        return subscription.membership_id

    def _held(self, partner, share_class=None, date=None):
        holdings = self.env["coop.share.movement"]._holdings_at(date, self.company, partner)
        return holdings.get((partner.id, (share_class or self.share_a).id), 0)

    def _register(self):
        return self.env["coop.share.movement"].search(
            [("company_id", "=", self.company.id)], order="number"
        )

    def assert_register_holds(self):
        """Numbers without gap, an unbroken chain, and capital in the books as in the register."""
        movements = self._register()
        self.assertEqual(movements.mapped("number"), list(range(1, len(movements) + 1)))
        self.assertFalse(movements._verify_chain(self.company))
        positions = movements._positions_at(None, self.company)
        paid_up = sum(amount for _quantity, amount in positions.values())
        self.assertAlmostEqual(paid_up, -self._capital_in_books(), 2)

    def _capital_in_books(self):
        """Balance of the capital, less what was called and is not paid."""
        self.env.flush_all()
        lines = self.env["account.move.line"].search(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")]
        )
        capital = lines.filtered(lambda line: line.account_id == self.capital)
        called = lines.filtered(
            lambda line: line.account_id == self.called and line.move_id.share_class_id
        )
        return sum(capital.mapped("balance")) + sum(called.mapped("amount_residual"))
