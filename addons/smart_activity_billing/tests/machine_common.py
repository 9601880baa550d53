"""What the rules of the budget machine share; each family of operations has a file of its own.

To add operations: write a mixin like ``InvoiceRules`` in ``machine_NAME.py`` with an attribute
``operations`` that names what must have gone through at least once, and add it to the bases of
``BudgetMachine`` in ``test_budget_machine.py``.
"""

from contextlib import contextmanager
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from psycopg2 import OperationalError

from odoo.exceptions import UserError
from odoo.tools import SQL

CENTS = st.integers(1, 90_000)
# Which of the records that are there.
PLACE = st.integers(0, 999)
# At which query the connection is lost, often in the middle of the operation; mostly it is not (0).
BREAKS = st.integers(-250, 120).map(lambda number: max(number, 0))


class BrokenOffError(OperationalError):
    """The power went, the connection was lost: the transaction rolls back."""


class Machine(RuleBasedStateMachine):
    """Three Activities, and what holds of their budgets whatever happened."""

    # The test in whose transaction this runs, how often each operation went through, and why not.
    case = None
    passed = None
    refused = None
    turn = 0
    # The names of the operations of a mixin that a good run must have seen.
    operations = ()

    def __init__(self):
        super().__init__()
        # By itself, hypothesis leaves out about half of the rules in each run: these runs are few.
        self._rules_strategy.enabled_rules_strategy = st.just(None)
        self._rules_strategy._enabled_rules_strategy = st.integers(0, 2**24 - 1).map(self._any_rule)
        self.env = self.case.env
        self.savepoint = self.env.cr.savepoint()
        self.activities = self.case.workshop | self.case.studio | self.case.gallery
        self.company = self.case.company
        self.found = {}
        # Something to spend, or most operations would be refused.
        for activity in self.activities:
            self.case._invoice(self.case._line(2000, {activity: 100}))

    def _any_rule(self, number):
        """Return one of the rules that are possible now, each as likely as the others."""
        rules = self._rules_strategy
        # The first run draws nothing but zeros: it goes through other rules all the same.
        self.turn += 1
        chance = Random(f"{self.turn} {number}")
        return chance.choice([rule for rule in rules.rules if rules.is_valid(rule)])

    def teardown(self):
        self.savepoint.close(rollback=True)

    @classmethod
    def all_operations(cls):
        return {name for base in cls.__mro__ for name in vars(base).get("operations", ())}

    # ------------------------------------------------------------------
    # What holds after each operation
    # ------------------------------------------------------------------

    @invariant()
    def the_proof_of_the_books_is_empty(self):
        self.case.assert_books_hold()

    @invariant()
    def available_is_what_its_definition_says(self):
        """The ledger, less what active reservations hold, less what clients owe where that counts.

        What clients owe is read from the analytic ledger here, not from the contribution lines.
        """
        rows = self._query(
            """
            SELECT activity.id,
                   COALESCE((SELECT SUM(amount) FROM account_analytic_line
                              WHERE %(column)s = activity.analytic_account_id), 0)
                 - COALESCE((SELECT SUM(remaining) FROM coop_budget_reservation
                              WHERE activity_id = activity.id AND state = 'active'), 0)
                 - CASE company.activity_available_basis WHEN 'paid' THEN COALESCE((
                       SELECT SUM(ROUND(brought * residual / total, 2))
                         FROM (
                              SELECT SUM(analytic.amount) AS brought,
                                     move.amount_residual_signed AS residual,
                                     move.amount_total_signed AS total
                                FROM account_analytic_line analytic
                                JOIN account_move_line item ON item.id = analytic.move_line_id
                                JOIN account_move move ON move.id = item.move_id
                               WHERE %(column)s = activity.analytic_account_id
                                 AND move.move_type IN ('out_invoice', 'out_refund')
                                 AND move.amount_total_signed <> 0
                            GROUP BY move.id
                              ) invoice), 0) ELSE 0 END
              FROM coop_activity activity
              JOIN res_company company ON company.id = activity.company_id
             WHERE company_id = %(company)s
            """
        )
        for activity_id, available in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            self.case.assertEqual(activity.available, round(available, 2), activity.name)

    @invariant()
    def all_budgets_and_shared_services_are_the_ledger(self):
        """What the co-operative earned and spent is on its analytic accounts, to the cent."""
        [(budgets, services, ledger)] = self._query(
            """
            SELECT (SELECT SUM(amount) FROM account_analytic_line line
                      JOIN coop_activity activity ON activity.analytic_account_id = line.%(column)s
                     WHERE activity.company_id = %(company)s),
                   (SELECT COALESCE(SUM(amount), 0) FROM account_analytic_line
                     WHERE company_id = %(company)s AND %(column)s IS NULL),
                   (SELECT -SUM(line.balance)
                      FROM account_move_line line
                      JOIN account_account account ON account.id = line.account_id
                     WHERE line.company_id = %(company)s AND line.parent_state = 'posted'
                       AND account.account_type SIMILAR TO '(income|expense)%%')
            """
        )
        self.case.assertEqual(round((budgets or 0) + services, 2), round(ledger or 0, 2))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _do(self, name, breaks, operation, spender=None):
        """Return whether an operation went through; if not, all is as before.

        :param int breaks: the connection is lost at this query of the operation, 0 for never
        :param spender: the Activity that may not be overspent by it
        """
        before = self._money()
        self.found.clear()
        try:
            with self.env.cr.savepoint(), self._lost_connection(breaks):
                operation()
                self.env.flush_all()
        except (UserError, BrokenOffError) as error:
            self.refused[f"{name}: {error}"] += 1
            self.case.assertEqual(self._money(), before, name)
            return False
        self.passed[name] += 1
        if spender and self.company.activity_overdraft_policy == "block":
            self.case.assertGreaterEqual(spender.available, 0, name)
        return True

    def _step(self, name, breaks, records, place, method, *args):
        record = self._pick(records, place)
        return self._do(name, breaks, lambda: getattr(record, method)(*args))

    @contextmanager
    def _lost_connection(self, query):
        """Let so many queries pass, and then fail once."""
        cursor = self.env.cr
        execute, left = cursor.execute, query

        def count(*args, **kwargs):
            nonlocal left
            left -= 1
            if left == 0:
                raise BrokenOffError("The connection was lost")
            return execute(*args, **kwargs)

        cursor.execute = count
        try:
            yield
        finally:
            del cursor.execute

    def _money(self):
        self.env.flush_all()
        return [
            (one.state, one.balance, one.reserved_amount, one.unpaid_amount, one.available)
            for one in self.activities
        ]

    def _query(self, text):
        self.env.flush_all()
        column = SQL.identifier(self.activities._analytic_column())
        return self.env.execute_query(SQL(text, column=column, company=self.company.id))

    @staticmethod
    def _pick(records, place):
        return records[place % len(records)]

    def _find(self, model, *domain):
        """Return records of the company, searched once between two operations."""
        key = (model, domain)
        if key not in self.found:
            domain = [("company_id", "=", self.company.id), *domain]
            # What is there does not depend on who may read it.
            self.found[key] = self.env[model].sudo().search(domain, order="id").sudo(False)
        return self.found[key]

    def _in_state(self, model, state):
        return self._find(model, ("state", "=", state))
