"""An Assembly decides on its statutes and elects a Board of 18, from the opening to the recount.

A member votes on a phone, keeps both receipts, finds both ballots in the published results, and
counts again with nothing but Python.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from accessible import AccessibleCase

from odoo import fields
from odoo.tests import tagged

from odoo.addons.smart_workgroups.tests.vote_common import VERIFY, VoteCase

CANDIDATES = 20
SEATS = 18
# The words of each scrutineer, as the page shows them this once.
READ_WORDS = """[...document.querySelectorAll("[data-name='share']")].map((share) =>
    [...share.querySelectorAll("li")].map((word) => word.textContent.trim()).join(" "))"""
FILL_WORDS = """document.querySelectorAll("textarea[name='words']").forEach((field, place) => {
    field.value = %s[place];
})"""
READ_RECEIPT = """JSON.parse(decodeURIComponent(
    document.querySelector("[data-name='download']").href.split(",").slice(1).join(",")))"""
REVIEW = "[data-name='review'] .o_coop_cast[data-ready]"


@tagged("post_install", "-at_install")
class TestVoteJourney(VoteCase, AccessibleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._user_of(cls.voters[0], "journey_voter")
        cls.assembly = cls.env["coop.assembly"].create(
            {
                "name": "Yearly Assembly",
                "date": fields.Date.today(),
                "company_id": cls.company.id,
            }
        )

    def test_statutes_and_board(self):
        statutes = self._poll(
            title="Seats of members on the Board",
            text="Article 17: the Board has eighteen members.",
            class_id=self.statutes.id,
            assembly_id=self.assembly.id,
        )
        board = self._poll(
            "plurality",
            [f"Candidate {number}" for number in range(1, CANDIDATES + 1)],
            title="Election of the Board",
            seats=SEATS,
            max_marks=SEATS,
            assembly_id=self.assembly.id,
        )
        polls = statutes + board
        polls.action_freeze()
        words = self._open_at_the_desk(polls)
        chosen = list(range(3, CANDIDATES + 1))
        receipts = self._vote_on_the_phone({statutes: [1], board: chosen})
        # Half of eight members is the quorum, and three quarters of six votes are needed.
        for voter, mark in zip(self.voters[1:6], (1, 1, 1, 1, 2), strict=True):
            statutes._cast(voter, [mark])
            board._cast(voter, chosen)
        polls.action_close()
        self._count_at_the_desk(polls, words)
        polls.action_publish()
        self._read_the_results(polls)
        self._recount(polls, receipts)

    def _open_at_the_desk(self, polls):
        """Open both, and let each scrutineer write down the own words."""
        words = {}
        with self.browse(self.secretary.login) as page:
            for poll in polls:
                page.go(f"/governance/polls/{poll.id}/open")
                page.click("[data-name='open']", "[data-name='share']")
                words[poll] = page.evaluate(READ_WORDS)
        self.env.invalidate_all()
        self.assertEqual(set(polls.mapped("state")), {"open"})
        self.assertEqual([len(one.split()) for one in words[polls[0]]], [33, 33, 33])
        return words

    def _vote_on_the_phone(self, marks):
        """Mark, look at it again, cast, keep the receipt: for each vote in turn."""
        receipts = {}
        with self.browse(self.member.login) as page:
            for poll, numbers in marks.items():
                page.go("/my/votes")
                page.click(f"[data-name='vote'][data-id='{poll.id}']", "[data-name='to_ballot']")
                page.click("[data-name='to_ballot']", "[data-name='ballot']")
                for number in numbers:
                    page.evaluate(f"document.querySelector('#mark_{number}').click()")
                page.click("[data-name='to_review']", REVIEW)
                page.click("[data-name='cast']", "[data-name='receipt'] [data-name='download']")
                receipts[poll] = page.evaluate(READ_RECEIPT)
        return receipts

    def _count_at_the_desk(self, polls, words):
        """Two of three scrutineers fill in their words."""
        with self.browse(self.secretary.login) as page:
            for poll in polls:
                page.go(f"/governance/polls/{poll.id}/tally")
                self.assertIn(poll.merkle_root, page.read())
                page.evaluate(FILL_WORDS % json.dumps(words[poll][1:]))
                page.evaluate("document.querySelector('form[method=post] button').click()")
                # Then the vote itself is shown, in the back office.
                page.wait("location.pathname.startsWith('/odoo')")
                page.wait_for(".o_form_view .o_form_sheet_bg, .o_form_view .o_form_sheet")
        self.env.invalidate_all()
        self.assertEqual(set(polls.mapped("state")), {"tallied"})

    def _read_the_results(self, polls):
        statutes, board = polls
        with self.browse(self.member.login) as page:
            page.go(f"/my/votes/{statutes.id}")
            page.wait_for("[data-name='outcome'][data-outcome='adopted']")
            text = page.read()
            self.assertIn("1/2 of 8 members is 4; 6 took part: reached", text)
            self.assertIn("3/4 of 6 is at least 5; 5 said yes: reached", text)
            page.go(f"/my/votes/{board.id}")
            page.wait_for("[data-name='outcome'][data-outcome='elected']")
            elected = page.evaluate("document.querySelectorAll('.badge.text-bg-success').length")
            self.assertEqual(elected, SEATS)
            self.assertIn("Candidate 20 is elected with 6 votes", page.read())

    def _recount(self, polls, receipts):
        """Download what the page links to, find the own ballots, and count again."""
        self.authenticate(self.member.login, self.member.login)
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "verify.py"
            program.write_bytes(self.url_open("/smart_workgroups/static/verify.py").content)
            self.assertEqual(program.read_bytes(), VERIFY.read_bytes())
            for poll in polls:
                file = Path(folder) / f"{poll.name}.json"
                file.write_bytes(self.url_open(f"/my/votes/{poll.id}/publication.json").content)
                done = subprocess.run(
                    [
                        *(sys.executable, "-I", "-S", program.name, file.name),
                        *("--ballot", receipts[poll]["commitment"], "--root", poll.merkle_root),
                    ],
                    capture_output=True,
                    text=True,
                    cwd=folder,
                    check=False,
                    env={"LC_ALL": "C.UTF-8"},
                )
                self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
                self.assertIn("your ballot is among those that were counted", done.stdout)
                self.assertIn("All holds.", done.stdout)
