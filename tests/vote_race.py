"""Real connections at once, on one vote: what the tests of its races share."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from race import RaceCase

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying

from odoo.addons.smart_workgroups.tests.vote_common import make_voters

# Connections at once that one database server lets a test have.
CROWD = 40
POLL_TABLES = ("coop_ballot", "coop_poll_roll", "coop_poll_option")


class VoteRaceCase(RaceCase):
    """A committed company with voters and what a vote needs."""

    VOTERS = 50

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            company.governance_lang_ids = env.ref("base.lang_en")
            voters = make_voters(env, company, cls.VOTERS, prefix="Racer")
            scrutineers = env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
            cls.partner_ids += voters.ids + scrutineers.ids
            cls.voter_ids, cls.scrutineer_ids = voters.ids, scrutineers.ids
            cls.rule_id = env.ref("smart_workgroups.resolution_class_ordinary").id
            cls.assembly_id = env["coop.assembly"].create({"name": "Race"}).id

    @classmethod
    def _clean_up(cls):
        """Register and numbers are for ever, so their triggers sleep while the company goes."""
        tables = ("coop_share_movement", "coop_membership")
        with cls.connection() as env:
            for table in tables:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            polls = env["coop.poll"].search([("company_id", "=", cls.company_id)])
            polls.message_ids.unlink()
            for table in POLL_TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE poll_id = ANY(%s)", [polls.ids])
            env.cr.execute("DELETE FROM coop_poll WHERE id = ANY(%s)", [polls.ids])
            for table in ("coop_translation", "coop_proxy", "coop_assembly", "coop_share_movement"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.cr.execute("DELETE FROM coop_share_class WHERE company_id = %s", [cls.company_id])
        try:
            super()._clean_up()
        finally:
            with cls.connection() as env:
                for table in tables:
                    env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def _open(self, **values):
        """Return the id of an open vote, and the words of its scrutineers."""
        with self.connection() as env:
            poll = env["coop.poll"].create(
                {
                    "title": "Race",
                    "company_id": self.company_id,
                    "class_id": self.rule_id,
                    "scrutineer_ids": [Command.set(self.scrutineer_ids)],
                    **values,
                }
            )
            poll.action_freeze()
            return poll.id, [words for _person, words in poll._open()]

    def _cast(self, poll_id, voter_id, mark=1):
        def call(env):
            voter = env["res.partner"].browse(voter_id)
            return env["coop.poll"].browse(poll_id)._cast(voter, [mark])["commitment"]

        return call

    def crowd(self, calls):
        """Call all of them, as many at once as the server has connections for."""
        waiting = threading.Semaphore(CROWD)

        def run(call):
            with waiting, self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, self._context())
                try:
                    return retrying(partial(call, env), env)
                except UserError as error:
                    cr.rollback()
                    return error

        # Those who wait are few too: a machine has threads for so many.
        with ThreadPoolExecutor(min(len(calls), 2 * CROWD)) as pool:
            return list(pool.map(run, calls))

    def _step(self, poll_id, name, *arguments):
        with self.connection() as env:
            return getattr(env["coop.poll"].browse(poll_id), name)(*arguments)

    def _ballots(self, poll_id):
        with self.connection() as env:
            return env["coop.poll"].browse(poll_id)._read_commitments()

    def _marks(self, poll_id):
        with self.connection() as env:
            rows = env["coop.poll"].browse(poll_id)._read_roll()
            return sum(state == "voted" for _number, _category, state in rows)
