"""People who press their buttons at the same moment, each over an HTTP connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import requests

import odoo.service.server
from odoo.tests.common import HOST

PATIENCE = 60


class HttpRace:
    """What a `RaceCase` needs besides, to ask over HTTP.

    The server of the tests answers with connections of its own: no test cursor is shared here.
    """

    user_ids = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"http://{HOST}:{odoo.service.server.server.httpd.server_port}"

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            env["res.users"].browse(cls.user_ids).unlink()
        super()._clean_up()

    def _log_in(self, login):
        """Return the session of a user whose password is the login."""
        session = requests.Session()
        self.addCleanup(session.close)
        answer = session.post(
            f"{self.url}/web/session/authenticate",
            json={
                "jsonrpc": "2.0",
                "params": {"db": self.registry.db_name, "login": login, "password": login},
            },
            timeout=PATIENCE,
        ).json()
        self.assertTrue(answer.get("result", {}).get("uid"), answer)
        return session

    @staticmethod
    def _at_one_moment(calls):
        """Return what each call returned, when all are made together."""
        barrier = threading.Barrier(len(calls))

        def run(call):
            barrier.wait(timeout=PATIENCE)
            return call()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))
