import random
from concurrent.futures import ThreadPoolExecutor

from psycopg2 import errors

from odoo.tests import tagged

from .concurrency_common import ConcurrencyCase

MEMBERS = 40
CONNECTIONS = 8


class AbandonedError(Exception):
    """Somebody changed their mind after the number was given: the transaction rolls back."""


@tagged("post_install", "-at_install")
class TestNumberConcurrency(ConcurrencyCase):
    """Real connections at once, committed and rolled back; then all is cleaned up again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            company = env["res.company"].create({"name": "Cooperative of a Race"})
            partners = env["res.partner"].create(
                [{"name": f"Runner {index}"} for index in range(MEMBERS)]
            )
            candidates = env["coop.membership"].create(
                [{"partner_id": partner.id, "company_id": company.id} for partner in partners]
            )
            cls.company_id, cls.partner_ids, cls.candidate_ids = (
                company.id,
                partners.ids,
                candidates.ids,
            )
        cls.addClassCleanup(cls.clean_up)

    @classmethod
    def clean_up(cls):
        """Delete what was committed; numbers are for ever, so the trigger sleeps meanwhile."""
        with cls.connection() as env:
            env.cr.execute("ALTER TABLE coop_membership DISABLE TRIGGER USER")
            env.cr.execute("DELETE FROM coop_membership WHERE company_id = %s", [cls.company_id])
            env.cr.execute("ALTER TABLE coop_membership ENABLE TRIGGER USER")
            company = env["res.company"].browse(cls.company_id)
            env.cr.execute("DELETE FROM coop_counter WHERE company_id = %s", [cls.company_id])
            env.cr.execute(
                "DELETE FROM mail_message WHERE model = 'coop.membership' AND res_id = ANY(%s)",
                [cls.candidate_ids],
            )
            cls.delete_company(env, company, env["res.partner"].browse(cls.partner_ids))

    def activate(self, membership_id):
        """Activate in an own transaction, again and again until it is through.

        :return: how often a snapshot was too old, and how often somebody changed their mind
        """
        chance = random.Random(membership_id)
        replays = abandons = 0
        while True:
            try:
                with self.connection() as env:
                    membership = env["coop.membership"].browse(membership_id)
                    membership.action_activate()
                    env.flush_all()
                    if chance.random() < 0.4:
                        raise AbandonedError
                return replays, abandons
            except errors.SerializationFailure:
                replays += 1
            except AbandonedError:
                abandons += 1

    def test_no_gap_and_no_double(self):
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            outcomes = list(pool.map(self.activate, self.candidate_ids))
        with self.connection() as env:
            numbers = env["coop.membership"].browse(self.candidate_ids).mapped("number")
            counter = env["coop.counter"].search([("company_id", "=", self.company_id)])
            self.assertEqual(counter.last_number, MEMBERS)
        self.assertEqual(sorted(numbers), list(range(1, MEMBERS + 1)))
        self.assertTrue(sum(replays for replays, _abandons in outcomes), "nobody met anybody")
        self.assertTrue(sum(abandons for _replays, abandons in outcomes), "nobody rolled back")
