"""Cover the demand for one product at the least cost, exactly: a dynamic programme over units.

The state is how many units are there already, up to demand and tolerance together; each unit beyond
costs the surplus. An offer takes ``n`` packs of a segment, from ``low`` to ``high``, at ``price`` a
unit and ``charge`` once; the best ``n`` for all states is a minimum over a window that slides.
"""

from dataclasses import dataclass

import numpy as np

INFINITY = float("inf")


@dataclass(frozen=True)
class Choice:
    """An offer to choose from.

    :param key: what it is called in the answer
    :param segments: ``(low, high, price, charge)`` in packs, cents a unit and cents
    """

    key: int
    pack: int
    segments: tuple[tuple[int, int, float, float], ...]


def cover_demand(demand, room, surplus_cost, choices) -> tuple[float, dict[int, int]]:
    """Return the least cost and the packs by key; infinity when the demand cannot be covered.

    :param int room: units that may come without a surplus, demand and tolerance together
    :param surplus_cost: of a unit beyond, ``None`` when there may be none

    >>> near = Choice(1, 6, ((1, 4, 10.0, 0.0), (5, 9, 8.0, 0.0)))
    >>> far = Choice(2, 1, ((1, 7, 9.0, 20.0),))
    >>> cover_demand(30, 30, None, [near, far])
    (240.0, {1: 5})
    >>> cover_demand(31, 31, None, [near, far])
    (269.0, {1: 5, 2: 1})
    >>> cover_demand(31, 31, 1, [near])
    (293.0, {1: 6})
    >>> cover_demand(31, 31, None, [near])
    (inf, {})
    """
    units = np.arange(room + 1)
    costs = np.full(room + 1, INFINITY)
    costs[0] = 0.0
    stages = []
    for choice in choices:
        stages.append(costs)
        costs = _add_choice(costs, units, choice, surplus_cost)
    state = demand + int(costs[demand:].argmin())
    if costs[state] == INFINITY:
        return INFINITY, {}
    return float(costs[state]), _trace(costs, state, stages, units, choices, surplus_cost)


def _add_choice(costs, units, choice, surplus_cost):
    added = costs.copy()
    for low, high, price, charge in choice.segments:
        window = slide(costs - price * units, choice.pack, low, high)
        window += price * units
        window += charge
        np.minimum(added, window, out=added)
        if surplus_cost is not None:
            beyond = _fill_up(costs, units, choice.pack, (low, high, price, charge), surplus_cost)[
                1
            ]
            added[-1] = min(added[-1], beyond.min())
    return added


def _fill_up(costs, units, pack, segment, surplus_cost):
    """Return the packs with which each state goes up to the room and beyond, and the cost then."""
    low, high, price, charge = segment
    lacking = units[-1] - units
    fewest = -(-lacking // pack)
    packs = np.maximum(fewest, low if price + surplus_cost >= 0 else high)
    bought = packs * pack
    cost = costs + price * bought + charge + surplus_cost * (bought - lacking)
    return packs, np.where(packs <= high, cost, INFINITY)


def slide(values, pack, low, high):
    """Return for each place ``j`` the least of ``values[j - pack * n]`` for ``low <= n <= high``.

    Minima of blocks from the left and from the right make each window of two parts (van Herk, "A
    fast algorithm for local minimum and maximum filters", Pattern Recognition Letters 13, 1992).

    >>> slide(np.array([3.0, 1.0, 2.0, 5.0, 4.0, 6.0]), 2, 1, 2).tolist()
    [inf, inf, 3.0, 1.0, 2.0, 1.0]
    """
    count = len(values)
    if low * pack >= count:
        return np.full(count, INFINITY)
    rows = -(-count // pack)
    grid = np.full((rows, pack), INFINITY)
    grid.reshape(-1)[:count] = values
    width = high - low + 1
    if width >= rows:
        least = np.minimum.accumulate(grid, axis=0)
    elif width == 1:
        least = grid
    else:
        least = _block_minima(grid, rows, pack, width)
    moved = np.full((rows, pack), INFINITY)
    moved[low:] = least[: rows - low]
    return moved.reshape(-1)[:count]


def _block_minima(grid, rows, pack, width):
    blocks = -(-rows // width)
    padded = np.full((blocks * width, pack), INFINITY)
    padded[:rows] = grid
    padded = padded.reshape(blocks, width, pack)
    least = np.minimum.accumulate(padded, axis=1).reshape(-1, pack)[:rows].copy()
    right = np.minimum.accumulate(padded[:, ::-1], axis=1)[:, ::-1].reshape(-1, pack)
    np.minimum(least[width - 1 :], right[: rows - width + 1], out=least[width - 1 :])
    return least


def _trace(costs, state, stages, units, choices, surplus_cost):
    """Return the packs that led to a state, from the last choice back to the first."""
    packs = {}
    for choice, before in zip(reversed(choices), reversed(stages), strict=True):
        if before[state] > costs[state]:
            number, state = _step(before, state, units, choice, surplus_cost)
            packs[choice.key] = number
        costs = before
    return dict(sorted(packs.items()))


def _step(before, state, units, choice, surplus_cost):
    """Return the packs of a choice that made a state, and the state before."""
    best = (INFINITY, 0, 0)
    for low, high, price, charge in choice.segments:
        numbers = np.arange(low, min(high, state // choice.pack) + 1)
        if len(numbers):
            found = before[state - choice.pack * numbers] + price * choice.pack * numbers + charge
            least = int(found.argmin())
            number = int(numbers[least])
            best = min(best, (float(found[least]), number, state - choice.pack * number))
        if surplus_cost is not None and state == units[-1]:
            segment = (low, high, price, charge)
            numbers, found = _fill_up(before, units, choice.pack, segment, surplus_cost)
            least = int(found.argmin())
            best = min(best, (float(found[least]), int(numbers[least]), least))
    return best[1:]
