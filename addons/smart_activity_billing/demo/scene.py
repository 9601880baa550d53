import random
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

ADDON = "smart_activity_billing"
# Silent: nobody is to be mailed, and the history would only show the hour of installation.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}
MONTHS = 25


class Scene:
    """What all chapters of the story share: the company, the calendar, and who is in it.

    Told by the accountant, so that the books show who made them; with superuser rights, because
    the story also sets up what an accountant finds ready.
    """

    def __init__(self, env):
        accountant = env.ref(f"{ADDON}.user_demo_accountant")
        self.env = env(user=accountant, su=True, context=dict(env.context, lang="en_US", **QUIET))
        self.company = self.env.ref("base.main_company")
        self.today = fields.Date.context_today(accountant)
        self.yesterday = self.today - timedelta(days=1)
        self.first_day = self.today.replace(day=1) - relativedelta(months=MONTHS)
        self.activities = {}  # name -> Activity
        self.facts = {}  # name of an Activity -> its row in `activities.py`
        self.salaries = {}  # month -> wages by analytic account that come by file
        self.by_file = []  # analytic accounts of these
        self.riddles = self.env["account.move"]  # paid without the reference, not reconciled yet

    def chance(self, chapter):
        """Return a source of chance of its own for a chapter: one does not disturb the others."""
        return random.Random(f"werkbank {chapter}")

    def months(self):
        """Return the first days of all months of the story, the running one included."""
        return [self.first_day + relativedelta(months=number) for number in range(MONTHS + 1)]

    def months_ago(self, month):
        """Return how many months before the running one a month lies."""
        return (self.today.year - month.year) * 12 + self.today.month - month.month

    def ago(self, **period):
        """Return a working day that long ago, not in the future."""
        return self.working_day(self.today - relativedelta(**period))

    def working_day(self, day):
        """Return the day itself, or the Friday before a weekend."""
        return day - timedelta(days=max(0, day.weekday() - 4))

    def ref(self, name):
        """Return a record of the company's chart of accounts by its name in the template."""
        return self.env["account.chart.template"].with_company(self.company).ref(name)

    def account(self, code):
        """Return the account of the company with this code."""
        Account = self.env["account.account"].with_company(self.company)
        return Account.search([("code", "=", code)], limit=1)

    def share_of(self, *names, percentages=(100.0,)):
        """Return the analytic distribution over the Activities of these names."""
        return {
            str(self.activities[name].analytic_account_id.id): percentage
            for name, percentage in zip(names, percentages, strict=True)
        }
