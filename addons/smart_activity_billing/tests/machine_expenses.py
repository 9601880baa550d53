from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

# Most expenses are approved.
STEPS = ["approve_expense"] * 2 + ["refuse_expense", "correct_expense", "withdraw_expense"]


class ExpenseRules:
    """Expenses from paper to the entry, and back."""

    several = {"decide_on_expense": STEPS}
    shade = 0

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def hand_in_expense(self, cents, place, breaks):
        self.shade += 1
        own = self._pick(self.case.workshop | self.case.studio, place)
        values = {"activity_id": own.id, "total": cents / 100}
        self._do("hand_in_expense", breaks, lambda: self.case._expense(self.shade, **values), own)

    @precondition(lambda self: self._in_state("coop.expense", "submitted"))
    @rule(turn=PLACE, place=PLACE, breaks=BREAKS)
    def decide_on_expense(self, turn, place, breaks):
        expense = self._pick(self._in_state("coop.expense", "submitted"), place)
        steps = {
            "approve_expense": lambda: self.case._approve(expense),
            "refuse_expense": lambda: self.case._refuse(expense),
            "withdraw_expense": expense.action_withdraw,
            "correct_expense": lambda: self._correct(expense),
        }
        step = self._choose("decide_on_expense", turn)
        self._do(step, breaks, steps[step])

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
