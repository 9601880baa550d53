"""A bound below all plans, from multipliers: the Lagrangian dual of what ties products together."""

from dataclasses import dataclass, field

import numpy as np

from .multipliers import Multipliers
from .pricing import Pricing


@dataclass(frozen=True)
class Fixed:
    """Part of the plans: which suppliers are used (1) or not (0), and whose delivery is free."""

    used: dict[int, int] = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bound:
    """A bound, and the cheapest pattern of each product by which it was counted.

    :param costs: by product, at the multipliers
    :param suppliers: by supplier, what using it adds at the multipliers
    """

    value: float
    costs: dict[int, float]
    patterns: dict[int, dict[int, int] | None]
    suppliers: np.ndarray


def bound_plans(pricing: Pricing, multipliers: Multipliers, fixed: Fixed, known=None) -> Bound:
    """Return a bound below the cost of all plans in this part."""
    instance = pricing.instance
    closed = None
    shut = [supplier for supplier, used in fixed.used.items() if not used]
    if shut:
        closed = np.isin(pricing.supplier, shut)
    costs, patterns = pricing.buy_all(multipliers, closed, known)
    suppliers = supplier_costs(pricing, multipliers, fixed)
    value = sum(costs.values()) + _cheapest_suppliers(instance, suppliers, fixed)
    value += float(multipliers.required.sum())
    if instance.max_co2 is not None:
        value -= multipliers.co2 * instance.max_co2
    return Bound(value, costs, patterns, suppliers)


def supplier_costs(pricing: Pricing, multipliers: Multipliers, fixed: Fixed) -> np.ndarray:
    """Return what using each supplier adds at the multipliers, less than nothing where it pays."""
    instance = pricing.instance
    costs = np.zeros(len(instance.suppliers))
    starts = pricing.offer_starts
    np.add.at(costs, pricing.supplier[starts], -multipliers.opening[pricing.offer[starts]])
    for s, supplier in enumerate(instance.suppliers):
        costs[s] += supplier.delivery_cost + multipliers.minimum[s] * supplier.minimum_order
        if instance.may_be_free(s):
            freed = multipliers.free[s] * supplier.free_delivery_from - supplier.delivery_cost
            costs[s] += freed * fixed.free[s] if s in fixed.free else min(0.0, freed)
    return costs


def _cheapest_suppliers(instance, costs, fixed) -> float:
    """Return the least sum over a set of suppliers that is allowed."""
    total = sum(costs[s] for s, used in fixed.used.items() if used)
    gains = sorted(min(0.0, cost) for s, cost in enumerate(costs) if s not in fixed.used)
    if instance.max_suppliers is not None:
        left = instance.max_suppliers - sum(fixed.used.values())
        gains = gains[: max(0, left)]
    return float(total + sum(gains))
