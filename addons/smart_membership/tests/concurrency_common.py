"""Real connections at once in tests of the addon: what they commit, they clean up themselves."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.orm.environments import Transaction
from odoo.service.model import retrying
from odoo.tests import TransactionCase
from odoo.tools import SQL

# What a new company gets where goods are kept, in an order in which it can go: rules name routes
# and locations, warehouses name types of transfers, and so on. Nothing else deletes all of it.
WAREHOUSE_TABLES = (
    "product_value",
    "stock_rule",
    "stock_warehouse",
    "stock_picking_type",
    "stock_route",
    "stock_location",
    "ir_sequence",
)


def delete_company(env, company, partners):
    """Delete a company that holds nothing any more, with contacts that belong to the test."""
    partners |= company.partner_id
    # A new company gets the providers of payments of the first one.
    providers = env["payment.provider"].with_context(active_test=False)
    providers.search([("company_id", "=", company.id)]).unlink()
    if "stock.warehouse" in env:
        env.flush_all()
        env.cr.execute(
            "UPDATE res_company SET internal_transit_location_id = NULL WHERE id = %s", [company.id]
        )
        for table in WAREHOUSE_TABLES:
            env.cr.execute(
                SQL("DELETE FROM %s WHERE company_id = %s", SQL.identifier(table), company.id)
            )
        env.invalidate_all()
    company.unlink()
    partners.unlink()


class Connection:
    """An environment on a connection of its own that commits at the end, or rolls back."""

    def __init__(self, registry, **context):
        self.registry = registry
        self.context = {"tracking_disable": True, **context}

    def __enter__(self):
        # The registry's own way hands out the test's cursor, which is not a race.
        self.cursor = self.registry._db.cursor()
        # Given here, for looking the registry up waits for the lock that a test run may hold.
        self.cursor.transaction = Transaction(self.registry)
        return api.Environment(self.cursor, SUPERUSER_ID, self.context)

    def __exit__(self, error_type, error, traceback):
        try:
            if error_type is None:
                self.cursor.commit()
            else:
                self.cursor.rollback()
        finally:
            self.cursor.close()


class ConcurrencyCase(TransactionCase):
    """Connections of their own beside the test's cursor, which all others would share."""

    @classmethod
    def connection(cls, **context):
        return Connection(cls.env.registry, **context)

    def at_once(self, calls, **context):
        """Call every function on a connection of its own, when all have their snapshot.

        :return: what each returned, or the ``UserError`` that refused it
        """
        barrier = threading.Barrier(len(calls))

        def run(call):
            with self.connection(**context) as env:
                env["coop.membership"].search_count([])
                barrier.wait(timeout=60)
                try:
                    # As in the server, a call that loses a race is replayed.
                    return retrying(partial(call, env), env)
                except UserError as error:
                    env.cr.rollback()
                    return error

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    delete_company = staticmethod(delete_company)
