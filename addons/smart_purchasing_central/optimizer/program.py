"""A mixed-integer linear programme that is built row by row and solved by HiGHS."""

import threading
import time
from dataclasses import dataclass

import highspy
import numpy as np

INFINITY = highspy.kHighsInf


@dataclass(frozen=True)
class Outcome:
    """What the solver says.

    :param values: of the columns, ``None`` when there is no solution
    :param float bound: no solution costs less
    :param bool infeasible: it is proven that there is no solution
    :param bool complete: the solution is proven to be the best within the solver's tolerances
    """

    values: np.ndarray | None
    bound: float
    infeasible: bool = False
    complete: bool = False
    duals: np.ndarray | None = None


class Program:
    """Columns with bounds and costs, and rows over them; everything is minimised."""

    def __init__(self):
        self.costs, self.lows, self.highs, self.whole = [], [], [], []
        self.row_lows, self.row_highs = [], []
        self.starts, self.columns, self.factors = [0], [], []

    def add_column(self, cost=0.0, high=1.0, *, low=0.0, whole=True) -> int:
        """Add a column and return its number."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.costs) - 1

    def add_row(self, entries, low=-INFINITY, high=INFINITY) -> int:
        """Add ``low <= sum of factor * column <= high`` from pairs (column, factor).

        A column may come several times: its factors add up.
        """
        merged = {}
        for column, factor in entries:
            merged[column] = merged.get(column, 0) + factor
        self.columns.extend(merged)
        self.factors.extend(merged.values())
        self.starts.append(len(self.columns))
        self.row_lows.append(low)
        self.row_highs.append(high)
        return len(self.row_lows) - 1

    def as_lp(self) -> highspy.HighsLp:
        """Return it as HiGHS takes it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.row_lows)
        lp.col_cost_ = np.array(self.costs, dtype=float)
        lp.col_lower_ = np.array(self.lows, dtype=float)
        lp.col_upper_ = np.array(self.highs, dtype=float)
        lp.row_lower_ = np.array(self.row_lows, dtype=float)
        lp.row_upper_ = np.array(self.row_highs, dtype=float)
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = lp.num_col_, lp.num_row_
        matrix.start_ = np.array(self.starts, dtype=np.int32)
        matrix.index_ = np.array(self.columns, dtype=np.int32)
        matrix.value_ = np.array(self.factors, dtype=float)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[bool(whole)] for whole in self.whole]
        return lp


# So many seconds a solver has to end after its time.
_GRACE = 1.0


def make_solver(seconds: float, **options) -> highspy.Highs:
    """Return a silent solver with its time limit; the same seed takes the same way."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def relax_program(program, seconds, cancelled=None) -> Outcome:
    """Solve a programme with parts of whole numbers; the outcome has the duals of the rows too."""
    solver = make_solver(seconds)
    lp = program.as_lp()
    lp.integrality_ = []
    solver.passModel(lp)
    _watch(solver, time.monotonic() + seconds, cancelled)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Outcome(None, INFINITY, infeasible=True)
    if status != highspy.HighsModelStatus.kOptimal:
        return Outcome(None, -INFINITY)
    solution = solver.getSolution()
    cost = solver.getInfo().objective_function_value
    duals = np.array(solution.row_dual)
    return Outcome(np.array(solution.col_value), cost, complete=True, duals=duals)


def solve_program(program, seconds, *, start=None, cancelled=None, **options) -> Outcome:
    """Solve a programme to proven optimality, or as far as the time goes.

    :param start: values of all columns of a known solution
    :param cancelled: is asked now and then; the solver stops when it says so
    """
    if not program.costs:
        return _outcome_of_nothing(program)
    options = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "mip_feasibility_tolerance": 1e-7} | options
    deadline = time.monotonic() + seconds
    solver = make_solver(seconds, **options)
    solver.passModel(program.as_lp())
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = [float(value) for value in start]
        solver.setSolution(solution)
    _watch(solver, deadline, cancelled)
    # Between two of its questions whether to stop, large programmes can take a quarter of a minute:
    # then its thread, which ends by itself, is left alone, and nothing is known.
    thread = threading.Thread(target=solver.run, daemon=True)
    thread.start()
    thread.join(max(deadline - time.monotonic(), 0.0) + _GRACE)
    return Outcome(None, -INFINITY) if thread.is_alive() else _outcome(solver)


def _outcome_of_nothing(program) -> Outcome:
    """Return whether the rows hold without any column, which the solver does not tell."""
    if any(low > 0 for low in program.row_lows) or any(high < 0 for high in program.row_highs):
        return Outcome(None, INFINITY, infeasible=True)
    return Outcome(np.zeros(0), 0.0, complete=True)


def _watch(solver, deadline, cancelled) -> None:
    def interrupt(event):
        late = time.monotonic() > deadline
        event.interrupt(late or (cancelled is not None and cancelled()))

    solver.cbMipInterrupt += interrupt
    solver.cbSimplexInterrupt += interrupt
    solver.cbIpmInterrupt += interrupt


def _outcome(solver) -> Outcome:
    status = solver.getModelStatus()
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return Outcome(None, INFINITY, infeasible=True)
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if found else None
    complete = status == highspy.HighsModelStatus.kOptimal
    return Outcome(values, info.mip_dual_bound, complete=complete)
