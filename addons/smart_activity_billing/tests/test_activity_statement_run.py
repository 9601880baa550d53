from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .statement_common import StatementCase


@tagged("post_install", "-at_install")
class TestActivityStatementRun(StatementCase):
    """The statements of all Activities, in the background, batch by batch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member.sudo().partner_id.email = "member@example.com"
        cls.activities = cls.workshop | cls.studio
        for activity in cls.activities:
            cls._invoice(cls._line(1000, {activity: 100}))
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.accountant = new_test_user(su, "s_accountant", "account.group_account_user", **company)
        cls.billing = new_test_user(su, "s_billing", "account.group_account_invoice", **company)
        cls.portal = new_test_user(su, "s_portal", "base.group_portal", **company)
        cls.stranger = new_test_user(su, "s_stranger", "base.group_portal", **company)
        cls.workshop.sudo().manager_ids |= cls.portal.partner_id

    def _mails(self):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "coop.activity.statement"), ("subject", "ilike", "statement")])
        )

    def test_progress(self):
        run = self.Run._ask(self.company, date(2025, 3, 1)).sudo()
        self.assertEqual((run.state, run.user_id), ("waiting", self.env.user))
        run._work_batch()
        self.assertEqual((run.state, run.total_count, run.progress), ("making", 2, 0))
        run._work_batch()
        self.assertEqual((run.done_count, run.progress), (2, 100))
        self._work(run)
        self.assertEqual((run.state, run.made_count, run.failure_count), ("done", 2, 0))
        self.assert_statements_hold()

    def test_by_the_scheduled_action(self):
        run = self.Run._ask(self.company, date(2025, 3, 1)).sudo()
        with self.enter_registry_test_mode():
            self.env.ref(
                "smart_activity_billing.ir_cron_activity_statement"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.made_count), ("done", 2))

    def test_again_makes_nothing_twice(self):
        self._make(3)
        again = self._make(3)
        self.assertEqual((again.state, again.done_count, again.made_count), ("done", 2, 0))
        self.assertEqual(
            self.Statement.search_count([("activity_id", "in", self.activities.ids)]), 2
        )

    def test_second_click_finds_the_run(self):
        run = self.Run._ask(self.company, date(2025, 3, 1))
        self.assertEqual(self.Run._ask(self.company, date(2025, 3, 31)), run)

    def test_chosen_activities_only(self):
        run = self._make(3, self.studio)
        self.assertEqual((run.total_count, run.made_count), (1, 1))
        self.assertFalse(self._of(self.workshop, 3))
        self._make(3)
        self.assertTrue(self._of(self.workshop, 3))

    def test_month_must_be_over(self):
        with freeze_time("2025-03-31 10:00:00"):
            with self.assertRaisesRegex(UserError, "not over"):
                self.Run._ask(self.company, date(2025, 3, 1))
            self.Run._ask(self.company, date(2025, 2, 1))

    @mute_logger("odoo.sql_db")
    def test_one_failure_does_not_stop_the_others(self):
        self._make(3)
        broken = self._of(self.workshop, 3)
        self._break(broken, partner_name="Somebody Else")
        run = self._make(5)
        self.assertEqual((run.state, run.done_count, run.made_count), ("failed", 2, 2))
        self.assertEqual(run.failure_ids.activity_id, self.workshop)
        self.assertIn(broken.name, run.failure_ids.reason)
        self.assertTrue(self._of(self.studio, 5))
        self.assertFalse(self._of(self.workshop, 4))
        # Mended, it goes on where it stopped.
        self._break(broken, partner_name=self.member.sudo().partner_id.name)
        run.with_user(self.accountant).action_retry()
        self.assertEqual(run.state, "waiting")
        self._work(run)
        self.assertEqual((run.state, run.made_count, len(run.failure_ids)), ("done", 4, 0))
        self.assert_statements_hold()

    def test_archived_and_closed_ones_have_statements_too(self):
        self._close(self.studio)
        self.studio.active = False
        self._make(4)
        self.assertEqual(self._of(self.studio, 3).closing, 935)
        self.assertEqual(self._of(self.studio, 4).line_count, 0)

    def test_queries_do_not_grow_with_activities(self):
        more = self.env["coop.activity"].create(
            [
                {"name": f"Stall {number}", "membership_id": self.member.id, "state": "open"}
                for number in range(20)
            ]
        )
        self._invoice(*(self._line(10 + one.id % 7, {one: 100}) for one in more))
        run = self.Run._ask(self.company, date(2025, 3, 1), send_mail=False).sudo()
        run._work_batch()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            run._work_batch()
            self.env.flush_all()
        self.assertEqual(run.made_count, 22)

    # ------------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------------

    def test_members_are_told_once(self):
        before = self._mails()
        run = self._make(4)
        mails = self._mails() - before
        self.assertEqual((len(mails), run.mail_count), (2, 2))
        self.assertEqual(mails.recipient_ids, self.member.sudo().partner_id)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        statement = self._of(self.workshop, 4)
        mail = mails.filtered(lambda one: one.res_id == statement.id)
        self.assertIn(
            f"/my/activities/{self.workshop.id}/statements/{statement.id}", mail.body_html
        )
        self.assertFalse(mail.attachment_ids)
        self._make(4)
        self.assertEqual(self._mails() - before, mails)

    def test_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.member.sudo().partner_id.lang = "fr_FR"
        before = self._mails()
        self._make(3, self.workshop)
        self.assertIn("mars 2025", (self._mails() - before).subject)

    def test_company_may_tell_nobody(self):
        before = self._mails()
        self.company.sudo().activity_statement_mail = False
        run = self._make(3)
        self.assertEqual((run.state, run.mail_count), ("done", 0))
        self.assertEqual(self._mails(), before)

    def test_closed_activities_get_no_mail_about_nothing(self):
        self._close(self.studio)
        before = self._mails()
        self._make(4)
        self.assertEqual((self._mails() - before).mapped("res_id"), self._of(self.workshop, 4).ids)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def test_accountant_makes_them(self):
        wizard = self.env["coop.activity.statement.make"].with_user(self.accountant)
        wizard = wizard.with_company(self.company).create({"date": "2025-03-15"})
        action = wizard.action_make()
        run = self.Run.browse(action["res_id"])
        self.assertEqual((run.user_id, run.date_to), (self.accountant, date(2025, 3, 31)))
        self._work(run)
        own = self._of(self.workshop, 3).with_user(self.accountant)
        self.assertEqual(own.closing, 935)
        self.assertEqual(self.workshop.with_user(self.accountant).statement_count, 1)
        self.assertIn("Opening", own.lines_html)
        action = self.workshop.with_user(self.accountant).action_view_statements()
        self.assertEqual(self.Statement.search(action["domain"]), own)
        self.assertEqual(
            run.with_user(self.accountant).action_view_statements()["res_model"], own._name
        )
        self.assertIn(f"/statements/{own.id}/xlsx", own.action_download_xlsx()["url"])
        self.assertIn(f"/statements/{own.id}/pdf", own.action_download_pdf()["url"])

    def test_nobody_else_makes_them(self):
        run = self._make(3)
        for user in (self.billing, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env["coop.activity.statement.make"].with_user(user).create(
                        {"date": fields.Date.today()}
                    )
                with self.assertRaises(AccessError):
                    run.with_user(user).action_retry()
        for user in (self.accountant, self.billing, self.portal):
            with self.assertRaises(AccessError):
                run.with_user(user).write({"state": "waiting"})
            with self.assertRaises(AccessError):
                self.Run.with_user(user).create({"company_id": self.company.id})
            with self.assertRaises(AccessError):
                self._of(self.workshop, 3).with_user(user).check_access("write")

    def test_members_read_their_own(self):
        self._make(3)
        own, other = self._of(self.workshop, 3), self._of(self.studio, 3)
        Statement = self.Statement.sudo(False)
        self.assertEqual(Statement.with_user(self.portal).search([]), own)
        self.assertEqual(own.with_user(self.portal).read(["closing"])[0]["closing"], 935)
        for user, record in ((self.portal, other), (self.stranger, own)):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["closing", "lines"])
            with self.assertRaises(AccessError):
                record.with_user(user).action_download_pdf()
            with self.assertRaises(AccessError):
                record.with_user(user).action_download_xlsx()

    def test_another_company_sees_nothing(self):
        self._make(3)
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        user = new_test_user(
            self.env(su=True),
            "s_elsewhere",
            "account.group_account_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        Statement = self.Statement.sudo(False).with_user(user)
        self.assertFalse(Statement.search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            Statement.browse(self._of(self.workshop, 3).id).read(["closing"])
