"""The optimiser of the purchasing centre, as plain Python: against brute force and damage."""

import copy
import json
import math
import subprocess
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

from optimizer import PlanError, find_frontier, solve, verify_plan
from purchase_brute_force import cheapest
from purchase_instances import make_instance
from purchase_small import small_purchase

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "addons" / "smart_purchasing_central"


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


BAD = {
    "products": (lambda data: data.update(products=[]), "products: must not be empty"),
    "no products": (lambda data: data.pop("products"), "products: must be a list"),
    "products text": (lambda data: data.update(products="paper"), "products: must be a list"),
    "product text": (
        lambda data: data.update(products=["paper"]),
        r"products\[0\]: must be an object",
    ),
    "no demand": (
        lambda data: data["products"][0].pop("demand"),
        r"products\[0\].demand: must be a whole",
    ),
    "demand null": (lambda data: data["products"][0].update(demand=None), r"products\[0\].demand"),
    "demand negative": (
        lambda data: data["products"][1].update(demand=-1),
        r"products\[1\].demand: must not be neg",
    ),
    "demand part": (
        lambda data: data["products"][0].update(demand=1.5),
        r"products\[0\].demand: must be a whole",
    ),
    "demand text": (
        lambda data: data["products"][0].update(demand="5"),
        r"products\[0\].demand: must be a whole",
    ),
    "demand true": (
        lambda data: data["products"][0].update(demand=True),
        r"products\[0\].demand: must be a whole",
    ),
    "demand huge": (
        lambda data: data["products"][0].update(demand=10**18),
        r"products\[0\].demand: must not be more",
    ),
    "tolerance nan": (
        lambda data: data["products"][0].update(tolerance=math.nan),
        r"products\[0\].tolerance",
    ),
    "surplus": (
        lambda data: data["products"][0].update(surplus_cost=-5),
        r"products\[0\].surplus_cost",
    ),
    "product twice": (
        lambda data: data["products"].append(data["products"][0]),
        r"products\[2\]: the id",
    ),
    "no id": (lambda data: data["products"][0].pop("id"), r"products\[0\].id"),
    "id true": (lambda data: data["products"][0].update(id=True), r"products\[0\].id"),
    "supplier twice": (
        lambda data: data["suppliers"].append({"id": "far"}),
        r"suppliers\[2\]: the id",
    ),
    "delivery": (
        lambda data: data["suppliers"][1].update(delivery_cost=0.5),
        r"suppliers\[1\].delivery_cost",
    ),
    "free": (
        lambda data: data["suppliers"][1].update(free_delivery_from=-1),
        r"suppliers\[1\].free_delivery_from",
    ),
    "minimum": (
        lambda data: data["suppliers"][0].update(minimum_order=math.inf),
        r"suppliers\[0\].minimum_order",
    ),
    "unknown supplier": (
        lambda data: data["offers"][0].update(supplier="x"),
        r"offers\[0\].supplier",
    ),
    "supplier list": (lambda data: data["offers"][0].update(supplier=[]), r"offers\[0\].supplier"),
    "unknown product": (lambda data: data["offers"][3].update(product="x"), r"offers\[3\].product"),
    "offer twice": (
        lambda data: data["offers"].append(data["offers"][2]),
        r"offers\[4\]: the offer of",
    ),
    "pack none": (
        lambda data: data["offers"][0].update(pack=0),
        r"offers\[0\].pack: must be at least 1",
    ),
    "pack negative": (lambda data: data["offers"][0].update(pack=-6), r"offers\[0\].pack"),
    "capacity": (lambda data: data["offers"][0].update(capacity=-1), r"offers\[0\].capacity"),
    "score nan": (
        lambda data: data["offers"][0].update(score=math.nan),
        r"offers\[0\].score: must be a number",
    ),
    "score huge": (
        lambda data: data["offers"][0].update(score=10**400),
        r"offers\[0\].score: must not be more",
    ),
    "score negative": (lambda data: data["offers"][0].update(score=-1), r"offers\[0\].score"),
    "no tiers": (
        lambda data: data["offers"][0].update(tiers=[]),
        r"offers\[0\].tiers: must not be empty",
    ),
    "tier null": (
        lambda data: data["offers"][0].update(tiers=None),
        r"offers\[0\].tiers: must be a list",
    ),
    "tiers from 1": (
        lambda data: data["offers"][0].update(tiers=[{"from": 1, "price": 5}]),
        r"offers\[0\].tiers\[0\].from: must be 0",
    ),
    "tiers twice": (
        lambda data: data["offers"][0]["tiers"].append({"from": 100, "price": 300}),
        r"offers\[0\].tiers\[2\].from: must be more than 100",
    ),
    "tiers fall": (
        lambda data: data["offers"][0]["tiers"].append({"from": 50, "price": 300}),
        r"offers\[0\].tiers\[2\].from: must be more than 100",
    ),
    "price rises": (
        lambda data: data["offers"][0]["tiers"].append({"from": 200, "price": 301}),
        r"offers\[0\].tiers\[2\].price: must not rise",
    ),
    "price": (
        lambda data: data["offers"][0]["tiers"][0].update(price=None),
        r"offers\[0\].tiers\[0\].price",
    ),
    "kind": (lambda data: data["offers"][0].update(tier_kind="x"), r"offers\[0\].tier_kind"),
    "suppliers": (
        lambda data: data.update(max_suppliers=1.0),
        "max_suppliers: must be a whole number",
    ),
    "score": (lambda data: data.update(min_mean_score="high"), "min_mean_score: must be a number"),
    "co2": (lambda data: data.update(max_co2=-1), "max_co2"),
    "required": (lambda data: data.update(required_suppliers=["x"]), r"required_suppliers\[0\]"),
    "both": (
        lambda data: data.update(required_suppliers=["far"], forbidden_suppliers=["far"]),
        "required_suppliers: must not be forbidden",
    ),
    "exclusion": (
        lambda data: data.update(exclusions=[{"supplier": "far"}]),
        r"exclusions\[0\].product",
    ),
    "too dear": (
        lambda data: (
            data["products"][0].update(demand=10**7),
            data["offers"][0]["tiers"][0].update(price=10**9),
        ),
        "products: must not cost more than",
    ),
}


