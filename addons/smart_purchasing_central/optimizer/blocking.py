"""Say which constraints cannot hold together when no plan fits.

QuickXplain (Junker, "QuickXplain: preferred explanations and relaxations for over-constrained
problems", AAAI 2004) finds a set of constraints that no plan satisfies, and from which none can be
left out. Whole families of constraints are tried first, then the members of those that matter.
"""

import time
from dataclasses import replace

from .feasibility import is_surely_impossible, is_surely_possible
from .instance import Instance
from .model import build_model
from .program import solve_program
from .segments import cut

_SECONDS_PER_TRIAL = 20


def find_blocking(instance: Instance, seconds: float) -> tuple[dict, ...]:
    """Return the constraints that block every plan, as JSON objects with a ``kind``.

    When the time runs out the set still blocks, but may be larger than it has to be.
    """
    return _Explanation(instance, time.monotonic() + seconds).find()


def describe_constraints(instance: Instance) -> list[dict]:
    """Return all constraints that could be given up, those of all suppliers and products first."""
    suppliers, products = instance.suppliers, instance.products
    single = [
        {"kind": kind, "limit": _number(value)}
        for kind in ("max_suppliers", "min_mean_score", "max_co2")
        if (value := getattr(instance, kind)) is not None
    ]
    return [
        *single,
        *(
            {"kind": "required_supplier", "supplier": suppliers[s].id}
            for s in sorted(instance.required)
        ),
        *(
            {"kind": "forbidden_supplier", "supplier": suppliers[s].id}
            for s in sorted(instance.forbidden)
        ),
        *(
            {"kind": "exclusion", "supplier": suppliers[s].id, "product": products[p].id}
            for s, p in sorted(instance.excluded)
        ),
        *(
            {"kind": "minimum_order", "supplier": supplier.id, "limit": supplier.minimum_order}
            for supplier in suppliers
            if supplier.minimum_order
        ),
        *(
            {"kind": "surplus", "product": product.id, "limit": product.demand + product.tolerance}
            for product in products
            if product.surplus_cost is None
        ),
        *_capacities(instance),
    ]


def _capacities(instance):
    supply = {}
    for offer in instance.offers:
        supply.setdefault(offer.product, []).append(offer)
    for place, offers in sorted(supply.items()):
        if any(offer.capacity is not None for offer in offers):
            product = instance.products[place]
            yield {"kind": "capacity", "product": product.id, "demand": product.demand}


class _Explanation:
    def __init__(self, instance, deadline):
        self.instance = instance
        self.deadline = deadline
        self.all = describe_constraints(instance)

    def find(self):
        without_offer = tuple(self._products_without_offer())
        if without_offer:
            return without_offer
        for product in range(len(self.instance.products)):
            part = _only(self.instance, product)
            if part.offers and not _has_enough(part):
                return tuple(_Explanation(part, self.deadline).explain())
        return tuple(self.explain())

    def explain(self):
        """Return a smallest set: its families first, then their members."""
        families = {}
        for constraint in self.all:
            families.setdefault(constraint["kind"], []).append(constraint)
        kept = self._conflict([], list(families.values()), tested=False)
        members = [[constraint] for family in kept for constraint in family]
        return [member[0] for member in self._conflict([], members, tested=False)]

    def _conflict(self, background, groups, *, tested):
        """Return groups that no plan satisfies together with the background; none is needless."""
        if tested and self._blocks(background):
            return []
        if len(groups) <= 1:
            return groups
        half = len(groups) // 2
        first, second = groups[:half], groups[half:]
        needed_second = self._conflict(background + first, second, tested=bool(first))
        needed_first = self._conflict(background + needed_second, first, tested=bool(needed_second))
        return needed_first + needed_second

    def _blocks(self, groups) -> bool:
        """Return whether it is proven that no plan satisfies these constraints."""
        seconds = min(self.deadline - time.monotonic(), _SECONDS_PER_TRIAL)
        if seconds <= 0:
            return False
        relaxed = _relax(self.instance, [constraint for group in groups for constraint in group])
        if is_surely_possible(relaxed, seconds / 4):
            return False
        segments = cut(relaxed)
        if is_surely_impossible(relaxed, segments, seconds / 4):
            return True
        model = build_model(relaxed, segments=segments)
        model.program.costs = [0] * len(model.program.costs)
        return solve_program(model.program, seconds / 2).infeasible

    def _products_without_offer(self):
        offered = {offer.product for offer in self.instance.offers}
        for place, product in enumerate(self.instance.products):
            if product.demand and place not in offered:
                yield {"kind": "no_offer", "product": product.id, "demand": product.demand}


