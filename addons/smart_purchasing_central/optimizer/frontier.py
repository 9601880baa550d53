"""What greener costs: plans of which none is both dearer and less green than another."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .instance import Instance
from .plan import Plan
from .reading import read_instance
from .solve import solve

_TRIES = 4


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
        for step in range(1, steps):
            share = (greenest.score - cheapest.score) * step / steps
            found = ask.solve(_rounded(cheapest.score + share), 1 / (steps - step))
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
    kept = []
    for plan in sorted(plans, key=lambda plan: (plan.plan.cost, -plan.score)):
        if not kept or plan.score > kept[-1].score:
            kept.append(plan)
    return kept


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
        low, high = cheapest.score, self._highest()
        best = None
        for number in range(_TRIES):
            asked = _rounded(high if not number else (low + high) / 2)
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

    def _highest(self) -> Fraction:
        """Return the mean score of the best offer of each product: the most without surplus."""
        best = {}
        for place in self.instance.usable:
            offer = self.instance.offers[place]
            best[offer.product] = max(best.get(offer.product, Fraction(0)), offer.score)
        demands = {place: self.instance.products[place].demand for place in best}
        total = sum(demands.values())
        points = sum((best[place] * n for place, n in demands.items()), Fraction(0))
        return Fraction(math.floor(points / total * 100), 100) if total else Fraction(0)


def _rounded(score: Fraction) -> Fraction:
    """Return a score with two digits, so that whole numbers stay small.

    >>> _rounded(Fraction(200, 3))
    Fraction(6667, 100)
    """
    return Fraction(math.ceil(score * 100), 100)
