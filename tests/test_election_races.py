"""An election at the same moment from several sessions, on real connections."""

from datetime import timedelta

from test_vote_races import VoteRaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command


class TestElectionRaces(VoteRaceCase):
    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            elections = env["coop.election"].search([("company_id", "=", cls.company_id)])
            bodies = env["coop.body"].search([("company_id", "=", cls.company_id)])
            for records in (elections, elections.candidate_ids, elections.mandate_ids, bodies):
                records.message_ids.unlink()
            elections.activity_ids.unlink()
            env.cr.execute("DELETE FROM coop_mandate WHERE company_id = %s", [cls.company_id])
            env.cr.execute("DELETE FROM coop_candidate WHERE company_id = %s", [cls.company_id])
            env.cr.execute(
                "UPDATE coop_poll SET election_id = NULL WHERE company_id = %s", [cls.company_id]
            )
            env.cr.execute("DELETE FROM coop_election WHERE company_id = %s", [cls.company_id])
            env.cr.execute("DELETE FROM coop_body WHERE company_id = %s", [cls.company_id])
        super()._clean_up()

    def _call(self, **values):
        """Return the id of an election that calls for candidates."""
        with self.connection() as env:
            body = env["coop.body"].create(
                {"name": "Council", "seats": 5, "company_id": self.company_id}
            )
            today = fields.Date.today()
            election = env["coop.election"].create(
                {
                    "title": "Race",
                    "body_id": body.id,
                    "company_id": self.company_id,
                    "seats": 3,
                    "deadline": fields.Datetime.now() + timedelta(days=1),
                    "date_start": today + timedelta(days=30),
                    "date_end": today + timedelta(days=300),
                    **values,
                }
            )
            election.action_call()
            return election.id

    def _stand(self, election_id, voter_id):
        def call(env):
            candidate = env["coop.candidate"].create(
                {"election_id": election_id, "partner_id": voter_id, "text": "Faster"}
            )
            candidate.action_accept()
            candidate.action_admit()
            return candidate.id

        return call

    def _hold(self, election_id):
        """Hold the vote until it is counted; return its id."""
        with self.connection() as env:
            election = env["coop.election"].browse(election_id)
            election.deadline = fields.Datetime.now() - timedelta(seconds=1)
            election.action_vote()
            poll = election.poll_id
            poll.scrutineer_ids = [Command.set(self.scrutineer_ids)]
            poll.action_freeze()
            words = [own for _person, own in poll._open()]
            numbers = poll.option_ids.mapped("number")
            for voter in env["res.partner"].browse(self.voter_ids[:10]):
                poll._cast(voter, numbers)
            poll.action_close()
            poll._tally(words)
            return poll.id

    def _mandates(self, election_id):
        with self.connection() as env:
            mandates = env["coop.mandate"].search([("election_id", "=", election_id)])
            return mandates.mapped("partner_id.id")

    def test_one_result_published_twice_gives_mandates_once(self):
        election_id = self._call()
        for voter_id in self.voter_ids[:3]:
            with self.connection() as env:
                self._stand(election_id, voter_id)(env)
        poll_id = self._hold(election_id)

        def publish(env):
            return env["coop.poll"].browse(poll_id).action_publish()

        results = self.at_once([publish] * 4)
        self.assertEqual(results.count(True), 1)
        refused = [one for one in results if one is not True]
        self.assertTrue(all(isinstance(one, UserError) for one in refused), refused)
        self.assertIn("cannot be done any more", str(refused[0]))
        self.assertEqual(sorted(self._mandates(election_id)), sorted(self.voter_ids[:3]))

        def give(env):
            return env["coop.election"].browse(election_id).action_give_mandates()

        self.at_once([give] * 4)
        self.assertEqual(sorted(self._mandates(election_id)), sorted(self.voter_ids[:3]))

    def test_one_person_stands_from_several_sessions(self):
        election_id = self._call()
        results = self.at_once([self._stand(election_id, self.voter_ids[0])] * 5)
        refused = [one for one in results if isinstance(one, UserError)]
        self.assertEqual(len(refused), 4, results)
        self.assertIn("already", str(refused[0]))
        with self.connection() as env:
            domain = [("election_id", "=", election_id)]
            self.assertEqual(env["coop.candidate"].search_count(domain), 1)

    def test_withdrawn_while_the_ballot_is_frozen(self):
        """The candidate is either not on the ballot, or on it and known to have withdrawn."""
        election_id = self._call()
        for voter_id in self.voter_ids[:3]:
            with self.connection() as env:
                self._stand(election_id, voter_id)(env)
        with self.connection() as env:
            election = env["coop.election"].browse(election_id)
            election.deadline = fields.Datetime.now() - timedelta(seconds=1)
            election.action_vote()
            election.poll_id.scrutineer_ids = [Command.set(self.scrutineer_ids)]
            poll_id, candidate_id = election.poll_id.id, election.candidate_ids[0].id

        def freeze(env):
            return env["coop.poll"].browse(poll_id).action_freeze()

        def withdraw(env):
            env["coop.candidate"].browse(candidate_id)._withdraw("Too fast")
            return True

        self.assertEqual(self.at_once([freeze, withdraw]), [True, True])
        with self.connection() as env:
            candidate = env["coop.candidate"].browse(candidate_id)
            options = env["coop.poll"].browse(poll_id).option_ids
            self.assertEqual(candidate.state, "withdrawn")
            self.assertEqual(candidate.partner_id in options.partner_id, candidate.on_ballot)
            self.assertEqual(len(options), 3 if candidate.on_ballot else 2)
