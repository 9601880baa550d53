"""Ballots, closings and proxies at the same moment, on real connections."""

import random
import threading
import time

from vote_race import VoteRaceCase

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

SAME = 40
# Seconds: a transaction of any database of the server, of another test perhaps, keeps old rows.
PATIENCE = 400


class TestCastRaces(VoteRaceCase):
    def test_forty_casts_of_one_voter(self):
        poll_id, _words = self._open()
        answers = self.at_once([self._cast(poll_id, self.voter_ids[0])] * SAME)
        cast = [one for one in answers if not isinstance(one, UserError)]
        refused = [one for one in answers if isinstance(one, UserError)]
        self.assertEqual((len(cast), len(refused)), (1, SAME - 1))
        self.assertTrue(all("already" in str(one) for one in refused), refused)
        self.assertEqual(self._ballots(poll_id), cast)

    def test_casts_while_it_is_closed(self):
        """Whoever got a receipt is counted, and everybody else is told that it is closed."""
        poll_id, words = self._open()

        def close(env):
            return env["coop.poll"].browse(poll_id).action_close()

        casts = [self._cast(poll_id, voter_id) for voter_id in self.voter_ids[: SAME - 1]]
        answers = self.at_once([*casts[:20], close, *casts[20:]])
        cast = sorted(one for one in answers if isinstance(one, str))
        refused = [one for one in answers if isinstance(one, UserError)]
        self.assertEqual(len(cast) + len(refused), len(casts))
        self.assertTrue(all("is closed" in str(one) for one in refused), refused)
        self._step(poll_id, "action_record")
        with self.connection() as env:
            poll = env["coop.poll"].browse(poll_id)
            self.assertEqual((poll.state, poll.ballot_count), ("closed", len(cast)))
        self.assertEqual(self._ballots(poll_id), cast)
        self._step(poll_id, "_tally", words)

    def test_a_cast_in_flight_is_waited_for(self):
        """The closing waits for a cast that holds the vote, and the record has its ballot."""
        poll_id, _words = self._open()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, self._context())
            committed = self._cast(poll_id, self.voter_ids[0])(env)
            closing = threading.Thread(target=self._step, args=(poll_id, "action_close"))
            closing.start()
            closing.join(timeout=1)
            self.assertTrue(closing.is_alive(), "the closing did not wait")
            cr.commit()
        closing.join(timeout=30)
        self.assertFalse(closing.is_alive())
        self._step(poll_id, "action_record")
        with self.connection() as env:
            poll = env["coop.poll"].browse(poll_id)
            self.assertEqual((poll.ballot_count, poll._read_commitments()), (1, [committed]))

    def test_the_transaction_that_closes_does_not_record(self):
        poll_id, _words = self._open()
        with self.connection() as env:
            poll = env["coop.poll"].browse(poll_id)
            poll.action_close()
            self.assertFalse(poll.merkle_root)
            with self.assertRaisesRegex(UserError, "in a new step"):
                poll.action_record()

    def test_closed_and_counted_once(self):
        poll_id, words = self._open()
        for voter_id in self.voter_ids[:6]:
            self.at_once([self._cast(poll_id, voter_id)])

        def step(name, *arguments):
            return lambda env: getattr(env["coop.poll"].browse(poll_id), name)(*arguments) or "done"

        answers = self.at_once([step("action_close")] * 4)
        self.assertEqual(sum(isinstance(one, UserError) for one in answers), 3)
        self._step(poll_id, "action_record")
        answers = self.at_once([step("_tally", words)] * 4)
        self.assertEqual(sum(isinstance(one, UserError) for one in answers), 3)
        with self.connection() as env:
            self.assertEqual(env["coop.poll"].browse(poll_id).state, "tallied")

    # ------------------------------------------------------------------
    # Secrecy, with the rights of whoever owns the database
    # ------------------------------------------------------------------

    def _look(self, poll_id, columns):
        """Return what the owner of the database sees of both tables."""
        with self.connection() as env:
            found = []
            for table, name in (("coop_poll_roll", "partner_id"), ("coop_ballot", "commitment")):
                env.cr.execute(
                    f"SELECT {name}, {columns} FROM {table} WHERE poll_id = %s"
                    + (" AND state = 'voted'" if table == "coop_poll_roll" else ""),
                    [poll_id],
                )
                found.append(env.cr.fetchall())
            return found

    def _join_by_transaction(self, poll_id):
        """Join rows of the roll and ballots that one transaction wrote."""
        roll, ballots = self._look(poll_id, "xmin::text")
        by_transaction = {}
        for committed, transaction in ballots:
            by_transaction.setdefault(transaction, []).append(committed)
        return {
            voter: by_transaction[transaction][0]
            for voter, transaction in roll
            if len(by_transaction.get(transaction, ())) == 1
        }

    def _join_by_order(self, poll_id, column):
        """Join rows in the order of a column: the n-th mark with the n-th ballot."""
        roll, ballots = self._look(poll_id, column)
        voters = [voter for voter, _place in sorted(roll, key=lambda row: row[1])]
        committed = [one for one, _place in sorted(ballots, key=lambda row: row[1])]
        return dict(zip(voters, committed, strict=True))

    def test_roll_and_ballots_cannot_be_joined_after_the_count(self):
        """Tried with the rights of the owner of the database, after the publication:

        - ids, `xmin` and `ctid` of both tables: rows of one transaction, the n-th with the n-th;
        - old rows on the pages of both tables, and columns that hold a time;
        - the text of every row of every other table (chatter, mails, bus, server log in the
          database, attachments, triggers of jobs, devices …) for a ballot's number;
        - what the server remembers of statements: `pg_stat_activity`, commit times, prepared
          transactions, `pg_stat_statements` where it is there; and the log of the software.

        What is not tried, because it is there and the documentation says so: the write-ahead log
        and backups from before the count, and a log of statements that the owner switches on.
        Before the count, who owns the database can join them by `xmin`: the documentation says so,
        and the test shows that its way of joining finds what there is to find.
        """
        poll_id, words = self._open()
        with self.connection() as env:
            self.assertFalse(env["coop.poll"].browse(poll_id).traces_left)
        truth = {}
        order = self.voter_ids[:]
        random.Random(3).shuffle(order)
        with self.assertNoLogs("odoo.addons.smart_workgroups"):
            for voter_id in order:
                [truth[voter_id]] = self.at_once([self._cast(poll_id, voter_id)])
        self.assertEqual(self._join_by_transaction(poll_id), truth)
        self._step(poll_id, "action_close")
        self._step(poll_id, "action_record")
        self._step(poll_id, "_tally", words)
        self._wait_until_no_trace_is_left(poll_id)
        self._step(poll_id, "action_publish")
        # One transaction wrote all rows of both tables: nothing is alone in it.
        self.assertEqual(self._join_by_transaction(poll_id), {})
        # By id and by place on the disk: no better than by chance.
        for column in ("id", "ctid::text", "xmin::text::bigint"):
            joined = self._join_by_order(poll_id, column)
            right = sum(truth[voter] == committed for voter, committed in joined.items())
            self.assertLess(right, self.VOTERS // 5, column)
        self._assert_no_old_row(poll_id, truth)
        self._assert_told_nowhere(truth)
        # No column holds a time, and nobody's name or number stands with a ballot.
        with self.connection() as env:
            env.cr.execute(
                "SELECT count(*) FROM information_schema.columns WHERE table_name IN "
                "('coop_ballot', 'coop_poll_roll') AND data_type LIKE '%time%'"
            )
            self.assertEqual(env.cr.fetchone(), (0,))
            messages = env["mail.message"].search(
                [("model", "=", "coop.poll"), ("res_id", "=", poll_id)]
            )
            told = " ".join(messages.mapped("body"))
            self.assertFalse([one for one in truth.values() if one in told])

    def _assert_told_nowhere(self, truth):
        """No other table of the database holds the number of a ballot, nor does the server."""
        wanted = [f"%{committed}%" for committed in list(truth.values())[:5]]
        with self.connection() as env:
            env.cr.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
            tables = [name for (name,) in env.cr.fetchall()]
            self.assertGreater(len(tables), 200)
            telling = []
            for name in tables:
                env.cr.execute(
                    f'SELECT 1 FROM "{name}" AS line WHERE line::text LIKE ANY(%s) LIMIT 1',
                    [wanted],
                )
                telling += [name] if env.cr.fetchone() else []
            self.assertEqual(telling, ["coop_ballot"])
            env.cr.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND query LIKE ANY(%s)",
                [wanted],
            )
            self.assertEqual(env.cr.fetchone(), (0,))
            env.cr.execute("SELECT count(*) FROM pg_prepared_xacts")
            self.assertEqual(env.cr.fetchone(), (0,))
            env.cr.execute(
                "SELECT current_setting('track_commit_timestamp'), current_setting('log_statement')"
            )
            self.assertEqual(env.cr.fetchone(), ("off", "none"))
            env.cr.execute("SELECT to_regclass('pg_stat_statements')")
            if env.cr.fetchone()[0]:
                env.cr.execute(
                    "SELECT count(*) FROM pg_stat_statements WHERE query LIKE ANY(%s)", [wanted]
                )
                self.assertEqual(env.cr.fetchone(), (0,))

    def _wait_until_no_trace_is_left(self, poll_id):
        """Let the job come by, as it does, until no transaction of the server keeps old rows."""
        end = time.monotonic() + PATIENCE
        while True:
            with self.connection() as env:
                if not env["coop.poll"].browse(poll_id).traces_left:
                    return
                self.assertLess(time.monotonic(), end, "something keeps old rows alive")
            self._step(poll_id, "_cron_remove_traces")
            time.sleep(1)

    def _assert_no_old_row(self, poll_id, truth):
        """The pages on the disk hold the rows that are there now, and no other."""
        with self.connection() as env:
            for table in ("coop_ballot", "coop_poll_roll"):
                env.cr.execute(f"SELECT count(*) FROM {table}")
                [live] = env.cr.fetchone()
                env.cr.execute(
                    f"SELECT pg_relation_size('{table}') / current_setting('block_size')::int"
                )
                [pages] = env.cr.fetchone()
                env.cr.execute(f"SELECT count(DISTINCT (ctid::text::point)[0]) FROM {table}")
                [used] = env.cr.fetchone()
                # A page of old rows only would be one more than those with rows.
                self.assertEqual(pages, used, table)
                self.assertGreaterEqual(live, len(truth))


