"""The optimiser of the purchasing centre, as plain Python: against brute force and itself."""

import copy
import sys
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "benchmark"))
sys.path.insert(0, str(Path(__file__).parents[1] / "addons" / "smart_purchasing_central"))

from optimizer import find_frontier, solve, verify_plan
from purchase_brute_force import cheapest
from purchase_instances import make_instance
from purchase_small import small_purchase


@pytest.mark.parametrize("hundred", range(3))
def test_brute_force(hundred):
    """As cheap as the cheapest of all plans, and infeasible only when there is none.

    Each purchase is solved at once, as small ones are, and taken apart, as large ones are.
    """
    feasible = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        data = small_purchase(Random(seed))
        expected = cheapest(data)
        status = "infeasible" if expected is None else "optimal"
        for whole_up_to in (60, 0):
            plan = solve(data, 60, whole_up_to=whole_up_to)
            assert (plan.cost, plan.status) == (expected, status), (seed, whole_up_to)
            verify_plan(data, plan)
            assert bool(plan.blocking) == (expected is None), seed
        feasible += expected is not None
    assert 30 < feasible < 90, "both kinds have to be there"


@pytest.mark.parametrize("seed", range(6))
def test_at_once_and_taken_apart(seed):
    """Both ways prove the same optimum."""
    data = make_instance(8, 3, 3, seed)
    whole, apart = (solve(data, 300, whole_up_to=number) for number in (10**6, 0))
    verify_plan(data, apart)
    assert (whole.status, apart.status) == ("optimal", "optimal")
    assert whole.cost == apart.cost


def test_time_and_gap():
    """A large purchase has a plan and a bound in time, and tells of both on the way."""
    data = make_instance(80, 12, 4, 3)
    told = []
    begin = time.monotonic()
    plan = solve(data, 20, progress=told.append)
    assert time.monotonic() - begin < 22
    verify_plan(data, plan)
    assert 0 <= plan.gap < 0.2
    assert (told[-1]["cost"], told[-1]["bound"]) == (plan.cost, plan.bound)
    costs = [state["cost"] for state in told if state["cost"] is not None]
    bounds = [state["bound"] for state in told]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)


def test_cancel():
    """Who cancels gets what is found so far, soon."""
    data = make_instance(150, 20, 4, 0)
    begin = time.monotonic()
    plan = solve(data, 300, cancelled=lambda: time.monotonic() > begin + 5)
    assert time.monotonic() - begin < 30
    verify_plan(data, plan)
    assert plan.cost is not None


def test_frontier():
    """Greener plans cost more, each is the cheapest of its score, and none beats another."""
    data = make_instance(8, 4, 3, 0)
    plans = find_frontier(data, 120, steps=4)
    assert len(plans) > 2
    assert plans[0].plan.cost == solve(data, 60).cost
    pairs = [(green.score, green.plan.cost) for green in plans]
    assert pairs == sorted(set(pairs))
    assert [cost for _score, cost in pairs] == sorted({cost for _score, cost in pairs})
    for green in plans:
        verify_plan(data | {"min_mean_score": green.score}, green.plan)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_giving_up_a_limit_is_never_dearer(seed):
    """What is given up never makes a plan dearer; what is added never makes it cheaper."""
    data = small_purchase(Random(seed))
    plan = solve(data, 30)
    for key in ("max_suppliers", "min_mean_score", "max_co2"):
        looser = solve(data | {key: None}, 30)
        assert looser.cost is not None or plan.cost is None
        assert plan.cost is None or looser.cost <= plan.cost
    dearer = copy.deepcopy(data)
    for supplier in dearer["suppliers"]:
        supplier["delivery_cost"] += 10
    if plan.cost is not None:
        assert plan.cost <= solve(dearer, 30).cost <= plan.cost + 10 * len(data["suppliers"])


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_blocking_constraints_block(seed):
    """Giving up any one of the constraints named lets a plan through: the set is minimal."""
    data = small_purchase(Random(seed))
    blocking = solve(data, 30).blocking
    alone = only(data, blocking)
    if blocking and blocking[0]["kind"] != "no_offer":
        assert solve(alone, 30).status == "infeasible"
        for constraint in blocking:
            rest = [other for other in blocking if other != constraint]
            assert solve(only(data, rest), 30).cost is not None


def only(data, constraints):
    """Return the instance with these constraints and no others."""
    keys = {(row["kind"], row.get("supplier"), row.get("product")) for row in constraints}
    data = copy.deepcopy(data)
    for key in ("max_suppliers", "min_mean_score", "max_co2"):
        data[key] = data.get(key) if (key, None, None) in keys else None
    for key, kind in (
        ("required_suppliers", "required_supplier"),
        ("forbidden_suppliers", "forbidden_supplier"),
    ):
        data[key] = [name for name in data.get(key, ()) if (kind, name, None) in keys]
    data["exclusions"] = [
        row
        for row in data.get("exclusions", ())
        if ("exclusion", row["supplier"], row["product"]) in keys
    ]
    for supplier in data["suppliers"]:
        if ("minimum_order", supplier["id"], None) not in keys:
            supplier["minimum_order"] = 0
    for product in data["products"]:
        if product["surplus_cost"] is None and ("surplus", None, product["id"]) not in keys:
            product["surplus_cost"] = 0
    for offer in data["offers"]:
        if ("capacity", None, offer["product"]) not in keys:
            offer["capacity"] = None
    return data


def test_same_plan_twice():
    data = make_instance(12, 5, 3, 3)
    first, second = solve(data, 60), solve(data, 60)
    assert first.status == "optimal"
    assert first == second
