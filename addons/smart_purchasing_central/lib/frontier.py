"""What greener costs: which plans are worth a look, and at which scores to look for them."""

from typing import NamedTuple


class Point(NamedTuple):
    """What is weighed against each other in a plan.

    :param cost: the less, the better
    :param float score: the more, the better
    :param units: how much members get; the more, the better
    """

    cost: float
    score: float
    units: float = 0


def find_dominated(points):
    """Return the places of the plans to which another one is better, and in nothing worse.

    Of two that are the same in everything the first one stays.

    >>> points = [Point(10, 50), Point(12, 60), Point(12, 55), Point(10, 50), Point(9, 60, -1)]
    >>> find_dominated(points)
    [2, 3]
    """
    return [
        place
        for place, point in enumerate(points)
        if any(
            _is_as_good(other, point) and (other != point or before < place)
            for before, other in enumerate(points)
            if before != place
        )
    ]


def _is_as_good(one, other):
    return one.cost <= other.cost and one.score >= other.score and one.units >= other.units


def scores_between(low, high, count):
    """Return mean scores to ask for, evenly between that of the cheapest plan and the highest.

    >>> scores_between(50, 80, 3)
    [60.0, 70.0, 80.0]
    >>> scores_between(50, 50, 3)
    []
    """
    if high - low < 0.01:
        return []
    # Rounded down: the highest score must stay within reach.
    return [int((low + (high - low) * step / count) * 100) / 100 for step in range(1, count + 1)]
