"""Read an instance from JSON, and refuse what is not one with the place where it is wrong."""

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite

from .instance import Instance, Offer, Product, Supplier, Tier

# The most that any number, a number of units to buy, and a purchase may be: solvers use doubles.
LARGEST = 10**12
LARGEST_QUANTITY = 10**7
LARGEST_TOTAL = 10**13
LARGEST_SCORE = 10**6


def read_instance(data) -> Instance:
    """Return the instance that a JSON object describes; the README of the addon lists its keys.

    :raise ValueError: something is wrong; the message starts with its path

    >>> read_instance({"products": [{"id": "p", "demand": -1}]})
    Traceback (most recent call last):
        ...
    ValueError: products[0].demand: must not be negative, but is -1
    """
    _expect(isinstance(data, Mapping), "$", "must be an object", data)
    products = tuple(_product(item, path) for item, path in _items(data, "products"))
    _expect(
        products, "products", "must not be empty: there is nothing to buy", data.get("products")
    )
    suppliers = tuple(_supplier(item, path) for item, path in _items(data, "suppliers"))
    product_places = _places(products, "products")
    supplier_places = _places(suppliers, "suppliers")
    offers = tuple(
        _offer(item, path, supplier_places, product_places) for item, path in _items(data, "offers")
    )
    _refuse_twice([(offer.supplier, offer.product) for offer in offers], "offers", "the offer of")
    _refuse_huge(products, offers)
    instance = Instance(
        products=products,
        suppliers=suppliers,
        offers=offers,
        max_suppliers=_whole(data, "max_suppliers", "", None),
        min_mean_score=_score(data, "min_mean_score", "", None),
        max_co2=_whole(data, "max_co2", "", None),
        required=_named(data, "required_suppliers", supplier_places),
        forbidden=_named(data, "forbidden_suppliers", supplier_places),
        excluded=_excluded(data, supplier_places, product_places),
    )
    both = instance.required & instance.forbidden
    _expect(not both, "required_suppliers", "must not be forbidden too", _ids(suppliers, both))
    return instance


def _product(item, path) -> Product:
    return Product(
        id=_id(item, path),
        demand=_whole(item, "demand", path, most=LARGEST_QUANTITY),
        tolerance=_whole(item, "tolerance", path, 0, most=LARGEST_QUANTITY),
        surplus_cost=_whole(item, "surplus_cost", path, None),
    )


def _supplier(item, path) -> Supplier:
    return Supplier(
        id=_id(item, path),
        delivery_cost=_whole(item, "delivery_cost", path, 0),
        free_delivery_from=_whole(item, "free_delivery_from", path, None),
        minimum_order=_whole(item, "minimum_order", path, 0),
    )


def _offer(item, path, supplier_places, product_places) -> Offer:
    kind = item.get("tier_kind") or "all_units"
    _expect(
        kind in ("all_units", "incremental"),
        f"{path}.tier_kind",
        'must be "all_units" or "incremental"',
        kind,
    )
    pack = 1 if item.get("pack") is None else _whole(item, "pack", path, most=LARGEST_QUANTITY)
    _expect(pack > 0, f"{path}.pack", "must be at least 1", pack)
    return Offer(
        supplier=_reference(item, "supplier", path, supplier_places),
        product=_reference(item, "product", path, product_places),
        pack=pack,
        tiers=_tiers(item, path),
        capacity=_whole(item, "capacity", path, None),
        score=_score(item, "score", path, Fraction(0)),
        co2=_whole(item, "co2", path, 0),
        extra_cost=_whole(item, "extra_cost", path, 0),
        incremental=kind == "incremental",
    )


def _tiers(item, path) -> tuple[Tier, ...]:
    tiers = []
    for row, row_path in _items(item, "tiers", path):
        tier = Tier(_whole(row, "from", row_path), _whole(row, "price", row_path))
        if not tiers:
            _expect(tier.start == 0, f"{row_path}.from", "must be 0 in the first tier", tier.start)
        else:
            _expect(
                tier.start > tiers[-1].start,
                f"{row_path}.from",
                f"must be more than {tiers[-1].start}, from which the tier before holds",
                tier.start,
            )
            _expect(
                tier.price <= tiers[-1].price,
                f"{row_path}.price",
                f"must not rise with the quantity: the tier before costs {tiers[-1].price}",
                tier.price,
            )
        tiers.append(tier)
    _expect(tiers, f"{path}.tiers", "must not be empty", item.get("tiers"))
    return tuple(tiers)


