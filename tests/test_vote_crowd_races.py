"""A whole Assembly that votes at the same moment, on real connections and over real HTTP."""

import logging
import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from http_race import PATIENCE, HttpRace
from vote_race import VoteRaceCase

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.smart_workgroups.tests.vote_common import load_verify

TABS = 10
# The vote is closed when so many have their receipt.
EARLY = 60
AT_ONCE = 20


class TestVoteCrowdRaces(HttpRace, VoteRaceCase):
    VOTERS = 200

    def test_two_hundred_in_two_tabs(self):
        """Exactly one ballot each, whichever tab was first; and the whole vote holds to the end."""
        poll_id, words = self._open()
        calls = [
            self._cast(poll_id, voter_id, mark) for voter_id in self.voter_ids for mark in (1, 2)
        ]
        random.Random(7).shuffle(calls)
        answers = self.crowd(calls)
        cast = sorted(one for one in answers if isinstance(one, str))
        refused = [one for one in answers if isinstance(one, UserError)]
        self.assertEqual((len(cast), len(refused)), (200, 200))
        self.assertTrue(all("already" in str(one) for one in refused))
        self.assertEqual(self._ballots(poll_id), cast)
        self.assertEqual(self._marks(poll_id), 200)
        # And to the end, each step in a transaction of its own.
        self._step(poll_id, "action_close")
        self._step(poll_id, "_cron_record")
        self._step(poll_id, "_tally", words)
        self._step(poll_id, "action_publish")
        with self.connection() as env:
            poll = env["coop.poll"].browse(poll_id)
            self.assertEqual(poll.ballot_count, 200)
            verify = load_verify()
            findings = verify.verify(verify.json.loads(poll._publication()))
        self.assertEqual(findings.wrong, [])

    def test_closed_amid_a_stream_of_casts(self):
        """Every receipt is a ballot that counts, everybody else is told; nothing is lost."""
        poll_id, words = self._open()
        received, refused, enough = [], [], threading.Event()

        def vote(voter_id):
            [answer] = self.at_once([self._cast(poll_id, voter_id)])
            (received if isinstance(answer, str) else refused).append(answer)
            if len(received) >= EARLY:
                enough.set()

        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            closing = pool.submit(
                lambda: enough.wait(PATIENCE) and self._step(poll_id, "action_close")
            )
            list(pool.map(vote, self.voter_ids))
        self.assertTrue(closing.result())
        self.assertGreaterEqual(len(received), EARLY)
        self.assertTrue(refused, "the vote was closed after everybody voted")
        self.assertEqual(len(received) + len(refused), self.VOTERS)
        self.assertTrue(all("is closed" in str(one) for one in refused), refused)
        self._step(poll_id, "action_record")
        self.assertEqual(self._ballots(poll_id), sorted(received))
        self.assertEqual(self._marks(poll_id), len(received))
        self._step(poll_id, "_tally", words)
        with self.connection() as env:
            tally = load_verify().json.loads(env["coop.poll"].browse(poll_id).result)["tally"]
        self.assertEqual(tally["yes"], len(received))

    # ------------------------------------------------------------------
    # By the page that members use
    # ------------------------------------------------------------------

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            users = (
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    [
                        {
                            "login": f"crowd.{partner_id}",
                            "password": f"crowd.{partner_id}",
                            "partner_id": partner_id,
                            "company_id": cls.company_id,
                            "company_ids": [Command.set([cls.company_id])],
                            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
                        }
                        for partner_id in cls.voter_ids[:3]
                    ]
                )
            )
            cls.user_ids = users.ids

    def _press(self, cookies, poll_id, voter_id, mark):
        """Look at the ballot in a tab; what is returned casts it there."""
        url = f"{self.url}/my/votes/{poll_id}"
        page = requests.get(f"{url}/ballot", cookies=cookies, timeout=PATIENCE).text
        form = {
            "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page).group(1),
            "voter": str(voter_id),
            "mark": str(mark),
            "step": "cast",
        }

        def send():
            answer = requests.post(f"{url}/cast.json", data=form, cookies=cookies, timeout=PATIENCE)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            return answer.json()

        return send

    def test_ten_tabs_of_each_over_http(self):
        """One receipt each, and every other tab is told; no error is logged."""
        poll_id, _words = self._open()
        calls = []
        for voter_id in self.voter_ids[:3]:
            cookies = self._log_in(f"crowd.{voter_id}").cookies.get_dict()
            calls += [self._press(cookies, poll_id, voter_id, 1 + tab % 2) for tab in range(TABS)]
        with self.assertNoLogs("odoo", logging.ERROR):
            answers = self._at_one_moment(calls)
        receipts = [one["commitment"] for one in answers if "commitment" in one]
        refused = [one["error"] for one in answers if "error" in one]
        self.assertEqual((len(receipts), len(refused)), (3, 3 * (TABS - 1)))
        self.assertTrue(all("already" in one for one in refused), refused)
        self.assertEqual(self._ballots(poll_id), sorted(receipts))
