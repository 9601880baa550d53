"""A purchase of two products from two suppliers, small enough to know by heart."""


def two_products():
    return {
        "products": [
            {"id": "paper", "demand": 100, "tolerance": 10, "surplus_cost": 50},
            {"id": "soap", "demand": 30, "tolerance": 0, "surplus_cost": None},
        ],
        "suppliers": [
            {"id": "near", "delivery_cost": 1500, "free_delivery_from": 40000, "minimum_order": 0},
            {
                "id": "far",
                "delivery_cost": 2500,
                "free_delivery_from": None,
                "minimum_order": 20000,
            },
        ],
        "offers": [
            offer("near", "paper", 1, None, 80, (0, 320), (100, 300)),
            offer("near", "soap", 6, 24, 60, (0, 150)),
            offer("far", "paper", 12, 240, 40, (0, 310), (96, 280), (108, 250)),
            offer("far", "soap", 1, None, 50, (0, 170), (20, 160)),
        ],
        "max_suppliers": None,
        "min_mean_score": None,
    }


def offer(supplier, product, pack, capacity, score, *tiers):
    return {
        "supplier": supplier,
        "product": product,
        "pack": pack,
        "capacity": capacity,
        "score": score,
        "tiers": [{"from": start, "price": price} for start, price in tiers],
    }
