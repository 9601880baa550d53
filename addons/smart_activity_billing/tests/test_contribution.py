from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestContribution(ActivityCase):
    """What an accountant sees in the entry of an invoice for Activities."""

    def test_thousand_euro_brings_935_to_the_activity(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        plain = self._invoice(self._line(1000))
        self.assertEqual(invoice.contribution_amount, 65.0)
        self.assertEqual(self.workshop.balance, 935.0)
        self.assertEqual(self.workshop.available, 935.0)
        for name in ("amount_untaxed", "amount_tax", "amount_total", "amount_residual"):
            self.assertEqual(invoice[name], plain[name], name)
        self.assert_books_hold()

    def test_the_pair_is_on_one_account_and_two_analytic_accounts(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        own, shared = invoice.line_ids.filtered(
            lambda line: line.display_type == "contribution"
        ).sorted("debit", reverse=True)
        self.assertRecordValues(
            own | shared,
            [
                {"debit": 65.0, "credit": 0.0, "activity_id": self.workshop.id},
                {"debit": 0.0, "credit": 65.0, "activity_id": False},
            ],
        )
        self.assertEqual((own | shared).account_id, self.company.contribution_account_id)
        self.assertEqual(own.contribution_base, 1000.0)
        self.assertEqual(own.contribution_rate, 6.5)
        plan = self.company.shared_services_account_id.plan_id._column_name()
        self.assertEqual(shared.analytic_line_ids[plan], self.company.shared_services_account_id)
        self.assertEqual(shared.analytic_line_ids.amount, 65.0)
        self.assertNotIn(own, invoice.invoice_line_ids)

    def test_the_pair_has_the_values_that_odoo_computes(self):
        """The books give them complete; to compute them again changes nothing."""
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "contribution")
        amounts = ("debit", "credit", "is_storno")
        names = [
            name
            for name, field in lines._fields.items()
            if field.store and field.compute and (field.readonly or name in amounts)
        ]
        self.assertIn("company_currency_id", names)
        self.env.flush_all()
        before = lines.read(names)
        for name in names:
            self.env.add_to_compute(lines._fields[name], lines)
        self.assertEqual(lines.read(names), before)

    def test_a_draft_shows_a_preview_and_books_nothing(self):
        draft = self._invoice(self._line(1000, {self.workshop: 100}), post=False)
        self.assertEqual(draft.contribution_amount, 65.0)
        self.assertIn("65.00", draft.contribution_summary)
        self.assertFalse(self._contributions(draft))
        self.assertEqual(self.workshop.balance, 0.0)
        with Form(draft) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = 2000
        self.assertEqual(draft.contribution_amount, 130.0)

    def test_several_activities_and_split_lines(self):
        invoice = self._invoice(
            self._line(100.01, {self.workshop: 50, self.studio: 50}),
            self._line(200, {self.studio: 100}),
            self._line(500),
        )
        self.assertEqual(
            self._contributions(invoice),
            {self.workshop: (50.01, 3.25), self.studio: (250.0, 16.25)},
        )
        self.assertEqual(self.workshop.balance, 46.76)
        self.assertEqual(self.studio.balance, 233.75)
        self.assert_books_hold()

    def test_cents_of_a_split_go_to_the_largest_remainder(self):
        third = self.env["coop.activity"].create(
            {"name": "Third", "membership_id": self.member.id, "state": "open"}
        )
        invoice = self._invoice(
            self._line(100, {self.workshop: 33.33, self.studio: 33.33, third: 33.34})
        )
        bases = {key: base for key, (base, _amount) in self._contributions(invoice).items()}
        self.assertEqual(bases, {self.workshop: 33.33, self.studio: 33.33, third: 33.34})
        invoice = self._invoice(self._line(0.01, {self.workshop: 50, self.studio: 50}))
        self.assertEqual(list(self._contributions(invoice).values()), [(0.01, 0.0)])
        self.assert_books_hold()

    def test_an_activity_shares_a_line_with_another_plan(self):
        plan = self.env["account.analytic.plan"].create({"name": "Departments"})
        department = self.env["account.analytic.account"].create(
            {"name": "Brussels", "plan_id": plan.id, "company_id": self.company.id}
        )
        key = f"{self.workshop.analytic_account_id.id},{department.id}"
        invoice = self._invoice(
            self._line(
                99.99,
                analytic_distribution={key: 50, str(self.studio.analytic_account_id.id): 50},
            )
        )
        self.assertEqual(
            self._contributions(invoice), {self.workshop: (50.0, 3.25), self.studio: (49.99, 3.25)}
        )
        self.assert_books_hold()

    def test_a_line_that_mixes_activity_and_none_is_refused(self):
        for shares in ({self.workshop: 60}, {self.workshop: 60, self.studio: 60}):
            draft = self._invoice(self._line(100, shares), post=False)
            with self.assertRaisesRegex(ValidationError, "100"):
                draft.action_post()
            self.assertEqual(draft.contribution_amount, 0.0)

    def test_discounts_zero_percent_and_zero_amounts(self):
        invoice = self._invoice(
            self._line(1000, {self.workshop: 100}, discount=10),
            self._line(100, {self.workshop: 100}, tax_ids=[Command.clear()]),
            self._line(0, {self.studio: 100}),
        )
        self.assertEqual(self._contributions(invoice), {self.workshop: (1000.0, 65.0)})

    def test_a_down_payment_is_deducted_from_the_base(self):
        self._invoice(self._line(300, {self.workshop: 100}))
        final = self._invoice(
            self._line(1000, {self.workshop: 100}),
            self._line(300, {self.workshop: 100}, name="Down payment", quantity=-1),
        )
        self.assertEqual(self._contributions(final), {self.workshop: (700.0, 45.5)})
        self.assertEqual(self.workshop.balance, 935.0)

    def test_cash_rounding_is_outside_the_base(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "5 cents",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
                "rounding_method": "HALF-UP",
            }
        )
        invoice = self._invoice(
            self._line(99.98, {self.workshop: 100}, tax_ids=[Command.clear()]),
            invoice_cash_rounding_id=rounding.id,
        )
        self.assertEqual(invoice.amount_total, 100.0)
        self.assertEqual(self._contributions(invoice), {self.workshop: (99.98, 6.5)})
        self.assert_books_hold()

    def test_foreign_currency_contributes_in_company_currency(self):
        currency = self.setup_other_currency(
            "CHF", rates=[("2025-01-01", 2.0), ("2025-03-10", 4.0)]
        )
        invoice = self._invoice(self._line(1000, {self.workshop: 100}), currency_id=currency.id)
        self.assertEqual(self._contributions(invoice), {self.workshop: (250.0, 16.25)})
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "contribution")
        self.assertEqual(lines.currency_id, self.company.currency_id)
        self.assertEqual(lines.mapped("balance"), lines.mapped("amount_currency"))
        self.assertEqual(self.workshop.balance, 233.75)

    def test_a_manual_currency_rate_is_kept(self):
        currency = self.setup_other_currency("CHF", rates=[("2025-01-01", 2.0)])
        invoice = self._invoice(
            self._line(1000, {self.workshop: 100}),
            currency_id=currency.id,
            invoice_date=False,
            post=False,
        )
        invoice.invoice_currency_rate = 5.0
        invoice.action_post()
        self.assertEqual(invoice.invoice_currency_rate, 5.0)
        self.assertEqual(self._contributions(invoice), {self.workshop: (200.0, 13.0)})

    @freeze_time("2025-06-15")
    def test_the_rate_is_the_one_in_force_at_the_invoice_date(self):
        self.env["coop.contribution.rate"].create({"date_from": "2025-06-01", "rate": 7})
        before = self._invoice(self._line(1000, {self.workshop: 100}), invoice_date="2025-05-31")
        today = self._invoice(self._line(1000, {self.workshop: 100}), invoice_date=False)
        self.assertEqual(before.contribution_amount, 65.0)
        self.assertEqual(today.invoice_date, fields.Date.to_date("2025-06-15"))
        self.assertEqual(today.contribution_amount, 70.0)
        self.assert_books_hold()

    def test_post_draft_post_again_and_cancel(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        for _again in range(2):
            invoice.button_draft()
            self.assertFalse(self._contributions(invoice))
            self.assertEqual(self.workshop.balance, 0.0)
            invoice.invoice_line_ids.price_unit += 100
            invoice.action_post()
        self.assertEqual(self._contributions(invoice), {self.workshop: (1200.0, 78.0)})
        invoice.button_cancel()
        self.assertFalse(self._contributions(invoice))
        self.assertEqual(self.workshop.balance, 0.0)

    def test_a_duplicate_contributes_for_itself(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        duplicate = invoice.copy()
        self.assertFalse(self._contributions(duplicate))
        duplicate.action_post()
        self.assertEqual(self._contributions(duplicate), {self.workshop: (1000.0, 65.0)})
        self.assertEqual(self.workshop.balance, 1870.0)

    @freeze_time("2025-03-10")
    def test_a_future_invoice_waits_for_its_date(self):
        invoice = self._invoice(
            self._line(1000, {self.workshop: 100}), invoice_date="2025-04-10", post=False
        )
        invoice._post(soft=True)
        self.assertEqual(invoice.state, "draft")
        self.assertFalse(self._contributions(invoice))
        with freeze_time("2025-04-11"), self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self._contributions(invoice), {self.workshop: (1000.0, 65.0)})

    @freeze_time("2025-03-10")
    def test_a_recurring_invoice_contributes_each_month(self):
        invoice = self._invoice(
            self._line(1000, {self.workshop: 100}), auto_post="monthly", post=False
        )
        invoice.action_post()
        following = self.env["account.move"].search([("auto_post_origin_id", "=", invoice.id)])
        following = following - invoice
        self.assertEqual(len(following), 1)
        self.assertFalse(self._contributions(following))

    def test_hashed_entries_contain_their_contribution(self):
        journal = self.company_data["default_journal_sale"]
        journal.restrict_mode_hash_table = True
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        self.assertTrue(invoice.inalterable_hash)
        results = self.company._check_hash_integrity()["results"]
        [status] = [
            row["status"] for row in results if row["journal_name"].startswith(journal.name)
        ]
        self.assertEqual(status, "verified")
        with self.assertRaises(UserError):
            invoice.button_draft()
        self.assertEqual(self._contributions(invoice), {self.workshop: (1000.0, 65.0)})
        refund = self._refund(invoice)
        self.assertEqual(self._contributions(invoice, refund), {self.workshop: (0.0, 0.0)})

    def test_a_locked_period_moves_the_entry_with_its_contribution(self):
        self.company.fiscalyear_lock_date = "2025-03-31"
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        self.assertGreater(invoice.date, self.company.fiscalyear_lock_date)
        self.assertEqual(set(invoice.line_ids.mapped("date")), {invoice.date})
        self.assertEqual(set(invoice.line_ids.analytic_line_ids.mapped("date")), {invoice.date})
        self.assert_books_hold()

    def test_receipts_contribute_and_bills_do_not(self):
        receipt = self._invoice(self._line(100, {self.workshop: 100}), move_type="out_receipt")
        bill = self._invoice(
            self._line(50, {self.workshop: 100}, tax_ids=[Command.clear()]),
            move_type="in_invoice",
        )
        self.assertEqual(self._contributions(receipt), {self.workshop: (100.0, 6.5)})
        self.assertFalse(self._contributions(bill))
        self.assertEqual(self.workshop.balance, 43.5)
        self.assert_books_hold()

    def test_posting_refuses_without_the_settings(self):
        for name in ("contribution_account_id", "shared_services_account_id"):
            kept = self.company[name]
            self.company[name] = False
            draft = self._invoice(self._line(100, {self.workshop: 100}), post=False)
            with self.assertRaises(RedirectWarning) as caught:
                draft.action_post()
            self.assertEqual(
                caught.exception.args[1], self.env.ref("account.action_account_config").id
            )
            self._invoice(self._line(100))
            self.company[name] = kept
            draft.action_post()

    def test_posting_refuses_before_the_first_rate(self):
        draft = self._invoice(
            self._line(100, {self.workshop: 100}), invoice_date="2014-12-31", post=False
        )
        with self.assertRaisesRegex(RedirectWarning, "12/31/2014"):
            draft.action_post()
        self.assertEqual(draft.contribution_amount, 0.0)

    def test_posting_refuses_activities_that_do_not_take_part(self):
        foreign_company = self.setup_other_company()["company"]
        foreign = (
            self.env["coop.activity"]
            .sudo()
            .create(
                {
                    "name": "Elsewhere",
                    "company_id": foreign_company.id,
                    "membership_id": self._create_member("Other", foreign_company).id,
                    "state": "open",
                }
            )
        )
        for state in ("suspended", "closed"):
            invoice = self._invoice(self._line(100, {self.studio: 100}), post=False)
            self.studio.state = state
            with self.assertRaisesRegex(UserError, "Studio"):
                invoice.action_post()
            self.studio.state = "open"
        archived = self._invoice(self._line(100, {self.studio: 100}), post=False)
        self.studio.active = False
        with self.assertRaisesRegex(UserError, "Studio"):
            archived.action_post()
        with self.assertRaisesRegex(UserError, "Elsewhere"):
            self._invoice(self._line(100, {foreign: 100}))

    def test_a_closed_activity_can_be_credited(self):
        invoice = self._invoice(self._line(100, {self.studio: 100}))
        self._close(self.studio)
        refund = self._refund(invoice)
        self.assertEqual(self._contributions(invoice, refund), {self.studio: (0.0, 0.0)})

    def test_many_invoices_post_with_few_queries(self):
        def draft(count):
            return self.env["account.move"].union(
                *(
                    self._invoice(self._line(10, {self.workshop: 100}), post=False)
                    for _index in range(count)
                )
            )

        draft(1).action_post()
        batches = draft(2), draft(12)
        counts = []
        for batch in batches:
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch._book_contributions(soft=False)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_branch_books_on_the_accounts_of_its_root(self):
        branch = self.env["res.company"].create(
            {"name": "Branch under Test", "parent_id": self.company.id}
        )
        self.env.user.company_ids |= branch
        branch._create_contribution_accounts()
        for name in ("contribution_account_id", "shared_services_account_id"):
            self.assertTrue(branch[name])
            self.assertEqual(branch[name], self.company[name])
