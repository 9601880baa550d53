"""Write-offs to the mutual guarantee, with each other and with a payment, on real connections."""

from datetime import timedelta

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestBadDebtRaces(RaceCase):
    """An invoice is settled once, whoever is first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            company = env["res.company"].browse(cls.company_id)
            env["account.journal"].create(
                {"name": "Others", "code": "OTHER", "type": "general", "company_id": company.id}
            )
            cls.activity_id = cls._make_activity(env).id
            company._get_mutual_guarantee_account()
            company._get_bad_debt_account()

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            env.cr.execute(
                "UPDATE account_move SET coop_bad_debt_id = NULL WHERE company_id = %s",
                [company.id],
            )
            for table in ("coop_bad_debt_share", "coop_bad_debt_recovery", "coop_bad_debt"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [company.id])
            env.invalidate_all()
            company.write({"mutual_guarantee_account_id": False, "bad_debt_account_id": False})
        super()._clean_up()

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            client = env["res.partner"].browse(self.client_id)
            activity = env["coop.activity"].browse(self.activity_id)
            day = fields.Date.today() - timedelta(days=90)
            invoice = self._make_invoice(
                env, client, activity, 100, invoice_date=day, invoice_date_due=day
            )
            invoice.action_post()
            self.invoice_id = invoice.id

    def _write_off(self, amount):
        def call(env):
            invoice = env["account.move"].browse(self.invoice_id)
            debt = env["coop.bad.debt"]._write_off(
                invoice, amount, fields.Date.today(), "Bankrupt", False
            )
            env.flush_all()
            return debt.amount

        return call

    def _pay(self, amount):
        """A payment that arrives, matched with the invoice as the bank reconciliation does."""

        def call(env):
            invoice = env["account.move"].browse(self.invoice_id)
            receivable = invoice._get_receivables()
            suspense = env["res.company"].browse(self.company_id).contribution_account_id
            entry = (
                env["account.move"]
                .with_company(self.company_id)
                .create(
                    {
                        "move_type": "entry",
                        "company_id": self.company_id,
                        "line_ids": [
                            fields.Command.create(
                                {
                                    "account_id": receivable.account_id.id,
                                    "partner_id": self.client_id,
                                    "credit": amount,
                                }
                            ),
                            fields.Command.create({"account_id": suspense.id, "debit": amount}),
                        ],
                    }
                )
            )
            entry.action_post()
            (entry.line_ids.filtered("credit") | receivable).reconcile()
            env.flush_all()
            return amount

        return call

    def _check(self, env):
        self.assertEqual(
            env["coop.ledger.check"]._run(env["res.company"].browse(self.company_id)), []
        )

    def test_two_write_offs_at_once(self):
        results = self.at_once([self._write_off(80)] * 6)
        self.assertEqual([one for one in results if one == 80], [80])
        self.assertEqual(sum(isinstance(one, UserError) for one in results), 5)
        with self.connection() as env:
            self.assertEqual(env["account.move"].browse(self.invoice_id).amount_residual, 20)
            self._check(env)

    # Odoo's own matching logs when it loses; the server replays it.
    @mute_logger("odoo.sql_db")
    def test_a_write_off_against_a_payment(self):
        for _turn in range(3):
            results = self.at_once([self._write_off(100), self._pay(100)])
            done = [one for one in results if not isinstance(one, UserError)]
            with self.connection() as env:
                invoice = env["account.move"].browse(self.invoice_id)
                debts = invoice.bad_debt_ids
                self.assertEqual(done, [100], "one of both settles it")
                self.assertEqual(invoice.amount_residual, 0)
                paid = sum(
                    partial.amount
                    for partial in invoice._get_receivables().matched_credit_ids
                    if not partial.credit_move_id.move_id.coop_bad_debt_id
                )
                self.assertEqual(sum(debts.mapped("amount")) + paid, 100)
                self._check(env)
            self.setUp()

    def test_two_recoveries_at_once(self):
        with self.connection() as env:
            self._write_off(100)(env)
            debt_id = env["account.move"].browse(self.invoice_id).bad_debt_ids.id

        def recover(env):
            debt = env["coop.bad.debt"].browse(debt_id)
            recovery = debt._recover(60, fields.Date.today(), "The client paid")
            env.flush_all()
            return recovery.amount

        results = self.at_once([recover] * 4)
        self.assertEqual([one for one in results if one == 60], [60])
        with self.connection() as env:
            self.assertEqual(env["account.move"].browse(self.invoice_id).amount_residual, 60)
            self._check(env)
