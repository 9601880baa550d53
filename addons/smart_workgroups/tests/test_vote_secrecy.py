"""Nobody reads ballots, and after the count nobody joins them with the roll."""

import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .vote_common import VoteCase

MODELS = ("coop.ballot", "coop.poll.roll")


@tagged("post_install", "-at_install")
class TestVoteSecrecy(VoteCase):
    def test_nobody_reads_ballots(self):
        """Reading, searching, grouping, exporting: not even an administrator."""
        poll, _words = self._open()
        for voter in self.voters:
            poll._cast(voter, [1])
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        groups = "base.group_system,smart_workgroups.group_governance_manager"
        administrator = new_test_user(self.env, "vote_admin", groups, **own)
        member = self._user_of(self.voters[0], "vote_member")
        for user in (administrator, self.secretary, member):
            for name in MODELS:
                model = self.env[name].with_user(user)
                ids = self.env[name].sudo().search([("poll_id", "=", poll.id)]).ids
                self.assertEqual(len(ids), 8)
                for call in (
                    lambda model, ids: model.search([]),
                    lambda model, ids: model.search_count([]),
                    lambda model, ids: model.browse(ids).read(["poll_id"]),
                    lambda model, ids: model.formatted_read_group([], ["poll_id"], ["__count"]),
                    lambda model, ids: model.web_search_read([], {"id": {}}),
                    lambda model, ids: model.name_search(""),
                    lambda model, ids: model.browse(ids).write({"poll_id": poll.id}),
                    lambda model, ids: model.browse(ids).unlink(),
                    lambda model, ids: model.create({"poll_id": poll.id}),
                ):
                    with self.assertRaises(AccessError):
                        call(model, ids)
                # Who may export at all is another question that comes first.
                with self.assertRaises(UserError):
                    model.browse(ids).export_data(["poll_id"])
            # Neither by the way of the vote: it has no field that leads to them.
            if user != member:
                self.assertFalse(
                    {
                        field
                        for field in poll.fields_get()
                        if self.env["coop.poll"]._fields[field].comodel_name in MODELS
                    }
                )

    def test_nobody_learns_who_voted_while_it_is_open(self):
        poll, _words = self._open()
        before = poll.with_user(self.secretary).read()[0]
        messages = len(poll.sudo().message_ids)
        poll._cast(self.voters[0], [1])
        self.env.invalidate_all()
        self.assertEqual(poll.with_user(self.secretary).read()[0], before)
        self.assertEqual(len(poll.sudo().message_ids), messages)

    def test_ballots_are_in_no_export_of_a_person(self):
        poll, _words = self._open()
        for voter in self.voters:
            poll._cast(voter, [1])
        data = self.env["coop.personal.data"]
        lines = {line for found in data._get_lines().values() for line in found}
        self.assertNotIn("coop.ballot", {*lines, *data._get_links()})
        for person in (self.voters[0], self.scrutineers[0]):
            found = {one.records._name for one in data._find(person, self.company)}
            self.assertNotIn("coop.ballot", found)

    # ------------------------------------------------------------------
    # With the rights of whoever owns the database
    # ------------------------------------------------------------------

    def _columns(self, table):
        self.env.cr.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
            [table],
        )
        return dict(self.env.cr.fetchall())

    def _rows(self, table, order, poll):
        self.env.cr.execute(
            f"SELECT {order} FROM {table} WHERE poll_id = %s ORDER BY {order}", [poll.id]
        )
        return self.env.cr.fetchall()

    def test_no_column_joins_them(self):
        """No time, no user, no member on a ballot; no ballot on the roll."""
        roll, ballot = self._columns("coop_poll_roll"), self._columns("coop_ballot")
        self.assertEqual(roll.keys() & ballot.keys(), {"id", "poll_id"})
        for columns in (roll, ballot):
            self.assertFalse({name for name, kind in columns.items() if "time" in kind})
            self.assertFalse({"create_uid", "write_uid", "create_date", "write_date"} & {*columns})
        self.env.cr.execute(
            """
            SELECT attname FROM pg_constraint JOIN pg_attribute
                ON attrelid = conrelid AND attnum = ANY(conkey)
            WHERE conrelid = 'coop_ballot'::regclass AND contype = 'f'
            """
        )
        self.assertEqual(self.env.cr.fetchall(), [("poll_id",)])

    def test_sealed_ballots_are_all_of_one_length(self):
        names = [f"Candidate {number}" for number in range(1, 31)]
        poll, _words = self._open("approval", names)
        poll._cast(self.voters[0], [])
        poll._cast(self.voters[1], list(range(1, 31)))
        poll._cast(self.voters[2], [7])
        self.env.cr.execute(
            "SELECT DISTINCT length(sealed), length(commitment) FROM coop_ballot "
            "WHERE poll_id = %s",
            [poll.id],
        )
        self.assertEqual(len(self.env.cr.fetchall()), 1)

    def test_order_of_ballots_says_nothing_after_the_count(self):
        """Rows stand by number and by commitment: neither ids nor places follow the casts.

        What `xmin`, old rows on the disk and the log tell is tried in ``tests/test_vote_races.py``,
        where each cast is a transaction of its own.
        """
        poll, words = self._open()
        cast = [poll._cast(voter, [1])["commitment"] for voter in reversed(self.voters)]
        before = {row[0] for row in self._rows("coop_ballot", "id", poll)}
        poll.action_close()
        poll._tally(words[:2])
        after = self._rows("coop_ballot", "id, commitment", poll)
        self.assertFalse(before & {row[0] for row in after})
        self.assertEqual([row[1] for row in after], sorted(cast))
        numbers = [row[1] for row in self._rows("coop_poll_roll", "id, number", poll)]
        self.assertEqual(numbers, sorted(numbers))
        self.env.cr.execute("SELECT sealed FROM coop_ballot WHERE poll_id = %s", [poll.id])
        self.assertEqual({row[0] for row in self.env.cr.fetchall()}, {None})
        # Published in an order that is chance too.
        poll.action_publish()
        ballots = json.loads(poll._publication())["ballots"]
        self.assertEqual(ballots, sorted(ballots, key=lambda one: one["nonce"]))

    def test_nothing_is_told_before_the_count(self):
        poll, words = self._open()
        receipt = poll._cast(self.voters[0], [1])
        self.assertIsNone(poll._find_ballot(receipt["commitment"]))
        with self.assertRaises(UserError):
            poll._publication()
        for voter in self.voters[1:6]:
            poll._cast(voter, [2])
        poll.action_close()
        self.assertEqual(poll._find_ballot(receipt["commitment"]), {"choice": None})
        self.assertIsNone(poll._find_ballot("00" * 32))
        poll._tally(words[:2])
        self.assertEqual(poll._find_ballot(receipt["commitment"]), {"choice": None})
        poll.action_publish()
        self.assertEqual(poll._find_ballot(receipt["commitment"]), {"choice": "Yes"})