def _excluded(data, supplier_places, product_places) -> frozenset[tuple[int, int]]:
    return frozenset(
        (
            _reference(item, "supplier", path, supplier_places),
            _reference(item, "product", path, product_places),
        )
        for item, path in _items(data, "exclusions", missing=())
    )


def _named(data, key, places) -> frozenset[int]:
    names = data.get(key)
    names = [] if names is None else names
    _expect(isinstance(names, list | tuple), key, "must be a list", names)
    return frozenset(
        _reference({"id": name}, "id", f"{key}[{number}]", places)
        for number, name in enumerate(names)
    )


def _items(data, key, path="", missing=None):
    """Yield the objects of a list together with their paths."""
    path = f"{path}.{key}" if path else key
    items = data.get(key, missing)
    items = missing if items is None else items
    _expect(isinstance(items, list | tuple), path, "must be a list", items)
    for number, item in enumerate(items):
        _expect(isinstance(item, Mapping), f"{path}[{number}]", "must be an object", item)
        yield item, f"{path}[{number}]"


_REQUIRED = object()


def _whole(item, key, path, missing=_REQUIRED, most=LARGEST):
    """Return a whole number that is not negative; ``missing`` when there is none."""
    path = f"{path}.{key}" if path else key
    value = item.get(key)
    if value is None:
        _expect(missing is not _REQUIRED, path, "must be a whole number", value)
        return missing
    _expect(
        isinstance(value, int) and not isinstance(value, bool),
        path,
        "must be a whole number",
        value,
    )
    _expect(value >= 0, path, "must not be negative", value)
    _expect(value <= most, path, f"must not be more than {most}", value)
    return value


def _score(item, key, path, missing):
    """Return a number as it is written in decimals: 0.1 is one tenth, and not a sum of halves."""
    path = f"{path}.{key}" if path else key
    value = item.get(key)
    if value is None:
        return missing
    known = isinstance(value, int | float | Fraction) and not isinstance(value, bool)
    known = known and (not isinstance(value, float) or isfinite(value))
    _expect(known, path, "must be a number", value)
    _expect(value >= 0, path, "must not be negative", value)
    _expect(value <= LARGEST_SCORE, path, f"must not be more than {LARGEST_SCORE}", value)
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _id(item, path):
    value = item.get("id")
    known = isinstance(value, int | str) and not isinstance(value, bool) and value != ""
    _expect(known, f"{path}.id", "must be a text or a whole number", value)
    return value


def _reference(item, key, path, places) -> int:
    value = item.get(key)
    path = path if key == "id" else f"{path}.{key}"
    known = isinstance(value, int | str) and not isinstance(value, bool) and value in places
    _expect(known, path, "must be the id of one that is listed", value)
    return places[value]


def _places(records, path) -> dict:
    _refuse_twice([record.id for record in records], path, "the id")
    return {record.id: place for place, record in enumerate(records)}


def _refuse_twice(keys, path, what) -> None:
    seen = {}
    for place, key in enumerate(keys):
        if key in seen:
            raise ValueError(f"{path}[{place}]: {what} {path}[{seen[key]}] is there already")
        seen[key] = place


def _refuse_huge(products, offers) -> None:
    """Refuse amounts that a double could not count to the cent."""
    prices = {}
    for offer in offers:
        prices[offer.product] = max(prices.get(offer.product, 0), offer.tiers[0].price)
    total = sum(products[place].demand * price for place, price in prices.items())
    _expect(total <= LARGEST_TOTAL, "products", f"must not cost more than {LARGEST_TOTAL}", total)


def _ids(records, places) -> list:
    return [records[place].id for place in sorted(places)]


def _expect(condition, path, rule, value) -> None:
    if not condition:
        shown = repr(value)
        shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
        raise ValueError(f"{path}: {rule}, but is {shown}")
