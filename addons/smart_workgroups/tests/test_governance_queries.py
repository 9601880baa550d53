from odoo.tests import tagged

from .governance_common import GovernanceCase

# What the lists show, by model.
LISTS = {
    "coop.body": ("filled", "vacant"),
    "coop.mandate": ("display_name", "state", "missing_training_ids"),
    "coop.edition": ("theme_count", "workgroup_count"),
    "coop.workgroup": ("member_count", "waiting_count", "meeting_count", "missing"),
    "coop.meeting": ("display_name", "present_count"),
    "coop.representation": ("display_name", "state", "report_state"),
}
MORE = 12


@tagged("post_install", "-at_install")
class TestGovernanceQueries(GovernanceCase):
    """A list asks the database no more often when it is longer, nor does a night."""

    def _fill(self, count):
        edition = self._edition()
        training = self.env["coop.training"].create(
            {"name": "Accounts", "body_ids": self.board.ids, "company_id": self.company.id}
        )
        self.board.seats = 200
        for number in range(count):
            body = self.env["coop.body"].create(
                {"name": f"Body {number}", "company_id": self.company.id, "seats": 5}
            )
            person = self._member(f"Person {number}").partner_id
            self._mandate(person)
            self._mandate(person, body)
            training.body_ids |= body
            self._edition(name=f"Edition {number}")
            workgroup = self._workgroup(name=f"Group {number}", edition_id=edition.id)
            self._meeting(workgroup).action_convoke()
            self.env["coop.representation"].create(
                {
                    "partner_id": person.id,
                    "organisation": f"Federation {number}",
                    "company_id": self.company.id,
                }
            )

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        result = call()
        self.env.flush_all()
        return self.cr.sql_log_count - before, result

    def _read(self, model, names):
        specification = {name: {} for name in names}
        records = self.env[model].with_user(self.secretary)
        domain = [("company_id", "=", self.company.id)]
        return self._count(lambda: records.web_search_read(domain, specification)["length"])

    def test_lists(self):
        self._fill(1)
        few = {model: self._read(model, names) for model, names in LISTS.items()}
        self._fill(MORE)
        for model, names in LISTS.items():
            with self.subTest(model):
                queries, length = self._read(model, names)
                self.assertGreaterEqual(length, MORE)
                self.assertLessEqual(queries, few[model][0] + 1)
                self.assertLess(queries, 30)

    def test_nights(self):
        self._fill(1)
        few = self._count(self.env["coop.workgroup"]._cron_watch)[0]
        self._fill(MORE)
        self.assertLessEqual(self._count(self.env["coop.workgroup"]._cron_watch)[0], few + 1)
