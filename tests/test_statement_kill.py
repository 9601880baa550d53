"""A worker that makes statements is killed at any moment: the next one goes on where it was."""

import random
import signal
import subprocess
import sys
import time
from datetime import date

from race import RaceCase

from odoo.tools import config

ACTIVITIES = 240
MONTHS = 3
KILLS = 10
# Long enough for a worker on a busy machine to load Odoo and to finish.
PATIENCE = 300

# What a scheduled action does, in a process of its own; small batches leave more moments to die.
WORKER = """
import sys
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[2:], setup_logging=False)
with Registry(sys.argv[1]).cursor() as cr:
    from odoo.addons.smart_activity_billing.models import coop_activity_statement_run
    coop_activity_statement_run.BATCH = 8
    env = api.Environment(cr, SUPERUSER_ID, {})
    print("ready", flush=True)
    env["coop.activity.statement.run"]._cron_work()
"""


class TestStatementKill(RaceCase):
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

    def _start_worker(self):
        """Start a worker, and return it when it begins to work."""
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
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, self.registry.db_name, *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(worker.stdout.close)
        self.addCleanup(worker.kill)
        self.assertEqual(worker.stdout.readline(), "ready\n")
        return worker

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
        for _kill in range(KILLS):
            worker = self._start_worker()
            time.sleep(chance.uniform(0.05, 0.5))
            worker.send_signal(signal.SIGKILL)
            self.assertIn(worker.wait(PATIENCE), (-signal.SIGKILL, 0))
            counts.append(self._count())
        # At least one died in the middle of the work, or this test shows nothing.
        self.assertTrue([count for count in counts if 0 < count < ACTIVITIES * MONTHS], counts)
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(self._start_worker().wait(PATIENCE), 0)
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
