"""Finish a part of the plans exactly: drop what cannot be in a better plan, solve what is left."""

import numpy as np

from .bounding import Bound, Fixed
from .model import PurchaseModel, build_model
from .multipliers import Multipliers
from .pricing import Pricing
from .segments import Segment


def keep_segments(
    pricing: Pricing, multipliers: Multipliers, bound: Bound, fixed: Fixed, cost
) -> list[Segment]:
    """Return the segments that may be in a plan of this part that costs less than ``cost``.

    A plan with another segment costs at least the bound, less the cheapest pattern of the product,
    plus the floor of all patterns with this segment.
    """
    price, charge = pricing.prices(multipliers)
    shut = [supplier for supplier, used in fixed.used.items() if not used]
    closed = np.isin(pricing.supplier, shut)
    *_, floors = pricing.floors(price, charge, closed)
    least = np.array([bound.costs.get(int(product), -np.inf) for product in pricing.product])
    kept = ~closed & (floors - least <= cost - bound.value)
    return [segment for segment, keep in zip(pricing.segments, kept, strict=True) if keep]


def fix_suppliers(instance, bound: Bound, fixed: Fixed, cost) -> Fixed:
    """Return the part of the plans that may cost less than ``cost``, with more suppliers fixed."""
    used = dict(fixed.used)
    limited = instance.max_suppliers is not None
    for supplier, added in enumerate(bound.suppliers):
        if supplier not in used:
            if added > 0 and bound.value + added >= cost:
                used[supplier] = 0
            elif not limited and added < 0 and bound.value - added >= cost:
                used[supplier] = 1
    return Fixed(used, fixed.free)


def build_part(instance, segments, fixed: Fixed) -> PurchaseModel:
    """Return the model of a part of the plans."""
    model = build_model(instance, segments=segments)
    for values, columns in ((fixed.used, model.used), (fixed.free, model.free)):
        for supplier, value in values.items():
            if supplier in columns:
                column = columns[supplier]
                model.program.lows[column] = max(model.program.lows[column], value)
                model.program.highs[column] = min(model.program.highs[column], value)
    return model
