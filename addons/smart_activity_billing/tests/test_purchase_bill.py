from odoo import Command, fields
from odoo.tests import tagged

from .purchase_common import PurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseBill(PurchaseCase):
    """Bills take out what their orders hold; nothing of it blocks the books."""

    def test_billed_in_parts(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        draft = self._bill(order, post=False, quantity=1)
        self.assert_held(order, 400, 535)
        draft.action_post()
        self.assert_held(order, 300, 535)
        self._bill(order)
        self.assert_held(order, 0, 535)
        self.assertEqual(self.workshop.reservation_ids.state, "done")

    def test_dearer_than_ordered(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self._bill(order, quantity=2, price_unit=150)
        self.assert_held(order, 100, 535)
        self._bill(order, price_unit=150)
        self.assert_held(order, 0, 335)

    def test_cheaper_than_ordered(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self._bill(order, price_unit=90)
        self.assert_held(order, 0, 935 - 360)

    def test_more_than_ordered_and_more_than_there_is(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self._bill(order, quantity=20)
        self.assert_held(order, 0, 935 - 2000)

    def test_reset_to_draft_and_posted_again(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        bill = self._bill(order)
        bill.button_draft()
        self.assert_held(order, 400, 535)
        bill.button_cancel()
        self.assert_held(order, 400, 535)
        bill.button_draft()
        bill.action_post()
        self.assert_held(order, 0, 535)

    def test_the_books_are_not_blocked_by_what_is_not_there(self):
        """What a bill gave back is held even where the Activity spent it meanwhile."""
        order = self._order(self._order_line(500, 1, {self.workshop: 100}))
        bill = self._bill(order, price_unit=800)
        self.assert_held(order, 0, 135)
        self._order(self._order_line(135, 1, {self.workshop: 100}))
        self._bill(self._order(self._order_line(300)))
        bill.button_draft()
        self.assert_held(order, 500)
        self.assertEqual(self.workshop.available, 300)

    def test_credit_note(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        bill = self._bill(order)
        credit = bill._reverse_moves([{"invoice_date": fields.Date.today()}])
        credit.invoice_line_ids.quantity = 1
        self.assert_held(order, 0, 535)
        credit.action_post()
        self.assert_held(order, 100, 535)
        order.action_release_budget()
        self.assert_held(order, 0, 635)

    def test_credit_on_the_price_orders_nothing_again(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        bill = self._bill(order)
        credit = bill._reverse_moves([{"invoice_date": fields.Date.today()}])
        credit.invoice_line_ids.price_unit = 5
        credit.action_post()
        self.assert_held(order, 20, 535)

    def test_credit_of_a_cancelled_order(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        bill = self._bill(order)
        bill._reverse_moves([{"invoice_date": fields.Date.today()}], cancel=True)
        self.assert_held(order, 400, 535)
        order.write({"state": "cancel"})
        self.assert_held(order, 0, 935)

    def test_the_bill_comes_before_the_order(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "invoice_date": "2025-03-12",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.goods.id,
                            "quantity": 3,
                            "price_unit": 100,
                            "analytic_distribution": {
                                str(self.workshop.analytic_account_id.id): 100
                            },
                        }
                    )
                ],
            }
        )
        bill.action_post()
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self.assert_held(order, 400, 235)
        bill.invoice_line_ids.purchase_line_id = order.order_line
        self.assert_held(order, 100, 535)
        bill.invoice_line_ids.purchase_line_id = False
        self.assert_held(order, 400, 235)

    def test_a_bill_that_the_cooperative_receives(self):
        """Bookkeeping: its Activity is typed in its head, nothing blocks it, its order is met."""
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "invoice_date": "2025-03-12",
                "activity_id": self.workshop.id,
                "invoice_line_ids": [
                    Command.create({"product_id": self.goods.id, "quantity": 4, "price_unit": 100}),
                    Command.create({"name": "Freight", "quantity": 1, "price_unit": 5000}),
                ],
            }
        )
        account = str(self.workshop.analytic_account_id.id)
        for line in bill.invoice_line_ids:
            self.assertEqual(line.analytic_distribution, {account: 100})
        bill.invoice_line_ids[0].purchase_line_id = order.order_line
        self.assert_held(order, 400, 535)
        bill.action_post()
        self.assert_held(order, 0, 935 - 5400)

    def test_the_order_is_changed_after_a_bill(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self._bill(order, quantity=3)
        order.order_line.product_qty = 6
        self.assert_held(order, 300, 335)
        order.order_line.product_qty = 2
        self.assert_held(order, 0, 635)

    def test_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order(self._order_line(10, 24, {self.workshop: 100}))
        self._bill(order, product_uom_id=dozen.id, quantity=1, price_unit=120)
        self.assert_held(order, 120, 935 - 240)

    def test_the_bill_names_another_activity(self):
        """What is billed is billed, whoever pays it in the end."""
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self._bill(order, analytic_distribution={str(self.studio.analytic_account_id.id): 100})
        self.assert_held(order, 0, 935)
        self.assertEqual(self.studio.available, -400)

    def test_a_closed_activity_holds_nothing_again(self):
        order = self._order(self._order_line(935, 1, {self.workshop: 100}))
        bill = self._bill(order)
        # Nothing is left, so that it may end at once.
        self.workshop.state = "closed"
        bill.button_draft()
        self.assert_held(order, 0)
        self.workshop.state = "open"
        self.assert_held(order, 935)

    def test_a_discount_in_lines(self):
        order = self._order(
            self._order_line(100, 4, {self.workshop: 100}),
            self._order_line(-50, 1, {self.workshop: 100}),
        )
        self.assert_held(order, 400)
        self._bill(order)
        self.assert_held(order, 0, 935 - 350)

    # ------------------------------------------------------------------
    # The proof, and what it costs
    # ------------------------------------------------------------------

    def test_the_proof_finds_what_is_not_held(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self.env["coop.budget.reservation"].search(
            [("purchase_line_id", "in", order.order_line.ids)]
        )._release()
        found = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual(
            [(row["check"], row["record"], row["expected"], row["found"]) for row in found],
            [("purchase", order.order_line, 400, 0)],
        )
        order.order_line._settle_budget()
        self.assert_held(order, 400)

    def test_the_proof_finds_what_is_held_too_long(self):
        order = self._order(self._order_line(100, 4, {self.workshop: 100}))
        self.env.flush_all()
        self.env.cr.execute("UPDATE purchase_order SET state = 'cancel' WHERE id = %s", order.ids)
        self.env.invalidate_all()
        found = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual(
            [(row["check"], row["expected"], row["found"]) for row in found],
            [("purchase", 0, 400)],
        )

    def test_fifty_lines_in_few_queries(self):
        orders = [
            self._order(
                *(self._order_line(2, 1, {self.workshop: 100}) for _line in range(count)),
                confirm=False,
            )
            for count in (10, 50)
        ]
        counts = []
        for order in orders:
            counts.append(self._count_queries(order.button_confirm))
        self.assertLessEqual(counts[1], min(counts[0], 40), counts)
        bills = [self._bill(order, post=False) for order in orders]
        counts = []
        for bill in bills:
            counts.append(self._count_queries(bill.action_post))
        # Core looks for each analytic line once.
        self.assertLessEqual(counts[1] - counts[0], 50, counts)
        self.assert_held(orders[1], 0, 935 - 120)

    def _count_queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
