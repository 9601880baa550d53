"""Count a plan anew in whole cents, without the solver, and refuse one that does not hold."""

from collections.abc import Mapping
from fractions import Fraction

from .instance import Instance
from .plan import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, Plan
from .reading import read_instance


class PlanError(ValueError):
    """A plan breaks a rule of its instance, or its figures are wrong."""


def count_cost(instance: Instance, packs: dict[int, int]) -> int:
    """Return the cost of so many packs of each offer: goods, later costs, deliveries, surplus.

    It counts whether or not the plan fits; see :func:`find_faults`.
    """
    goods = count_goods(instance, packs)
    total = sum(goods.values())
    total += sum(instance.suppliers[place].delivery(value) for place, value in goods.items())
    for place, units in count_units(instance, packs).items():
        product = instance.products[place]
        total += max(0, units - product.demand - product.tolerance) * (product.surplus_cost or 0)
    return total + sum(
        instance.offers[place].extra_cost * number * instance.offers[place].pack
        for place, number in packs.items()
    )


def count_goods(instance: Instance, packs: dict[int, int]) -> dict[int, int]:
    """Return the value of the goods of each supplier that is used."""
    goods = {}
    for place, number in packs.items():
        if number:
            offer = instance.offers[place]
            goods[offer.supplier] = goods.get(offer.supplier, 0) + offer.amount(number * offer.pack)
    return goods


def count_units(instance: Instance, packs: dict[int, int]) -> dict[int, int]:
    """Return the units of each product, those that are not bought included."""
    units = dict.fromkeys(range(len(instance.products)), 0)
    for place, number in packs.items():
        offer = instance.offers[place]
        units[offer.product] += number * offer.pack
    return units


def find_faults(instance: Instance, packs: dict[int, int]) -> list[str]:
    """Return what a plan breaks, in words; nothing when it fits."""
    return [
        *_faults_of_offers(instance, packs),
        *_faults_of_products(instance, packs),
        *_faults_of_suppliers(instance, packs),
        *_faults_of_totals(instance, packs),
    ]


def _faults_of_offers(instance, packs):
    usable = set(instance.usable)
    for place, number in packs.items():
        offer = instance.offers[place]
        name = _name(instance, offer)
        if number < 0:
            yield f"{name}: {number} packs"
        if number and place not in usable:
            yield f"{name} must not be used"
        if offer.capacity is not None and number * offer.pack > offer.capacity:
            yield f"{name}: {number * offer.pack} units, but only {offer.capacity} are to be had"


def _faults_of_products(instance, packs):
    for place, units in count_units(instance, packs).items():
        product = instance.products[place]
        if units < product.demand:
            yield f"product {product.id}: {units} units, but {product.demand} are wanted"
        if product.surplus_cost is None and units > product.demand + product.tolerance:
            most = product.demand + product.tolerance
            yield f"product {product.id}: {units} units, but at most {most} may be bought"


def _faults_of_suppliers(instance, packs):
    goods = count_goods(instance, packs)
    for place, value in goods.items():
        supplier = instance.suppliers[place]
        if value < supplier.minimum_order:
            yield (
                f"supplier {supplier.id}: goods of {value}, but the minimum order is"
                f" {supplier.minimum_order}"
            )
    for place in sorted(instance.required - goods.keys()):
        yield f"supplier {instance.suppliers[place].id} must deliver something"
    if instance.max_suppliers is not None and len(goods) > instance.max_suppliers:
        yield f"{len(goods)} suppliers, but at most {instance.max_suppliers} are allowed"


def _faults_of_totals(instance, packs):
    offers = [(instance.offers[place], number) for place, number in packs.items()]
    units = sum(number * offer.pack for offer, number in offers)
    if instance.min_mean_score is not None and units:
        mean = (
            sum((offer.score * offer.pack * number for offer, number in offers), Fraction(0))
            / units
        )
        if mean < instance.min_mean_score:
            yield (
                f"the mean score is {float(mean):.6g}, but at least"
                f" {float(instance.min_mean_score):.6g} is asked"
            )
    co2 = sum(number * offer.pack * offer.co2 for offer, number in offers)
    if instance.max_co2 is not None and co2 > instance.max_co2:
        yield f"{co2} grams of CO2, but at most {instance.max_co2} are allowed"


