"""Any order of operations, some of which break off: after each, budgets and ledger agree."""

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .expense_common import ExpenseMixin
from .statement_common import StatementCase
from .transfer_common import TransferCase

CENTS = st.integers(1, 90_000)
# Which of the records that are there.
PLACE = st.integers(0, 999)
# One operation in five is through, and then something breaks: nothing of it may stay.
BREAKS = st.integers(0, 4).map(lambda number: number == 0)


class BrokenOffError(UserError):
    """The power went, the connection was lost: the transaction rolls back."""


class BudgetMachine(RuleBasedStateMachine):
    """Three Activities, and all that can happen to their budgets."""

    # The test in whose transaction this runs, and how often each operation went through.
    case = None
    passed = None

    def __init__(self):
        super().__init__()
        self.env = self.case.env
        self.savepoint = self.env.cr.savepoint()
        self.activities = self.case.workshop | self.case.studio | self.case.gallery
        self.company = self.case.company
        self.shade = 0
        self.month = 2

    def teardown(self):
        self.savepoint.close(rollback=True)

    # ------------------------------------------------------------------
    # Invoices
    # ------------------------------------------------------------------

    @rule(cents=CENTS, percentage=st.integers(0, 100), place=PLACE, breaks=BREAKS)
    def invoice(self, cents, percentage, place, breaks):
        split = {self._pick(self.activities, place): percentage}
        split[self._pick(self.activities, place + 1)] = 100 - percentage
        split = {activity: part for activity, part in split.items() if part}
        self._do("invoice", breaks, lambda: self.case._invoice(self.case._line(cents / 100, split)))

    @precondition(lambda self: self._moves("out_invoice", "posted"))
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def credit_note(self, cents, place, breaks):
        invoice = self._pick(self._moves("out_invoice", "posted"), place)
        self._do("credit_note", breaks, lambda: self.case._refund(invoice, cents / 100))

    @precondition(lambda self: self._moves("out_invoice", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reset_to_draft(self, place, breaks):
        self._step("reset_to_draft", breaks, self._moves("out_invoice", "posted"), place, "button_draft")

    @precondition(lambda self: self._moves("out_invoice", "draft"))
    @rule(place=PLACE, breaks=BREAKS)
    def post_again(self, place, breaks):
        self._step("post_again", breaks, self._moves("out_invoice", "draft"), place, "action_post")

    # ------------------------------------------------------------------
    # Expenses
    # ------------------------------------------------------------------

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def hand_in_expense(self, cents, place, breaks):
        self.shade += 1
        own = self._pick(self.case.workshop | self.case.studio, place)
        values = {"activity_id": own.id, "total": cents / 100}
        self._do("hand_in_expense", breaks, lambda: self.case._expense(self.shade, **values))

    @precondition(lambda self: self._find("coop.expense", "submitted"))
    @rule(place=PLACE, breaks=BREAKS)
    def approve_expense(self, place, breaks):
        expense = self._pick(self._find("coop.expense", "submitted"), place)
        self._do("approve_expense", breaks, lambda: self.case._approve(expense))

    @precondition(lambda self: self._find("coop.expense", "submitted"))
    @rule(place=PLACE, breaks=BREAKS)
    def refuse_expense(self, place, breaks):
        expense = self._pick(self._find("coop.expense", "submitted"), place)
        self._do("refuse_expense", breaks, lambda: self.case._refuse(expense))

    @precondition(lambda self: self._find("coop.expense", "submitted"))
    @rule(place=PLACE, breaks=BREAKS)
    def withdraw_expense(self, place, breaks):
        expenses = self._find("coop.expense", "submitted")
        self._step("withdraw_expense", breaks, expenses, place, "action_withdraw")

    @precondition(lambda self: self._find("coop.expense", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_expense(self, place, breaks):
        receipt = self._pick(self._find("coop.expense", "posted"), place).move_id

        def reverse():
            receipt._reverse_moves([{"invoice_date": receipt.invoice_date}]).action_post()

        self._do("reverse_expense", breaks, reverse)

    # ------------------------------------------------------------------
    # Transfers
    # ------------------------------------------------------------------

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def ask_transfer(self, cents, place, breaks):
        sides = {
            "source_id": self._pick(self.activities, place).id,
            "destination_id": self._pick(self.activities, place + 1).id,
        }
        self._do(
            "ask_transfer",
            breaks,
            lambda: self.case._transfer(cents / 100, **sides).action_submit(),
        )

    @precondition(lambda self: self._find("coop.budget.transfer", "submitted"))
    @rule(place=PLACE, breaks=BREAKS, step=st.sampled_from(["approve", "refuse", "withdraw"]))
    def decide_on_transfer(self, place, breaks, step):
        transfers = self._find("coop.budget.transfer", "submitted")
        reason = ["No"] if step == "refuse" else []
        self._step(f"{step}_transfer", breaks, transfers, place, f"action_{step}", *reason)

    @precondition(lambda self: self._find("coop.budget.transfer", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_transfer(self, place, breaks):
        transfers = self._find("coop.budget.transfer", "posted")
        self._step("reverse_transfer", breaks, transfers, place, "action_reverse", "A mistake")

    # ------------------------------------------------------------------
    # Promises and statements
    # ------------------------------------------------------------------

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def promise(self, cents, place, breaks):
        activity = self._pick(self.activities, place)
        self._do("promise", breaks, lambda: activity._reserve(cents / 100, "pledge"))

    @precondition(lambda self: self._promises())
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def keep_promise(self, cents, place, breaks):
        self._step("keep_promise", breaks, self._promises(), place, "_consume", cents / 100)

    @precondition(lambda self: self._promises())
    @rule(place=PLACE, breaks=BREAKS)
    def take_promise_back(self, place, breaks):
        self._step("take_promise_back", breaks, self._promises(), place, "_release")

    @precondition(lambda self: self.month < 12)
    @rule(breaks=BREAKS)
    def make_statements(self, breaks):
        if self._do("make_statements", breaks, lambda: self.case._make(self.month + 1)):
            self.month += 1

    # ------------------------------------------------------------------
    # What holds after each operation
    # ------------------------------------------------------------------

    @invariant()
    def the_proof_of_the_books_is_empty(self):
        self.case.assert_books_hold()

    @invariant()
    def available_is_what_its_definition_says(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT activity.id,
                       COALESCE((SELECT SUM(amount) FROM account_analytic_line
                                  WHERE %(column)s = activity.analytic_account_id), 0)
                     - COALESCE((SELECT SUM(remaining) FROM coop_budget_reservation
                                  WHERE activity_id = activity.id AND state = 'active'), 0)
                  FROM coop_activity activity WHERE company_id = %(company)s
                """,
                column=SQL.identifier(self.activities._analytic_column()),
                company=self.company.id,
            )
        )
        for activity_id, available in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            self.case.assertEqual(activity.available, round(available, 2))

    @invariant()
    def all_budgets_and_shared_services_are_the_ledger(self):
        """What the co-operative earned and spent is on its analytic accounts, to the cent."""
        [(analytic, ledger)] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT SUM(amount) FROM account_analytic_line WHERE company_id = %(company)s),
                       (SELECT -SUM(line.balance)
                          FROM account_move_line line
                          JOIN account_account account ON account.id = line.account_id
                         WHERE line.company_id = %(company)s AND line.parent_state = 'posted'
                           AND account.account_type SIMILAR TO '(income|expense)%%')
                """,
                company=self.company.id,
            )
        )
        self.case.assertEqual(analytic, ledger)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _do(self, name, breaks, operation):
        """Return whether an operation went through; if not, all is as before."""
        before = self._money()
        try:
            with self.env.cr.savepoint():
                operation()
                self.env.flush_all()
                if breaks:
                    raise BrokenOffError(name)
        except UserError:
            self.case.assertEqual(self._money(), before)
            return False
        self.passed[name] += 1
        return True

    def _step(self, name, breaks, records, place, method, *args):
        record = self._pick(records, place)
        self._do(name, breaks, lambda: getattr(record, method)(*args))

    def _money(self):
        self.env.flush_all()
        return [
            (one.balance, one.reserved_amount, one.unpaid_amount, one.available)
            for one in self.activities
        ]

    @staticmethod
    def _pick(records, place):
        return records[place % len(records)]

    def _moves(self, kind, state):
        domain = [("move_type", "=", kind), ("company_id", "=", self.company.id)]
        return self.env["account.move"].search([*domain, ("state", "=", state)], order="id")

    def _find(self, model, state):
        domain = [("company_id", "=", self.company.id), ("state", "=", state)]
        return self.env[model].search(domain, order="id")

    def _promises(self):
        return self.activities.reservation_ids.filtered(
            lambda one: one.kind == "pledge" and one.state == "active"
        ).sorted("id")


@tagged("post_install", "-at_install")
class TestBudgetMachine(ExpenseMixin, TransferCase, StatementCase):
    """Whatever happens, in whatever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_expenses()

    def test_any_order_of_operations(self):
        machine = type("Machine", (BudgetMachine,), {"case": self, "passed": Counter()})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12,
                stateful_step_count=40,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.generate],
            ),
        )
        # An operation that never passes shows nothing.
        operations = {
            *("invoice", "credit_note", "reset_to_draft", "post_again"),
            *("hand_in_expense", "approve_expense", "refuse_expense", "withdraw_expense"),
            *("reverse_expense", "ask_transfer", "approve_transfer", "refuse_transfer"),
            *("withdraw_transfer", "reverse_transfer", "promise", "keep_promise"),
            *("take_promise_back", "make_statements"),
        }
        self.assertEqual(operations - machine.passed.keys(), set(), machine.passed)
