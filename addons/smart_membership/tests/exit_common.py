from odoo import Command
from odoo.tests import new_test_user

from .share_common import ShareCase


class ExitCase(ShareCase):
    """Members with shares, and a company that can book their separation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Account = cls.env["account.account"].with_company(cls.company)
        cls.separation, cls.deferred, cls.reserve = Account.create(
            [
                {"name": "Separation", "code": "489990", "account_type": "liability_payable"},
                {"name": "Deferred", "code": "489991", "account_type": "liability_non_current"},
                {"name": "Reserve", "code": "133990", "account_type": "equity"},
            ]
        )
        cls.company.write(
            {
                "coop_exit_account_id": cls.separation.id,
                "coop_exit_deferred_account_id": cls.deferred.id,
                "coop_exit_reserve_account_id": cls.reserve.id,
                "coop_exit_journal_id": cls.company_data["default_journal_misc"].id,
            }
        )
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.manager = new_test_user(
            cls.env, "exit_manager", "smart_membership.group_membership_manager", **company
        )
        cls.accountant = new_test_user(
            cls.env, "exit_accountant", "account.group_account_user", **company
        )

    @classmethod
    def _exit(cls, membership, kind="resignation", submit=True, **values):
        share_exit = cls.env["coop.share.exit"].create(
            {"membership_id": membership.id, "kind": kind, **values}
        )
        if submit:
            share_exit.action_submit()
        return share_exit

    @classmethod
    def _test_report(cls, allowed=100000, confirm=True, **values):
        report = cls.env["coop.payment.test"].create(
            {
                "reference": "Board, item 4",
                "company_id": cls.company.id,
                "valid_until": "2035-12-31",
                "net_assets": 100000,
                "cash": 100000,
                "amount_allowed": allowed,
                "explanation": "Enough",
                **values,
            }
        )
        if confirm:
            report.action_confirm()
        return report

    def _balance(self, account):
        self.env.flush_all()
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return self.company.currency_id.round(sum(lines.mapped("balance")))

    def _pay_exit(self, share_exit):
        """Pay a separation from the bank; return the bank's line."""
        line = self._bank_line(-share_exit.amount)
        line.account_id = self.separation
        (line | share_exit._get_payable_lines()).reconcile()
        return line
