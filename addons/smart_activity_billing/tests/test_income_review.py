from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..models.coop_ledger_check_income import WAITING
from .common import ActivityCase
from .investment_common import InvestmentCase

CHIEF = "account.group_account_manager,account.group_account_user"


class IncomeCase(ActivityCase):
    """Income that is booked on Activities by what is no invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.income = cls.company_data["default_account_revenue"]
        cls.bank = cls.company_data["default_journal_bank"].default_account_id
        cls.misc = cls.company_data["default_journal_misc"]

    @classmethod
    def _entry(cls, amount, activities=None, journal=None, account=None, post=True):
        """An entry by which the bank gets ``amount``, on ``{Activity: percentage}``."""
        distribution = {
            str(activity.analytic_account_id.id): share
            for activity, share in (activities or {cls.workshop: 100}).items()
        }
        entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": (journal or cls.misc).id,
                "date": "2025-03-10",
                "line_ids": [
                    Command.create({"account_id": cls.bank.id, "balance": amount}),
                    Command.create(
                        {
                            "name": "Paid in cash",
                            "account_id": (account or cls.income).id,
                            "balance": -amount,
                            "analytic_distribution": distribution,
                        }
                    ),
                ],
            }
        )
        if post:
            entry.action_post()
        return entry

    def _rows(self, moves=None):
        """What waits for a review: of some entries, or of the company."""
        self.env.invalidate_all()
        domain = [("move_id", "in", moves.ids)] if moves is not None else []
        return self.env["coop.activity.analysis"].search(
            [("company_id", "=", self.company.id), *WAITING, *domain]
        )

    def _an_hour_ago(self, *tables):
        """Let what was done so far be done earlier: here all has the time of one transaction."""
        self.env.flush_all()
        for table in tables:
            self.env.cr.execute(f"UPDATE {table} SET create_date = create_date - interval '1 hour'")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestIncomeFound(IncomeCase):
    """What is listed, and what is not."""

    def test_whatever_is_no_invoice_is_listed(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.partner_b.id,
                "invoice_date": "2025-03-10",
                "invoice_line_ids": [
                    self._line(-30, {self.workshop: 100}, account_id=self.income.id, tax_ids=[]),
                    self._line(40, {self.workshop: 100}, tax_ids=[]),
                ],
            }
        )
        bill.action_post()
        other_income = self.income.copy({"account_type": "income_other"})
        for move, amounts in (
            (self._entry(500), [(self.workshop, 500)]),
            (
                self._entry(100, {self.workshop: 60, self.studio: 40}),
                [(self.workshop, 60), (self.studio, 40)],
            ),
            (
                self._entry(20, journal=self.company_data["default_journal_bank"]),
                [(self.workshop, 20)],
            ),
            (self._entry(7, account=other_income), [(self.workshop, 7)]),
            # It takes income away, and no contribution is given back.
            (self._entry(-10), [(self.workshop, -10)]),
            (bill, [(self.workshop, 30)]),
        ):
            rows = self._rows(move)
            found = [(row.activity_id, row.amount) for row in rows]
            self.assertCountEqual(found, amounts, move.display_name)
            self.assertEqual(rows.journal_id, move.journal_id)
        self.assert_books_hold()

    def test_nobody_hides_it(self):
        entry = self._entry(500)
        for line in (entry.line_ids.analytic_line_ids, entry.line_ids.analytic_line_ids.sudo()):
            with self.assertRaisesRegex(UserError, self.workshop.name):
                line.category = "invoice"
        self.assertEqual(self._rows().move_id, entry)

    def test_what_contributed_or_is_no_income_is_not(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 60, self.studio: 40}))
        self._refund(invoice, 100)
        self._invoice(self._line(50, {self.studio: 100}), move_type="out_receipt")
        self._entry(500, post=False)
        self._entry(500, account=self.company_data["default_account_expense"])
        shared = self.company.shared_services_account_id
        entry = self._entry(500, post=False)
        entry.line_ids[1].analytic_distribution = {str(shared.id): 100}
        entry.action_post()
        self.assertFalse(self._rows())

    def test_what_only_moves_budget_is_not(self):
        """Whatever type the account has that the settings name."""
        self.company._get_budget_transfer_account().account_type = "income"
        self._invoice(self._line(1000, {self.studio: 100}))
        self._close(self.studio)
        moved = self.env["coop.activity.analysis"].search(
            [
                ("activity_id", "=", self.studio.id),
                ("general_account_id.account_type", "=", "income"),
            ]
        )
        self.assertIn(-935.0, moved.mapped("amount"))
        self.assertFalse(self._rows())


@tagged("post_install", "-at_install")
class TestIncomeOfInvestments(InvestmentCase):
    @freeze_time("2025-07-15")
    def test_a_gain_is_no_income_to_review(self):
        investment = self._buy()
        account = self.company_data["default_account_revenue"]
        entry = investment.sudo()._dispose("sale", date(2025, 6, 30), 1300, account)
        gain = entry.line_ids.filtered(
            lambda line: line.account_id == self.profile.account_plus_value_id
        )
        self.assertTrue(gain.analytic_line_ids)
        self.env.flush_all()
        self.assertFalse(
            self.env["coop.activity.analysis"].search([("without_contribution", "=", True)])
        )


@tagged("post_install", "-at_install")
class TestIncomeReview(IncomeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.accountant = new_test_user(su, "t_accountant", "account.group_account_user", **company)
        cls.chief = new_test_user(su, "t_chief", CHIEF, **company)
        cls.entry = cls._entry(500)

    def _review(self, rows, user=None, reason="Interest of the bank"):
        action = rows.with_user(user or self.accountant).action_review()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user or self.accountant)
            .with_context(**action["context"])
        )
        form.reason = reason
        return form.save()

    def _night(self):
        check = self.env["coop.ledger.check"]._record(self.company)
        check._tell_accountants()
        return check

    # ------------------------------------------------------------------
    # Reviews
    # ------------------------------------------------------------------

    def test_reviewed_with_a_reason(self):
        other = self._entry(20)
        row = self._rows(self.entry)
        self._review(row)
        self.assertEqual(self._rows().move_id, other)
        self.assertEqual(row.income_review_id.display_name, "Interest of the bank")
        self.assertEqual(row.income_review_id.create_uid, self.accountant)
        self.assertEqual(row.income_review_id.company_id, self.company)
        self.assertIn("Interest of the bank", self.entry.message_ids[0].body)
        self.assertEqual(self.entry.message_ids[0].author_id, self.accountant.partner_id)

    def test_what_is_posted_again_is_reviewed_again(self):
        self._review(self._rows(self.entry))
        self._an_hour_ago("coop_income_review", "account_analytic_line")
        self.assertFalse(self._rows())
        self.entry.button_draft()
        self.entry.action_post()
        self.assertEqual(self._rows().move_id, self.entry)

    def test_only_the_chief_takes_a_review_back(self):
        other = self._entry(20)
        rows = self._rows()
        review = self._review(rows)
        self.assertFalse(self._rows())
        with self.assertRaises(AccessError):
            rows[0].with_user(self.accountant).action_review_again()
        self._rows()
        rows.filtered(lambda row: row.move_id == other).with_user(self.chief).action_review_again()
        self.assertEqual(self._rows().move_id, other)
        self.assertEqual(review.move_ids, self.entry)
        self.assertIn("taken back", other.message_ids[0].body)

    def test_nobody_reviews_the_own_activity(self):
        self.workshop.sudo().manager_ids |= self.accountant.partner_id
        rows = self._rows(self.entry)
        with self.assertRaisesRegex(UserError, f"{self.entry.name}.*colleague"):
            self._review(rows)
        self._review(rows, self.chief)
        self.assertFalse(self._rows())

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    def test_the_night_tells_of_it_once(self):
        with self.enter_registry_test_mode():
            self.env.ref("smart_activity_billing.ir_cron_ledger_check").method_direct_trigger()
        first = self.env["coop.ledger.check"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual((first.state, first.income_move_ids), ("ok", self.entry))
        # Everybody sees the own list only.
        lists = first.sudo().activity_ids
        told = lists.filtered(lambda activity: activity.user_id == self.chief)
        self.assertIn(self.entry.name, told.note)
        self.assertNotIn(self.accountant, lists.user_id)
        # Nobody reviewed it, and nobody is told again.
        second = self._night()
        self.assertFalse(second.income_move_ids)
        self.assertFalse(second.sudo().activity_ids)
        other = self._entry(20)
        self._review(self._rows(self._entry(30)))
        self.assertEqual(self._night().income_move_ids, other)

    def test_the_night_tells_of_what_was_posted_again(self):
        other = self._entry(20)
        self.assertEqual(self._night().income_move_ids, self.entry | other)
        self._an_hour_ago("coop_ledger_check", "account_analytic_line")
        other.button_draft()
        other.action_post()
        self.assertEqual(self._night().income_move_ids, other)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_accountants_only(self):
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        rows = self._rows(self.entry)
        values = {"reason": "Because", "move_ids": [Command.set(self.entry.ids)]}
        Review = self.env["coop.income.review"]
        for login, group in (
            ("t_clerk", "account.group_account_invoice"),
            ("t_services", "smart_membership.group_membership_user"),
            ("t_portal", "base.group_portal"),
        ):
            user = new_test_user(self.env(su=True), login, group, **company)
            with self.subTest(user=login):
                for call in (
                    rows.with_user(user).action_review,
                    rows.with_user(user).action_review_again,
                    lambda user=user: Review.with_user(user).search([]),
                    lambda user=user: Review.with_user(user).create(values),
                ):
                    with self.assertRaises(AccessError):
                        call()
        auditor = new_test_user(
            self.env(su=True), "t_auditor", "account.group_account_readonly", **company
        )
        self.assertTrue(rows.with_user(auditor).read(["income_review_id"]))
        with self.assertRaises(AccessError):
            Review.with_user(auditor).create(values)
        review = self._review(rows)
        for user in (self.accountant, self.chief):
            with self.assertRaises(AccessError):
                review.with_user(user).write({"reason": "Another"})
            with self.assertRaises(AccessError):
                review.with_user(user).unlink()

    def test_companies_do_not_see_each_other(self):
        other = self.setup_other_company()["company"]
        outsider = new_test_user(
            self.env(su=True),
            "t_outsider",
            CHIEF,
            company_id=other.id,
            company_ids=other.ids,
        )
        Analysis = self.env["coop.activity.analysis"].with_user(outsider)
        self.assertFalse(Analysis.search([("without_contribution", "=", True)]))
        with self.assertRaises(AccessError):
            self.env["coop.income.review"].with_user(outsider).create(
                {"reason": "Mine", "move_ids": [Command.set(self.entry.ids)]}
            )
        review = self._review(self._rows(self.entry))
        with self.assertRaises(AccessError):
            review.with_user(outsider).read(["reason"])
