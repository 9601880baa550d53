"""The master programme of Dantzig and Wolfe: which of the known patterns to take for each product.

Dantzig and Wolfe, "Decomposition principle for linear programs", Operations Research 8 (1960). Its
rows are what ties products together: suppliers that are used, minimum orders, free deliveries, the
number of suppliers, the mean score and CO2. Patterns come in as they are found.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np

from .check import count_goods
from .instance import Instance
from .multipliers import Multipliers
from .pool import Pool
from .program import INFINITY, make_solver


@dataclass(frozen=True)
class Relaxed:
    """The solution of the master with parts of patterns and of suppliers.

    :param float cost: of the known patterns; no bound
    :param used: part to which each supplier is used
    :param free: part to which each supplier's delivery is free
    :param bool real: nothing is missing, no column stands in for a pattern
    """

    cost: float
    multipliers: Multipliers
    used: np.ndarray
    free: np.ndarray
    real: bool


class Master:
    """A linear programme that grows, and the patterns that are its columns."""

    def __init__(self, instance: Instance, places, ceiling: float):
        """Make the master without patterns.

        :param places: of the offers that may be used
        :param float ceiling: more than any plan worth having costs
        """
        self.instance = instance
        self.solver = make_solver(1e7)
        self.rows = self.columns = 0
        self.pool = Pool(instance)
        self.pattern_columns: list[int] = []
        self._add_rows(places)
        self._add_suppliers(places)
        self._add_missing(ceiling)

    def _row(self, low, high) -> int:
        self.solver.addRow(low, high, 0, np.zeros(0, np.int32), np.zeros(0))
        self.rows += 1
        return self.rows - 1

    def _column(self, cost, high, entries) -> int:
        entries = [(row, factor) for row, factor in entries if row is not None and factor]
        rows = np.array([row for row, _factor in entries], dtype=np.int32)
        factors = np.array([factor for _row, factor in entries], dtype=float)
        self.solver.addCol(float(cost), 0.0, float(high), len(entries), rows, factors)
        self.columns += 1
        return self.columns - 1

    def _add_rows(self, places) -> None:
        instance = self.instance
        suppliers = range(len(instance.suppliers))
        # A product that nobody wants may be bought all the same, where this helps another rule.
        self.demand_row = [self._row(bool(p.demand), 1) for p in instance.products]
        self.required_row = {s: self._row(1, INFINITY) for s in sorted(instance.required)}
        self.opening_row = {place: self._row(-INFINITY, 0) for place in places}
        self.minimum_row = {
            s: self._row(0, INFINITY) for s in suppliers if instance.suppliers[s].minimum_order
        }
        self.free_row = {s: self._row(0, INFINITY) for s in suppliers if instance.may_be_free(s)}
        self.free_link = {s: self._row(-INFINITY, 0) for s in self.free_row}
        most = instance.max_suppliers
        self.number_row = None if most is None else self._row(-INFINITY, most)
        self.score_row = None if instance.min_mean_score is None else self._row(0, INFINITY)
        self.co2_row = None if instance.max_co2 is None else self._row(-INFINITY, instance.max_co2)

    def _add_suppliers(self, places) -> None:
        offers_of = {}
        for place in places:
            offers_of.setdefault(self.instance.offers[place].supplier, []).append(place)
        self.used, self.free = [], {}
        for s, supplier in enumerate(self.instance.suppliers):
            entries = [(self.opening_row[place], -1) for place in offers_of.get(s, ())]
            entries.append((self.minimum_row.get(s), -supplier.minimum_order))
            entries += [(self.free_link.get(s), -1), (self.number_row, 1)]
            self.used.append(self._column(supplier.delivery_cost, 1, entries))
            if s in self.free_row:
                entries = [(self.free_row[s], -supplier.free_delivery_from), (self.free_link[s], 1)]
                self.free[s] = self._column(-supplier.delivery_cost, 1, entries)

    def _add_missing(self, ceiling) -> None:
        """Add dear columns that stand in for patterns which are not known yet."""
        first = self.columns
        for row in self.demand_row:
            self._column(ceiling, 1, [(row, 1)])
        for row in self.required_row.values():
            self._column(ceiling, 1, [(row, 1)])
        for row in [*self.minimum_row.values(), *self.free_row.values()]:
            self._column(10, INFINITY, [(row, 1)])
        margins = [abs(margin) for margin in self.instance.margins]
        scale = max((margin for margin in margins), default=1) or 1
        price = max((offer.tiers[0].price for offer in self.instance.offers), default=1)
        self._column(10 * (price + 1) / scale, INFINITY, [(self.score_row, 1)])
        grams = max((offer.co2 for offer in self.instance.offers), default=1) or 1
        self._column(10 * (price + 1) / grams, INFINITY, [(self.co2_row, -1)])
        self.missing = range(first, self.columns)
        self.highs = {column: self.solver.getLp().col_upper_[column] for column in self.missing}

    def add(self, product: int, packs: dict[int, int]) -> bool:
        """Add a pattern; return whether it is new."""
        pattern = self.pool.add(product, packs)
        if pattern is None:
            return False
        entries = [(self.demand_row[product], 1)]
        for place, amount in zip(packs, pattern.amounts, strict=True):
            supplier = self.instance.offers[place].supplier
            entries.append((self.opening_row[place], 1))
            entries.append((self.required_row.get(supplier), 1))
            entries.append((self.minimum_row.get(supplier), amount))
            entries.append((self.free_row.get(supplier), amount))
        entries += [(self.score_row, pattern.margin), (self.co2_row, pattern.co2)]
        self.pattern_columns.append(self._column(pattern.cost, 1, entries))
        return True

    def bound_suppliers(self, used: dict[int, int], free: dict[int, int]) -> None:
        """Fix which suppliers are used and whose delivery is free; all others are open."""
        for fixed, columns in ((used, dict(enumerate(self.used))), (free, self.free)):
            for supplier, column in columns.items():
                low, high = (fixed[supplier],) * 2 if supplier in fixed else (0, 1)
                self.solver.changeColBounds(column, float(low), float(high))

    def relax(self, seconds: float) -> Relaxed | None:
        """Solve it with parts of patterns; ``None`` when the time does not suffice."""
        solver = self.solver
        solver.setOptionValue("time_limit", solver.getRunTime() + max(seconds, 0.01))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = solver.getSolution()
        values = np.array(solution.col_value)
        free = np.zeros(len(self.used))
        free[list(self.free)] = values[list(self.free.values())]
        return Relaxed(
            cost=solver.getInfo().objective_function_value,
            multipliers=self._multipliers(np.array(solution.row_dual)),
            used=values[self.used],
            free=free,
            real=bool((values[list(self.missing)] < 1e-6).all()),
        )

    def _multipliers(self, duals) -> Multipliers:
        instance = self.instance

        def column(rows, count, sign):
            values = np.zeros(count)
            values[list(rows)] = np.maximum(0, sign * duals[list(rows.values())])
            return values

        count = len(instance.suppliers)
        return Multipliers(
            opening=column(self.opening_row, len(instance.offers), -1),
            minimum=column(self.minimum_row, count, 1),
            free=column(self.free_row, count, 1),
            required=column(self.required_row, count, 1),
            score=0.0 if self.score_row is None else max(0.0, duals[self.score_row]),
            co2=0.0 if self.co2_row is None else max(0.0, -duals[self.co2_row]),
        )

    def choose(self, seconds: float, start=None, cancelled=None, gap=0.0):
        """Solve it with whole patterns; return packs by offer and the solver's bound.

        The bound holds for the known patterns alone.
        """
        solver = self.solver
        whole = [*self.used, *self.free.values(), *self.pattern_columns]
        for column in self.missing:
            solver.changeColBounds(column, 0.0, 0.0)
        kinds = highspy.HighsVarType
        self._set_kind(whole, kinds.kInteger)
        if start is not None:
            self._set_start(start)
        solver.setOptionValue("mip_rel_gap", gap)
        solver.setOptionValue("time_limit", solver.getRunTime() + max(seconds, 0.01))
        deadline = time.monotonic() + seconds

        def interrupt(event):
            late = time.monotonic() > deadline
            event.interrupt(late or (cancelled is not None and cancelled()))

        solver.cbMipInterrupt += interrupt
        solver.run()
        solver.cbMipInterrupt -= interrupt
        info = solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        packs = self._read(np.array(solver.getSolution().col_value)) if found else None
        bound = info.mip_dual_bound
        self._set_kind(whole, kinds.kContinuous)
        for column, high in self.highs.items():
            solver.changeColBounds(column, 0.0, high)
        return packs, bound

    def _set_kind(self, columns, kind) -> None:
        columns = np.array(columns, dtype=np.int32)
        self.solver.changeColsIntegrality(len(columns), columns, np.array([kind] * len(columns)))

    def _read(self, values) -> dict[int, int]:
        taken = np.flatnonzero(values[self.pattern_columns] > 0.5)
        patterns = (self.pool.patterns[row] for row in taken)
        return {place: number for pattern in patterns for place, number in pattern.packs.items()}

    def _set_start(self, packs) -> None:
        """Give the solver a plan to start with, as far as its patterns are known."""
        instance = self.instance
        by_product = {}
        for place, number in packs.items():
            if number:
                by_product.setdefault(instance.offers[place].product, {})[place] = number
        values = np.zeros(self.columns)
        for pattern, column in zip(self.pool.patterns, self.pattern_columns, strict=True):
            values[column] = by_product.get(pattern.product) == pattern.packs
        for supplier, goods in count_goods(instance, packs).items():
            values[self.used[supplier]] = 1
            if supplier in self.free:
                enough = goods >= instance.suppliers[supplier].free_delivery_from
                values[self.free[supplier]] = enough
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self.solver.setSolution(solution)
