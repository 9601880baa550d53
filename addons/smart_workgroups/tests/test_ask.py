from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


class AskCase(GovernanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"ask_budget": 3, "ask_digest_days": 2, "ask_reminder_days": 5})
        cls.Ask = cls.env["coop.ask"]
        cls.person = cls.portal.partner_id
        cls.person.email = "person@example.com"

    def ask(self, *subjects, **kwargs):
        asks = self.Ask.browse()
        for subject in subjects:
            asks |= self.Ask._ask(self.person, subject, "/my", **kwargs)
        return asks

    def send(self, day):
        with freeze_time(f"{day} 07:00:00"), self.enter_registry_test_mode():
            self.env.ref("smart_workgroups.ir_cron_ask_digest").method_direct_trigger()
        self.env.invalidate_all()

    def mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.person.ids)], order="id")


@tagged("post_install", "-at_install")
class TestAsk(AskCase):
    def test_one_digest(self):
        asks = self.ask("Survey A", "Survey B", minutes=5)
        self.assertEqual(set(asks.mapped("state")), {"waiting"})
        self.send("2026-03-02")
        [mail] = self.mails()
        self.assertIn("Survey A", mail.body_html)
        self.assertIn("Survey B", mail.body_html)
        self.assertEqual(set(asks.mapped("state")), {"sent"})
        self.ask("Survey C")
        self.send("2026-03-03")
        self.assertEqual(len(self.mails()), 1)
        self.send("2026-03-04")
        self.assertEqual(len(self.mails()), 2)

    def test_budget_of_the_month(self):
        asks = self.ask("A", "B", "C", "D")
        self.send("2026-03-02")
        self.assertEqual(asks.mapped("state"), ["sent", "sent", "sent", "waiting"])
        self.send("2026-03-30")
        self.assertEqual(asks[3].state, "waiting")
        self.send("2026-04-01")
        self.assertEqual(asks[3].state, "sent")

    def test_what_is_due_goes_first(self):
        self.company.ask_budget = 1
        later = self.ask("Later")
        soon = self.ask("Soon", until=date(2026, 3, 20))
        self.send("2026-03-02")
        self.assertEqual((later.state, soon.state), ("waiting", "sent"))

    def test_one_reminder_and_none_to_who_answered(self):
        asks = self.ask("A", "B")
        origin = self.committee
        [third] = self.Ask._ask(self.person, "C", "/my", origin=origin, minutes=30)
        self.send("2026-03-02")
        self.company.ask_budget = 20
        self.Ask._answered(origin, self.person)
        self.send("2026-03-05")
        self.assertEqual(len(self.mails()), 1)
        self.send("2026-03-08")
        reminder = self.mails()[-1]
        self.assertIn("remind", reminder.body_html)
        self.assertEqual(third.state, "answered")
        self.assertNotIn(">C<", reminder.body_html)
        self.assertTrue(all(asks.mapped("reminded_on")))
        self.send("2026-03-28")
        self.assertEqual(len(self.mails()), 2)
        hours = self.env["coop.hours"].search([("partner_id", "=", self.person.id)])
        self.assertEqual((hours.hours, hours.ask_id), (0.5, third))

    def test_reminders_use_the_budget(self):
        asks = self.ask("A", "B")
        self.send("2026-03-02")
        self.send("2026-03-10")
        self.assertEqual(asks.mapped(lambda ask: bool(ask.reminded_on)), [True, False])

    def test_nobody_is_asked_twice(self):
        first = self.Ask._ask(self.person, "A", "/my", origin=self.board)
        self.assertTrue(first)
        self.assertFalse(self.Ask._ask(self.person, "A", "/my", origin=self.board))

    def test_without_an_address(self):
        self.assertFalse(self.Ask._ask(self.staff, "A", "/my"))

    def test_snooze_and_rest(self):
        ask, other = self.ask("A", "B")
        with freeze_time("2026-03-01"):
            ask._snooze()
        self.send("2026-03-02")
        self.assertEqual((ask.state, other.state), ("waiting", "sent"))
        self.person.ask_snooze_until = date(2026, 4, 1)
        self.send("2026-03-20")
        self.assertEqual(ask.state, "waiting")
        self.send("2026-04-02")
        self.assertEqual(ask.state, "sent")

    def test_declined(self):
        ask = self.ask("A")
        ask._decline()
        self.send("2026-03-02")
        self.assertFalse(self.mails())
        with self.assertRaisesRegex(UserError, "A"):
            ask._snooze()

    def test_too_late(self):
        ask = self.ask("A", until=date(2026, 3, 1))
        self.send("2026-03-02")
        self.assertEqual(ask.state, "expired")
        self.assertFalse(self.mails())

    def test_queries_of_a_digest_run(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(30)]
        )
        asks = self.Ask._ask(people, "A", "/my")
        self.env.flush_all()
        groups = self.Ask._read_group(
            [("id", "in", asks.ids)], ["company_id", "partner_id"], ["id:recordset"]
        )
        with self.assertQueryCount(8):
            self.Ask._get_use(people)
        self.assertEqual(len(groups), 30)

    def test_access(self):
        ask = self.ask("A")
        self.assertTrue(ask.with_user(self.secretary).read(["name"]))
        for user in (self.director, self.employee, self.portal):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                ask.with_user(user).read(["name"])