@pytest.mark.parametrize(("change", "words"), BAD.values(), ids=BAD)
def test_bad_input_is_refused(change, words):
    data = two_products()
    change(data)
    with pytest.raises(ValueError, match=f"^{words}"):
        solve(data, 30)


@pytest.mark.parametrize("data", [None, [], 5, "text"])
def test_no_object(data):
    with pytest.raises(ValueError, match=r"^\$: must be an object"):
        solve(data, 30)


def run(*arguments, text=None):
    return subprocess.run(
        [sys.executable, "-m", "optimizer", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ADDON), "PATH": "/usr/bin:/bin"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_command(tmp_path):
    file = tmp_path / "purchase.json"
    file.write_text(json.dumps(two_products()))
    done = run(str(file), "--seconds", "60")
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    verify_plan(two_products(), plan)
    assert plan["cost"] == solve(two_products(), 30).cost
    assert run("-", text=file.read_text()).returncode == 0
    done = run(str(file), "--frontier", "3")
    plans = json.loads(done.stdout)["plans"]
    assert plans[0]["cost"] == plan["cost"]
    assert plans[-1]["mean_score"] > plans[0]["mean_score"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"products": [{"id": 1, "demand": NaN}]}', "[" * 100_000]
)
def test_command_refuses(tmp_path, text):
    file = tmp_path / "purchase.json"
    file.write_text(text)
    for done in (
        run(str(file)),
        run(str(tmp_path / "missing.json")),
        run(str(file), "--seconds", "-1"),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert "error: " in done.stderr
        assert "Traceback" not in done.stderr


def test_same_plan_twice():
    data = make_instance(12, 5, 3, 3)
    first, second = solve(data, 60), solve(data, 60)
    assert first.status == "optimal"
    assert first == second
