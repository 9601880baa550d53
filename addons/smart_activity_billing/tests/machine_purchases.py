from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from odoo import fields

from .machine_common import BREAKS, CENTS, PLACE

ORDER_STEPS = [
    "bill_order",
    "change_order",
    "reset_bill",
    "credit_bill",
    "cancel_order",
    "release_order",
]


class PurchaseRules:
    """Orders and their bills; bills of suppliers that members hand in."""

    several = {"go_on_with_order": ORDER_STEPS}
    number = 0

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS, shared=st.booleans())
    def confirm_order(self, cents, place, breaks, shared):
        own = self._pick(self.activities, place)
        other = self._pick(self.activities, place + 1)
        shares = {own: 61.5, other: 38.5} if shared else {own: 100}

        def confirm():
            self.case._order(self.case._order_line(cents / 400, 4, shares))

        self._do("confirm_order", breaks, confirm, own)

    @precondition(lambda self: self._in_state("purchase.order", "purchase"))
    @rule(turn=PLACE, place=PLACE, breaks=BREAKS, quantity=st.integers(1, 9))
    def go_on_with_order(self, turn, place, breaks, quantity):
        order = self._pick(self._in_state("purchase.order", "purchase"), place)
        posted = order.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "in_invoice"
        )[:1]
        possible = set(ORDER_STEPS) - (set() if posted else {"reset_bill", "credit_bill"})

        def credit():
            posted._reverse_moves([{"invoice_date": fields.Date.today()}]).action_post()

        steps = {
            "bill_order": lambda: self.case._bill(order, quantity=quantity % 4 + 1),
            "change_order": lambda: order.order_line.write({"product_qty": quantity}),
            "reset_bill": posted.button_draft,
            "credit_bill": credit,
            "cancel_order": order.button_cancel,
            "release_order": order.action_release_budget,
        }
        step = self._choose("go_on_with_order", turn, possible)
        self._do(step, breaks, steps[step])

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def hand_in_bill(self, cents, place, breaks):
        self.number += 1
        own = self._pick(self.case.workshop | self.case.studio, place)
        values = {
            "activity_id": own.id,
            "total": cents / 100,
            "payee": "supplier",
            "duplicate_confirmed": True,
            "reference": f"F{self.number}",
            "shop": self.case.supplier.name,
        }
        shade = 1000 + self.number
        self._do("hand_in_bill", breaks, lambda: self.case._expense(shade, **values), own)

    @precondition(lambda self: self._waiting_bills())
    @rule(place=PLACE, breaks=BREAKS)
    def post_bill(self, place, breaks):
        bill = self._pick(self._waiting_bills(), place).bill_id
        self._do("post_bill", breaks, bill.with_user(self.case.colleague).action_post)

    def _waiting_bills(self):
        return self._find("coop.expense", ("state", "=", "submitted"), ("payee", "=", "supplier"))
