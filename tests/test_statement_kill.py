"""A worker that makes statements is killed at any moment: the next one goes on where it was."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date

from race import RaceCase

from odoo.tools import config, mute_logger

ACTIVITIES = 240
MONTHS = 3
KILLS = 10

# What the server does, in a process of its own that loads Odoo once: for each line that comes in
# it starts a worker, which does what the scheduled action does. Small batches leave more moments
# to die.
SERVER = """
import os, sys
import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[2:], setup_logging=False)
registry = Registry(sys.argv[1])
from odoo.addons.smart_activity_billing.models import coop_activity_statement_run
coop_activity_statement_run.BATCH = 8
odoo.sql_db.close_all()
for line in sys.stdin:
    worker = os.fork()
    if not worker:
        try:
            print(os.getpid(), flush=True)
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["coop.activity.statement.run"]._cron_work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)
"""


class StatementRaceCase(RaceCase):
    """A company in which statements are made for good."""

    @classmethod
    def _clean_up(cls):
        """Statements are for ever, so their triggers sleep while the company goes."""
        table = "coop_activity_statement"
        with cls.connection() as env:
            env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            env.cr.execute(
                "DELETE FROM mail_message WHERE model = 'coop.activity.statement' AND res_id IN "
                f"(SELECT id FROM {table} WHERE company_id = %s)",
                [cls.company_id],
            )
            for name in (table, f"{table}_run"):
                env.cr.execute(f"DELETE FROM {name} WHERE company_id = %s", [cls.company_id])
        try:
            super()._clean_up()
        finally:
            with cls.connection() as env:
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class TestStatementKill(StatementRaceCase):
    """Nothing twice and nothing missing, whenever the worker dies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            membership = env["coop.membership"].browse(cls.membership_id)
            membership.partner_id.email = "member@example.com"
            activities = env["coop.activity"].create(
                [
                    {
                        "name": f"Stall {number}",
                        "membership_id": membership.id,
                        "company_id": cls.company_id,
                        "state": "open",
                    }
                    for number in range(ACTIVITIES)
                ]
            )
            cls.activity_ids = activities.ids
            env.flush_all()
            # Money comes from the books alone; here lines by SQL are as good as invoices.
            env.cr.execute(
                f"""
                INSERT INTO account_analytic_line
                       (name, date, amount, company_id, {activities._analytic_column()})
                SELECT 'Sold pots', make_date(2025, month, 5), activity.id %% 97 + month,
                       activity.company_id, activity.analytic_account_id
                  FROM coop_activity activity, generate_series(1, %s) month
                 WHERE activity.id = ANY(%s)
                """,
                [MONTHS, cls.activity_ids],
            )

    def _start_server(self):
        options = [
            f"--{option}={config[name]}"
            for option, name in (
                ("db_host", "db_host"),
                ("db_port", "db_port"),
                ("db_user", "db_user"),
                ("db_password", "db_password"),
                ("data-dir", "data_dir"),
            )
            if config[name]
        ]
        options.append(f"--addons-path={','.join(config['addons_path'])}")
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, self.registry.db_name, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for clean_up in (server.stdin.close, server.stdout.close, server.wait, server.kill):
            self.addCleanup(clean_up)
        return server

    def _start_worker(self, server):
        """Have a worker started, and return its number when it begins to work."""
        server.stdin.write("work\n")
        server.stdin.flush()
        return int(server.stdout.readline())

    def _count(self):
        with self.connection() as env:
            Statement = env["coop.activity.statement"]
            return Statement.search_count([("company_id", "=", self.company_id)])

    def test_killed_at_any_moment(self):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            Run = env["coop.activity.statement.run"]
            run_id = Run._ask(company, date(2025, MONTHS, 1), send_mail=True).id
        chance = random.Random(20250331)
        counts = []
        server = self._start_server()
        for _kill in range(KILLS):
            worker = self._start_worker(server)
            time.sleep(chance.uniform(0.05, 0.5))
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            self.assertIn(int(server.stdout.readline()), (-signal.SIGKILL, 0))
            counts.append(self._count())
        # At least one died in the middle of the work, or this test shows nothing.
        self.assertTrue([count for count in counts if 0 < count < ACTIVITIES * MONTHS], counts)
        self.assertEqual(counts, sorted(counts))
        self._start_worker(server)
        self.assertEqual(int(server.stdout.readline()), 0)
        self._check_all(run_id)

    def _check_all(self, run_id):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            run = env["coop.activity.statement.run"].browse(run_id)
            self.assertEqual(
                (run.state, run.done_count, run.made_count, run.mail_count),
                ("done", ACTIVITIES, ACTIVITIES * MONTHS, ACTIVITIES),
            )
            statements = env["coop.activity.statement"].search([("company_id", "=", company.id)])
            made = [(one.activity_id.id, one.date_from.month) for one in statements]
            wanted = {(one, month) for one in self.activity_ids for month in range(1, MONTHS + 1)}
            self.assertEqual((len(made), set(made)), (len(wanted), wanted))
            mailed = env["mail.mail"].search(
                [("model", "=", statements._name), ("res_id", "in", statements.ids)]
            )
            last = statements.filtered(lambda one: one.date_from.month == MONTHS)
            self.assertEqual(sorted(mailed.mapped("res_id")), sorted(last.ids))
            check = env["coop.ledger.check"]
            self.assertFalse(env["coop.activity.statement"]._verify_chain(company))
            self.assertEqual(list(check._check_statement_sums(company)), [])
            self.assertEqual(list(check._check_statement_ledger(company)), [])


