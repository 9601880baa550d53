"""What greener costs: which plans are worth a look, and at which scores to look for them."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from .instance import Instance
from .plan import Plan
from .reading import read_instance
from .solve import solve

_TRIES = 4
# Scores are asked for in hundredths, so that whole numbers stay small.
_HUNDREDTHS = 100


class Point(NamedTuple):
    """What is weighed against each other in a plan.

    :param cost: the less, the better
    :param score: the more, the better
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


def scores_between(low, high, count) -> list[Fraction]:
    """Return mean scores to ask for, evenly from that of the cheapest plan up to the highest.

    >>> [float(score) for score in scores_between(50, 80, 3)]
    [60.0, 70.0, 80.0]
    >>> [float(score) for score in scores_between(50, 50.1, 3)]
    [50.03, 50.06, 50.1]
    >>> scores_between(50, 50.001, 3)
    []
    """
    low, high = Fraction(str(low)), Fraction(str(high))
    if (high - low) * _HUNDREDTHS < 1:
        return []
    return [_rounded_down(low + (high - low) * step / count) for step in range(1, count + 1)]


def highest_mean_score(instance: Instance) -> Fraction:
    """Return the mean score when each product comes from its best offer, without surplus."""
    best = {}
    for place in instance.usable:
        offer = instance.offers[place]
        best[offer.product] = max(best.get(offer.product, Fraction(0)), offer.score)
    demands = {place: instance.products[place].demand for place in best}
    total = sum(demands.values())
    points = sum((best[place] * n for place, n in demands.items()), Fraction(0))
    return _rounded_down(points / total) if total else Fraction(0)


def _rounded_down(score: Fraction) -> Fraction:
    """Return a score with two digits that is still within reach.

    >>> _rounded_down(Fraction(200, 3))
    Fraction(3333, 50)
    """
    return Fraction(math.floor(score * _HUNDREDTHS), _HUNDREDTHS)


@dataclass(frozen=True)
class GreenPlan:
    """A plan and the mean score of all its units."""

    score: Fraction
    plan: Plan

    def as_dict(self) -> dict:
        """Return it as it is written in JSON."""
        return {"mean_score": round(float(self.score), 4), **self.plan.as_dict()}


def find_frontier(
    instance: Instance | Mapping,
    seconds: float = 60.0,
    *,
    steps: int = 5,
    cancelled: Callable[[], bool] | None = None,
) -> list[GreenPlan]:
    """Return plans from the cheapest to the greenest.

    Each is the cheapest that is found for its mean score; the scores asked lie at equal steps
    between that of the cheapest plan and the highest that a plan is found for.

    :param seconds: the most time for all of them together
    :param int steps: how many scores to ask for besides that of the cheapest plan
    """
    if not isinstance(instance, Instance):
        instance = read_instance(instance)
    deadline = time.monotonic() + seconds
    ask = _Asking(instance, deadline, cancelled)
    cheapest = ask.solve(instance.min_mean_score, 2 / (steps + 4))
    if cheapest is None:
        return []
    plans = [cheapest]
    greenest = ask.greenest(cheapest, 1 / 3)
    if greenest is not None:
        plans.append(greenest)
        between = scores_between(cheapest.score, greenest.score, steps)[:-1]
        for place, score in enumerate(between):
            found = ask.solve(score, 1 / (len(between) - place))
            if found is not None:
                plans.append(found)
    return keep_best(plans)


def keep_best(plans: list[GreenPlan]) -> list[GreenPlan]:
    """Return the plans that no other beats in one and equals or beats in the other, by cost.

    >>> first, second, third = (
    ...     GreenPlan(Fraction(score), Plan("optimal", cost, cost))
    ...     for score, cost in ((50, 100), (60, 120), (55, 130))
    ... )
    >>> [plan.plan.cost for plan in keep_best([third, second, first, second])]
    [100, 120]
    """
    outdone = find_dominated([Point(plan.plan.cost, plan.score) for plan in plans])
    kept = [plan for place, plan in enumerate(plans) if place not in outdone]
    return sorted(kept, key=lambda plan: plan.plan.cost)


def mean_score(instance: Instance, plan: Plan) -> Fraction:
    """Return the mean of the scores of all units of a plan, 0 without units."""
    units = sum(line.units for line in plan.lines)
    places = ((instance.place_of[line.supplier, line.product], line.units) for line in plan.lines)
    points = sum((instance.offers[place].score * n for place, n in places), Fraction(0))
    return points / units if units else Fraction(0)


class _Asking:
    def __init__(self, instance, deadline, cancelled):
        self.instance, self.deadline, self.cancelled = instance, deadline, cancelled

    def solve(self, score, part) -> GreenPlan | None:
        """Return the cheapest plan with a mean score, found in a part of the time that is left."""
        seconds = (self.deadline - time.monotonic()) * part
        if seconds <= 0 or (self.cancelled is not None and self.cancelled()):
            return None
        asked = replace(self.instance, min_mean_score=score)
        plan = solve(asked, seconds, cancelled=self.cancelled, explain=False)
        return None if plan.cost is None else GreenPlan(mean_score(self.instance, plan), plan)

    def greenest(self, cheapest, part) -> GreenPlan | None:
        """Return a plan with the highest mean score for which one is found."""
        low, high = cheapest.score, highest_mean_score(self.instance)
        best = None
        for number in range(_TRIES):
            asked = _rounded_down(high if not number else (low + high) / 2)
            if asked <= low or asked > high:
                break
            found = self.solve(asked, part / _TRIES)
            if found is None:
                high = asked
            elif number:
                best, low = found, found.score
            else:
                return found
        return best
