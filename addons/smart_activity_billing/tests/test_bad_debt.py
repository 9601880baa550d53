from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ActivityCase
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestBadDebt(ActivityCase):
    """The mutual guarantee bears what a client never pays; the Activity is left untouched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.accountant = new_test_user(
            cls.env(su=True), "t_accountant", "account.group_account_user", **company
        )
        # EUR 1,000 with 15 % VAT in the chart of the tests.
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.total = cls.invoice.amount_total
        cls.guarantee = cls.company._get_mutual_guarantee_account()

    def _write_off(self, invoice=None, amount=None, vat=False, day="2025-06-30", reason="Bankrupt"):
        invoice = (invoice or self.invoice).with_user(self.accountant)
        wizard = (
            self.env["coop.bad.debt.write.off"]
            .with_user(self.accountant)
            .create({"invoice_id": invoice.id, "date": day, "reason": reason, "recover_vat": vat})
        )
        if amount is not None:
            wizard.amount = amount
        action = wizard.action_apply()
        return self.env["coop.bad.debt"].browse(action["res_id"])

    def _recover(self, debt, amount=None, day="2025-09-30", reason="The bailiff paid"):
        wizard = (
            self.env["coop.bad.debt.recover"]
            .with_user(self.accountant)
            .create({"debt_id": debt.id, "date": day, "reason": reason})
        )
        if amount is not None:
            wizard.amount = amount
        wizard.action_apply()
        return debt.recovery_ids.sorted("id")[-1]

    def _on(self, account):
        """The sum on an analytic account of the shared services."""
        column = account.plan_id._column_name()
        lines = self.env["account.analytic.line"].search([(column, "=", account.id)])
        return self.company.currency_id.round(sum(lines.mapped("amount")))

    def _pay(self, invoice, amount):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": amount})
            ._create_payments()
        )

    # ------------------------------------------------------------------
    # Writing off
    # ------------------------------------------------------------------

    def test_accounts_are_named_in_all_languages(self):
        """Whoever has an account made, others read its name in their language."""
        for lang in ("nl_BE", "fr_BE"):
            self.env["res.lang"].sudo()._activate_lang(lang)
        company = self.company.sudo()
        for field, make, names in (
            (
                "mutual_guarantee_account_id",
                company._get_mutual_guarantee_account,
                ("Mutual guarantee", "Onderlinge waarborg", "Garantie mutuelle"),
            ),
            (
                "budget_transfer_account_id",
                company._get_budget_transfer_account,
                (
                    "Transfers of budget between Activities",
                    "Budgetoverdrachten tussen Activiteiten",
                    "Transferts de budget entre Activités",
                ),
            ),
        ):
            company[field] = False
            account = make()
            told = [account.with_context(lang=lang).name for lang in ("en_US", "nl_BE", "fr_BE")]
            self.assertEqual(told, [*names])

    def test_the_guarantee_bears_all_of_it(self):
        action = self.invoice.with_user(self.accountant).action_write_off()
        self.assertEqual(action["res_model"], "coop.bad.debt.write.off")
        before = self.workshop.balance
        debt = self._write_off()
        self.assertEqual(
            (debt.state, debt.amount, debt.remaining), ("posted", self.total, self.total)
        )
        self.assertEqual(debt.decided_by_id, self.accountant.partner_id)
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(self._on(self.guarantee), -self.total)
        self.assertEqual((self.workshop.balance, self.workshop.available), (before, before))
        self.assertEqual(debt.share_ids.activity_id, self.workshop)
        self.assertEqual(self.invoice.bad_debt_count, 1)
        loss = debt.move_id.line_ids.filtered("debit")
        self.assertEqual(loss.account_id, self.company.bad_debt_account_id)
        self.assert_books_hold()

    def test_on_the_paid_basis_what_is_borne_is_available(self):
        self.company.sudo().activity_available_basis = "paid"
        self.assertEqual((self.workshop.unpaid_amount, self.workshop.available), (935, 0))
        debt = self._write_off(amount=self.total / 2)
        self.assertEqual((self.workshop.unpaid_amount, self.workshop.available), (467.5, 467.5))
        self._write_off()
        self.assertEqual((self.workshop.unpaid_amount, self.workshop.available), (0, 935))
        self._recover(debt)
        self.assertEqual((self.workshop.unpaid_amount, self.workshop.available), (467.5, 467.5))
        self._pay(self.invoice, self.total / 2)
        self.assertEqual((self.workshop.unpaid_amount, self.workshop.available), (0, 935))
        self.assert_books_hold()

    def test_several_activities_to_the_cent(self):
        invoice = self._invoice(self._line(100.01, {self.workshop: 33.33, self.studio: 66.67}))
        debt = self._write_off(invoice)
        self.assertEqual(
            self.company.currency_id.round(sum(debt.share_ids.mapped("loss_amount"))),
            debt.loss_amount,
        )
        self.assertEqual(debt.share_ids.activity_id, self.workshop | self.studio)
        self.assert_books_hold()

    def test_parts_and_what_is_refused(self):
        for amount in (0, -1, 10**12):
            with self.assertRaises(UserError):
                self._write_off(amount=amount)
        with self.assertRaises(UserError):
            self.env["coop.bad.debt"]._write_off(
                self.invoice, float("nan"), fields.Date.today(), "Bankrupt", False
            )
        with self.assertRaisesRegex(UserError, "no more"):
            self._write_off(amount=self.total + 0.01)
        for day in ("2099-01-01", "2025-03-09"):
            with self.assertRaises(UserError):
                self._write_off(day=day)
        with self.assertRaises(UserError):
            self._write_off(reason="  ")
        self._write_off(amount=100)
        self.assertEqual(self.invoice.amount_residual, self.total - 100)
        self._write_off()
        with self.assertRaisesRegex(UserError, "nothing to write off"):
            self._write_off(amount=1)
        self.assert_books_hold()

    def test_only_overdue_invoices_of_activities(self):
        own = self._invoice(self._line(100))
        draft = self._invoice(self._line(100, {self.workshop: 100}), post=False)
        refund = self._refund(self._invoice(self._line(50, {self.workshop: 100})))
        bill = self.init_invoice("in_invoice", amounts=[100], post=True)
        for move in (own, draft, refund, bill):
            with self.assertRaises(UserError):
                self._write_off(move, amount=10)
        with freeze_time("2025-03-10"), self.assertRaises(UserError):
            self._write_off(day="2025-03-10")
        self.assertTrue(self.invoice.can_write_off)
        self.assertFalse(own.can_write_off)

    def test_locked_period(self):
        self.company.sudo().fiscalyear_lock_date = "2025-06-30"
        with self.assertRaisesRegex(UserError, "locked"):
            self._write_off()
        self.company.sudo().tax_lock_date = "2025-07-31"
        debt = self._write_off(day="2025-07-01")
        self.company.sudo().fiscalyear_lock_date = "2025-09-30"
        with self.assertRaisesRegex(UserError, "locked"):
            self._recover(debt)

    def test_vat_is_claimed_back_when_one_asks(self):
        self.assertFalse(self.company.bad_debt_vat_recovery)
        account = self.env["account.account"].create(
            {
                "name": "VAT to get back",
                "code": "411999",
                "account_type": "asset_current",
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        if not self.company._get_bad_debt_vat_account():
            with self.assertRaisesRegex(UserError, "no account for VAT"):
                self._write_off(vat=True)
        self.company.sudo().bad_debt_vat_account_id = account
        vat = self.invoice.amount_tax
        first = self._write_off(amount=self.total / 3, vat=True)
        second = self._write_off(vat=True)
        self.assertEqual(self.company.currency_id.round(first.vat_amount + second.vat_amount), vat)
        self.assertEqual(self._on(self.guarantee), -1000)
        self._recover(second)
        self._recover(first, amount=100)
        self._recover(first)
        self.assertEqual(self._on(self.guarantee), 0)
        lines = self.env["account.move.line"].search([("account_id", "=", account.id)])
        self.assertAlmostEqual(sum(lines.mapped("balance")), 0)
        self.assert_books_hold()

    def test_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2025-01-01", 0.7)])
        invoice = self._invoice(self._line(1000, {self.workshop: 100}), currency_id=currency.id)
        residual = invoice.amount_residual_signed
        debt = self._write_off(invoice, amount=100)
        self._write_off(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(self.company.currency_id.round(-self._on(self.guarantee)), residual)
        self._recover(debt)
        self.assertEqual(invoice.amount_residual, 100)
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # The contribution
    # ------------------------------------------------------------------

    def test_the_contribution_stays_by_default(self):
        shared = self._on(self.company.shared_services_account_id)
        debt = self._write_off()
        self.assertEqual((debt.contribution_policy, debt.contribution_amount), ("keep", 0))
        self.assertEqual(self._on(self.company.shared_services_account_id), shared)

    def test_the_contribution_goes_to_the_guarantee(self):
        self.company.sudo().bad_debt_contribution_policy = "refund"
        shared = self._on(self.company.shared_services_account_id)
        first = self._write_off(amount=self.total / 3)
        self._write_off()
        self.assertEqual(self._on(self.company.shared_services_account_id), shared - 65)
        self.assertEqual(self._on(self.guarantee), 65 - self.total)
        self.assertEqual(self.workshop.balance, 935)
        # The policy of that day holds for what is taken back.
        self.company.sudo().bad_debt_contribution_policy = "keep"
        self._recover(first, amount=10)
        self._recover(first)
        self.assertEqual(
            self._on(self.company.shared_services_account_id),
            self.company.currency_id.round(shared - 65 + first.contribution_amount),
        )
        self.assert_books_hold()

    def test_the_contribution_goes_back_to_the_activities(self):
        self.company.sudo().bad_debt_contribution_policy = "activity"
        invoice = self._invoice(self._line(100.01, {self.workshop: 33.33, self.studio: 66.67}))
        before = (self.workshop.balance, self.studio.balance)
        debt = self._write_off(invoice)
        parts = {share.activity_id: share.contribution_amount for share in debt.share_ids}
        round_ = self.company.currency_id.round
        self.assertEqual(round_(sum(parts.values())), invoice.contribution_amount)
        self.assertEqual(
            (self.workshop.balance, self.studio.balance),
            (round_(before[0] + parts[self.workshop]), round_(before[1] + parts[self.studio])),
        )
        self.assert_books_hold()
        self._recover(debt)
        self.assertEqual((self.workshop.balance, self.studio.balance), before)
        self.assert_books_hold()

    def test_a_closed_activity_gets_no_contribution_back(self):
        self.company.sudo().bad_debt_contribution_policy = "activity"
        self.env.cr.execute(
            "UPDATE coop_activity SET state = 'closed' WHERE id = %s", [self.workshop.id]
        )
        self.workshop.invalidate_recordset(["state"])
        debt = self._write_off()
        self.assertEqual((debt.contribution_policy, debt.contribution_amount), ("refund", 65))
        self.assertEqual(self.workshop.balance, 935)
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Recovering
    # ------------------------------------------------------------------

    def test_the_client_pays_in_parts_after_all(self):
        debt = self._write_off()
        recovery = self._recover(debt, amount=400)
        self.assertEqual(
            (recovery.amount, recovery.decided_by_id), (400, self.accountant.partner_id)
        )
        self.assertEqual((debt.state, debt.remaining), ("posted", self.total - 400))
        self.assertEqual(self.invoice.amount_residual, 400)
        self.assertEqual(self._on(self.guarantee), 400 - self.total)
        self._pay(self.invoice, 400)
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assert_books_hold()
        with self.assertRaisesRegex(UserError, "no more"):
            self._recover(debt, amount=self.total)
        self._recover(debt)
        self.assertEqual((debt.state, debt.remaining, len(debt.recovery_ids)), ("recovered", 0, 2))
        self.assertEqual(self._on(self.guarantee), 0)
        self.assertEqual(self.invoice.amount_residual, self.total - 400)
        with self.assertRaises(UserError):
            self._recover(debt, amount=1)
        self.assert_books_hold()

    def test_what_is_written_off_stays_settled(self):
        debt = self._write_off(amount=100)
        credit = debt.move_id.line_ids.filtered("credit")
        for name, refused in (
            ("draft", self.invoice.button_draft),
            ("cancel", self.invoice.button_cancel),
            ("refund", lambda: self._refund(self.invoice)),
            ("draft of the entry", debt.move_id.button_draft),
            ("reversal of the entry", debt.move_id._reverse_moves),
            ("unmatched", credit.remove_move_reconcile),
            ("amount", lambda: debt.sudo().write({"amount": 1})),
            ("reason", lambda: debt.sudo().write({"reason": "Other"})),
            ("deleted", lambda: debt.sudo().unlink()),
        ):
            with self.subTest(name), self.assertRaises(UserError), self.cr.savepoint():
                refused()
        # What was prepared before is not posted either.
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        refund = self._refund(invoice, post=False)
        late = self._write_off(invoice)
        with self.assertRaisesRegex(UserError, "Recover the write-off"):
            refund.action_post()
        self._recover(late)
        refund.action_post()
        self.assert_books_hold()

    def test_a_credit_note_before_the_write_off_counts(self):
        self._refund(self.invoice, 400)
        self.invoice._get_receivables().remove_move_reconcile()
        with self.assertRaisesRegex(UserError, "match them first"):
            self._write_off()
        self.company.sudo().bad_debt_contribution_policy = "refund"
        invoice = self.invoice
        (invoice | invoice.reversal_move_ids).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        debt = self._write_off()
        self.assertEqual(debt.contribution_amount, 39, "6.5 % of the remaining 600")
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Who may, and the proof
    # ------------------------------------------------------------------

    def test_who_may_write_off(self):
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        su = self.env(su=True)
        other = self.setup_other_company()["company"]
        debt = self._write_off(amount=10)
        for login, group in (
            ("t_billing", "account.group_account_invoice"),
            ("t_auditor", "account.group_account_readonly"),
            ("t_employee", "base.group_user"),
            ("t_portal", "base.group_portal"),
        ):
            user = new_test_user(su, login, group, **company)
            reads = group.startswith("account.")
            with self.subTest(user=login):
                with self.assertRaises(AccessError):
                    self.invoice.with_user(user).action_write_off()
                with self.assertRaises(AccessError):
                    debt.with_user(user).action_recover()
                with self.assertRaises(AccessError):
                    self.env["coop.bad.debt.write.off"].with_user(user).create(
                        {"invoice_id": self.invoice.id, "reason": "Mine"}
                    )
                for records in (debt, debt.share_ids):
                    self.assertEqual(records.with_user(user).has_access("read"), reads)
                    self.assertFalse(records.with_user(user).has_access("write"))
        outsider = new_test_user(
            su,
            "t_outsider",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        for records in (debt, debt.share_ids, self._recover(debt)):
            with self.assertRaises(AccessError):
                records.with_user(outsider).read(["company_id"])
        with self.assertRaises(AccessError):
            self.env["coop.bad.debt"].with_user(self.accountant).create(
                {"invoice_id": self.invoice.id}
            )

    def test_the_nightly_proof_finds_what_is_broken(self):
        debt = self._write_off()
        self._recover(debt, amount=100)
        self.env.flush_all()
        loss = debt.move_id.line_ids.filtered("debit")
        for expected, statement, record in (
            (
                "guarantee",
                "UPDATE account_analytic_line SET amount = amount + 1 WHERE move_line_id = %s",
                loss,
            ),
            (
                "guarantee_stray",
                "UPDATE account_move SET coop_bad_debt_id = NULL WHERE id = %s",
                debt.move_id,
            ),
            (
                "bad_debt",
                "UPDATE account_partial_reconcile SET amount = amount - 1 "
                "WHERE credit_move_id = %s",
                debt.move_id.line_ids.filtered("credit"),
            ),
            (
                "bad_debt_share",
                "UPDATE coop_bad_debt_share SET loss_amount = 1 WHERE debt_id = %s",
                debt,
            ),
        ):
            self.assertIn(expected, self._found_after(statement, record.id))
        self.assert_books_hold()


@tagged("post_install", "-at_install")
class TestBadDebtPortal(PortalCase):
    """Members read that the cooperative bears what their client does not pay."""

    def test_the_member_sees_who_bears_it(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        self.authenticate(self.user.login, self.user.login)
        page = self.url("invoices", invoice.id)
        self.assertNotIn('data-name="borne"', self.url_open(page).text)
        debt = self.env["coop.bad.debt"]._write_off(
            invoice, invoice.amount_residual, fields.Date.today(), "Bankrupt: a secret", False
        )
        text = self.url_open(page).text
        self.assertIn('data-name="borne"', text)
        self.assertIn('data-status="written_off"', text)
        self.assertNotIn("a secret", text)
        debt._recover(invoice.amount_total - 100, fields.Date.today(), "The bailiff")
        text = self.url_open(page).text
        self.assertIn('data-name="borne"', text)
        self.assertNotIn('data-status="written_off"', text)
        debt._recover(100, fields.Date.today(), "The rest")
        self.assertNotIn('data-name="borne"', self.url_open(page).text)