@tagged("post_install", "-at_install")
class TestSurveyPanel(AskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "The Activity tool",
                "question_and_page_ids": [
                    Command.create({"title": "Satisfied?", "question_type": "scale"}),
                    Command.create({"title": "Why?", "question_type": "text_box"}),
                ],
            }
        )
        cls.members = cls.env["res.partner"]
        for number in range(8):
            membership = cls._member(f"Member {number}")
            membership.profile = "growing" if number < 7 else "advanced"
            membership.partner_id.email = f"member{number}@example.com"
            membership.partner_id.lang = "en_US"
            cls.members |= membership.partner_id
        cls.steering = cls.env["coop.body"].create(
            {"name": "Steering", "kind": "steering", "company_id": cls.company.id}
        )
        cls._mandate(cls.director.partner_id, cls.steering)
        cls.director.partner_id.email = "director@example.com"

    def panel(self, **values):
        Panel = self.env["coop.survey.panel"].with_user(self.secretary)
        with Form(Panel) as form:
            form.name = "Growing members"
            form.survey_id = self.survey
            form.profile = "growing"
            form.size = values.get("size", 6)
            form.body_id = self.steering
        return form.record

    def test_drawn_and_asked(self):
        panel = self.panel()
        self.assertEqual(panel.candidate_count, 7)
        asked_before = self.members[0]
        self.Ask._ask(asked_before, "Earlier", "/my")
        panel.action_send()
        asks = self.Ask.search([("res_model", "=", panel._name), ("res_id", "=", panel.id)])
        self.assertEqual(asks.partner_id, self.members[1:7])
        self.assertEqual(asks.mapped("name"), ["The Activity tool"] * 6)
        self.assertEqual(len(set(asks.mapped("url"))), 6)
        with self.assertRaisesRegex(UserError, "sent already"):
            panel.action_send()

    def test_language(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.members[2].lang = "fr_BE"
        panel = self.panel()
        panel.lang_id = self.env["res.lang"]._get_data(code="fr_BE").id
        panel.action_send()
        asks = self.Ask.search([("res_model", "=", panel._name), ("res_id", "=", panel.id)])
        self.assertEqual(asks.partner_id, self.members[2])

    def test_nobody_fits(self):
        panel = self.panel()
        panel.profile = "starter"
        people = panel._search_candidates()
        people.email = False
        with self.assertRaisesRegex(UserError, "Growing members"):
            panel.action_send()

    def test_results_to_the_steering_committee(self):
        panel = self.panel()
        panel.action_send()
        answers = self.env["survey.user_input"].search([("panel_id", "=", panel.id)])
        for answer, score in zip(answers, (4, 5, 6, 7, 8), strict=False):
            answer._save_lines(self.survey.question_ids[0], score)
            self.assertEqual(panel.satisfaction, 0)
            answer._mark_done()
            panel.invalidate_recordset()
        self.assertEqual((panel.asked_count, panel.answered_count), (6, 5))
        self.assertEqual(panel.satisfaction, 6)
        panel.action_close()
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.director.partner_id.ids)])
        self.assertIn("average", mail.body_html)
        self.assertIn("6.0", mail.body_html)
        asks = self.Ask.search([("res_model", "=", panel._name), ("res_id", "=", panel.id)])
        self.assertEqual(sorted(asks.mapped("state")), ["answered"] * 5 + ["expired"])

    def test_access(self):
        panel = self.panel()
        for user in (self.director, self.employee, self.portal):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                panel.with_user(user).action_send()


