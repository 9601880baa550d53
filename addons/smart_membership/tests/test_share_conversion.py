from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .transfer_common import DECISION, TransferCase


@tagged("post_install", "-at_install")
class TestShareConversion(TransferCase):
    """Shares of one class become shares of another at equal value, in the register and books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capital_c = (
            cls.env["account.account"]
            .with_company(cls.company)
            .create({"name": "Capital C", "code": "110991", "account_type": "equity"})
        )
        cls.share_c.capital_account_id = cls.capital_c
        cls.share_c.category_ids |= cls.user_category
        cls._pay(cls._subscribe(8, cls.giver))

    def _capital_in_books(self):
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.capital_c.id), ("parent_state", "=", "posted")]
        )
        return super()._capital_in_books() + sum(lines.mapped("balance"))

    @classmethod
    def _conversion(cls, quantity=5, target_class=None, **values):
        return super()._conversion(quantity, target_class or cls.share_c, **values)

    def test_both_sides_and_the_entry(self):
        conversion = self._conversion()
        conversion.action_convert()
        self.assertRecordValues(
            conversion, [{"state": "done", "target_quantity": 1, "target_price": 250.0}]
        )
        movements = self._register().filtered(lambda one: one.kind == "conversion")
        self.assertEqual(set(movements.mapped("origin")), {conversion.name})
        self.assertRecordValues(
            movements,
            [
                {
                    "share_class_id": self.share_a.id,
                    "partner_from_id": self.giver.id,
                    "partner_to_id": False,
                    "quantity": 4,
                    "unit_price": 50.0,
                    "paid_up": 200.0,
                },
                {
                    "share_class_id": self.share_a.id,
                    "partner_from_id": self.giver.id,
                    "partner_to_id": False,
                    "quantity": 1,
                    "unit_price": 50.0,
                    "paid_up": 50.0,
                },
                {
                    "share_class_id": self.share_c.id,
                    "partner_from_id": False,
                    "partner_to_id": self.giver.id,
                    "quantity": 1,
                    "unit_price": 250.0,
                    "paid_up": 250.0,
                },
            ],
        )
        self.assertEqual(self._held(self.giver), 7)
        self.assertEqual(self._held(self.giver, self.share_c), 1)
        self.assertRecordValues(
            conversion.move_id.line_ids.sorted("balance"),
            [
                {"account_id": self.capital_c.id, "balance": -250.0},
                {"account_id": self.capital.id, "balance": 250.0},
            ],
        )
        self.assertEqual(conversion.move_id.journal_id.type, "general")
        self.assertEqual(conversion.move_id.state, "posted")
        self.assert_register_holds()

    def test_one_lot_makes_two_movements(self):
        self._conversion(partner_id=self._member(5).partner_id.id).action_convert()
        movements = self._register().filtered(lambda one: one.kind == "conversion")
        self.assertEqual(movements.mapped("quantity"), [5, 1])

    def test_no_entry_where_the_classes_share_an_account(self):
        self.share_c.capital_account_id = self.capital
        conversion = self._conversion(10)
        conversion.action_convert()
        self.assertFalse(conversion.move_id)
        self.assertEqual(self._held(self.giver, self.share_c), 2)
        self.assert_register_holds()

    def test_the_price_paid_counts_not_todays(self):
        self.share_a.price_ids.create(
            {"share_class_id": self.share_a.id, "date_from": "2021-01-01", "price": 250}
        )
        with self.assertRaisesRegex(UserError, "nearest possible: 5"):
            self._conversion(1).action_convert()

    def test_what_is_not_whole_says_what_is_nearest(self):
        conversion = self._conversion(7)
        self.assertIn("5 / 10", conversion.preview)
        with self.assertRaisesRegex(UserError, "nearest possible: 5 / 10"):
            conversion.action_convert()
        with self.assertRaisesRegex(UserError, "nearest possible: 10"):
            self._conversion(13).action_convert()
        self.share_c.price_ids.create(
            {"share_class_id": self.share_c.id, "date_from": "2021-01-01", "price": 10_000}
        )
        with self.assertRaisesRegex(UserError, "No number of fully paid shares"):
            self._conversion(5).action_convert()
        self.assertEqual(conversion.state, "draft")

    def test_and_back_again(self):
        self._conversion(10).action_convert()
        back = self._conversion(1, share_class_id=self.share_c.id, target_class_id=self.share_a.id)
        back.action_convert()
        self.assertEqual(back.target_quantity, 5)
        self.assertEqual(self._held(self.giver), 7)
        self.assert_register_holds()

    def test_rules_of_the_class(self):
        self.share_c.category_ids = self.partner_category
        with self.assertRaisesRegex(UserError, "category that may hold"), self.cr.savepoint():
            self._conversion().action_convert()
        self.share_c.category_ids = self.user_category
        self.share_c.write({"maximum_quantity": 1})
        with (
            self.assertRaisesRegex(UserError, "outside what the class allows"),
            self.cr.savepoint(),
        ):
            self._conversion(10).action_convert()
        self.share_a.minimum_quantity = 8
        with self.assertRaisesRegex(UserError, "would hold 7"), self.cr.savepoint():
            self._conversion(5).action_convert()

    def test_promised_shares_are_not_converted(self):
        self._transfer(8)
        with self.assertRaisesRegex(UserError, "promised 8"):
            self._conversion(5).action_convert()

    def test_it_needs_a_decision(self):
        for values in (
            {"decision_date": False},
            {"decision_reference": " "},
            {"decision_date": "2099-01-01"},
        ):
            with self.assertRaises(UserError):
                self._conversion(**values).action_convert()

    def test_what_is_done_stays(self):
        conversion = self._conversion()
        conversion.action_convert()
        for vals in ({"quantity": 1}, {"state": "draft"}, {"decision_reference": "Other"}):
            with self.assertRaises(UserError):
                conversion.write(vals)
        for again in (conversion.action_convert, conversion.action_cancel, conversion.unlink):
            with self.assertRaises(UserError):
                again()
        for change in (conversion.move_id.button_draft, conversion.move_id._reverse_moves):
            with self.assertRaises(UserError):
                change()

    def test_member_services_convert_and_see_what_they_do(self):
        form = Form(self.env["coop.share.conversion"].with_user(self.services))
        form.partner_id = self.giver
        form.share_class_id = self.share_a
        form.quantity = 5
        form.target_class_id = self.share_c
        self.assertIn("become 1 × C", form.preview)
        form.decision_date = DECISION["decision_date"]
        form.decision_reference = DECISION["decision_reference"]
        conversion = form.save()
        conversion.action_convert()
        self.assertEqual(conversion.decided_by_id, self.services)
        self.assertIn(self.giver, conversion.message_ids.partner_ids)
        for user in (self.portal, self.other):
            with self.assertRaises(AccessError):
                conversion.with_user(user).read(["quantity"])
            with self.assertRaises(AccessError):
                conversion.with_user(user).action_convert()
