"""All plans of a small purchase, one after the other, without anything of the optimiser."""

from fractions import Fraction
from itertools import product


def cheapest(data):
    """Return the least cost, ``None`` when nothing fits; each offer must have a capacity."""
    states = {(): 0}
    names = [supplier["id"] for supplier in data["suppliers"]]
    for wanted in data["products"]:
        offers = [offer for offer in data["offers"] if offer["product"] == wanted["id"]]
        offers = [offer for offer in offers if not _is_refused(data, offer)]
        states = _add_product(states, wanted, offers, names, data)
    costs = [_final_cost(data, names, state, extra) for state, extra in states.items()]
    return min((cost for cost in costs if cost is not None), default=None)


def _is_refused(data, offer):
    pairs = [(row["supplier"], row["product"]) for row in data.get("exclusions", ())]
    return (
        offer["supplier"] in data.get("forbidden_suppliers", ())
        or (offer["supplier"], offer["product"]) in pairs
    )


def _add_product(states, wanted, offers, names, data):
    """Combine each state (goods, units, points, grams) with each way to buy one product."""
    ways = {}
    for packs in product(*(range(offer["capacity"] // offer["pack"] + 1) for offer in offers)):
        units = [number * offer["pack"] for number, offer in zip(packs, offers, strict=True)]
        beyond = sum(units) - wanted["demand"] - wanted["tolerance"]
        if sum(units) < wanted["demand"] or (beyond > 0 and wanted["surplus_cost"] is None):
            continue
        goods = [None] * len(names)
        for number, offer in zip(units, offers, strict=True):
            if number:
                goods[names.index(offer["supplier"])] = _price(offer, number)
        points = sum(
            (Fraction(str(offer["score"])) * n for n, offer in zip(units, offers, strict=True)),
            Fraction(0),
        )
        grams = sum(offer.get("co2", 0) * n for n, offer in zip(units, offers, strict=True))
        extra = max(0, beyond) * (wanted["surplus_cost"] or 0)
        extra += sum(
            offer.get("extra_cost", 0) * number for number, offer in zip(units, offers, strict=True)
        )
        # Without a limit on them, points and grams need not be told apart.
        points = points if data.get("min_mean_score") is not None else 0
        grams = grams if data.get("max_co2") is not None else 0
        key = (tuple(goods), sum(units), points, grams)
        ways[key] = min(extra, ways.get(key, extra))
    combined = {}
    for state, cost in states.items():
        for way, extra in ways.items():
            key = _join(state, way) if state else way
            combined[key] = min(cost + extra, combined.get(key, cost + extra))
    return combined


def _join(state, way):
    goods = tuple(
        None if one is None and other is None else (one or 0) + (other or 0)
        for one, other in zip(state[0], way[0], strict=True)
    )
    return (goods, *(one + other for one, other in zip(state[1:], way[1:], strict=True)))


def _price(offer, units):
    if offer.get("tier_kind") == "incremental":
        # One unit after the other, each at the price of the tier that it reaches.
        return sum(_unit_price(offer, number) for number in range(1, units + 1))
    return units * _unit_price(offer, units)


def _unit_price(offer, units):
    """Return the price of one unit; incremental tiers begin after their ``from``."""
    strict = offer.get("tier_kind") == "incremental"
    price = None
    for tier in offer["tiers"]:
        if tier["from"] < units or (not strict and tier["from"] == units):
            price = tier["price"]
    return price


def _final_cost(data, names, state, extra):
    goods, units, points, grams = state
    used = [name for name, value in zip(names, goods, strict=True) if value is not None]
    most = data.get("max_suppliers")
    score = data.get("min_mean_score")
    if most is not None and len(used) > most:
        return None
    if score is not None and points < Fraction(str(score)) * units:
        return None
    if data.get("max_co2") is not None and grams > data["max_co2"]:
        return None
    if not set(data.get("required_suppliers", ())) <= set(used):
        return None
    total = extra
    for supplier, value in zip(data["suppliers"], goods, strict=True):
        if value is None:
            continue
        if value < supplier["minimum_order"]:
            return None
        free = supplier["free_delivery_from"]
        total += value + (0 if free is not None and value >= free else supplier["delivery_cost"])
    return total
