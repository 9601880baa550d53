"""What is published, recounted by a program that knows nothing of this software."""

import copy
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.tests import tagged

from .vote_common import VERIFY, VoteCase


@tagged("post_install", "-at_install")
class TestVoteVerify(VoteCase):
    def setUp(self):
        super().setUp()
        votes = [[1], [1], [1], [1], [2], [2], [3]]
        self.poll, self.receipts, self.data = self._held(votes=votes)

    def _run(self, data, *options):
        """Run the program as a member does, with nothing of ours on its path."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "vote.json"
            file.write_text(data if isinstance(data, str) else json.dumps(data))
            program = Path(folder) / "verify.py"
            program.write_bytes(VERIFY.read_bytes())
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(program), str(file), *options],
                capture_output=True,
                text=True,
                cwd=folder,
                check=False,
                env={"LC_ALL": "C.UTF-8"},
            )
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def test_all_holds(self):
        code, text = self._run(self.poll._publication())
        self.assertEqual(code, 0, text)
        self.assertIn("All holds.", text)
        mine = self.receipts[0]["commitment"]
        code, text = self._run(self.data, "--ballot", mine, "--root", self.poll.merkle_root)
        self.assertEqual(code, 0, text)
        self.assertIn("your ballot is among", text)
        code, text = self._run(self.data, "--ballot", "00" * 32)
        self.assertEqual(code, 1)
        self.assertIn(f"your ballot {'00' * 32} is not among", text)

    def test_what_nobody_can_check_is_no_all_holds(self):
        """Votes on paper, and ballots that are left out: the last line and the status say so."""
        code, text = self._run(self.data)
        self.assertIn("not asked  whether the root is the one in the minutes (--root)", text)
        self.assertEqual((code, text.splitlines()[-1]), (0, "All holds."))
        paper = self._changed(lambda data: data["roll"].update(paper=1))
        paper["paper"] = {"ballots": 1, "votes": {"1": 1}, "blank": 0, "spoilt": 0}
        ballots = self.verify.check_ballots(paper, self.verify.Findings())
        paper["result"] = self.verify.recount(paper, ballots)
        *_others, silent = self._held(votes=[[1]] * 6, publish_ballots=False)
        for data, number in ((paper, 1), (silent, 1)):
            code, text = self._run(data)
            self.assertEqual(code, 3, text)
            self.assertNotIn("All holds", text)
            last = f"What was checked holds; not checked: {number}, see the lines that begin with"
            self.assertIn(last, text.splitlines()[-1])
            self.assertEqual(text.count("  open   "), number)
        silent["roll"]["voted"] += 1
        code, text = self._run(silent)
        self.assertEqual(code, 1)
        self.assertIn("Not all of it holds: 1 wrong; not checked: 1", text.splitlines()[-1])

    def test_no_publication(self):
        for data in ("", "[]", "{}", '{"format": "coop-poll-1"}', '{"format": "x"}', "nul"):
            code, text = self._run(data)
            self.assertEqual(code, 2, text)
        self.assertEqual(self._run(self.data, "--strange", "x")[0], 2)

    def _changed(self, change):
        data = copy.deepcopy(self.data)
        change(data)
        return data

    def test_what_is_tampered_with_is_named(self):
        """Add, drop or alter one ballot, roll row, or any published line."""

        def swap_choice(data):
            data["ballots"][0]["choice"] = "2" if data["ballots"][0]["choice"] != "2" else "1"

        def forge(data):
            """A ballot and its commitment, put in with a new root: the roll tells."""
            nonce = "ab" * 32
            parts = ("coop-ballot-1", data["definition_hash"], "2", nonce)
            data["ballots"].append({"choice": "2", "nonce": nonce})
            made = hashlib.sha256("\n".join(parts).encode()).hexdigest()
            data["commitments"] = sorted([*data["commitments"], made])
            data["merkle_root"] = self.verify.merkle_root(
                [bytes.fromhex(one) for one in data["commitments"]]
            ).hex()

        dropped = self.data["commitments"][3]
        for change, text in (
            (lambda data: data["ballots"].pop(), "is missing"),
            (lambda data: data["ballots"].append(data["ballots"][0]), "do not agree"),
            (swap_choice, "has no commitment"),
            (lambda data: data["ballots"][0].update(nonce="zz" * 32), "a nonce that is none"),
            (lambda data: data["commitments"].remove(dropped), "Merkle root"),
            (lambda data: data["commitments"].append("00" * 32), "not sorted"),
            (lambda data: data["commitments"].reverse(), "not sorted"),
            (lambda data: data.update(merkle_root="00" * 32), "Merkle root"),
            (forge, "7 members are marked on the roll, but there are 8 ballots"),
            (lambda data: data["roll"].update(voted=6), "6 members are marked"),
            (lambda data: data["roll"].update(members=9), "not the frozen one"),
            (lambda data: data["roll"].update(paper=1), "marked for paper"),
            (lambda data: data["paper"].update(ballots=1), "marked for paper"),
            (lambda data: data["definition"].update(roll_count=99), "that were frozen"),
            (lambda data: data["definition"]["rule"].update(strict=False), "that were frozen"),
            (lambda data: data["definition"]["options"].pop(), "that were frozen"),
            (lambda data: data.update(definition_hash="00" * 32), "that were frozen"),
            (lambda data: data.update(roll_hash="00" * 32), "added to the frozen roll"),
            (lambda data: data.update(note="All is well"), "nobody checks them: ['note']"),
            (lambda data: data["result"].update(note="All is well"), "note, recounted: null"),
            (lambda data: data["result"]["reasons"].pop(), "the reasons are not those"),
            (lambda data: data["result"]["reasons"][0][1].update(yes=5), "the reasons are not"),
            (lambda data: data["result"].update(outcome="rejected"), 'published: "rejected"'),
            (lambda data: data["result"]["tally"].update(yes=5), "tally, recounted"),
            (lambda data: data["result"].update(present=8), "present, recounted: 7"),
        ):
            data = self._changed(change)
            self.assertNotEqual(data, self.data)
            with self.subTest(text):
                self.assert_named(data, text)
                code, printed = self._run(data)
                self.assertEqual(code, 1)
                self.assertIn(text, printed)

    def test_ballots_that_nobody_could_cast(self):
        """Even with a commitment of their own, such ballots are named."""
        for choice, text in (("9", "not there"), ("1,2", "2 marks"), ("x:1", "no voters")):
            data = self._changed(lambda data: None)
            nonce = "cd" * 32
            parts = ("coop-ballot-1", data["definition_hash"], choice, nonce)
            made = hashlib.sha256("\n".join(parts).encode()).hexdigest()
            old = data["ballots"][0]
            gone = "\n".join(
                ("coop-ballot-1", data["definition_hash"], old["choice"], old["nonce"])
            )
            data["commitments"].remove(hashlib.sha256(gone.encode()).hexdigest())
            data["commitments"] = sorted([*data["commitments"], made])
            data["ballots"][0] = {"choice": choice, "nonce": nonce}
            self.assert_named(data, text)

    def test_tampered_tables_are_published_as_they_are(self):
        """Who changes the tables after the publication changes what is downloaded: it is named."""
        self.env.cr.execute(
            "UPDATE coop_ballot SET choice = '2' WHERE id = "
            "(SELECT min(id) FROM coop_ballot WHERE poll_id = %s AND choice = '1')",
            [self.poll.id],
        )
        self.assert_named(json.loads(self.poll._publication()), "has no commitment")
        self.env.cr.execute(
            "UPDATE coop_poll_roll SET state = 'voted' WHERE poll_id = %s", [self.poll.id]
        )
        self.assert_named(json.loads(self.poll._publication()), "8 members are marked")

    def test_elections(self):
        names = ("Ann", "Bob", "Cas")
        for kind in ("plurality", "approval", "stv"):
            with self.subTest(kind):
                _poll, _receipts, data = self._held(
                    kind, names, seats=2, votes=[[1], [1], [1], [2], [2], [3]]
                )
                self.assertEqual(self._run(data)[0], 0)
                told = data["result"]["stages"].pop()
                self.assert_named(data, "the stages are not those that follow")
                data["result"]["stages"].append(told)
                data["result"]["elected"] = [1, 3]
                code, text = self._run(data)
                self.assertEqual(code, 1)
                self.assertIn("elected, recounted: [1,2]; published: [1,3]", text)
                data["definition"]["lot_order"].reverse()
                self.assert_named(data, "that were frozen")