class TestStatementRaces(StatementRaceCase):
    """The books go on while statements are made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls.activity_ids = [cls._make_activity(env).id for _number in range(3)]
            client = env["res.partner"].browse(cls.client_id)
            for activity in env["coop.activity"].browse(cls.activity_ids):
                cls._make_invoice(
                    env, client, activity, 100, invoice_date="2025-02-03"
                ).action_post()

    # Core logs the races that its own updates lose, before it is played again.
    @mute_logger("odoo.sql_db")
    def test_booked_while_statements_are_made(self):
        """Each line is in the statement of its month or in the next one, never in none or both."""
        calls = [self._book(number) for number in range(16)]
        calls += [self._take_back(number) for number in range(2)]
        calls.insert(8, self._make(3))
        outcomes = self.at_once(calls)
        self.assertEqual(outcomes.count("posted"), 16, outcomes)
        with self.connection() as env:
            self._make(4)(env)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
            activities = env["coop.activity"].browse(self.activity_ids)
            noted = env["coop.activity.statement.change"].search(
                [("account_id", "in", activities.analytic_account_id.ids)]
            )
            self.assertFalse(noted)
            for activity in activities:
                statements = activity._search_statements()
                self.assertEqual(statements[0].closing, activity.balance)
                ids = [row[0] for one in statements for row in json.loads(one.lines) if not row[6]]
                self.assertEqual(len(ids), len(set(ids)), "a line is told once")

    def _book(self, number):
        def call(env):
            client = env["res.partner"].browse(self.client_id)
            activity = env["coop.activity"].browse(self.activity_ids[number % 3])
            day = f"2025-03-{number + 1:02}"
            invoice = self._make_invoice(env, client, activity, 10 + number, invoice_date=day)
            invoice.action_post()
            return invoice.state

        return call

    def _take_back(self, number):
        def call(env):
            domain = [("activity_id", "=", self.activity_ids[number]), ("state", "=", "posted")]
            env["account.move"].search(domain, order="id", limit=1).button_draft()

        return call

    def _make(self, month):
        def call(env):
            company = env["res.company"].browse(self.company_id)
            run = env["coop.activity.statement.run"]._ask(company, date(2025, month, 1))
            run = run.sudo()
            while run.state not in ("done", "failed"):
                run._work_batch()
            return run.state

        return call
