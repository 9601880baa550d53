from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestSettingsMidway(ActivityCase):
    """Settings that change while there are documents: these stay right, or it is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(su=True)
        cls.company = cls.company.with_env(cls.env)
        cls.shared = cls.company.shared_services_account_id
        cls.guarantee = cls.company._get_mutual_guarantee_account()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.accountant = new_test_user(
            cls.env, "midway_accountant", "account.group_account_user", **company
        )

    def _analytic_account(self, plan, name="Else"):
        return self.env["account.analytic.account"].create(
            {"name": name, "plan_id": plan.id, "company_id": self.company.id}
        )

    def _account(self, code, account_type):
        return self.env["account.account"].create(
            {
                "name": f"New {code}",
                "code": code,
                "account_type": account_type,
                "company_ids": [Command.set(self.company.ids)],
            }
        )

    def _on(self, account):
        """The balance of an account, or what an analytic account has."""
        self.env.flush_all()
        if account._name == "account.account":
            lines = self.env["account.move.line"].search(
                [("account_id", "=", account.id), ("parent_state", "=", "posted")]
            )
            return self.company.currency_id.round(sum(lines.mapped("balance")))
        column = account.plan_id._column_name()
        lines = self.env["account.analytic.line"].search([(column, "=", account.id)])
        return self.company.currency_id.round(sum(lines.mapped("amount")))

    # ------------------------------------------------------------------
    # Analytic accounts of all
    # ------------------------------------------------------------------

    def test_contributions_are_no_budget_of_an_activity(self):
        plan = self.env["account.analytic.plan"].create({"name": "Elsewhere"})
        elsewhere = self._analytic_account(plan)
        of_studio = self.studio.analytic_account_id
        for name, account in (
            ("shared_services_account_id", of_studio),
            ("shared_services_account_id", elsewhere),
            ("mutual_guarantee_account_id", of_studio),
            ("mutual_guarantee_account_id", elsewhere),
            ("activity_closing_account_id", of_studio),
        ):
            with self.subTest(name=name, account=account.name):
                with (
                    self.assertRaisesRegex(ValidationError, self.shared.plan_id.name),
                    self.env.cr.savepoint(),
                ):
                    self.company[name] = account
                self.env.invalidate_all()
        self.company.activity_closing_account_id = elsewhere
        available = self.studio.available
        self._invoice(self._line(1000, {self.workshop: 100}))
        self.assertEqual(self.studio.available, available)
        self.assert_books_hold()

    def test_an_account_of_the_settings_stays_where_it_is(self):
        plan = self.env["coop.activity"]._get_plan()
        for account in (self.shared, self.guarantee):
            for values in ({"active": False}, {"plan_id": plan.id}):
                with self.subTest(account=account.name, values=values):
                    with self.assertRaisesRegex(UserError, self.company.name):
                        account.write(values)
                    self.env.invalidate_all()
        part = self.env["account.analytic.plan"].create(
            {"name": "Part", "parent_id": self.shared.plan_id.id}
        )
        self.shared.plan_id = part
        old, self.company.shared_services_account_id = (
            self.shared,
            self._analytic_account(self.guarantee.plan_id, "Next year"),
        )
        old.active = False
        self._invoice(self._line(1000, {self.workshop: 100}))
        self.assertEqual(self._on(self.company.shared_services_account_id), 65)
        self.assert_books_hold()

    def test_the_plan_of_what_is_shared_is_no_part_of_another(self):
        """Under that of the Activities, members would read their figures as shared costs."""
        others = self.env["account.analytic.plan"].create({"name": "Elsewhere"})
        for plan in (self.env["coop.activity"]._get_plan(), others):
            with self.assertRaisesRegex(UserError, self.shared.plan_id.name):
                self.shared.plan_id.parent_id = plan

    def test_budgets_are_in_no_column_of_projects(self):
        plan = self.env["coop.activity"]._get_plan()
        parameters = self.env["ir.config_parameter"]
        before = parameters.get_param("analytic.project_plan")
        for value in (str(plan.id), f" {plan.id} "):
            with self.assertRaisesRegex(UserError, plan.name):
                parameters.set_param("analytic.project_plan", value)
        parameters.set_param("analytic.project_plan", before)
        self.assertEqual(self.workshop.balance, 935)

    # ------------------------------------------------------------------
    # Documents that are taken back
    # ------------------------------------------------------------------

    def test_what_was_invoiced_is_taken_back_on_other_accounts(self):
        old = self.company.contribution_account_id
        self.company.contribution_account_id = self._account("649998", "expense")
        draft = self._invoice(self._line(500, {self.workshop: 100}))
        self._refund(self.invoice)
        draft.button_draft()
        self.company.contribution_account_id = self._account("649997", "expense")
        draft.action_post()
        self.assertEqual(self.workshop.balance, 500 * 0.935)
        for account in (old, self.company.contribution_account_id):
            self.assertEqual(self._on(account), 0)
        self.assert_books_hold()

    def _write_off(self, **values):
        return self.env["coop.bad.debt"].browse(
            self.env["coop.bad.debt.write.off"]
            .with_user(self.accountant)
            .create(
                {
                    "invoice_id": self.invoice.id,
                    "date": "2025-06-30",
                    "reason": "Bankrupt",
                    **values,
                }
            )
            .action_apply()["res_id"]
        )

    def _recover(self, debt, amount):
        self.env["coop.bad.debt.recover"].with_user(self.accountant).create(
            {"debt_id": debt.id, "date": "2025-09-30", "reason": "Paid", "amount": amount}
        ).action_apply()

    def test_what_is_recovered_comes_back_where_it_was_lost(self):
        loss, vat = self._account("642999", "expense"), self._account("411998", "asset_current")
        for policy in ("refund", "activity"):
            with self.subTest(policy=policy):
                self.invoice = self._invoice(self._line(1000, {self.workshop: 100}))
                self.company.write(
                    {
                        "bad_debt_account_id": loss.id,
                        "bad_debt_vat_account_id": vat.id,
                        "bad_debt_contribution_policy": policy,
                        "shared_services_account_id": self.shared.id,
                    }
                )
                before = self._on(self.shared), self._on(self.guarantee), self.workshop.balance
                debt = self._write_off(recover_vat=True)
                self.assertEqual(self._on(loss), 1000)
                self.assertEqual(self._on(self.shared), before[0] - 65)
                self.assertEqual(self._on(vat), self.invoice.amount_tax)
                others = (
                    self._account(f"64298{len(policy)}", "expense"),
                    self._account(f"41198{len(policy)}", "asset_current"),
                    self._analytic_account(self.shared.plan_id),
                )
                self.company.write(
                    {
                        "bad_debt_account_id": others[0].id,
                        "bad_debt_vat_account_id": others[1].id,
                        "contribution_account_id": self._account(
                            f"64996{len(policy)}", "expense"
                        ).id,
                        "shared_services_account_id": others[2].id,
                        "bad_debt_contribution_policy": "keep",
                    }
                )
                self._recover(debt, 100)
                self._recover(debt, self.invoice.amount_total - 100)
                self.assertEqual(debt.state, "recovered")
                self.assertEqual((self._on(loss), self._on(vat)), (0, 0))
                self.assertEqual([self._on(other) for other in others], [0, 0, 0])
                after = self._on(self.shared), self._on(self.guarantee), self.workshop.balance
                self.assertEqual(after, before)
                self.assert_books_hold()
