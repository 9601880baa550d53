"""Run benchmark files; bin/bench says what they look like."""

import gc
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import odoo.service.server
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

PREFIX = os.environ.get("BENCH_DATABASE", "coop_bench")
DATABASES = {which: f"{PREFIX}_{which}" for which in ("stock", "addons")}


class Bench:
    """What a benchmark file works with."""

    def __init__(self):
        self.failures: list[str] = []

    @contextmanager
    def env(self, which: str, *, commit: bool = False) -> Iterator[api.Environment]:
        """Give an environment of the administrator on one of the two databases, or another one."""
        with Registry(DATABASES.get(which, which)).cursor() as cr:
            admin = api.Environment(cr, api.SUPERUSER_ID, {}).ref("base.user_admin")
            yield api.Environment(cr, admin.id, {"tracking_disable": True})
            if not commit:
                cr.rollback()

    def vacuum(self, which: str, *tables: str) -> None:
        """Let the database forget dead rows and count its rows, as it does by itself in time."""
        with Registry(DATABASES.get(which, which)).cursor() as cr:
            connection = cr._cnx
            connection.rollback()
            connection.autocommit = True
            for table in tables:
                cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))
            connection.autocommit = False

    def seconds(self, function: Callable, *args) -> float:
        """Return how long a call takes."""
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            function(*args)
            return time.perf_counter() - start
        finally:
            gc.enable()

    def processor_seconds(self, env: api.Environment) -> float:
        """Return the processor time of this process and of the database's process that serves it.

        What else the machine does hardly moves it. Helpers of the database's process are not in it:
        what may be run in parallel has to be told not to.
        """
        stat = Path(f"/proc/{env.cr._cnx.info.backend_pid}/stat").read_text(encoding="ascii")
        # After the name in brackets, user and system time are the twelfth and thirteenth field.
        user, system = stat.rpartition(")")[2].split()[11:13]
        return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def queries(self, env: api.Environment, function: Callable, *args) -> int:
        """Return how many queries a call makes, those of its pending writes included."""
        env.flush_all()
        before = env.cr.sql_log_count
        function(*args)
        env.flush_all()
        return env.cr.sql_log_count - before

    def show(self, label: str, text: str) -> None:
        """Print a figure."""
        print(f"  {label:<70} {text}", flush=True)

    def ratio(self, label: str, value: float, reference: float, limit: float | None = None) -> None:
        """Print value / reference, and remember it as a failure when it is over the limit."""
        ratio = value / reference
        text = f"{ratio:8.2f}"
        if limit is not None:
            text += f"   (at most {limit:g})"
            if ratio > limit:
                self.failures.append(label)
                text += "   TOO SLOW"
        self.show(label, text)


def load(path: Path):
    """Import a benchmark file by its path."""
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(paths: list[Path]) -> int:
    """Run the files in order; return 1 when a ratio was over its limit."""
    config.parse_config(["--log-level=warn", "--no-http"], setup_logging=True)
    odoo.service.server.load_server_wide_modules()
    bench = Bench()
    for path in paths:
        print(path.stem, flush=True)
        load(path).main(bench)
    for label in bench.failures:
        print(f"too slow: {label}")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
