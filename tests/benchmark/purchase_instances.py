"""Purchases as a purchasing centre meets them, drawn from a seed.

A product is a commodity with a price level of its own; suppliers have a level too, and each offer
differs from both. Large packs, quantity discounts of 3 to 15 % a tier, capacities below the demand,
delivery that is free from some value on, minimum orders: everything that ties decisions together is
there. Greener offers cost more. Some seeds buy little and some much; some limit the suppliers, ask
for a mean score, or both.

    python purchase_instances.py 150 20 4 --seed 3 > purchase.json
"""

import argparse
import json
import math
import sys
from random import Random

PACKS = (1, 6, 12, 24)


def make_instance(products, suppliers, tiers, seed, density=None):
    """Return an instance as JSON data.

    :param float density: the part of the products that each supplier offers; drawn when not given
    """
    random = Random(f"{products} x {suppliers} x {tiers}: {seed}")
    goods = [_product(random, number) for number in range(products)]
    sellers = [_supplier(random, number) for number in range(suppliers)]
    levels = [random.uniform(0.94, 1.06) for _ in sellers]
    greens = [random.uniform(20, 90) for _ in sellers]
    # Where little is bought, deliveries and minimum orders decide; where much, prices do.
    scale = random.choice((0.03, 0.1, 0.3, 1))
    prices = [scale * math.exp(random.uniform(math.log(40), math.log(6000))) for _ in goods]
    offers = []
    for number in range(suppliers):
        share = random.uniform(0.4, 0.9) if density is None else density
        for place, product in enumerate(goods):
            if random.random() < share:
                base = prices[place] * levels[number]
                offers.append(_offer(random, number, place, product, base, greens[number], tiers))
    _supply_all(random, goods, offers, prices, suppliers, tiers)
    return {
        "products": goods,
        "suppliers": sellers,
        "offers": offers,
        **_limits(random, goods, offers, suppliers, seed),
    }


def _product(random, number):
    demand = round(math.exp(random.uniform(math.log(5), math.log(2000))))
    return {
        "id": f"P{number:03d}",
        "demand": demand,
        "tolerance": round(demand * random.choice((0, 0.02, 0.05, 0.1, 0.2))),
        "surplus_cost": random.choice((10, 50, 200, 1000)),
    }


def _supplier(random, number):
    free = random.random() < 0.75
    return {
        "id": f"S{number:02d}",
        "delivery_cost": random.choice((0, *range(1500, 15001, 500))),
        "free_delivery_from": random.randrange(25000, 250001, 2500) if free else None,
        "minimum_order": random.choice((0, 0, 5000, 10000, 25000, 50000, 100000)),
    }


def _offer(random, supplier, place, product, base, green, tiers):
    score = min(100, max(0, round(random.gauss(green, 12))))
    price = base * random.uniform(0.9, 1.12) * (1 + (score - 50) / 400)
    demand = product["demand"]
    starts = sorted({max(2, round(demand * random.uniform(0.05, 1.3))) for _ in range(tiers - 1)})
    rows = [{"from": 0, "price": max(1, round(price))}]
    for start in starts:
        price *= 1 - random.uniform(0.03, 0.15)
        rows.append({"from": start, "price": max(1, round(price))})
    limited = random.random() < 0.5
    return {
        "supplier": f"S{supplier:02d}",
        "product": product["id"],
        "pack": random.choice(PACKS),
        "capacity": max(24, round(demand * random.uniform(0.3, 2))) if limited else None,
        "score": score,
        "co2": random.randrange(50, 5000),
        "tiers": rows,
    }


def _supply_all(random, goods, offers, prices, suppliers, tiers):
    """Add an offer without a limit where all together could not deliver the demand."""
    supply = dict.fromkeys((product["id"] for product in goods), 0)
    for offer in offers:
        capacity = offer["capacity"]
        supply[offer["product"]] += math.inf if capacity is None else capacity - 24
    for place, product in enumerate(goods):
        if supply[product["id"]] < product["demand"]:
            number = random.randrange(suppliers)
            known = [
                o
                for o in offers
                if (o["supplier"], o["product"]) == (f"S{number:02d}", product["id"])
            ]
            if known:
                known[0]["capacity"] = None
            else:
                offer = _offer(random, number, place, product, prices[place], 55, tiers)
                offers.append(offer | {"capacity": None})


def _limits(random, goods, offers, suppliers, seed):
    """Return the limits of all together: none, few suppliers, a mean score, or both, in turn."""
    limits = {"max_suppliers": None, "min_mean_score": None}
    if seed % 2:
        limits["max_suppliers"] = max(
            _fewest(goods, offers) + 1, round(suppliers * random.uniform(0.3, 0.6))
        )
    if seed % 4 >= 2:
        best = {product["id"]: 0 for product in goods}
        for offer in offers:
            best[offer["product"]] = max(best[offer["product"]], offer["score"])
        total = sum(product["demand"] for product in goods)
        high = sum(product["demand"] * best[product["id"]] for product in goods) / total
        limits["min_mean_score"] = round(50 + (high - 50) * random.uniform(0.1, 0.5))
    return limits


def _fewest(goods, offers):
    """Return a number of suppliers that can deliver everything, chosen one by one."""
    left = {product["id"]: product["demand"] for product in goods}
    by_supplier = {}
    for offer in offers:
        by_supplier.setdefault(offer["supplier"], []).append(offer)
    chosen = 0
    while any(units > 0 for units in left.values()):
        name = max(
            by_supplier, key=lambda key: sum(_fill(offer, left) for offer in by_supplier[key])
        )
        for offer in by_supplier.pop(name):
            product = offer["product"]
            left[product] -= _fill(offer, left) * left[product] if left[product] > 0 else 0
            left[product] = 0 if left[product] < 1e-9 else left[product]
        chosen += 1
    return chosen


def _fill(offer, left):
    """Return the part of what is left of the demand that an offer can deliver."""
    wanted = left[offer["product"]]
    if wanted <= 0:
        return 0
    if offer["capacity"] is None:
        return 1
    return min(1, offer["capacity"] // offer["pack"] * offer["pack"] / wanted)


def main():
    """Print one instance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("products", "suppliers", "tiers"):
        parser.add_argument(name, type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--density", type=float)
    options = parser.parse_args()
    json.dump(make_instance(**vars(options)), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
