from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from psycopg2 import errors

from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .concurrency_common import ConcurrencyCase

CONNECTIONS = 6


@tagged("post_install", "-at_install")
class TestDirectoryConcurrency(ConcurrencyCase):
    """A double click, and two members with the same idea: real connections, cleaned up after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            partner = env["res.partner"].create({"name": "Double Click"})
            membership = env["coop.membership"].create({"partner_id": partner.id})
            cls.partner_id, cls.membership_id = partner.id, membership.id
        cls.addClassCleanup(cls.clean_up)

    @classmethod
    def clean_up(cls):
        with cls.connection() as env:
            env["coop.membership"].browse(cls.membership_id).unlink()
            env["res.partner"].browse(cls.partner_id).unlink()
            env["coop.skill"].search([("key", "like", "raceskill")]).unlink()

    def save(self, barrier, index):
        """Save the form in an own transaction, replayed as the server does it.

        :return: id of the entry, and how often it was replayed
        """
        for replays in range(CONNECTIONS + 1):
            try:
                with self.connection() as env:
                    # Everybody's snapshot is from before: nobody sees what the others make.
                    env["coop.skill"].search_count([])
                    if not replays:
                        barrier.wait(timeout=20)
                    Form = env["coop.directory.form"]
                    form = Form._read(
                        {"listed": "1", "skills": f"Race Skill, RACE-SKILL {index % 2}"}
                    )
                    membership = env["coop.membership"].browse(self.membership_id)
                    entry, found = Form._save(membership, form)
                    env.flush_all()
                    self.assertFalse(found)
                    entry_id = entry.id
                return entry_id, replays
            except (ConcurrencyError, errors.SerializationFailure):
                continue
        raise AssertionError("each replay met another one")

    def test_same_entry_and_same_skills_at_once(self):
        barrier = Barrier(CONNECTIONS)
        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(CONNECTIONS) as pool:
            results = list(pool.map(lambda index: self.save(barrier, index), range(CONNECTIONS)))
        self.assertEqual(len({entry_id for entry_id, _replays in results}), 1)
        self.assertTrue(any(replays for _entry_id, replays in results), "nobody met anybody")
        with self.connection() as env:
            keys = set(env["coop.skill"].search([("key", "like", "raceskill")]).mapped("key"))
            self.assertEqual(keys, {"raceskill", "raceskill0", "raceskill1"})
