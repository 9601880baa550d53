import base64

from odoo import Command
from odoo.tests import new_test_user

from .common import ActivityCase

MONTH = "2025-03-01"


class PayrollCase(ActivityCase):
    """A provider whose file names Activity, member and month; EUR 9,350 on the Workshop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(10000, {cls.workshop: 100}))
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.payroll = new_test_user(
            su, "t_payroll", "smart_activity_billing.group_payroll", **company
        )
        cls.services = new_test_user(
            su, "w_services", "smart_membership.group_membership_user", **company
        )
        cls.accounts = {
            name: cls._account(code, kind)
            for name, code, kind in (
                ("gross", "620999", "expense"),
                ("employer", "621999", "expense"),
                ("other", "623999", "expense"),
                ("net", "455999", "liability_current"),
                ("secretariat", "454999", "liability_current"),
            )
        }
        cls.mapping = (
            cls.env["coop.payroll.mapping"]
            .sudo()
            .create(
                {
                    "name": "Secretariat",
                    "company_id": cls.company.id,
                    "activity_column": "Activity",
                    "member_column": "Member",
                    "period_column": "Month",
                    "gross_column": "Gross",
                    "employer_column": "Employer",
                    "net_column": "Net",
                    "other_column": "Other",
                    "journal_id": cls.company_data["default_journal_misc"].id,
                    **{f"{name}_account_id": account.id for name, account in cls.accounts.items()},
                }
            )
        )
        cls.number = cls.member.number

    @classmethod
    def _account(cls, code, kind):
        return cls.env["account.account"].create(
            {
                "name": f"Account {code}",
                "code": code,
                "account_type": kind,
                "company_ids": [Command.set(cls.company.ids)],
            }
        )

    @classmethod
    def _row(cls, activity=None, member=None, gross="2000", employer="500", net="1500", other="0"):
        code = cls.workshop.code if activity is None else activity
        number = cls.number if member is None else member
        return f"{code};{number};03/2025;{gross};{employer};{net};{other}"

    @classmethod
    def _file(cls, *rows, total=None):
        head = "Activity;Member;Month;Gross;Employer;Net;Other"
        lines = [head, *rows]
        if total:
            lines.append(f"Total;;;{';'.join(total)}")
        return "\n".join(lines).encode()

    @classmethod
    def _run(cls, *rows, content=None, **values):
        """A draft for the accountant of the payroll."""
        if content is None:
            content = cls._file(*(rows or (cls._row(),)))
        return (
            cls.env["coop.payroll.run"]
            .with_user(cls.payroll)
            .create(
                {
                    "mapping_id": cls.mapping.id,
                    "date_from": MONTH,
                    "file": base64.b64encode(content),
                    "file_name": "wages.csv",
                    **values,
                }
            )
        )

    @classmethod
    def _posted(cls, *rows, **values):
        run = cls._run(*rows, **values)
        run.action_check()
        run.action_post()
        return run

    @classmethod
    def _announce(cls, amount=2500, activity=None, month=MONTH, **values):
        Announcement = cls.env["coop.payroll.announcement"].with_user(cls.services)
        announcement = Announcement.create(
            {
                "activity_id": (activity or cls.workshop).id,
                "partner_id": cls.member.partner_id.id,
                "date_from": month,
                "amount": amount,
                **values,
            }
        )
        announcement.action_submit()
        return announcement.with_user(cls.env.user).sudo()

    def _messages(self, run, severity="1_error"):
        """What the check found, as ``[(row, message)]``."""
        found = run.finding_ids.filtered(lambda finding: finding.severity == severity)
        return [(finding.row, finding.message) for finding in found]

    def assert_found(self, run, row, text, severity="1_error"):
        """The check says this of a row, and what to do."""
        messages = [message for number, message in self._messages(run, severity) if number == row]
        self.assertTrue(
            any(text in message for message in messages),
            f"{text!r} is not in {self._messages(run, severity)}",
        )
        self.assertTrue(all(run.finding_ids.mapped("advice")))
