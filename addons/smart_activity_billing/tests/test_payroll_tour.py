from odoo.tests import HttpCase, new_test_user, tagged

from .payroll_common import PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollTour(PayrollCase, HttpCase):
    """The accountant at a desk, in a real browser."""

    browser_size = "1366x768"

    def test_a_file_with_a_mistake_is_corrected_and_posted(self):
        cookies = {"payroll": f"{self.workshop.code}-{self.number}"}
        self.start_tour(
            "/odoo/payroll-runs", "payroll_run", login=self.payroll.login, cookies=cookies
        )
        run = self.env["coop.payroll.run"].with_user(self.payroll).search([])
        self.assertEqual((run.state, str(run.date_from)), ("posted", "2025-03-01"))
        self.assertEqual(self.workshop.balance, 6850)
        self.assert_books_hold()

    def test_an_invoice_is_written_off_and_recovered_in_part(self):
        invoice = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "=", "out_invoice")]
        )
        self.start_tour(
            f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}",
            "bad_debt",
            login=self.payroll.login,
        )
        self.assertEqual(invoice.amount_residual, 100)
        self.assert_books_hold()


@tagged("post_install", "-at_install")
class TestSalaryTour(PayrollCase, HttpCase):
    """A member on a phone, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_announce_and_withdraw(self):
        new_test_user(
            self.env(su=True),
            "t_member",
            "base.group_portal",
            partner_id=self.member.partner_id.id,
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.start_tour("/my/salaries", "portal_salary", login="t_member")
        self.assertEqual(self.workshop.reserved_amount, 0)
        own = [("partner_id", "=", self.member.partner_id.id)]
        announced = self.env["coop.payroll.announcement"].sudo().search(own)
        self.assertEqual((announced.state, announced.amount), ("cancelled", 2500.5))
