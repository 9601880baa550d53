import contextlib

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import ActivityCase

# What remote calls can send, and core or the addons listen to.
FLAGS = {
    "check_move_validity": False,
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_analytic_sync": True,
    "skip_readonly_check": True,
    "dynamic_unlink": True,
    "force_delete": True,
    "move_reverse_cancel": True,
    "tracking_disable": True,
    "activity_books": True,
    "coop_capital": True,
    "activity_splits": {},
}


@tagged("post_install", "-at_install")
class TestMoneyAttacksOnBooks(ActivityCase):
    """A bookkeeper with ordinary rights, who sends any context, and writes any field."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.bookkeeper = new_test_user(
            su,
            "attack_bookkeeper",
            "account.group_account_user,analytic.group_analytic_accounting",
            **company,
        )
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.env = cls.env(user=cls.bookkeeper)
        cls.flagged = cls.env(context={**cls.env.context, **FLAGS})
        cls.Move = cls.flagged["account.move"]
        cls.income = cls.company_data["default_account_revenue"]
        cls.misc = cls.company_data["default_journal_misc"]

    def _to(self, activity, balance, **values):
        return Command.create(
            {
                "name": "A gift",
                "account_id": self.income.id,
                "balance": balance,
                "analytic_distribution": {str(activity.sudo().analytic_account_id.id): 100},
                **values,
            }
        )

    def _entry(self, *lines):
        return self.Move.create(
            {"move_type": "entry", "journal_id": self.misc.id, "line_ids": list(lines)}
        )

    def assert_refused(self, attempt, *args):
        with self.assertRaises(UserError), self.cr.savepoint():
            attempt(*args)
            self.env.flush_all()
        self.env.invalidate_all()

    def assert_nothing_gained(self, workshop=935.0):
        self.env.invalidate_all()
        self.assertEqual(self.workshop.sudo().balance, workshop)
        self.assertEqual(self.studio.sudo().balance, 0)

    # Money that nobody has

    def test_an_entry_without_its_other_side(self):
        self.assert_refused(lambda: self._entry(self._to(self.workshop, -5000)).action_post())
        self.assert_nothing_gained()

    def test_one_more_line_on_a_posted_entry(self):
        entry = self._entry(self._to(self.workshop, -100), self._to(self.studio, 100))
        entry.action_post()
        more = self._to(self.workshop, -5000)[2]
        self.assert_refused(self.flagged["account.move.line"].create, {**more, "move_id": entry.id})
        self.assert_refused(entry.write, {"line_ids": [Command.create(more)]})
        self.assert_refused(entry.line_ids[1].unlink)
        self.assert_refused(entry.unlink)
        self.env.invalidate_all()
        self.assertEqual(self.workshop.sudo().balance, 1035.0)

    def test_a_line_does_not_change_its_entry(self):
        draft = self._entry(self._to(self.studio, 0))
        for line in self.invoice.with_env(self.flagged).line_ids:
            if line.analytic_distribution:
                self.assert_refused(line.write, {"move_id": draft.id})
        self.assert_nothing_gained()
        self.assert_books_hold()

    def test_all_of_a_line_for_each_activity(self):
        """A run of the payroll books whole lines; one that only says so is shared."""
        su = self.env(su=True)
        run = su["coop.payroll.run"].search([], limit=1)
        both = {
            str(activity.sudo().analytic_account_id.id): 50
            for activity in (self.workshop, self.studio)
        }
        payroll = new_test_user(
            su,
            "attack_payroll",
            "smart_activity_billing.group_payroll,analytic.group_analytic_accounting",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        Move = self.Move.with_user(payroll)
        line = self._to(self.workshop, -1000, analytic_distribution=both)[2]
        owed = {**line, "balance": 1000, "analytic_distribution": False}
        if not run:
            run = su["coop.payroll.run"].browse(1)
        forged = {**line, "coop_payroll_run_id": run.id}
        self.assert_refused(
            Move.create,
            {"move_type": "entry", "line_ids": [Command.create(forged), Command.create(owed)]},
        )
        entry = Move.create(
            {"move_type": "entry", "line_ids": [Command.create(line), Command.create(owed)]}
        )
        self.assert_refused(entry.line_ids[0].write, {"coop_payroll_run_id": run.id})
        entry.action_post()
        self.env.invalidate_all()
        self.assertEqual(self.workshop.sudo().balance + self.studio.sudo().balance, 1935.0)

    # The contribution

    def test_a_contribution_stays_with_the_shared_services(self):
        [given] = self.invoice.sudo().line_ids.filtered(
            lambda line: line.display_type == "contribution" and not line.activity_id
        )
        plan = self.company.sudo().shared_services_account_id.plan_id
        elsewhere = (
            self.env["account.analytic.account"].sudo().create({"name": "Else", "plan_id": plan.id})
        )
        line = given.with_env(self.flagged)
        for values in (
            {"analytic_distribution": {str(elsewhere.id): 100}},
            {"analytic_distribution": False},
            {"account_id": self.income.id},
        ):
            with self.subTest(values=values):
                self.assert_refused(line.write, values)
        kept = given.analytic_line_ids.with_env(self.flagged)
        self.assertEqual(kept.sudo().amount, 65)
        for values in (
            {"amount": 0.01},
            {plan._column_name(): elsewhere.id},
            {"date": "2020-01-01"},
        ):
            with self.subTest(values=values):
                self.assert_refused(kept.write, values)
        self.assert_refused(kept.unlink)
        self.assertEqual(given.analytic_line_ids.amount, 65)

    def test_lines_that_are_called_something_else(self):
        for display_type in ("rounding", "discount", "epd", "tax"):
            with self.subTest(display_type=display_type):

                def attempt(display_type=display_type):
                    invoice = self.env["account.move"].create(
                        {
                            "move_type": "out_invoice",
                            "partner_id": self.client_partner.id,
                            "invoice_date": "2025-03-10",
                            "line_ids": [
                                self._to(self.workshop, -999, display_type=display_type),
                                self._to(
                                    self.workshop,
                                    999,
                                    display_type=display_type,
                                    analytic_distribution=False,
                                ),
                            ],
                            "invoice_line_ids": [self._line(1, {self.workshop: 100})],
                        }
                    )
                    invoice.action_post()

                # Refused, or made anew by the accounting, which then brings nothing.
                with contextlib.suppress(UserError), self.cr.savepoint():
                    attempt()
                self.env.invalidate_all()
                self.assertLess(self.workshop.sudo().balance, 936)

    def test_a_tax_that_is_kept(self):
        tax = self.tax.sudo().copy({"name": "Kept", "amount": 900, "analytic": True})
        line = self._line(1, {self.workshop: 100}, tax_ids=[Command.set(tax.ids)])
        invoice = self._invoice(line, post=False)
        self.assert_refused(invoice.action_post)
        self.assert_nothing_gained()

    def test_an_old_rate_for_new_money(self):
        """What says that it reverses an invoice of years ago is no way to the rate of then."""
        self.rate.copy({"date_from": "2025-06-01", "rate": 8.0})
        old = self.invoice
        for root in (old, self._invoice(self._line(1), post=False)):
            refund = self._invoice(
                self._line(1, {self.workshop: 100}),
                post=False,
                move_type="out_refund",
                invoice_date="2025-07-01",
                reversed_entry_id=root.id,
            )
            for move_type, parent in (("out_refund", root), ("out_invoice", refund)):
                move = self._invoice(
                    self._line(9000, {self.workshop: 100}),
                    post=False,
                    move_type=move_type,
                    invoice_date="2025-07-01",
                    reversed_entry_id=parent.id,
                )
                with self.subTest(move_type=move_type, root=root):
                    self.assert_refused(move.action_post)
        part = self._refund(old.with_env(self.env), 400, invoice_date="2025-07-01")
        self.assertEqual(self._contributions(part), {self.workshop: (-400.0, -26.0)})
        back = part._reverse_moves([{"invoice_date": "2025-07-02"}])
        back.action_post()
        self.assertEqual(self._contributions(back), {self.workshop: (400.0, 26.0)})

    # What members said

    def test_nobody_agrees_for_a_member(self):
        member = self.member.sudo().partner_id
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        for values in (
            {"submission_state": "submitted", "submitted_by_id": member.id},
            {"correction_outcome": "agreed"},
            {"correction_answer": "Fine", "correction_user_id": self.env.uid},
        ):
            with self.subTest(values=values):
                self.assert_refused(draft.write, values)
                self.assert_refused(
                    lambda values=values: self._invoice(self._line(10), post=False, **values)
                )

    # Numbers

    def test_numbers_at_the_edges(self):
        """What is less than nothing twice is something, and it contributes."""
        for quantity, price, base in ((-3, -100, 300.0), (1e6, 0.004, 0.0), (1, 0.004, 0.0)):
            line = self._line(price, {self.workshop: 100}, quantity=quantity)
            with self.subTest(quantity=quantity, price=price):
                invoice = self._invoice(line)
                untaxed = invoice.amount_untaxed
                rows = self._contributions(invoice)
                expected = (untaxed, self.company.currency_id.round(untaxed * 0.065))
                self.assertEqual(rows, {self.workshop: expected} if untaxed else {})
                self.assertGreaterEqual(untaxed, base)
        for price in (1e15, -1e15, float("nan")):
            self.assert_refused(self._invoice, self._line(price, {self.workshop: 100}))
