from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestActivity(ActivityCase):
    """The Activity, its account in the analytic ledger, and what a list of them costs."""

    def test_a_new_activity_has_code_account_and_manager(self):
        with Form(self.env["coop.activity"]) as form:
            form.name = "Theatre lights"
            form.membership_id = self.member
        activity = form.save()
        self.assertEqual(activity.state, "draft")
        self.assertEqual(activity.partner_id, self.member.partner_id)
        self.assertEqual(activity.manager_ids, self.member.partner_id)
        self.assertEqual(activity.code, "A00003")
        account = activity.analytic_account_id
        self.assertEqual((account.name, account.code), ("Theatre lights", "A00003"))
        self.assertEqual(account.company_id, self.company)
        self.assertEqual(
            account.plan_id, self.env.ref("smart_activity_billing.analytic_plan_activities")
        )
        activity.name = "Stage lights"
        self.assertEqual(account.name, "Stage lights")

    def test_a_failed_creation_leaves_no_gap(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            activity = self.env["coop.activity"].create(
                {"name": "Short-lived", "membership_id": self.member.id}
            )
            activity.unlink()
        activity = self.env["coop.activity"].create(
            {"name": "Next", "membership_id": self.member.id}
        )
        self.assertEqual(activity.code, "A00003")

    def test_code_company_and_reserved_amount_do_not_change_by_hand(self):
        other = self.setup_other_company()["company"]
        for vals in ({"code": "A1"}, {"company_id": other.id}, {"reserved_amount": 5}):
            with self.assertRaises(UserError):
                self.workshop.write(vals)
        with self.assertRaises(UserError):
            self.env["coop.activity"].create(
                {"name": "X", "membership_id": self.member.id, "reserved_amount": 5}
            )

    def test_the_analytic_account_stays_with_its_activity(self):
        account = self.workshop.analytic_account_id
        plan = self.env["account.analytic.plan"].create({"name": "Elsewhere"})
        for vals in ({"plan_id": plan.id}, {"company_id": False}, {"active": False}):
            with self.assertRaisesRegex(UserError, "Workshop"):
                account.write(vals)
        account.write({"plan_id": account.plan_id.id, "color": 3})

    def test_closing_asks_to_settle_reservations(self):
        invoice = self._invoice(self._line(100, {self.workshop: 100}))
        reservation = self.workshop._reserve(50, "expense")
        with self.assertRaisesRegex(UserError, "Workshop"):
            self.workshop.action_close()
        reservation._release()
        with self.assertRaisesRegex(UserError, "Workshop has a balance of .*93.50"):
            self.workshop.action_close()
        self._refund(invoice)
        self.workshop.action_close()
        self.assertEqual(self.workshop.state, "closed")
        with self.assertRaises(UserError):
            self.workshop._reserve(1, "expense")

    def test_unpaid_invoices_and_the_paid_basis(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 60, self.studio: 40}))
        self.assertEqual(self.workshop.unpaid_amount, 561.0)
        self.assertEqual(self.workshop.available, 561.0)
        self.company.activity_available_basis = "paid"
        self.assertEqual(self.workshop.available, 0.0)
        self._pay(invoice, invoice.amount_total / 4)
        self.assertEqual(self.workshop.unpaid_amount, 420.75)
        self.assertEqual(self.workshop.available, 140.25)
        self.assertEqual(self.studio.available, 93.5)
        self._pay(invoice, invoice.amount_residual)
        self.assertEqual(self.workshop.unpaid_amount, 0.0)
        self.assertEqual(self.workshop.available, 561.0)

    def test_half_a_cent_unpaid_is_rounded_up(self):
        invoice = self._invoice(self._line(0.16, {self.workshop: 100}))
        self.assertEqual((self.workshop.balance, invoice.amount_total), (0.15, 0.18))
        self._pay(invoice, 0.15)
        # EUR 0.15 x 0.03 / 0.18 is exactly 0.025.
        self.assertEqual(self.workshop.unpaid_amount, 0.03)

    def test_a_negative_activity_is_found(self):
        self._invoice(
            self._line(50, {self.workshop: 100}, tax_ids=[Command.clear()]),
            move_type="in_invoice",
        )
        Activity = self.env["coop.activity"]
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(self.workshop.available, -50)
        self.assertEqual(Activity.search([*own, ("available", "<", 0)]), self.workshop)
        self.assertEqual(Activity.search([*own, ("balance", ">=", 0)]), self.studio)

    def test_totals_of_groups(self):
        self._invoice(self._line(1000, {self.workshop: 100}))
        self._invoice(self._line(100, {self.studio: 100}))
        [group] = self.env["coop.activity"].formatted_read_group(
            [("company_id", "=", self.company.id)],
            ["state"],
            ["balance:sum", "available:sum", "reserved_amount:sum"],
        )
        self.assertEqual(group["balance:sum"], 1028.5)
        self.assertEqual(group["available:sum"], 1028.5)

    def test_smart_buttons_lead_to_what_made_the_amounts(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 60, self.studio: 40}))
        draft = self._invoice(self._line(5), activity_id=self.workshop.id, post=False)
        for activity, expected in ((self.workshop, invoice | draft), (self.studio, invoice)):
            action = activity.action_view_invoices()
            self.assertEqual(self.env["account.move"].search(action["domain"]), expected)
            self.assertEqual(activity.invoice_count, len(expected))
            entries = self.env["account.analytic.line"].search(
                activity.action_view_entries()["domain"]
            )
            self.assertEqual(sum(entries.mapped("amount")), activity.balance)
            lines = self.env["account.move.line"].search(
                activity.action_view_contributions()["domain"]
            )
            self.assertEqual(sum(lines.mapped("balance")), activity.contribution_total)

    def test_a_list_costs_the_same_however_long(self):
        self.env["coop.activity"].create(
            [{"name": f"Activity {n}", "membership_id": self.member.id} for n in range(30)]
        )
        self._invoice(self._line(1000, {self.workshop: 60, self.studio: 40}))
        specification = {
            name: {}
            for name in ("code", "name", "balance", "reserved_amount", "unpaid_amount", "available")
        }
        counts = []
        for limit in (1, 5, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["coop.activity"].web_search_read(
                [("company_id", "=", self.company.id)], specification, limit=limit
            )
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 10)

    def _pay(self, invoice, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": amount, "payment_difference_handling": "open"})._create_payments()
