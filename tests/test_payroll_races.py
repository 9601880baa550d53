"""Payroll runs of several accountants, and members who spend meanwhile, on real connections."""

import base64

from dateutil.relativedelta import relativedelta
from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

# Children first.
OWN_TABLES = (
    "coop_payroll_finding",
    "coop_payroll_run_line",
    "coop_payroll_announcement",
    "coop_payroll_run",
    "coop_payroll_mapping",
)
ACCOUNTS = {
    "gross": ("620000", "expense"),
    "employer": ("621000", "expense"),
    "net": ("455000", "liability_current"),
    "secretariat": ("454000", "liability_current"),
}


@tagged("post_install", "-at_install")
class TestPayrollRaces(RaceCase):
    """A run is posted once, and a file too; nobody spends what a salary holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            client = cls._make_books(env)
            activity = cls._make_activity(env)
            cls.activity_id, cls.code = activity.id, activity.code
            cls._make_invoice(env, client, activity, 1069.52).action_post()
            cls.month = fields.Date.today().replace(day=1)
            cls.mapping_id = cls._make_mapping(env).id
            cls.partner_id = activity.partner_id.id

    @classmethod
    def _make_mapping(cls, env):
        company = env["res.company"].browse(cls.company_id)
        Account = env["account.account"].with_company(company)
        accounts = {
            f"{name}_account_id": Account.create(
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "company_ids": company.ids,
                }
            ).id
            for name, (code, kind) in ACCOUNTS.items()
        }
        journal = env["account.journal"].create(
            {"name": "Others", "code": "OTHER", "type": "general", "company_id": company.id}
        )
        return env["coop.payroll.mapping"].create(
            {
                "name": "Secretariat",
                "company_id": company.id,
                "activity_column": "Activity",
                "total_label": False,
                "journal_id": journal.id,
                **accounts,
            }
        )

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            env.cr.execute(
                "UPDATE account_move_line SET coop_payroll_run_id = NULL WHERE company_id = %s",
                [cls.company_id],
            )
            for table in OWN_TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
        super()._clean_up()

    def tearDown(self):
        with self.connection() as env:
            runs = env["coop.payroll.run"].search(
                [("company_id", "=", self.company_id), ("state", "=", "posted")]
            )
            runs.action_reverse("The next test")
            env["coop.payroll.announcement"].search(
                [("company_id", "=", self.company_id), ("state", "=", "submitted")]
            )._withdraw()
        super().tearDown()

    def _make_run(self, gross=400):
        """Return the id of a checked run of EUR ``gross`` and 100."""
        with self.connection() as env:
            content = f"Activity;Gross;Employer;Net\n{self.code};{gross};100;300\n"
            run = env["coop.payroll.run"].create(
                {
                    "company_id": self.company_id,
                    "mapping_id": self.mapping_id,
                    "date_from": self.month,
                    "date": fields.Date.today(),
                    "file": base64.b64encode(content.encode()),
                }
            )
            run.action_check()
            self.assertEqual(run.state, "checked", run.finding_ids.mapped("message"))
            return run.id

    def _post(self, run_id):
        def call(env):
            env["coop.payroll.run"].browse(run_id).action_post()
            env.flush_all()
            return "posted"

        return call

    def _announce(self, amount, months=0):
        def call(env):
            announcement = env["coop.payroll.announcement"].create(
                {
                    "activity_id": self.activity_id,
                    "partner_id": self.partner_id,
                    "date_from": self.month + relativedelta(months=months),
                    "amount": amount,
                }
            )
            announcement.action_submit()
            env.flush_all()
            return "announced"

        return call

    def _check(self, available):
        with self.connection() as env:
            activity = env["coop.activity"].browse(self.activity_id)
            self.assertEqual(activity.available, available)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def test_one_run_is_posted_once(self):
        results = self.at_once([self._post(self._make_run())] * 5)
        self.assertEqual(results.count("posted"), 1, results)
        self.assertEqual(sum(isinstance(one, UserError) for one in results), 4)
        self._check(500)

    @mute_logger("odoo.sql_db")
    def test_one_file_is_posted_once(self):
        results = self.at_once([self._post(self._make_run()) for _run in range(4)])
        self.assertEqual(results.count("posted"), 1, results)
        self._check(500)

    def test_one_salary_is_announced_once(self):
        with mute_logger("odoo.sql_db"):
            results = self.at_once([self._announce(100)] * 5)
        self.assertEqual(results.count("announced"), 1, results)
        self._check(900)

    def test_a_run_and_members_who_announce(self):
        """The run is never refused; what members may still announce, it left them."""
        self.at_once([self._announce(600)])
        calls = [self._post(self._make_run(gross=500))]
        calls += [self._announce(200, months) for months in range(1, 5)]
        results = self.at_once(calls)
        self.assertEqual(results[0], "posted")
        announced = results.count("announced")
        self.assertLessEqual(announced, 2)
        self._check(1000 - 600 - 200 * announced)
