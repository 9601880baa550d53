"""The optimiser of the purchasing centre on purchases of four sizes: a table of what is proven.

One run tells of each purchase as it is solved, and ends with the table of all of them.
For each size some seeds: plain, few suppliers, a mean score, both. The limits are those that the
optimiser is built for: a proven optimum in 10 s for 20 products, 6 suppliers and 3 tiers, and in
60 s for 60 x 12 x 4; a gap of at most 1 % after 60 s for 150 x 20 x 4 and 300 x 30 x 4, where every
supplier may offer every product. BENCH_SEEDS makes the number of seeds of each size other than 4.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT / "addons" / "smart_purchasing_central"),
    str(ROOT / "tests" / "benchmark"),
]

SEEDS = int(os.environ.get("BENCH_SEEDS", "4"))
# Products, suppliers, tiers, part of the products that a supplier offers, seconds, gap in percent.
SIZES = (
    (20, 6, 3, None, 10, 0.0),
    (60, 12, 4, None, 60, 0.0),
    (150, 20, 4, 1.0, 60, 1.0),
    (300, 30, 4, 1.0, 60, 1.0),
)
GRACE = 2


def main(bench):
    """Solve all sizes and seeds; tell cost, bound, gap and time, and the worst of each size."""
    rows = []
    for size in SIZES:
        rows += measure(bench, *size)
    show_table(rows)


def show_table(rows):
    """Print one line for each purchase, beside the gap and the time that it may have."""
    heads = ("products x suppliers x tiers", "seed", "gap %", "at most", "seconds", "at most", "")
    print("  gap table")
    for cells in (heads, *rows):
        print("  {:<28} {:>4} {:>8} {:>8} {:>8} {:>8}  {}".format(*cells).rstrip(), flush=True)


def measure(bench, products, suppliers, tiers, density, seconds, limit):
    """Solve the purchases of one size; return their rows of the table."""
    from optimizer import solve, verify_plan
    from purchase_instances import make_instance

    name, gaps, times, rows = f"{products} x {suppliers} x {tiers}", [], [], []
    for seed in range(SEEDS):
        data = make_instance(products, suppliers, tiers, seed, density)
        plan = solve(data, seconds)
        verify_plan(data, plan)
        gaps.append(100.0 if plan.gap is None else 100 * plan.gap)
        times.append(plan.seconds)
        bench.show(
            f"{name}, seed {seed}{limits(data)}",
            f"{plan.seconds:5.1f} s  cost {plan.cost}  bound {plan.bound}  gap {gaps[-1]:.3f} %"
            f"  {'proven' if plan.status == 'optimal' else plan.status}",
        )
        rows.append(
            (
                name,
                seed,
                f"{gaps[-1]:.3f}",
                f"{limit:g}",
                f"{plan.seconds:.1f}",
                seconds,
                ("proven" if plan.status == "optimal" else plan.status) + limits(data),
            )
        )
    bench.ratio(
        f"{name}: time of the slowest / {seconds} s", max(times), seconds, 1 + GRACE / seconds
    )
    if limit:
        bench.ratio(f"{name}: the largest gap / {limit} %", max(gaps), limit, 1)
    else:
        proven = sum(gap == 0 for gap in gaps)
        bench.ratio(f"{name}: purchases / those with a proven optimum", SEEDS, max(proven, 0.5), 1)
    return rows


def limits(data):
    """Return the limits of all together in words."""
    texts = {
        "max_suppliers": "at most {} suppliers",
        "min_mean_score": "a mean score of {}",
    }
    return "".join(
        f", {text.format(data[key])}" for key, text in texts.items() if data[key] is not None
    )
