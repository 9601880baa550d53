from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

# Most expenses are approved.
STEPS = ["approve", "approve", "refuse", "correct", "withdraw"]


class ExpenseRules:
    """Expenses from paper to the entry, and back."""

    operations = (
        "hand_in_expense",
        "approve_expense",
        "refuse_expense",
        "correct_expense",
        "withdraw_expense",
        "reverse_expense",
    )
    shade = 0

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def hand_in_expense(self, cents, place, breaks):
        self.shade += 1
        own = self._pick(self.case.workshop | self.case.studio, place)
        values = {"activity_id": own.id, "total": cents / 100}
        self._do("hand_in_expense", breaks, lambda: self.case._expense(self.shade, **values), own)

    @precondition(lambda self: self._in_state("coop.expense", "submitted"))
    @rule(place=PLACE, breaks=BREAKS, step=st.sampled_from(STEPS))
    def decide_on_expense(self, place, breaks, step):
        expense = self._pick(self._in_state("coop.expense", "submitted"), place)
        steps = {
            "approve": lambda: self.case._approve(expense),
            "refuse": lambda: self.case._refuse(expense),
            "withdraw": expense.action_withdraw,
            "correct": lambda: self._correct(expense),
        }
        self._do(f"{step}_expense", breaks, steps[step])

    def _correct(self, expense):
        """An accountant finds another VAT on the receipt: another amount is held."""
        tax = self.case.low_tax if expense.tax_ids != self.case.low_tax else self.case.purchase_tax
        expense.tax_ids = tax

    @precondition(lambda self: self._in_state("coop.expense", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_expense(self, place, breaks):
        receipt = self._pick(self._in_state("coop.expense", "posted"), place).move_id

        def reverse():
            receipt._reverse_moves([{"invoice_date": receipt.invoice_date}]).action_post()

        self._do("reverse_expense", breaks, reverse)