@tagged("post_install", "-at_install")
class TestAskPages(HttpCase, AskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.portal, cls.portal_other):
            user.password = user.login

    def page(self, user=None):
        user = user or self.portal
        self.authenticate(user.login, user.login)
        return self.url_open("/my/asks").text

    def post(self, path, page, **values):
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(f"/my/asks/{path}", data={"csrf_token": csrf} | values)

    def test_entries_of_members_on_the_home_page(self):
        """A supplier, who is no member, is offered nothing that is for members."""
        supplier = self._user("g_supplier", "base.group_portal")
        supplier.password = supplier.login
        for user, shown in ((self.portal, True), (supplier, False)):
            self.authenticate(user.login, user.login)
            home = self.url_open("/my").text
            for address in ("/my/impact", "/my/asks"):
                with self.subTest(address, user=user.login):
                    self.assertEqual(f'href="{address}"' in home, shown)

    def test_snooze_and_decline(self):
        first, second = self.ask("First survey", "Second survey")
        page = self.page()
        self.assertIn("First survey", page)
        self.post(f"{first.id}/snooze", page)
        self.post(f"{second.id}/decline", page)
        until = fields.Date.today() + timedelta(days=14)
        self.assertEqual(first.snooze_until, until)
        self.assertEqual(second.state, "declined")
        other = self.page(self.portal_other)
        self.assertNotIn("First survey", other)
        self.assertEqual(self.post(f"{first.id}/decline", other).status_code, 404)
        self.assertEqual(first.state, "waiting")

    def test_rest(self):
        page = self.page()
        self.post("rest", page)
        self.assertEqual(self.person.ask_snooze_until, fields.Date.today() + timedelta(days=30))
        self.post("rest", page, end="1")
        self.assertFalse(self.person.ask_snooze_until)

    def test_hours(self):
        page = self.page()
        token = page.split('name="token" value="')[1].split('"')[0]
        form = {
            "token": token,
            "label": "Interpreted <b>all</b> day",
            "hours": "2.5",
            "date": str(fields.Date.today()),
        }
        for _turn in range(2):
            answer = self.post("hours", page, **form)
        self.assertIn("Thank you", answer.text)
        self.assertNotIn("<b>all</b>", answer.text)
        hours = self.env["coop.hours"].search([("partner_id", "=", self.person.id)])
        self.assertEqual(hours.hours, 2.5)
        for values in ({"hours": "25"}, {"hours": "x"}, {"date": "2001-01-01"}, {"label": " "}):
            answer = self.post("hours", page, **(form | {"token": ""} | values))
            self.assertEqual(answer.status_code, 422)
        other = self.page(self.portal_other)
        self.assertEqual(self.post(f"hours/{hours.id}/delete", other).status_code, 404)
        self.post(f"hours/{hours.id}/delete", self.page())
        self.assertFalse(hours.exists())