def verify_plan(instance: Instance | Mapping, plan: Plan | Mapping) -> None:
    """Check each figure of a plan against its instance.

    :raise PlanError: the first thing that is wrong

    >>> data = {
    ...     "products": [{"id": "p", "demand": 2}],
    ...     "suppliers": [{"id": "s"}],
    ...     "offers": [{"supplier": "s", "product": "p", "tiers": [{"from": 0, "price": 5}]}],
    ... }
    >>> line = {"supplier": "s", "product": "p", "packs": 2, "units": 2, "unit_price": 5}
    >>> verify_plan(data, {"status": "optimal", "cost": 10, "bound": 10, "lines": [line]})
    >>> try:
    ...     verify_plan(data, {"status": "optimal", "cost": 11, "bound": 11, "lines": [line]})
    ... except PlanError as error:
    ...     print(error)
    the cost is 10, and not 11
    """
    if not isinstance(instance, Instance):
        instance = read_instance(instance)
    if isinstance(plan, Plan):
        plan = plan.as_dict()
    status, cost, bound = plan.get("status"), plan.get("cost"), plan.get("bound")
    _require(status in (OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN), f"unknown status {status!r}")
    if status in (INFEASIBLE, UNKNOWN):
        _require(
            cost is None and not plan.get("lines"),
            f"a plan that is {status} has no cost and no lines",
        )
        return
    packs = _read_lines(instance, plan.get("lines") or [])
    for fault in find_faults(instance, packs):
        raise PlanError(fault)
    counted = count_cost(instance, packs)
    _require(_is_whole(cost) and cost == counted, f"the cost is {counted}, and not {cost}")
    _require(
        _is_whole(bound) and bound <= cost, f"the bound {bound} is not at most the cost {cost}"
    )
    _require(status != OPTIMAL or bound == cost, f"the plan is not proven: its bound is {bound}")


def _read_lines(instance, lines) -> dict[int, int]:
    """Return the packs by offer after checking the figures of each line."""
    packs = {}
    for line in lines:
        _require(isinstance(line, Mapping), f"{line!r} is no line")
        place = _place(instance, line.get("supplier"), line.get("product"))
        name = f"line of {line.get('supplier')} for {line.get('product')}"
        _require(place is not None, f"{name}: there is no such offer")
        _require(place not in packs, f"{name} is there twice")
        number, offer = line.get("packs"), instance.offers[place]
        _require(_is_whole(number) and number > 0, f"{name}: {number!r} packs")
        units = number * offer.pack
        _require(
            _is_whole(line.get("units")) and line["units"] == units,
            f"{name}: {number} packs are {units} units, and not {line.get('units')!r}",
        )
        price = offer.reached(units).price
        _require(
            _is_whole(line.get("unit_price")) and line["unit_price"] == price,
            f"{name}: the price of {units} units is {price}, and not {line.get('unit_price')!r}",
        )
        amount = line.get("amount", offer.amount(units))
        _require(
            _is_whole(amount) and amount == offer.amount(units),
            f"{name}: {units} units cost {offer.amount(units)}, and not {amount!r}",
        )
        packs[place] = number
    return packs


def _place(instance, supplier, product):
    """Return the place of an offer, ``None`` when there is none by these ids."""
    known = all(isinstance(key, str) or _is_whole(key) for key in (supplier, product))
    return instance.place_of.get((supplier, product)) if known else None


def _name(instance, offer) -> str:
    supplier, product = instance.suppliers[offer.supplier], instance.products[offer.product]
    return f"offer of {supplier.id} for {product.id}"


def _is_whole(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _require(condition, message) -> None:
    if not condition:
        raise PlanError(message)
