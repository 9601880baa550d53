"""The check of a plan, which knows nothing of how it was found; and why there is none."""

import copy
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "addons" / "smart_purchasing_central"))

from optimizer import PlanError, solve, verify_plan
from purchase_brute_force import cheapest
from purchase_two import two_products


def solved(data=None):
    """Return an instance and its plan as JSON has them."""
    data = data or two_products()
    return data, json.loads(json.dumps(solve(data, 30).as_dict()))


def test_plan_holds():
    data, plan = solved()
    verify_plan(data, plan)
    assert plan["status"] == "optimal"
    assert plan["bound"] == plan["cost"] == cheapest(bounded(data))


def bounded(data):
    """Return the instance with capacities for brute force to go through; they bind nowhere."""
    data = copy.deepcopy(data)
    for row in data["offers"]:
        row["capacity"] = row["capacity"] or 140
    return data


DAMAGES = {
    "a cent too cheap": lambda plan: plan.update(cost=plan["cost"] - 1, bound=plan["bound"] - 1),
    "a cent too dear": lambda plan: plan.update(cost=plan["cost"] + 1, bound=plan["bound"] + 1),
    "a bound over the cost": lambda plan: plan.update(bound=plan["cost"] + 1),
    "optimal with a gap": lambda plan: plan.update(bound=plan["cost"] - 1),
    "another status": lambda plan: plan.update(status="best"),
    "a cost in euros": lambda plan: plan.update(cost=plan["cost"] / 100),
    "no lines": lambda plan: plan.update(lines=[]),
    "a line less": lambda plan: plan["lines"].pop(),
    "a line twice": lambda plan: plan["lines"].append(plan["lines"][0]),
    "a pack more": lambda plan: plan["lines"][0].update(packs=plan["lines"][0]["packs"] + 1),
    "a unit more": lambda plan: plan["lines"][0].update(units=plan["lines"][0]["units"] + 1),
    "half a pack": lambda plan: plan["lines"][0].update(packs=0.5),
    "packs less than none": lambda plan: plan["lines"][0].update(packs=-1, units=-12),
    "a price not reached": lambda plan: plan["lines"][0].update(
        unit_price=plan["lines"][0]["unit_price"] - 1
    ),
    "another amount": lambda plan: plan["lines"][0].update(amount=plan["lines"][0]["amount"] + 1),
    "a supplier unknown": lambda plan: plan["lines"][0].update(supplier="nobody"),
    "a supplier that is a list": lambda plan: plan["lines"][0].update(supplier=["far"]),
    "a line that is none": lambda plan: plan["lines"].append(5),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found(damage):
    data, plan = solved()
    damage(plan)
    with pytest.raises(PlanError):
        verify_plan(data, plan)


# Limits under which the plan no longer holds, with the words that say so.
TIGHTER = {
    "capacity": (
        lambda data: [row.update(capacity=11) for row in data["offers"]],
        "only 11 are to be had",
    ),
    "minimum": (
        lambda data: [row.update(minimum_order=10**6) for row in data["suppliers"]],
        "minimum order",
    ),
    "demand": (lambda data: data["products"][0].update(demand=1000), "1000 are wanted"),
    "tolerance": (
        lambda data: data["products"][0].update(demand=100, tolerance=0, surplus_cost=None),
        "at most 100 may be bought",
    ),
    "suppliers": (lambda data: data.update(max_suppliers=0), "at most 0 are allowed"),
    "score": (lambda data: data.update(min_mean_score=99.5), "at least 99.5 is asked"),
    "co2": (
        lambda data: (data.update(max_co2=100), [row.update(co2=9) for row in data["offers"]]),
        "grams of CO2",
    ),
    "forbidden": (lambda data: data.update(forbidden_suppliers=["far"]), "must not be used"),
    "excluded": (
        lambda data: data.update(exclusions=[{"supplier": "far", "product": "paper"}]),
        "must not be used",
    ),
    "surplus": (lambda data: data["products"][0].update(tolerance=0), "the cost is"),
    "delivery": (lambda data: data["suppliers"][1].update(delivery_cost=2501), "the cost is"),
}


@pytest.mark.parametrize(("tighten", "words"), TIGHTER.values(), ids=TIGHTER)
def test_broken_limit_is_found(tighten, words):
    data, plan = solved()
    tighten(data)
    with pytest.raises(PlanError, match=words):
        verify_plan(data, plan)


def test_large_score_units():
    """Scores are read as they are written: three tenths are enough for three tenths."""
    data, _plan = solved()
    for row in data["offers"]:
        row["score"] = 0.3
    plan = solve(data | {"min_mean_score": 0.1 + 0.2}, 30)
    assert plan.status == "infeasible"
    assert solve(data | {"min_mean_score": 0.3}, 30).status == "optimal"


INFEASIBLE = {
    "no offer": (
        lambda data: data["offers"].pop(0) and data["offers"].pop(1),
        [{"kind": "no_offer", "product": "paper", "demand": 100}],
    ),
    "capacity": (
        lambda data: [
            row.update(capacity=12) for row in data["offers"] if row["product"] == "paper"
        ],
        [{"kind": "capacity", "product": "paper", "demand": 100}],
    ),
    "packs": (
        lambda data: [row.update(pack=7) for row in data["offers"] if row["product"] == "soap"],
        [{"kind": "surplus", "product": "soap", "limit": 30}],
    ),
    "suppliers": (
        lambda data: data.update(max_suppliers=0),
        [{"kind": "max_suppliers", "limit": 0}],
    ),
    "score": (
        lambda data: data.update(min_mean_score=81),
        [{"kind": "min_mean_score", "limit": 81}],
    ),
    "co2": (
        lambda data: (data.update(max_co2=129), [row.update(co2=1) for row in data["offers"]]),
        [{"kind": "max_co2", "limit": 129}],
    ),
    "minimum order": (
        lambda data: data.update(
            required_suppliers=["far"],
            exclusions=[{"supplier": "far", "product": "paper"}],
        ),
        [
            {"kind": "required_supplier", "supplier": "far"},
            {"kind": "exclusion", "supplier": "far", "product": "paper"},
            {"kind": "minimum_order", "supplier": "far", "limit": 20000},
            {"kind": "surplus", "product": "soap", "limit": 30},
        ],
    ),
    "forbidden": (
        lambda data: data.update(forbidden_suppliers=["far"]),
        [
            {"kind": "forbidden_supplier", "supplier": "far"},
            {"kind": "capacity", "product": "soap", "demand": 30},
        ],
    ),
}


@pytest.mark.parametrize(("change", "blocking"), INFEASIBLE.values(), ids=INFEASIBLE)
def test_blocking_is_named(change, blocking):
    data = two_products()
    change(data)
    plan = solve(data, 30)
    assert (plan.status, plan.cost, plan.bound, plan.lines) == ("infeasible", None, None, ())
    assert sorted(map(str, plan.blocking)) == sorted(map(str, blocking))
