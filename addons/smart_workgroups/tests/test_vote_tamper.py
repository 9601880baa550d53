"""Who may write in the database changes one thing at one stage: the next step names it.

Each of ballot, row of the roll and frozen or published line is added, dropped and altered while the
vote is open, closed, counted and published. Nothing of it is put right by the software: the vote is
refused, or the recount says what is wrong.

The one thing that no program finds is a ballot put in together with the mark of a member who did
not vote, before the closing: the last test shows that it is found by asking that member.
"""

import json
import secrets
from contextlib import closing, contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .vote_common import VoteCase

FIRST = "(SELECT min(id) FROM coop_ballot WHERE poll_id = %(poll)s)"
ADD_BALLOT = (
    "INSERT INTO coop_ballot (poll_id, commitment, sealed) VALUES (%(poll)s, %(new)s, 'AA')"
)
DROP_BALLOT = f"DELETE FROM coop_ballot WHERE id = {FIRST}"
ALTER_SEALED = (
    "UPDATE coop_ballot SET sealed = (SELECT sealed FROM coop_ballot WHERE poll_id = %(poll)s "
    f"ORDER BY id DESC LIMIT 1) WHERE id = {FIRST}"
)
ALTER_COMMITMENT = f"UPDATE coop_ballot SET commitment = %(new)s WHERE id = {FIRST}"
ROW = "poll_id = %(poll)s AND partner_id = %(absent)s"
ADD_ROW = (
    "INSERT INTO coop_poll_roll (poll_id, partner_id, number, state) "
    "VALUES (%(poll)s, %(stranger)s, 999, 'eligible')"
)
DROP_ROW = f"DELETE FROM coop_poll_roll WHERE {ROW}"
ALTER_NUMBER = f"UPDATE coop_poll_roll SET number = 999 WHERE {ROW}"
ALTER_CATEGORY = f"UPDATE coop_poll_roll SET category = 'staff' WHERE {ROW}"
ALTER_PERSON = f"UPDATE coop_poll_roll SET partner_id = %(stranger)s WHERE {ROW}"
MARK_ABSENT = f"UPDATE coop_poll_roll SET state = 'voted' WHERE {ROW}"
UNMARK = (
    "UPDATE coop_poll_roll SET state = 'eligible' WHERE poll_id = %(poll)s AND number = "
    "(SELECT min(number) FROM coop_poll_roll WHERE poll_id = %(poll)s AND state = 'voted')"
)
LINE = "UPDATE coop_poll SET {} WHERE id = %(poll)s"
ALTER_DEFINITION = LINE.format(
    "definition = replace(definition, '\"strict\":true', '\"strict\":false')"
)
ALTER_HASH = LINE.format("definition_hash = %(new)s")
ALTER_ROOT = LINE.format("merkle_root = %(new)s")
ALTER_KEY = LINE.format("public_key = %(new)s")
REPLACE = "UPDATE coop_poll SET result = replace(result, '%s', '%s') WHERE id = %%(poll)s"
ALTER_OPTION = (
    'UPDATE coop_poll_option SET name = \'{"en_US": "Certainly"}\' '
    "WHERE poll_id = %(poll)s AND number = 2"
)