class TestProxyRaces(VoteRaceCase):
    def _give(self, principal_id, holder_id):
        def call(env):
            return (
                env["coop.proxy"]
                .create(
                    {
                        "assembly_id": self.assembly_id,
                        "principal_id": principal_id,
                        "holder_id": holder_id,
                    }
                )
                .id
            )

        return call

    def _given(self):
        with self.connection() as env:
            return [
                (proxy.principal_id.id, proxy.holder_id.id)
                for proxy in env["coop.proxy"].search(
                    [("assembly_id", "=", self.assembly_id), ("state", "=", "given")]
                )
            ]

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            env["res.company"].browse(self.company_id).proxy_cap = 2

    def tearDown(self):
        with self.connection() as env:
            env.cr.execute("DELETE FROM coop_proxy WHERE company_id = %s", [self.company_id])
        super().tearDown()

    def test_cap_holds(self):
        holder, *givers = self.voter_ids[:13]
        answers = self.at_once([self._give(giver, holder) for giver in givers])
        self.assertEqual(sum(isinstance(one, int) for one in answers), 2, answers)
        self.assertEqual(len(self._given()), 2)

    def test_no_chain_and_no_circle(self):
        first, second, third = self.voter_ids[:3]
        self.at_once(
            [self._give(first, second), self._give(second, third), self._give(third, first)]
        )
        given = self._given()
        self.assertTrue(given)
        self.assertFalse({giver for giver, _holder in given} & {holder for _giver, holder in given})

    def test_proxy_and_principal_at_once(self):
        """One ballot, whoever casts it; a proxy that was taken back casts none."""
        principal_id, holder_id = self.voter_ids[:2]
        for _turn in range(3):
            poll_id, _words = self._open(assembly_id=self.assembly_id)
            self.at_once([self._give(principal_id, holder_id)])

            def by_proxy(env, poll_id=poll_id):
                principal, holder = env["res.partner"].browse([principal_id, holder_id])
                return env["coop.poll"].browse(poll_id)._cast_as(holder, principal, [1])

            def in_person(env, poll_id=poll_id):
                person = env["res.partner"].browse(principal_id)
                poll = env["coop.poll"].browse(poll_id)
                env["coop.proxy"]._come_in_person(poll.assembly_id, person)
                return poll._cast_as(person, person, [2])

            answers = self.at_once([by_proxy, in_person] * 4)
            cast = [one for one in answers if isinstance(one, dict)]
            self.assertEqual(len(cast), 1, answers)
            self.assertEqual(len(self._ballots(poll_id)), 1)
            with self.connection() as env:
                env.cr.execute("DELETE FROM coop_proxy WHERE company_id = %s", [self.company_id])
