import math

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .purchase_common import PurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseOrder(PurchaseCase):
    """What is ordered for Activities holds their budgets until it is billed."""

    # ------------------------------------------------------------------
    # Confirming
    # ------------------------------------------------------------------

    def test_confirming_holds_the_untaxed_amount(self):
        order = self._order(self._order_line(100, 3, {self.workshop: 100}), confirm=False)
        self.assert_held(order, 0, 935)
        order.button_confirm()
        self.assert_held(order, 300, 635)
        reservation = self.workshop.reservation_ids
        self.assertEqual(reservation.kind, "purchase")
        self.assertEqual(reservation.reference, order.display_name)
        self.assertEqual(reservation.date_until, order.order_line.date_planned.date())
        self.assertEqual(order.reserved_amount, 300)

    def test_what_cannot_be_deducted_counts(self):
        self.purchase_tax.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        ).use_in_tax_closing = False
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        self.assertEqual(order.order_line.budget_amount, 121)
        self.assert_held(order, 121)
        self._bill(order)
        self.assert_held(order, 0, 935 - 121)

    def test_lines_without_an_activity_hold_nothing(self):
        order = self._order(self._order_line(5000))
        self.assert_held(order, 0, 935)
        self._bill(order)
        self.assert_held(order, 0, 935)

    def test_cents_of_a_shared_line(self):
        self._invoice(self._line(100, {self.studio: 100}))
        order = self._order(
            self._order_line(33.35, 1, {self.workshop: 50, self.studio: 50}),
        )
        self.assert_held(order, 33.35)
        self.assertEqual(self.workshop.reserved_amount, 16.68)
        self.assertEqual(self.studio.reserved_amount, 16.67)
        self._bill(order)
        self.assert_held(order, 0, 935 - 16.68)

    def test_the_activity_of_the_order_is_that_of_its_lines(self):
        order = self._order(
            self._order_line(10, analytic_distribution=False),
            self._order_line(20, 1, {self.studio: 100}),
            activity_id=self.workshop.id,
            confirm=False,
        )
        self.assertEqual(order.order_line.mapped("activity_id"), self.workshop | self.studio)
        order.order_line[1].activity_id = self.workshop
        order.activity_id = self.studio
        self.assertEqual(order.order_line.activity_id, self.studio)
        order.activity_id = False
        self.assertFalse(order.order_line.activity_id)

    def test_a_buyer_types_it_in(self):
        form = Form(self.env["purchase.order"].with_user(self.buyer))
        form.partner_id = self.supplier
        form.activity_id = self.workshop
        with form.order_line.new() as line:
            line.product_id = self.goods
            line.product_qty = 2
            line.price_unit = 50
            self.assertEqual(line.activity_id, self.workshop)
        with form.order_line.new() as line:
            line.product_id = self.goods
            line.price_unit = 7
            line.activity_id = self.studio
        order = form.save()
        self.assertEqual(order.order_line.mapped("activity_id"), self.workshop | self.studio)
        self._invoice(self._line(100, {self.studio: 100}))
        order.button_confirm()
        self.assert_held(order, 107, 835)
        self.assertEqual(order.action_view_reservations()["domain"][1][2], order.id)
        self.assertEqual(self.workshop.with_user(self.buyer).purchase_order_count, 1)
        domain = self.workshop.with_user(self.buyer).action_view_purchase_orders()["domain"]
        self.assertEqual(self.env["purchase.order"].search(domain), order)

    def test_a_model_of_distribution_takes_no_line_away(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        other = self.env["account.analytic.account"].create({"name": "P", "plan_id": plan.id})
        self.env["account.analytic.distribution.model"].create(
            {"product_id": self.goods.id, "analytic_distribution": {str(other.id): 100}}
        )
        order = self._order(self._order_line(10), activity_id=self.workshop.id, confirm=False)
        line = order.order_line
        line.product_id = self.goods.copy({"name": "Other clay"})
        line.product_id = self.goods
        self.assertEqual(line._get_activities(), self.workshop)
        self.assertIn(str(other.id), line.analytic_distribution)

    def test_a_shared_line_keeps_its_shares(self):
        shares = {self.workshop: 60, self.studio: 40}
        order = self._order(self._order_line(10, 1, shares), confirm=False)
        order.activity_id = self.workshop
        self.assertFalse(order.order_line.activity_id)
        self.assertEqual(order.order_line._get_activities(), self.workshop | self.studio)

    def test_more_than_there_is(self):
        order = self._order(
            self._order_line(500, 1, {self.workshop: 100}),
            self._order_line(435.01, 1, {self.workshop: 100}),
            confirm=False,
        )
        message = r"Workshop has .*935\.00.* available, .*935\.01"
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            order.button_confirm()
        order.order_line[1].price_unit = 435
        order.button_confirm()
        self.assert_held(order, 935, 0)

    def test_a_closed_activity(self):
        order = self._order(self._order_line(1, 1, {self.studio: 100}), confirm=False)
        for state in ("suspended", "closed"):
            self.studio.state = state
            with self.assertRaisesRegex(UserError, "Studio is not open"), self.cr.savepoint():
                order.button_confirm()
        self.assertEqual(order.state, "draft")

    def test_nothing_is_added_for_a_closed_activity(self):
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        line = self._order_line(1, 1, {self.studio: 100})
        self.studio.state = "closed"
        with self.assertRaisesRegex(UserError, "Studio is not open"), self.cr.savepoint():
            order.order_line = [line]
        self.assert_held(order, 100, 835)

    def test_override(self):
        order = self._order(
            self._order_line(1000, 1, {self.workshop: 100}),
            confirm=False,
            override_reason="The kiln broke",
        )
        with self.assertRaises(UserError):
            order.button_confirm()
        self.buyer.group_ids |= self.env.ref("smart_activity_billing.group_budget_override")
        order.button_confirm()
        self.assert_held(order, 1000, -65)
        reservation = self.workshop.reservation_ids
        self.assertEqual(reservation.override_by_id, self.buyer)
        self.assertEqual(reservation.overdraft_amount, 65)
        self.assertEqual(reservation.override_reason, "The kiln broke")

    def test_an_order_that_others_hold(self):
        """The hook for orders whose money is held by other reservations."""
        self.patch(self.registry["purchase.order"], "_reserves_budget", lambda order: False)
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        self.assert_held(order, 0, 935)

    # ------------------------------------------------------------------
    # After confirmation
    # ------------------------------------------------------------------

    def test_raised_and_lowered(self):
        order = self._order(self._order_line(100, 3, {self.workshop: 100}))
        line = order.order_line
        line.product_qty = 5
        self.assert_held(order, 500, 435)
        line.price_unit = 80
        self.assert_held(order, 400, 535)
        with self.assertRaisesRegex(UserError, "available"), self.env.cr.savepoint():
            line.product_qty = 50
        line.product_qty = 0
        self.assert_held(order, 0, 935)
        order.write({"order_line": [Command.update(line.id, {"product_qty": 2, "discount": 50})]})
        self.assert_held(order, 80, 855)

    def test_a_line_more(self):
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        order.write({"order_line": [self._order_line(200, 1, {self.workshop: 100})]})
        self.assert_held(order, 300, 635)
        with self.assertRaises(UserError):
            order.write({"order_line": [self._order_line(900, 1, {self.workshop: 100})]})

    def test_nobody_says_in_a_context_that_it_is_settled(self):
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        line = order.order_line.with_context(coop_settled_by_order=True)
        line.product_qty = 2
        self.assert_held(order, 200)

    def test_another_activity(self):
        self._invoice(self._line(1000, {self.studio: 100}))
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        order.order_line.activity_id = self.studio
        self.assert_held(order, 100, 935)
        self.assertEqual(self.studio.reserved_amount, 100)

    def test_another_day(self):
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        order.order_line.date_planned = "2031-05-06 10:00:00"
        self.assertEqual(str(self.workshop.reservation_ids.date_until), "2031-05-06")

    def test_cancelled_and_confirmed_again(self):
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        order.button_cancel()
        self.assert_held(order, 0, 935)
        self.assertEqual(self.workshop.reservation_ids.state, "cancelled")
        order.button_draft()
        order.button_confirm()
        self.assert_held(order, 100, 835)

    def test_locking_keeps_the_money(self):
        """Locked says that nobody changes the order, not that nothing more is billed."""
        self.company.po_lock = "lock"
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        self.assertTrue(order.locked)
        self.assert_held(order, 100, 835)
        self._bill(order)
        self.assert_held(order, 0, 835)

    def test_nothing_more_will_be_billed(self):
        order = self._order(self._order_line(100, 9, {self.workshop: 100}))
        self._bill(order, quantity=4)
        order.action_release_budget()
        self.assert_held(order, 0, 535)
        other = self._order(self._order_line(500, 1, {self.workshop: 100}))
        with self.assertRaisesRegex(UserError, "available"), self.env.cr.savepoint():
            order.action_hold_budget()
        other.button_cancel()
        order.action_hold_budget()
        self.assert_held(order, 500, 35)

    def test_an_approval_is_waited_for(self):
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 50
        order = self._order(self._order_line(100, 1, {self.workshop: 100}))
        self.assertEqual(order.state, "to approve")
        self.assert_held(order, 0, 935)
        self.buyer.group_ids |= self.env.ref("purchase.group_purchase_manager")
        order.button_approve()
        self.assert_held(order, 100, 835)

    def test_another_currency(self):
        currency = self.setup_other_currency("HRK", rates=[("2016-01-01", 2.0)])
        order = self._order(self._order_line(100, 4, {self.workshop: 100}), currency_id=currency.id)
        self.assertEqual(order.order_line.budget_amount, 200)
        self.assert_held(order, 200, 735)
        self._bill(order, quantity=1)
        self.assert_held(order, 150, 735)
        currency.rate_ids.rate = 4.0
        self._bill(order)
        self.assert_held(order, 0)

    def test_numbers_that_are_none(self):
        order = self._order(self._order_line(100, 2, {self.workshop: 100}))
        for name in ("price_unit", "product_qty", "discount"):
            for value in (math.nan, math.inf, -math.inf, 1e308, "ten"):
                with self.subTest(field=name, value=value):
                    message = "“Clay” is not a possible number"
                    with self.assertRaisesRegex(ValidationError, message):
                        order.order_line.write({name: value})
                    with self.assertRaisesRegex(ValidationError, message):
                        self._order(self._order_line(**{"activities": {}, name: value}))
        self.assert_held(order, 200, 735)

    def test_what_costs_nothing_holds_nothing(self):
        order = self._order(
            self._order_line(0, 5, {self.workshop: 100}),
            self._order_line(100, 0, {self.workshop: 100}),
            self._order_line(-50, 1, {self.workshop: 100}),
        )
        self.assert_held(order, 0, 935)

    def test_three_decimals(self):
        order = self._order(self._order_line(33.335, 3, {self.workshop: 100}))
        self.assertEqual(order.order_line.budget_amount, order.amount_untaxed)
        self.assert_held(order, order.amount_untaxed)
        self._bill(order)
        self.assert_held(order, 0, self.company.currency_id.round(935 - order.amount_untaxed))

    def test_an_activity_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        member = self._create_member("Stranger", other)
        theirs = self.env["coop.activity"].create(
            {
                "name": "Theirs",
                "membership_id": member.id,
                "state": "open",
                "company_id": other.id,
            }
        )
        order = self._order(self._order_line(10, 1, {theirs: 100}), confirm=False)
        with self.assertRaisesRegex(UserError, "belongs to"):
            order.button_confirm()
