"""What the optimiser takes in, as data and as a command."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "addons" / "smart_purchasing_central"))

from optimizer import solve, verify_plan
from purchase_two import two_products

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "addons" / "smart_purchasing_central"

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
