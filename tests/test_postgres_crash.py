"""The project's PostgreSQL comes back after a power cut, however long it needs to recover."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[1] / "bin/lib/setup.sh"
# The cluster's commits do not wait for the disk; this one does.
KEPT = "SET synchronous_commit = on; CREATE TABLE kept AS SELECT 'a share' AS text"


class Server:
    """A cluster of its own in an empty cache, started as every command starts it."""

    def __init__(self, cache):
        self.cache = cache
        self.data = Path(self.run("echo $PG_DATA").stdout.strip())

    def run(self, command):
        return subprocess.run(
            [
                "bash",
                "-c",
                f"source {SETUP}; mkdir -p $CACHE; find_tools; locate_postgres; {command}",
            ],
            env={**os.environ, "XDG_CACHE_HOME": str(self.cache)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def sql(self, statement):
        done = self.run(f'PGHOST=$PG_SOCKET PGUSER=odoo sql postgres "{statement}"')
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    def cut_power(self):
        """Kill all its processes at once, as a power cut does: its process id is left behind."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        processes = [main, *map(int, children)]
        for process in processes:
            os.kill(process, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{process}").exists() for process in processes):
            assert time.monotonic() < deadline, "a killed process is still there"
            time.sleep(0.05)
        assert (self.data / "postmaster.pid").exists()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    started = server.run("start_postgres")
    assert not started.returncode, started.stderr
    yield server
    server.run('as_postgres "$PG_BIN/pg_ctl" stop --mode=immediate --pgdata="$PG_DATA"')
    shutil.rmtree(server.data.parent)


def test_it_starts_again_after_a_power_cut(server):
    server.sql(KEPT)
    server.cut_power()
    started = server.run("start_postgres")
    assert not started.returncode, started.stderr
    assert server.sql("SELECT text FROM kept") == "a share"


def test_a_command_waits_for_a_server_that_still_recovers(server):
    """The first command gave up, or was killed, while the server recovered: the next one waits."""
    server.cut_power()
    begin = '"$PG_BIN/pg_ctl" start --no-wait --pgdata="$PG_DATA" --log="$PG_HOME/server.log"'
    started = server.run(f"as_postgres {begin}; start_postgres")
    assert not started.returncode, started.stderr
    assert server.sql("SELECT 1") == "1"


def test_a_server_that_cannot_start_is_told_with_its_log(server):
    server.cut_power()
    (server.data / "global/pg_control").unlink()
    started = server.run("start_postgres")
    assert started.returncode
    assert "PostgreSQL did not start" in started.stderr
    assert "pg_control" in started.stderr