@tagged("post_install", "-at_install")
class TestVoteTamper(VoteCase):
    def _tamper(self, poll, query):
        """Write in the database as its owner does."""
        self.env.flush_all()
        self.env.cr.execute(
            query,
            {
                "poll": poll.id,
                "new": secrets.token_hex(32),
                "absent": self.voters[7].id,
                "stranger": self.scrutineers[0].id,
            },
        )
        self.assertTrue(self.env.cr.rowcount, query)
        self.env.invalidate_all()

    @contextmanager
    def _undone(self):
        """Take back what is written, so that the next case has the vote as it was."""
        with closing(self.cr.savepoint()):
            yield
        self.env.invalidate_all(flush=False)

    def _vote(self):
        """Return an open vote in which seven of eight voted."""
        poll, words = self._open()
        for voter, mark in zip(self.voters, (1, 1, 1, 1, 2, 2, 3), strict=False):
            poll._cast(voter, [mark])
        return poll, words

    def _finish(self, poll, words):
        if poll.state == "open":
            poll.action_close()
        poll._tally(words[:2])

    # ------------------------------------------------------------------
    # Before the count: nothing is opened
    # ------------------------------------------------------------------

    def test_while_it_is_open(self):
        for query, text in (
            (ADD_BALLOT, "7 members are marked .* 8 ballots"),
            (DROP_BALLOT, "7 members are marked .* 6 ballots"),
            (ALTER_SEALED, "does not open"),
            (ALTER_COMMITMENT, "does not open"),
            (ADD_ROW, "roll is not the frozen one"),
            (DROP_ROW, "roll is not the frozen one"),
            (ALTER_NUMBER, "roll is not the frozen one"),
            (ALTER_CATEGORY, "roll is not the frozen one"),
            (ALTER_PERSON, "names somebody else for member number"),
            (MARK_ABSENT, "8 members are marked .* 7 ballots"),
            (UNMARK, "6 members are marked .* 7 ballots"),
            (ALTER_DEFINITION, "not what was hashed"),
            (ALTER_HASH, "not what was hashed"),
            (ALTER_KEY, "do not belong to"),
            (ALTER_OPTION, "option 2 was changed"),
        ):
            with self.subTest(query):
                poll, words = self._vote()
                self._tamper(poll, query)
                with self.refuses(UserError, text):
                    self._finish(poll, words)
                self.assertFalse(poll.result)

    def test_when_it_is_closed(self):
        for query, text in (
            (ADD_BALLOT, "8 ballots, and 7"),
            (DROP_BALLOT, "6 ballots, and 7"),
            (ALTER_SEALED, "does not open"),
            (ALTER_COMMITMENT, "not one of those recorded"),
            (ADD_ROW, "roll is not the frozen one"),
            (DROP_ROW, "roll is not the frozen one"),
            (ALTER_NUMBER, "roll is not the frozen one"),
            (ALTER_PERSON, "names somebody else for member number"),
            (MARK_ABSENT, "marks on the roll"),
            (UNMARK, "marks on the roll"),
            (LINE.format("ballot_count = 6"), "7 ballots, and 6"),
            (LINE.format("paper_count = 1"), "marks on the roll"),
            (ALTER_ROOT, "not one of those recorded"),
            (ALTER_DEFINITION, "not what was hashed"),
            (ALTER_KEY, "do not belong to"),
            (ALTER_OPTION, "option 2 was changed"),
        ):
            with self.subTest(query):
                poll, words = self._vote()
                poll.action_close()
                self._tamper(poll, query)
                with self.refuses(UserError, text):
                    self._finish(poll, words)
                self.assertEqual((poll.state, poll.result), ("closed", False))

    # ------------------------------------------------------------------
    # After the count: the recount names it
    # ------------------------------------------------------------------

    def test_when_it_is_counted_or_published(self):
        """What is downloaded is read from the tables, so it does not hold any more."""
        plain = (
            "UPDATE coop_ballot SET choice = '2' WHERE id = (SELECT min(id) FROM coop_ballot "
            "WHERE poll_id = %(poll)s AND choice = '1')"
        )
        poll, words = self._vote()
        self._finish(poll, words)
        for published in (False, True):
            if published:
                poll.action_publish()
            self.assert_holds(json.loads(poll._publication()))
            for query, text in (
                (ADD_BALLOT, "Merkle root"),
                (ADD_BALLOT, "7 members are marked on the roll, but there are 8 ballots"),
                (DROP_BALLOT, "Merkle root"),
                (ALTER_COMMITMENT, "is missing"),
                (plain, "has no commitment"),
                (f"UPDATE coop_ballot SET nonce = %(new)s WHERE id = {FIRST}", "has no commitment"),
                (ADD_ROW, "added to the frozen roll"),
                (DROP_ROW, "added to the frozen roll, dropped"),
                (ALTER_NUMBER, "or changed on it"),
                (ALTER_CATEGORY, "or changed on it"),
                (MARK_ABSENT, "8 members are marked"),
                (UNMARK, "6 members are marked"),
                (ALTER_DEFINITION, "that were frozen"),
                (ALTER_HASH, "that were frozen"),
                (ALTER_ROOT, "Merkle root"),
                (REPLACE % ('"adopted"', '"rejected"'), 'published: "rejected"'),
                (REPLACE % ('"tally":{"abstain":1', '"tally":{"abstain":2'), "tally, recounted"),
                (REPLACE % ('"present":7', '"present":8'), "present, recounted: 7"),
                (REPLACE % ('"needed":4', '"needed":3'), "the reasons are not those"),
                (REPLACE % ('"outcome"', '"winner"'), "outcome, recounted"),
            ):
                with self.subTest(query, published=published), self._undone():
                    self._tamper(poll, query)
                    self.assert_named(json.loads(poll._publication()), text)

    def test_with_a_root_of_its_own(self):
        """Who changes a ballot and all that hangs on it is found by the root in the minutes."""
        poll, words = self._vote()
        self._finish(poll, words)
        poll.action_publish()
        minutes = poll.merkle_root
        data = json.loads(poll._publication())
        ballot = next(one for one in data["ballots"] if one["choice"] == "1")
        old, new = (
            self.verify.sha256(
                "\n".join(("coop-ballot-1", data["definition_hash"], choice, ballot["nonce"]))
            )
            for choice in ("1", "2")
        )
        self.env.cr.execute(
            "UPDATE coop_ballot SET choice = '2', commitment = %s WHERE commitment = %s", [new, old]
        )
        poll.invalidate_recordset()
        forged = json.loads(poll._publication())
        forged["merkle_root"] = poll._root_of(poll._read_commitments())
        forged["result"] = self.verify.recount(
            forged, [("", tuple(map(int, one["choice"].split(",")))) for one in forged["ballots"]]
        )
        # It holds by itself, but it is not what the minutes say, nor the voter's receipt.
        self.assert_holds(forged)
        self.assertNotEqual(forged["merkle_root"], minutes)
        self.assertIsNone(poll._find_ballot(old))

    def test_what_no_program_finds(self):
        """A ballot and a mark put in for somebody who did not vote: that member sees the mark."""
        poll, words = self._open()
        for voter in self.voters[:6]:
            poll._cast(voter, [2])
        # As whoever runs the server could: by the software's own way, for somebody who is absent.
        poll._cast(self.voters[7], [1])
        poll.action_close()
        poll._tally(words[:2])
        poll.action_publish()
        self.assert_holds(json.loads(poll._publication()))
        self.assertEqual(poll._get_roll_state(self.voters[7]), "voted")
        self.assertEqual(poll._get_roll_state(self.voters[6]), "eligible")
