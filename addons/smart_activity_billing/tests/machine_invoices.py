from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE


class InvoiceRules:
    """Invoices, credit notes and their payments."""

    @rule(cents=CENTS, percentage=st.integers(0, 100), place=PLACE, breaks=BREAKS)
    def invoice(self, cents, percentage, place, breaks):
        split = {self._pick(self.activities, place): percentage}
        split[self._pick(self.activities, place + 1)] = 100 - percentage
        split = {activity: part for activity, part in split.items() if part}
        self._do("invoice", breaks, lambda: self.case._invoice(self.case._line(cents / 100, split)))

    @precondition(lambda self: self._invoices())
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def credit_note(self, cents, place, breaks):
        invoice = self._pick(self._invoices(), place)
        self._do("credit_note", breaks, lambda: self.case._refund(invoice, cents / 100))

    @precondition(lambda self: self._invoices())
    @rule(place=PLACE, breaks=BREAKS)
    def reset_to_draft(self, place, breaks):
        self._step("reset_to_draft", breaks, self._invoices(), place, "button_draft")

    @precondition(lambda self: self._invoices("draft"))
    @rule(place=PLACE, breaks=BREAKS)
    def post_again(self, place, breaks):
        self._step("post_again", breaks, self._invoices("draft"), place, "action_post")

    @precondition(lambda self: self._invoices().filtered("amount_residual"))
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def pay(self, cents, place, breaks):
        invoice = self._pick(self._invoices().filtered("amount_residual"), place)
        amount = min(cents / 100, invoice.amount_residual)
        self._do("pay", breaks, lambda: self._register_payment(invoice, amount))

    @precondition(lambda self: self._paid_items())
    @rule(place=PLACE, breaks=BREAKS)
    def undo_payment(self, place, breaks):
        self._step("undo_payment", breaks, self._paid_items(), place, "remove_move_reconcile")

    def _register_payment(self, invoice, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": amount, "payment_difference_handling": "open"})._create_payments()

    def _invoices(self, state="posted"):
        return self._find("account.move", ("move_type", "=", "out_invoice"), ("state", "=", state))

    def _paid_items(self):
        return self._invoices().line_ids.filtered("matched_credit_ids")
