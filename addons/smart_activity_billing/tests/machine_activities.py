from hypothesis.stateful import invariant, precondition, rule

from odoo.tools import SQL

from .machine_common import BREAKS, PLACE

# Rules of the game that the company may change at any time.
CHANGES = {
    "change_basis": ("activity_available_basis", ["invoiced", "paid"]),
    "change_policy": ("activity_overdraft_policy", ["block", "block", "warn"]),
}

LAST_MONTH = 7


class ActivityRules:
    """Activities that pause, close and open again, and rules of the game that change."""

    several = {"administer": ["suspend", "close", *CHANGES]}
    # Statements are made up to this month of 2025.
    month = 2

    @rule(turn=PLACE, place=PLACE, breaks=BREAKS)
    def administer(self, turn, place, breaks):
        """Closing is refused while anything is reserved or left; what is shut opens again soon."""
        # Nothing happens any more to the budgets of three Activities that are shut.
        possible = [*CHANGES, "close"] if self._shut() & self.activities else None
        what = self._choose("administer", turn, possible)
        if what in CHANGES:
            name, values = CHANGES[what]
            value = self._pick(values, place)
            self._do(what, breaks, lambda: self.company.write({name: value}))
            return
        both = self.activities | self.annex
        activity = self._pick(both if what == "close" else self.activities, place)
        if self._do(what, breaks, getattr(activity, f"action_{what}")) and what == "close":
            self.case.assertEqual((activity.reserved_amount, activity.balance), (0, 0))

    @precondition(lambda self: self._shut())
    @rule(place=PLACE, breaks=BREAKS)
    def open(self, place, breaks):
        self._step("open", breaks, self._shut(), place, "action_open")

    def _weight(self, rule):
        return super()._weight(rule) * (3 if rule == "open" else 1)

    @precondition(lambda self: self.month < LAST_MONTH)
    @rule(breaks=BREAKS)
    def make_statements(self, breaks):
        if self._do("make_statements", breaks, lambda: self.case._make(self.month + 1)):
            self.month += 1

    @invariant()
    def what_no_statement_tells_is_noted(self):
        """The notes that statements are made from, against the whole ledger and all statements."""
        parts = self.env["coop.activity.statement"]._query_parts(self.activities.ids, "infinity")
        differences = self.env.execute_query(
            SQL(
                """
                SELECT activity.name, line_id, date,
                       SUM(COALESCE(part.amount, 0) - COALESCE(told, 0))
                  FROM (
                        %s
                        UNION ALL
                       SELECT activity.id, line_id, date, NULL, amount
                         FROM coop_activity_statement_change noted
                         JOIN coop_activity activity
                           ON activity.analytic_account_id = noted.account_id
                       ) part
                  JOIN coop_activity activity ON activity.id = part.activity_id
                 WHERE activity.id = ANY(%s)
              GROUP BY activity.name, line_id, date
                HAVING SUM(COALESCE(part.amount, 0) - COALESCE(told, 0)) <> 0
                """,
                parts,
                self.activities.ids,
            )
        )
        self.case.assertEqual(differences, [])

    def _shut(self):
        return (self.activities | self.annex).filtered(lambda one: one.state != "open")
