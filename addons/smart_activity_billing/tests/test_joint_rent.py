import json

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointRent(JointCase):
    """What is earned by renting it out goes to those who own it on that day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investment = cls._bought(target=100)

    def _rent(self, price, date="2025-02-10", post=True, **values):
        return self._invoice(
            self._line(price),
            invoice_date=date,
            rented_investment_id=self.investment.id,
            post=post,
            **values,
        )

    def incomes(self, *moves):
        """What each Activity got, before the contribution."""
        return {activity: base for activity, (base, _amount) in self._contributions(*moves).items()}

    def test_split_by_shares_to_the_cent(self):
        invoice = self._rent(100.01)
        # Shares of 50, 33.33 and 16.67: in cents, not in rounded percentages.
        self.assertEqual(
            self.incomes(invoice), {self.workshop: 50.01, self.gallery: 33.33, self.press: 16.67}
        )
        self.assertEqual(
            self._contributions(invoice),
            {self.workshop: (50.01, 3.25), self.gallery: (33.33, 2.17), self.press: (16.67, 1.08)},
        )
        self.assert_books_hold()

    def test_credit_note_follows_its_invoice(self):
        invoice = self._rent(100.01)
        self._move_shares()
        refund = self._refund(invoice, invoice_date=fields.Date.today())
        self.assertEqual(
            self.incomes(invoice, refund), {self.workshop: 0, self.gallery: 0, self.press: 0}
        )
        self.assert_books_hold()

    def _move_shares(self):
        """The Gallery leaves today, the Workshop takes over."""
        buyout = self.env["coop.investment.buyout"].create(
            {
                "investment_id": self.investment.id,
                "seller_id": self.gallery.id,
                "line_ids": [Command.create({"activity_id": self.workshop.id})],
            }
        )
        buyout.with_user(self.receiver).action_submit()
        buyout.line_ids.with_user(self.giver).action_accept()

    def test_the_shares_of_the_day_count(self):
        self._move_shares()
        before, after = self._rent(60), self._rent(60, date=fields.Date.today())
        self.assertEqual(set(self.incomes(before)), {self.workshop, self.gallery, self.press})
        self.assertEqual(self.incomes(after), {self.workshop: 50, self.press: 10})
        self.assert_books_hold()

    def test_date_and_lines_of_a_draft_change(self):
        self._move_shares()
        invoice = self._rent(60, post=False)
        self.assertEqual(len(invoice.invoice_line_ids.analytic_distribution), 3)
        invoice.invoice_date = fields.Date.today()
        self.assertEqual(len(invoice.invoice_line_ids.analytic_distribution), 2)
        invoice.invoice_line_ids = [self._line(30, {self.gallery: 100})]
        invoice.action_post()
        self.assertEqual(self.incomes(invoice), {self.workshop: 75, self.press: 15})

    def test_nobody_owned_it_yet(self):
        with self.assertRaisesRegex(UserError, "Nobody owned .* on 2024-12-31"):
            self._rent(60, date="2024-12-31")

    def test_posted_stays(self):
        invoice = self._rent(60)
        with self.assertRaises(UserError):
            invoice.rented_investment_id = False

    def test_the_proof_finds_rent_that_went_elsewhere(self):
        invoice = self._rent(60)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET rent_costs = %s WHERE id = %s",
            [json.dumps({str(self.gallery.id): 1.0}), invoice.id],
        )
        self.env.invalidate_all()
        found = [
            row["record"]
            for row in self.env["coop.ledger.check"]._run(self.company)
            if row["check"] == "rent"
        ]
        self.assertIn(invoice, found)

    def test_what_is_posted_stays_whatever_happens_later(self):
        invoice = self._rent(100.01)
        bill = self.investment.bill_id
        refund = bill._reverse_moves([{"invoice_date": "2025-01-15", "date": "2025-01-15"}])
        refund.invoice_line_ids.price_unit = 70.01
        refund.action_post()
        self.assertEqual(self.investment.purchase_value, 29.99)
        credit = self._refund(invoice, invoice_date="2025-03-01")
        self.assertEqual(
            self.incomes(invoice, credit), {self.workshop: 0, self.gallery: 0, self.press: 0}
        )
        self.assert_books_hold()
