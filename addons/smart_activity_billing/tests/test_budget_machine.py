"""Any order of operations, some of which break off: after each, budgets and ledger agree.

The same operations each time; ``BUDGET_MACHINE_SEED=7 bin/test addons/.../test_budget_machine.py``
does others. For a longer search, of other ones each time, say how many runs of how many steps:
``BUDGET_MACHINE=15/200``. A failure prints its steps; ``--odoo-log-level=info`` shows what went
through how often.
"""

import logging
import os
from collections import Counter

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from odoo.tests import tagged

from .approval_common import ApprovalMixin
from .investment_common import InvestmentCase
from .machine_activities import ActivityRules
from .machine_approvals import ApprovalRules
from .machine_bad_debts import BadDebtRules
from .machine_closing import ClosingRules
from .machine_common import Machine
from .machine_expenses import ExpenseRules
from .machine_investments import InvestmentRules
from .machine_invoices import InvoiceRules
from .machine_joint import JointRules
from .machine_orders import OrderRules
from .machine_payroll import PayrollRules
from .machine_promises import PromiseRules
from .machine_transfers import TransferRules
from .payroll_common import PayrollCase
from .purchase_common import PurchaseMixin
from .statement_common import StatementCase
from .transfer_common import TransferCase

_logger = logging.getLogger(__name__)

LONG_RUN, _, LONG_STEPS = os.environ.get("BUDGET_MACHINE", "").partition("/")
SEED = os.environ.get("BUDGET_MACHINE_SEED") or (None if LONG_RUN else "0")
RUNS = int(LONG_RUN or 5)
# Few operations come further in few runs.
FEW_RUNS = int(LONG_RUN or 3)
STEPS = int(LONG_STEPS or 60)


class BudgetMachine(
    InvoiceRules,
    BadDebtRules,
    ExpenseRules,
    OrderRules,
    InvestmentRules,
    JointRules,
    PayrollRules,
    TransferRules,
    PromiseRules,
    ApprovalRules,
    ActivityRules,
    ClosingRules,
    Machine,
):
    """All that can happen to the budgets of three Activities."""


class JointMachine(
    InvoiceRules, InvestmentRules, JointRules, ApprovalRules, ActivityRules, ClosingRules, Machine
):
    """What is bought together until it is left, and Activities that end meanwhile."""

    reset_bill, post_bill, _bills = OrderRules.reset_bill, OrderRules.post_bill, OrderRules._bills


def run_machine(machine, runs):
    run_state_machine_as_test(
        seed(int(SEED))(machine) if SEED else machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            # Steps are long; what failed is printed, and needs no minutes of shortening.
            phases=[Phase.explicit, Phase.generate],
        ),
    )


@tagged("post_install", "-at_install")
class TestBudgetMachine(
    ApprovalMixin, PurchaseMixin, TransferCase, StatementCase, InvestmentCase, PayrollCase
):
    """Whatever happens, in whatever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchases()
        cls._set_up_approvals()

    @classmethod
    def _run_payroll(cls, row, month):
        run = cls._run(row, date_from=month)
        run.action_check()
        run.action_post()

    def test_any_order_of_operations(self):
        counts = {"passed": Counter(), "refused": Counter(), "sought": {}}
        for base, runs in ((BudgetMachine, RUNS), (JointMachine, FEW_RUNS)):
            run_machine(type("Machine", (base,), {"case": self, **counts}), runs)
        # Operations that never pass show nothing; a short run may miss a few rare ones.
        operations = BudgetMachine.all_operations()
        unseen = operations - counts["passed"].keys()
        figures = counts["passed"], counts["refused"]
        _logger.info("%s of %s operations unseen: %s", len(unseen), len(operations), sorted(unseen))
        _logger.info("passed and refused: %s", figures)
        limit = 0 if LONG_RUN else len(operations) // 6
        self.assertLessEqual(len(unseen), limit, (unseen, *figures))
