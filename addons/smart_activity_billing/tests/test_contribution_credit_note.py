from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestContributionCreditNote(ActivityCase):
    """Invoice and credit notes together contribute rate x what remains invoiced."""

    def test_a_whole_credit_note_nets_to_nothing(self):
        invoice = self._invoice(self._line(7.69, {self.workshop: 100}))
        refund = self._refund(invoice)
        self.assertEqual(refund.contribution_amount, -0.5)
        self.assertEqual(self._contributions(invoice, refund), {self.workshop: (0.0, 0.0)})
        self.assertEqual(self.workshop.balance, 0.0)
        self.assert_books_hold()

    def test_several_credit_notes_net_to_nothing(self):
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        refunds = [self._refund(invoice, price) for price in (3.33, 3.33, 3.34)]
        self.assertEqual([refund.contribution_amount for refund in refunds], [-0.22, -0.21, -0.22])
        self.assertEqual(self._contributions(invoice, *refunds), {self.workshop: (0.0, 0.0)})
        self.assertEqual(self.workshop.balance, 0.0)
        self.assert_books_hold()

    @given(st.lists(st.integers(1, 5000), min_size=1, max_size=4))
    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.differing_executors],
    )
    def test_any_parts_net_to_nothing(self, cents):
        before = self.workshop.balance
        invoice = self._invoice(self._line(sum(cents) / 100, {self.workshop: 100}))
        refunds = [self._refund(invoice, cent / 100) for cent in cents]
        self.assertEqual(self._contributions(invoice, *refunds), {self.workshop: (0.0, 0.0)})
        self.assertEqual(self.workshop.balance, before)

    def test_the_preview_of_a_credit_note_is_what_is_booked(self):
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        self._refund(invoice, 3.33)
        refund = self._refund(invoice, 3.33, post=False)
        self.assertEqual(refund.contribution_amount, -0.21)
        refund.action_post()
        self.assertEqual(refund.contribution_amount, -0.21)

    @freeze_time("2025-06-15")
    def test_after_a_change_of_rate_the_invoice_decides(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        self.env["coop.contribution.rate"].create({"date_from": "2025-06-01", "rate": 8})
        refund = self._refund(invoice, 400, invoice_date="2025-06-10")
        free = self._invoice(
            self._line(400, {self.workshop: 100}), move_type="out_refund", invoice_date="2025-06-10"
        )
        self.assertEqual(refund.contribution_amount, -26.0)
        self.assertEqual(free.contribution_amount, -32.0)
        self.assert_books_hold()

    def test_in_foreign_currency_the_base_decides(self):
        currency = self.setup_other_currency(
            "CHF", rates=[("2025-01-01", 2.0), ("2025-04-01", 4.0)]
        )
        invoice = self._invoice(self._line(1000, {self.workshop: 100}), currency_id=currency.id)
        refund = self._refund(invoice)
        self.assertEqual(self._contributions(invoice), {self.workshop: (500.0, 32.5)})
        self.assertEqual(self._contributions(refund), {self.workshop: (-250.0, -16.25)})
        self.assert_books_hold()

    def test_reverse_and_cancel_at_once(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 60, self.studio: 40}))
        refund = invoice._reverse_moves([{"invoice_date": "2025-04-01"}], cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(
            self._contributions(invoice, refund),
            {self.workshop: (0.0, 0.0), self.studio: (0.0, 0.0)},
        )
        self.assert_books_hold()

    def test_reverse_and_modify(self):
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2025-04-01"})
        )
        action = wizard.modify_moves()
        replacement = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(self.workshop.balance, 0.0)
        replacement.invoice_line_ids.price_unit = 900
        replacement.action_post()
        self.assertEqual(self._contributions(replacement), {self.workshop: (900.0, 58.5)})
        self.assertEqual(self.workshop.balance, 841.5)
        self.assert_books_hold()

    def test_a_credit_note_that_is_itself_reversed(self):
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        refund = self._refund(invoice, 3.33)
        again = refund._reverse_moves([{"invoice_date": "2025-04-02"}])
        again.action_post()
        self.assertEqual(self._contributions(invoice, refund, again), {self.workshop: (10.0, 0.65)})
        self.assert_books_hold()

    def test_posting_again_keeps_the_family_together(self):
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        first, second = self._refund(invoice, 3.33), self._refund(invoice, 3.33)
        first.button_draft()
        first.action_post()
        self.assertEqual(self._contributions(invoice, first, second), {self.workshop: (3.34, 0.22)})
        self.assert_books_hold()

    def test_a_line_for_another_activity_contributes_there(self):
        invoice = self._invoice(self._line(10, {self.workshop: 100}))
        refund = self._refund(invoice, post=False)
        refund.invoice_line_ids.analytic_distribution = {
            str(self.studio.analytic_account_id.id): 100
        }
        refund.action_post()
        self.assertEqual(self._contributions(refund), {self.studio: (-10.0, -0.65)})
        self.assert_books_hold()
