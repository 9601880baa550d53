"""From a question to a plan that everybody accepts: asked until nobody pays too much.

Nothing here reads a database, so nothing is locked however long it takes.
"""

import time
from typing import NamedTuple

from ..optimizer import solve, verify_plan
from .price_limits import share_by_price
from .sharing import Claim

# What the optimiser does not read.
OWN_KEYS = {"scale", "limits", "equally"}


class Answer(NamedTuple):
    """What came out.

    :param dict plan: of the optimiser
    :param dict question: as it was asked the last time
    :param list dropped: ids of the claims that were left out
    """

    plan: dict
    question: dict
    dropped: list


class TooLittleTimeError(ValueError):
    """There was no time to find a plan that everybody accepts."""


def make_plan(data, seconds, cancelled=None, progress=None):
    """Return the cheapest plan that is found in the time given.

    :param dict data: of ``coop.purchase.plan``, with ``limits``: for each product the claims, each
        as its id, the most that a step may cost, the least of use, wanted and tolerance
    :param cancelled: is asked now and then whether to stop
    :param progress: is told of what was found so far
    :raise PlanError: the optimiser's plan is wrong
    :raise TooLittleTimeError: members would pay more than they accept
    """
    deadline = time.monotonic() + seconds
    dropped = set()
    while True:
        question = leave_out(data, dropped)
        # Who is left out makes it dearer for others: that needs time too.
        left = max(deadline - time.monotonic(), 0.1)
        share = left if not dropped and not has_limits(data) else left / 2
        plan = solve(question, share, cancelled=cancelled, progress=progress).as_dict()
        verify_plan(question, plan)
        going = find_too_dear(data, plan, dropped)
        if not going or (cancelled and cancelled()):
            return Answer(plan, question, sorted(dropped))
        if time.monotonic() >= deadline:
            raise TooLittleTimeError(len(going))
        dropped |= going


def has_limits(data):
    """Tell whether some price of an offer is more than somebody accepts.

    >>> offers = [{"product": 1, "tiers": [{"from": 0, "price": 100}]}]
    >>> has_limits({"offers": offers, "limits": {"1": [[7, 100, 0, 5, 0]]}})
    False
    >>> has_limits({"offers": offers, "limits": {"1": [[7, 99, 0, 5, 0]]}})
    True
    """
    lowest = {
        product: min((claim[1] for claim in claims), default=None)
        for product, claims in data["limits"].items()
    }
    return any(
        offer["tiers"][0]["price"] > lowest[str(offer["product"])] for offer in data["offers"]
    )


def leave_out(data, dropped):
    """Return the question for the optimiser without the claims that are left out.

    >>> data = {
    ...     "scale": 1,
    ...     "products": [{"id": 1, "demand": 8, "tolerance": 2}],
    ...     "limits": {"1": [[7, 99, 0, 5, 0], [8, 120, 0, 3, 2]]},
    ... }
    >>> leave_out(data, {7})
    {'products': [{'id': 1, 'demand': 3, 'tolerance': 2}]}
    >>> leave_out(data, set())
    {'products': [{'id': 1, 'demand': 8, 'tolerance': 2}]}
    """
    products = []
    for product in data["products"]:
        gone = [
            claim for claim in data["limits"].get(str(product["id"]), ()) if claim[0] in dropped
        ]
        demand, tolerance = (
            max(0, product[name] - sum(claim[place] for claim in gone))
            for name, place in (("demand", 3), ("tolerance", 4))
        )
        products.append({**product, "demand": demand, "tolerance": tolerance})
    rest = {key: value for key, value in data.items() if key not in OWN_KEYS}
    return {**rest, "products": products}


def find_too_dear(data, plan, dropped):
    """Return the ids of the claims that a plan costs more than they accept.

    >>> data = {"limits": {"1": [[7, 99, 0, 5, 0], [8, 120, 0, 3, 2]]}}
    >>> line = {"product": 1, "units": 8, "amount": 800}
    >>> find_too_dear(data, {"lines": [line]}, set())
    {7}
    >>> find_too_dear(data, {"lines": [line | {"amount": 792}]}, set())
    set()
    """
    supplies = {}
    for line in plan["lines"]:
        price = line["amount"] / line["units"]
        supplies.setdefault(str(line["product"]), []).append((price, line["units"]))
    going = set()
    for product, supply in supplies.items():
        claims = [claim for claim in data["limits"][product] if claim[0] not in dropped]
        _given, _rest, places = share_by_price(
            supply,
            [Claim(*claim[2:]) for claim in claims],
            [claim[1] for claim in claims],
            data.get("equally", False),
        )
        going |= {claims[place][0] for place in places}
    return going


def share_plan(data, lines, dropped):
    """Say who gets what of a plan.

    :param dict data: as of :func:`make_plan`
    :param lines: of the plan, each with its offer (``id``), product, units and amount
    :param dropped: ids of the claims that were left out
    :return: list of ``(id of the claim or None, id of the offer, steps)``; None is what is left

    >>> data = {"limits": {"1": [[7, 99, 0, 5, 0], [8, 120, 0, 3, 0]]}}
    >>> share_plan(data, [{"id": 4, "product": 1, "units": 10, "amount": 900}], set())
    [(7, 4, 5), (8, 4, 3), (None, 4, 2)]
    """
    shares = []
    by_product = {}
    for line in lines:
        by_product.setdefault(str(line["product"]), []).append(line)
    for product, supply in by_product.items():
        claims = [claim for claim in data["limits"][product] if claim[0] not in dropped]
        given, rest, places = share_by_price(
            [(line["amount"] / line["units"], line["units"]) for line in supply],
            [Claim(*claim[2:]) for claim in claims],
            [claim[1] for claim in claims],
            data.get("equally", False),
        )
        if places:
            raise ValueError(f"{claims[places[0]][0]} would pay more than it accepts")
        takers = [*(claim[0] for claim in claims), None]
        for taker, parts in zip(takers, [*given, rest], strict=True):
            shares += [
                (taker, line["id"], steps)
                for line, steps in zip(supply, parts, strict=True)
                if steps
            ]
    return shares
