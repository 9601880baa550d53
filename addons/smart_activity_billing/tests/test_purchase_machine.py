"""Orders and bills in any order, some of which break off: after each, budgets and ledger agree.

The rules join the machine of all spending too: see ``test_budget_machine.py``, of which this has
the way to search longer.
"""

from collections import Counter

from odoo.tests import tagged

from .expense_common import ExpenseMixin
from .machine_common import Machine
from .machine_purchases import PurchaseRules
from .purchase_common import PurchaseMixin
from .statement_common import StatementCase
from .test_budget_machine import RUNS, run_machine
from .transfer_common import TransferCase


class PurchaseMachine(PurchaseRules, Machine):
    """All that can happen to orders and bills, while there is money and while there is none."""


@tagged("post_install", "-at_install")
class TestPurchaseMachine(ExpenseMixin, PurchaseMixin, TransferCase, StatementCase):
    """Whatever happens to orders and bills, in whatever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_expenses()
        cls._set_up_purchases()
        cls.supplier.supplier_rank = 1

    def test_any_order_of_orders_and_bills(self):
        counts = {"passed": Counter(), "refused": Counter(), "sought": {}}
        machine = type("Machine", (PurchaseMachine,), {"case": self, **counts})
        run_machine(machine, RUNS)
        # Operations that never pass show nothing.
        seen = {"confirm_order", "bill_order", "change_order", "hand_in_bill", "post_bill"}
        self.assertEqual(seen - machine.passed.keys(), set(), counts)
