"""Real connections at once: what the tests of races share."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests.common import BaseCase, get_db_name

from odoo.addons.smart_membership.tests.concurrency_common import delete_company

# The server replays a call that loses a race; how often somebody presses the button after that.
PRESSES = 5
# What to invoice, so that EUR 100 reach the Activity after the contribution of 6.5 %.
PRICE_OF_100 = 106.95

# What a company of a race holds, children first. The numbers of members and Activities are for ever
# in the books, so nothing but SQL takes them away again.
TABLES = [
    "coop_investment_buyout_line",
    "coop_investment_buyout",
    "coop_investment_booking",
    "coop_investment_invitation",
    "coop_investment_pledge",
    "coop_investment_movement",
    "coop_investment_share",
    "coop_investment",
    "coop_budget_transfer",
    "account_partial_reconcile",
    "account_analytic_line",
    "account_move_line",
    "account_move",
    "coop_budget_reservation",
    "coop_activity",
    "coop_membership",
    "coop_contribution_rate",
    "coop_counter",
]


class RaceCase(BaseCase):
    """A company of its own, committed, with a member and what the posting of an invoice needs.

    Not a `TransactionCase`: there all cursors are one, which is no race.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.partner_ids = []
        with cls.connection() as env:
            cls.company_id = cls._make_company(env).id
            cls.addClassCleanup(cls._clean_up)
            cls.membership_id = cls._make_membership(env).id

    @classmethod
    @contextmanager
    def connection(cls) -> Iterator[api.Environment]:
        """Give an environment on a connection of its own, committed at the end."""
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, cls._context())

    @classmethod
    def _context(cls) -> dict:
        company_id = getattr(cls, "company_id", None)
        return {"tracking_disable": True} | (
            {"allowed_company_ids": [company_id]} if company_id else {}
        )

    def at_once(self, calls: list[Callable]) -> list:
        """Call every function with an environment of its own, all at the same time.

        Each first takes its snapshot of the database; only when all have one, they start. As in the
        server, a call that loses a race is replayed; it is committed when it is through.

        :return: what each returned, or the `UserError` that refused it
        """
        barrier = threading.Barrier(len(calls))

        def run(call):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, self._context())
                env["coop.activity"].search_count([])
                barrier.wait(timeout=60)
                for press in range(PRESSES):
                    try:
                        return retrying(partial(call, env), env)
                    except SerializationFailure:
                        # The server gave up after its tries; people press the button again.
                        cr.rollback()
                        if press == PRESSES - 1:
                            raise
                    except UserError as error:
                        cr.rollback()
                        return error

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    @classmethod
    def _make_company(cls, env):
        return env["res.company"].create({"name": f"Cooperative of {cls.__name__}"})

    @classmethod
    def _make_membership(cls, env):
        partner = env["res.partner"].create({"name": f"Member of {cls.__name__}"})
        cls.partner_ids += partner.ids
        return env["coop.membership"].create(
            {"partner_id": partner.id, "company_id": cls.company_id}
        )

    @classmethod
    def _make_activity(cls, env, **values):
        return env["coop.activity"].create(
            {
                "name": "Pottery",
                "membership_id": cls.membership_id,
                "company_id": cls.company_id,
                "state": "open",
                **values,
            }
        )

    @classmethod
    def _make_books(cls, env):
        """Give the company the few accounts that an invoice needs, and a rate of 6.5 %."""
        company = env["res.company"].browse(cls.company_id)
        accounts = (
            env["account.account"]
            .with_company(company)
            .create(
                [
                    {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                    for name, code, kind in (
                        ("Customers", "400000", "asset_receivable"),
                        ("Sales", "700000", "income"),
                        ("Contribution", "649000", "expense"),
                    )
                ]
            )
        )
        receivable, income, contribution = accounts
        env["account.journal"].create(
            {
                "name": "Sales",
                "code": "RACE",
                "type": "sale",
                "company_id": company.id,
                "default_account_id": income.id,
            }
        )
        company.contribution_account_id = contribution
        if not company.shared_services_account_id:
            company.shared_services_account_id = env["account.analytic.account"].create(
                {
                    "name": "Shared services",
                    "plan_id": env.ref("smart_activity_billing.analytic_plan_shared_services").id,
                    "company_id": company.id,
                }
            )
        env["coop.contribution.rate"].create(
            {"company_id": company.id, "date_from": "2020-01-01", "rate": 6.5}
        )
        client = (
            env["res.partner"]
            .with_company(company)
            .create({"name": "Client of a Race", "property_account_receivable_id": receivable.id})
        )
        cls.partner_ids += client.ids
        return client

    @classmethod
    def _make_transfer_books(cls, env):
        """Give the company the account and the journal of transfers of budget."""
        company = env["res.company"].browse(cls.company_id)
        account = env["account.account"].with_company(company)
        company.budget_transfer_account_id = account.create(
            {
                "name": "Transfers",
                "code": "649100",
                "account_type": "expense",
                "company_ids": company.ids,
            }
        )
        env["account.journal"].create(
            {"name": "Various", "code": "VAR", "type": "general", "company_id": company.id}
        )

    @classmethod
    def _make_invoice(cls, env, client, activity, price, **values):
        return (
            env["account.move"]
            .with_company(cls.company_id)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": client.id,
                    "invoice_date": fields.Date.today(),
                    "activity_id": activity.id,
                    "invoice_line_ids": [
                        fields.Command.create({"name": "Work", "price_unit": price, "tax_ids": []})
                    ],
                    **values,
                }
            )
        )

    def _make_funded_activities(self, count):
        """Return the ids of new Activities with EUR 100 available each, invoiced to a client."""
        with self.connection() as env:
            client = env["res.partner"].browse(self.client_id)
            ids = []
            for _number in range(count):
                activity = self._make_activity(env)
                self._make_invoice(env, client, activity, PRICE_OF_100).action_post()
                self.assertEqual(activity.available, 100)
                ids.append(activity.id)
            return ids

    @classmethod
    def _give_money(cls, env, activity, amount):
        """Give an Activity so much, where one analytic line is as good as an invoice."""
        env.cr.execute(
            f"""
            INSERT INTO account_analytic_line
                   (name, date, amount, company_id, {activity._analytic_column()})
            VALUES ('Sold pots', CURRENT_DATE, %s, %s, %s)
            """,
            [amount, cls.company_id, activity.analytic_account_id.id],
        )

    # ------------------------------------------------------------------
    # Cleaning up
    # ------------------------------------------------------------------

    @classmethod
    def _clean_up(cls):
        """Delete all that was committed."""
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            partners = env["res.partner"].browse(cls.partner_ids)
            partners.with_company(company).property_account_receivable_id = False
            partners |= company.partner_id
            for model in (
                "coop.activity",
                "coop.budget.transfer",
                "coop.investment",
                "coop.investment.booking",
                "coop.investment.buyout",
                "coop.membership",
                "account.move",
            ):
                records = env[model].with_context(active_test=False)
                ids = records.search([("company_id", "=", company.id)]).ids
                env.cr.execute(
                    "DELETE FROM mail_message WHERE model = %s AND res_id = ANY(%s)", [model, ids]
                )
                env.cr.execute(
                    "DELETE FROM mail_followers WHERE res_model = %s AND res_id = ANY(%s)",
                    [model, ids],
                )
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [company.id])
            env.invalidate_all()
            company.write(
                {
                    "budget_transfer_account_id": False,
                    "contribution_account_id": False,
                    "shared_services_account_id": False,
                }
            )
            for model in ("account.journal", "account.analytic.account"):
                records = env[model].with_context(active_test=False, force_delete=True)
                records.search([("company_id", "=", company.id)]).unlink()
            env["account.account"].with_company(company).search(
                [("company_ids", "in", company.ids)]
            ).unlink()
            delete_company(env, company, partners)
