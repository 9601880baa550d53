from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .purchase_common import PurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseSecurity(PurchaseCase):
    """Who may order for an Activity, and what that does not allow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls._order_line(100, 1, {cls.workshop: 100}))

    def _new_user(self, login, group, company=None):
        company = company or self.company
        return new_test_user(
            self.env(su=True),
            login,
            group,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_a_buyer_sees_what_is_available_and_changes_nothing_of_it(self):
        activity = self.workshop.with_user(self.buyer)
        self.assertEqual((activity.available, activity.reserved_amount), (835, 100))
        reservation = activity.reservation_ids
        self.assertEqual(reservation.remaining, 100)
        with self.assertRaises(AccessError):
            activity.name = "Mine"
        with self.assertRaises(AccessError):
            reservation.write({"remaining": 0})
        with self.assertRaises(AccessError):
            self.env["coop.expense"].with_user(self.buyer).search([])

    def test_others_do_not_order_nor_release(self):
        for login, group in (
            ("ps_members", "smart_membership.group_membership_user"),
            ("ps_portal", "base.group_portal"),
            ("ps_user", "base.group_user"),
        ):
            user = self._new_user(login, group)
            order = self.order.with_user(user)
            request = self._order(self._order_line(100), confirm=False)
            for call in (
                request.with_user(user).button_confirm,
                order.action_release_budget,
                order.action_hold_budget,
                order.action_view_reservations,
            ):
                with self.subTest(login=login, call=call.__name__), self.assertRaises(AccessError):
                    # As a remote call comes, with nothing read before.
                    self.env.invalidate_all()
                    call()
            self.env.invalidate_all()
            self.assertEqual(request.state, "draft")
        self.env.invalidate_all()
        self.assert_held(self.order, 100)

    def test_a_supplier_does_not_learn_whose_budget_pays(self):
        supplier = self._new_user("ps_supplier", "base.group_portal")
        self.supplier.sudo().child_ids = supplier.partner_id
        order = self.order.with_user(supplier)
        [values] = order.read(["name", "amount_total"])
        self.assertEqual(values["name"], self.order.name)
        self.assertEqual(order.order_line.read(["price_unit"])[0]["price_unit"], 100)
        bill = self._bill(self.order)
        hidden = {
            order: ("activity_id", "override_reason", "budget_released", "reserved_amount"),
            order.order_line: ("activity_id", "budget_amount"),
            bill.invoice_line_ids.with_user(supplier): ("coop_expense_id", "booked_as_cost"),
        }
        self.assertTrue(bill.with_user(supplier).read(["name"]))
        for records, names in hidden.items():
            for name in names:
                self.env.invalidate_all()
                with self.subTest(name=name), self.assertRaises(AccessError):
                    records.read([name])
                if records._fields[name].store:
                    with self.subTest(name=name), self.assertRaises(AccessError):
                        records.search([(name, "!=", False)])

    def test_a_buyer_of_another_company(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        stranger = self._new_user("ps_stranger", "purchase.group_purchase_user", other)
        with self.assertRaises(AccessError):
            self.order.with_user(stranger).action_release_budget()
        self.assertFalse(
            self.env["coop.activity"].with_user(stranger).search([("id", "=", self.workshop.id)])
        )

    def test_a_clerk_bills_without_a_right_on_reservations(self):
        clerk = self._new_user("ps_clerk", "account.group_account_invoice")
        bill = self._bill(self.order, post=False)
        bill.with_user(clerk).action_post()
        self.assert_held(self.order, 0, 835)
