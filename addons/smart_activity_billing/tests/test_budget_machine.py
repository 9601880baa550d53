"""Any order of operations, some of which break off: after each, budgets and ledger agree.

The same operations at every run; for a longer search of other ones each time, say how many runs of
the machine: ``BUDGET_MACHINE=200 bin/test addons/.../test_budget_machine.py``. A failure
prints its steps.
"""

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from odoo.tests import tagged

from .expense_common import ExpenseMixin
from .investment_common import InvestmentCase
from .machine_activities import ActivityRules
from .machine_bad_debts import BadDebtRules
from .machine_common import Machine
from .machine_expenses import ExpenseRules
from .machine_investments import InvestmentRules
from .machine_invoices import InvoiceRules
from .machine_orders import OrderRules
from .machine_payroll import PayrollRules
from .machine_promises import PromiseRules
from .machine_transfers import TransferRules
from .payroll_common import PayrollCase
from .purchase_common import PurchaseMixin
from .statement_common import StatementCase
from .transfer_common import TransferCase

LONG_RUN = int(os.environ.get("BUDGET_MACHINE", "0"))
RUNS = LONG_RUN or 10
STEPS = 50


class BudgetMachine(
    InvoiceRules,
    BadDebtRules,
    ExpenseRules,
    OrderRules,
    InvestmentRules,
    PayrollRules,
    TransferRules,
    PromiseRules,
    ActivityRules,
    Machine,
):
    """All that can happen to the budgets of three Activities."""


@tagged("post_install", "-at_install")
class TestBudgetMachine(
    ExpenseMixin, PurchaseMixin, TransferCase, StatementCase, InvestmentCase, PayrollCase
):
    """Whatever happens, in whatever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchases()
        cls._set_up_expenses()

    @classmethod
    def _run_payroll(cls, row, month):
        run = cls._run(row, date_from=month)
        run.action_check()
        run.action_post()

    def test_any_order_of_operations(self):
        counts = {"passed": Counter(), "refused": Counter()}
        machine = type("Machine", (BudgetMachine,), {"case": self, **counts})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=not LONG_RUN,
                database=None,
                suppress_health_check=list(HealthCheck),
                # Steps are long; what failed is printed, and needs no minutes of shortening.
                phases=[Phase.explicit, Phase.generate],
            ),
        )
        # Operations that never pass show nothing; a short run may miss a few rare ones.
        operations = machine.all_operations()
        unseen = operations - machine.passed.keys()
        self.assertLessEqual(len(unseen), 0 if LONG_RUN else len(operations) // 5, (unseen, counts))
