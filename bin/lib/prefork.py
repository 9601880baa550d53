"""Odoo with its workers, for as long as a benchmark asks it something over HTTP."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

import odoo.http
from odoo import models
from odoo.service.security import compute_session_token

WORKERS = 2
PATIENCE = 120


def free_port() -> int:
    """Return a port on which nobody listens at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Server:
    """Where the workers listen."""

    port: int

    def ask(
        self, session: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, str]:
        """Return status and text of one request, on a connection of its own.

        :param session: the cookie of somebody who is signed in
        :param body: what is posted, or nothing to get a page
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            headers["Cookie"] = f"session_id={session}"
            connection.request("GET" if body is None else "POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def call(self, session: str, model: str, method: str, *args: object) -> object:
        """Return what a method gives by the call that the web client makes."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        status, text = self.ask(
            session,
            f"/web/dataset/call_kw/{model}/{method}",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            Content_Type="application/json",
        )
        answer = json.loads(text) if status == 200 else {}
        if "result" not in answer:
            raise AssertionError(f"{model}.{method} answered {status}: {text[:500]}")
        return answer["result"]


@contextmanager
def served(database: str, workers: int = WORKERS) -> Iterator[Server]:
    """Start a server with workers on a database, and stop it at the end."""
    server = Server(free_port())
    command = [
        *(sys.executable, "-m", "odoo", f"--database={database}", f"--db-filter=^{database}$"),
        *(f"--workers={workers}", "--max-cron-threads=0", "--log-level=warn"),
        *(f"--http-port={server.port}", f"--gevent-port={free_port()}"),
    ]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_until_up(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def wait_until_up(server: Server, process: subprocess.Popen, log) -> None:
    """Wait until a page is answered."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if server.ask("", "/web/login")[0] == 200:
                return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > end:
            log.seek(0)
            raise AssertionError(f"the server did not start:\n{log.read()[-3000:]}")
        time.sleep(0.5)


def sign_in(user: models.BaseModel) -> str:
    """Return the cookie of a session of this user, as the sign-in page makes it."""
    store = odoo.http.root.session_store
    session = store.new()
    session.update(odoo.http.get_default_session(), db=user.env.cr.dbname)
    session.uid, session.login = user.id, user.login
    session.context = dict(user.with_user(user).context_get())
    session.session_token = compute_session_token(session, user.env)
    store.save(session)
    return session.sid


def at_once(calls: Iterable[Callable], clients: int) -> list:
    """Make all calls, so many clients at a time; return what each gave."""
    with ThreadPoolExecutor(clients) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]