def _relax(instance, kept) -> Instance:
    """Return the instance with these constraints alone."""
    kinds = {}
    for constraint in kept:
        key = (constraint.get("supplier"), constraint.get("product"))
        kinds.setdefault(constraint["kind"], set()).add(key)
    suppliers, products = instance.suppliers, instance.products

    def has(kind, supplier=None, product=None):
        return (supplier, product) in kinds.get(kind, ())

    return replace(
        instance,
        max_suppliers=instance.max_suppliers if has("max_suppliers") else None,
        min_mean_score=instance.min_mean_score if has("min_mean_score") else None,
        max_co2=instance.max_co2 if has("max_co2") else None,
        required=frozenset(
            s for s in instance.required if has("required_supplier", suppliers[s].id)
        ),
        forbidden=frozenset(
            s for s in instance.forbidden if has("forbidden_supplier", suppliers[s].id)
        ),
        excluded=frozenset(
            (s, p)
            for s, p in instance.excluded
            if has("exclusion", suppliers[s].id, products[p].id)
        ),
        suppliers=tuple(
            s if has("minimum_order", s.id) else replace(s, minimum_order=0) for s in suppliers
        ),
        products=tuple(
            replace(p, surplus_cost=None if has("surplus", product=p.id) else 0) for p in products
        ),
        offers=tuple(
            o if has("capacity", product=products[o.product].id) else replace(o, capacity=None)
            for o in instance.offers
        ),
    )


def _only(instance, place) -> Instance:
    """Return the instance of one product alone, without what ties it to others."""
    offers = tuple(replace(o, product=0) for o in instance.offers if o.product == place)
    return replace(
        instance,
        products=(instance.products[place],),
        offers=offers,
        suppliers=tuple(replace(supplier, minimum_order=0) for supplier in instance.suppliers),
        max_suppliers=None,
        min_mean_score=None,
        max_co2=None,
        required=frozenset(),
        excluded=frozenset((s, 0) for s, p in instance.excluded if p == place),
    )


def _has_enough(part) -> bool:
    """Return whether whole packs can lie between the demand and what may be bought.

    The sums of packs that can be reached are the bits of a number.
    """
    product = part.products[0]
    most = product.demand + product.tolerance
    largest = max((offer.pack for offer in part.offers), default=0)
    reached = 1
    for place in part.usable:
        offer = part.offers[place]
        limit = product.demand + offer.pack if offer.capacity is None else offer.capacity
        packs = min(limit, product.demand + offer.pack) // offer.pack
        reached = _add_packs(reached, packs, offer.pack)
        # Sums beyond what may be of use are forgotten.
        reached &= (1 << (most + largest + 1)) - 1
    enough = reached >> product.demand
    if product.surplus_cost is None:
        enough &= (1 << (most - product.demand + 1)) - 1
    return bool(enough)


def _add_packs(reached, packs, pack) -> int:
    """Add up to ``packs`` packs to each sum, by doubling.

    >>> bin(_add_packs(1, 3, 2))
    '0b1010101'
    """
    step = 1
    while packs > 0:
        taken = min(step, packs)
        reached |= reached << (taken * pack)
        packs -= taken
        step *= 2
    return reached


def _number(value):
    return int(value) if value == int(value) else float(value)
