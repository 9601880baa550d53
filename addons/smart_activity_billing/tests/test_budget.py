import math

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestBudget(ActivityCase):
    """What is reserved cannot be spent twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(1000, {cls.workshop: 100}))

    def test_reserve_consume_release(self):
        reservation = self.workshop._reserve(200, "purchase", self.member)
        self.assertEqual(self.workshop.reserved_amount, 200)
        self.assertEqual(self.workshop.available, 735)
        self.assertEqual(self.env[reservation.res_model].browse(reservation.res_id), self.member)
        self.assertEqual(reservation._consume(150), 150)
        self.assertEqual((reservation.remaining, reservation.state), (50, "active"))
        self.assertEqual(self.workshop.reserved_amount, 50)
        reservation._release()
        self.assertEqual((reservation.remaining, reservation.state), (0, "cancelled"))
        self.assertEqual(self.workshop.available, 935)
        reservation._release()
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assert_books_hold()

    def test_available_does_not_move_when_the_spending_is_booked(self):
        reservation = self.workshop._reserve(200, "purchase")
        before = self.workshop.available
        self._invoice(
            self._line(200, {self.workshop: 100}, tax_ids=[Command.clear()]),
            move_type="in_invoice",
        )
        reservation._consume(200)
        self.assertEqual(self.workshop.available, before)
        self.assertEqual(reservation.state, "done")

    def test_a_spending_dearer_than_reserved_is_booked_all_the_same(self):
        reservation = self.workshop._reserve(100, "purchase")
        self.assertEqual(reservation._consume(130), 100)
        self.assertEqual((reservation.remaining, reservation.state), (0, "done"))
        self.assertEqual(reservation._consume(), 0)
        self.assertEqual(self.workshop.reserved_amount, 0)

    def test_the_last_cent_can_be_reserved_and_not_one_more(self):
        self.workshop._reserve(935, "expense")
        self.assertEqual(self.workshop.available, 0)
        with self.assertRaisesRegex(UserError, "Workshop.*0.00.*0.01"):
            self.workshop._reserve(0.01, "expense")
        self.assertEqual(self.workshop.reserved_amount, 935)

    def test_the_warn_policy_lets_through_and_keeps_a_trail(self):
        self.company.activity_overdraft_policy = "warn"
        self.workshop._reserve(1000, "expense")
        self.assertEqual(self.workshop.available, -65)
        self.assertIn("1,000.00", self.workshop.message_ids[0].body)

    def test_an_override_needs_the_group_and_a_reason(self):
        with self.assertRaises(UserError):
            self.workshop._reserve(1000, "expense", override_reason="A tour abroad")
        chief = new_test_user(
            self.env(su=True),
            "test_chief",
            "account.group_account_user,smart_activity_billing.group_budget_override",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        workshop = self.workshop.with_user(chief)
        with self.assertRaises(UserError):
            workshop._reserve(1000, "expense")
        reservation = workshop._reserve(1000, "expense", override_reason="A tour abroad")
        self.assertEqual(reservation.override_reason, "A tour abroad")
        self.assertIn("A tour abroad", self.workshop.message_ids[0].body)

    def test_amounts_that_make_no_sense(self):
        for bad in (0, -1, 0.001, math.nan, math.inf, 1e12, "ten", None):
            with self.assertRaises(ValidationError):
                self.workshop._reserve(bad, "expense")
        self.assertEqual(self.workshop.reserved_amount, 0)

    def test_only_open_activities_spend(self):
        for vals in ({"state": "draft"}, {"state": "suspended"}, {"active": False}):
            kept = {name: self.workshop[name] for name in vals}
            self.workshop.write(vals)
            with self.assertRaisesRegex(UserError, "Workshop"):
                self.workshop._reserve(1, "expense")
            self.workshop.write(kept)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_impossible_reservations(self):
        reservation = self.workshop._reserve(100, "expense")
        for statement in (
            "UPDATE coop_budget_reservation SET remaining = 101 WHERE id = %s",
            "UPDATE coop_budget_reservation SET remaining = -1 WHERE id = %s",
            "UPDATE coop_budget_reservation SET amount = 'NaN' WHERE id = %s",
            "UPDATE coop_budget_reservation SET state = 'done' WHERE id = %s",
            "UPDATE coop_activity SET reserved_amount = -1 WHERE id = "
            "(SELECT activity_id FROM coop_budget_reservation WHERE id = %s)",
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(statement, [reservation.id])
            self.assertIn("check constraint", str(caught.exception))

    def test_reservations_are_kept(self):
        reservation = self.workshop._reserve(100, "expense")
        with self.assertRaises(UserError):
            reservation.sudo().unlink()
