"""Small purchases with all rules at once, which brute force can still count."""


def small_purchase(random):
    """Return an instance of up to three products and three suppliers; each offer has a capacity."""
    products = [_product(random, number) for number in range(random.randint(1, 3))]
    suppliers = [_supplier(random, number) for number in range(random.randint(1, 3))]
    offers = [
        _offer(random, supplier["id"], product)
        for supplier in suppliers
        for product in products
        if random.random() < 0.9
    ]
    return {
        "products": products,
        "suppliers": suppliers,
        "offers": offers,
        "max_suppliers": random.choice((None, None, 1, 2)),
        "min_mean_score": random.choice((None, None, None, 30, 35.5, 42.25)),
        "max_co2": random.choice((None, None, None, None, random.randint(40, 150))),
        **_wishes(random, products, suppliers),
    }


def _product(random, number):
    return {
        "id": f"p{number}",
        "demand": random.randint(0, 6),
        "tolerance": random.choice((0, 1, 2, 4)),
        "surplus_cost": random.choice((None, 0, 1, 7, 30)),
    }


def _supplier(random, number):
    return {
        "id": f"s{number}",
        "delivery_cost": random.choice((0, 20, 90)),
        "free_delivery_from": random.choice((None, 0, 100, 300)),
        "minimum_order": random.choice((0, 0, 0, 50, 200)),
    }


def _offer(random, supplier, product):
    price = random.randint(0, 60)
    tiers = [{"from": 0, "price": price}]
    for start in sorted(random.sample(range(1, 10), random.randint(0, 2))):
        price = max(0, price - random.randint(0, 12))
        tiers.append({"from": start, "price": price})
    return {
        "supplier": supplier,
        "product": product["id"],
        "pack": random.choice((1, 1, 2, 3)),
        "capacity": random.randint(3, 8),
        "score": random.choice((0, 10, 35.5, 50, 80)),
        "co2": random.randint(0, 9),
        "extra_cost": random.choice((0, 0, 0, 8)),
        "tiers": tiers,
        "tier_kind": random.choice(("all_units", "all_units", "all_units", "incremental")),
    }


def _wishes(random, products, suppliers):
    supplier = random.choice(suppliers)["id"]
    wish = random.randrange(8)
    if wish == 0:
        return {"required_suppliers": [supplier]}
    if wish == 1 and len(suppliers) > 1:
        return {"forbidden_suppliers": [supplier]}
    if wish == 2:
        return {"exclusions": [{"supplier": supplier, "product": random.choice(products)["id"]}]}
    return {}
