"""The cheapest way to buy what members want: who delivers how many packs of which product.

Plain Python, without Odoo. Money is in whole cents, quantities in whole units.

>>> plan = solve({
...     "products": [{"id": "paper", "demand": 10}],
...     "suppliers": [{"id": "near", "delivery_cost": 500}, {"id": "far", "delivery_cost": 900}],
...     "offers": [
...         {"supplier": "near", "product": "paper", "tiers": [{"from": 0, "price": 300}]},
...         {
...             "supplier": "far",
...             "product": "paper",
...             "tiers": [{"from": 0, "price": 310}, {"from": 10, "price": 250}],
...         },
...     ],
... })
>>> plan.status, plan.cost, [(line.supplier, line.units) for line in plan.lines]
('optimal', 3400, [('far', 10)])
"""

from .check import PlanError, verify_plan
from .frontier import (
    GreenPlan,
    Point,
    find_dominated,
    find_frontier,
    highest_mean_score,
    scores_between,
)
from .instance import Instance
from .plan import Plan
from .reading import read_instance
from .solve import solve

__all__ = [
    "GreenPlan",
    "Instance",
    "Plan",
    "PlanError",
    "Point",
    "find_dominated",
    "find_frontier",
    "highest_mean_score",
    "read_instance",
    "scores_between",
    "solve",
    "verify_plan",
]
