import uuid
from concurrent.futures import ThreadPoolExecutor

from psycopg2 import errors

from odoo.tests import tagged

from .concurrency_common import ConcurrencyCase

CONNECTIONS = 6


@tagged("post_install", "-at_install")
class TestServiceConcurrency(ConcurrencyCase):
    """One form sent by several connections at once makes one request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            company = env["res.company"].create({"name": "Cooperative of Impatience"})
            partner = env["res.partner"].create({"name": "Double Clicker"})
            membership = env["coop.membership"].create(
                {"partner_id": partner.id, "company_id": company.id}
            )
            service = env["coop.service"].create({"name": "Patience", "company_id": company.id})
            cls.company_id, cls.partner_id = company.id, partner.id
            cls.membership_id, cls.service_id = membership.id, service.id
        cls.addClassCleanup(cls.clean_up)

    @classmethod
    def clean_up(cls):
        """Delete what was committed."""
        with cls.connection() as env:
            env["coop.service.request"].search([("company_id", "=", cls.company_id)]).unlink()
            env["coop.service"].browse(cls.service_id).unlink()
            env["coop.membership"].browse(cls.membership_id).unlink()
            company = env["res.company"].browse(cls.company_id)
            cls.delete_company(env, company, env["res.partner"].browse(cls.partner_id))

    def send(self, token):
        """Send the form until it is through, as the server does.

        :return: the id of the request, and how often it was replayed
        """
        replays = 0
        while True:
            try:
                with self.connection() as env:
                    made = env["coop.service.request"]._create_once(
                        env["coop.membership"].browse(self.membership_id),
                        token,
                        {"service_id": self.service_id, "message": "Now!"},
                    )
                    env.flush_all()
                    return made.id, replays
            except errors.SerializationFailure:
                replays += 1

    def test_one_form_makes_one_request(self):
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            outcomes = list(pool.map(self.send, [str(uuid.uuid4())] * CONNECTIONS))
        self.assertEqual(len({request_id for request_id, _replays in outcomes}), 1)
        with self.connection() as env:
            count = env["coop.service.request"].search_count([("company_id", "=", self.company_id)])
        self.assertEqual(count, 1)
        self.assertTrue(sum(replays for _id, replays in outcomes), "nobody met anybody")
