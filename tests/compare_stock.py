"""Compare the documents of a stock Odoo with those of one that has the addons.

    bin/bench --keep invoices                             makes two such databases
    bin/python tests/compare_stock.py [STOCK ADDONS]      prints "identical", or the differences

The same invoices are made in both databases, in the second one for Activities, and forgotten again.
Exit 1 when a document differs.
"""

import difflib
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from documents import DOCUMENTS, make_cases, make_company, make_distributions

import odoo.service.server
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def documents(database: str) -> dict[str, str]:
    """Return all documents of one database, by case and kind."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        client = make_company(env)
        distributions = [{}, {}, {}]
        if "coop.activity" in env:
            distributions = make_distributions(env)
        moves = make_cases(env, client, distributions)
        result = {
            f"{case}, {kind}": make(move)
            for case, move in moves.items()
            for kind, make in DOCUMENTS.items()
        }
        cr.rollback()
    return result


def main(stock: str = "coop_bench_stock", addons: str = "coop_bench_addons") -> int:
    """Compare, print and return the exit code."""
    config.parse_config(["--log-level=error", "--no-http"], setup_logging=True)
    # Stock Odoo uses functions of its pinned libraries that are deprecated.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    odoo.service.server.load_server_wide_modules()
    before, after = documents(stock), documents(addons)
    different = 0
    for name, text in before.items():
        diff = list(
            difflib.unified_diff(
                text.splitlines(), after[name].splitlines(), stock, addons, "", "", 1
            )
        )
        print(f"{name}: {'differs' if diff else 'identical'} ({len(text)} characters)")
        print("\n".join(diff[:60]), end="\n" if diff else "")
        different += bool(diff)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
