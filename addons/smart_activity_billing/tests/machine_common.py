"""What the rules of the budget machine share; each family of operations has a file of its own.

To add operations: write a mixin like ``InvoiceRules`` in ``machine_NAME.py`` and add it to the
bases of ``BudgetMachine`` in ``test_budget_machine.py``. A rule does the operation of its name, or
one of those that its entry in ``several`` lists; each must have gone through at least once.
"""

from contextlib import contextmanager
from random import Random

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
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
    # What no run before had seen, by the luck of a run.
    sought = None
    turn = 0
    # ``{rule: operations}`` of a mixin, for the rules that bring several; the more often one is
    # named, the more often it comes.
    several = {}

    def __init__(self):
        super().__init__()
        # By itself, hypothesis leaves out about half of the rules in each run: these runs are few.
        self._rules_strategy.enabled_rules_strategy = st.just(None)
        self._rules_strategy._enabled_rules_strategy = st.integers(0, 2**24 - 1).map(self._any_rule)
        self.env = self.case.env
        self.savepoint = self.env.cr.savepoint()
        self.activities = self.case.workshop | self.case.studio | self.case.gallery
        # Nothing comes to it and nothing is left of it.
        self.annex = self.env["coop.activity"].create(
            {"name": "Annex", "membership_id": self.case.member.id, "state": "open"}
        )
        self.company = self.case.company
        self.found = {}
        self.unseen = set()
        self.seen = set()
        # Something to spend, or most operations would be refused.
        for activity in self.activities:
            self.case._invoice(self.case._line(5000, {activity: 100}))

    @initialize(luck=st.integers(0, 2**63))
    def begin(self, luck):
        """Seek what no run before had seen; a run that is replayed seeks the same once more."""
        # The first run would draw nothing but zeros: one cent, the first Activity, never a break.
        if assume(luck):
            wanted = self.all_operations() - self.passed.keys()
            self.unseen = set(self.sought.setdefault(luck, wanted))

    def teardown(self):
        self.savepoint.close(rollback=True)

    # ------------------------------------------------------------------
    # What comes next
    # ------------------------------------------------------------------

    def _any_rule(self, number):
        """Return one of the rules that are possible now, by chance, each by its weight."""
        rules = self._rules_strategy
        self.turn += 1
        possible = [rule for rule in rules.rules if rules.is_valid(rule)]
        # What goes on with something comes sooner than what begins another one.
        weights = [
            self._weight(rule.function.__name__) * (2 if rule.preconditions else 1)
            for rule in possible
        ]
        return Random(f"{self.turn} {number}").choices(possible, weights)[0]

    def _weight(self, rule):
        """What was not seen yet comes sooner, most of all what no run before had seen."""
        operations = self._operations(rule)
        return 1 + bool(operations - self.seen) + 6 * bool(operations & self.unseen)

    def _choose(self, rule, turn, possible=None):
        """Return one of the operations of a rule; at every other turn one that was not seen yet.

        :param possible: those of them that are possible now, if not all are
        """
        operations = [
            name for name in self._all_several()[rule] if possible is None or name in possible
        ]
        turn, seeks = divmod(turn, 2)
        if seeks:
            missing = [name for name in operations if name in self.unseen]
            missing = missing or [name for name in operations if name not in self.seen]
            operations = missing or operations
        return operations[turn % len(operations)]

    @classmethod
    def all_operations(cls):
        rules = [rule.function.__name__ for rule in cls.setup_state().rules]
        return frozenset().union(*map(cls._operations, rules))

    @classmethod
    def _operations(cls, rule):
        return frozenset(cls._all_several().get(rule, [rule]))

    @classmethod
    def _all_several(cls):
        return {
            rule: operations
            for base in cls.__mro__
            for rule, operations in vars(base).get("several", {}).items()
        }

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
        self.seen.add(name)
        self.unseen.discard(name)
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
            for one in self.activities | self.annex
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
