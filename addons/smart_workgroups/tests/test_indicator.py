from datetime import date, datetime

import psycopg2
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestIndicator(GovernanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Indicator = cls.env["coop.indicator"]
        cls.manual = cls._indicator(name="Training", unit="hours", published=True)

    @classmethod
    def _indicator(cls, **values):
        return cls.Indicator.create({"name": "Indicator", "company_id": cls.company.id} | values)

    @classmethod
    def _books(cls, computation, **values):
        return cls._indicator(source="books", computation=computation, **values)

    @classmethod
    def _measure(cls, indicator, year, value):
        return cls.env["coop.indicator.measure"].create(
            {
                "indicator_id": indicator.id,
                "date_from": date(year, 1, 1),
                "date_to": date(year, 12, 31),
                "value": value,
            }
        )

    # ------------------------------------------------------------------
    # Filled in
    # ------------------------------------------------------------------

    def test_filled_in(self):
        form = Form(self.manual.with_user(self.secretary))
        with form.measure_ids.new() as line:
            line.date_from = date(2025, 1, 1)
            line.date_to = date(2025, 12, 31)
            line.value = 120
        form.save()
        self.assertEqual(self.manual.measure_ids.period, "2025")
        self.assertEqual((self.manual.last_value, self.manual.last_period), ("120 hours", "2025"))
        with self.assertRaisesRegex(UserError, "Training is filled in"):
            self.manual.action_measure()

    def test_each_period_once(self):
        self._measure(self.manual, 2025, 1)
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            self._measure(self.manual, 2025, 2)

    def test_chart(self):
        for year, value in ((2023, 10), (2024, 20), (2025, 25)):
            self._measure(self.manual, year, value)
        chart = self.manual._get_chart()
        self.assertEqual([bar["period"] for bar in chart["bars"]], ["2023", "2024", "2025"])
        self.assertEqual([bar["height"] for bar in chart["bars"]], [24.0, 48.0, 60.0])
        self.assertEqual((chart["last"], chart["change"]), ("25 hours", 25))

    def test_books_need_a_computation(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self._indicator(source="books")

    # ------------------------------------------------------------------
    # From the books
    # ------------------------------------------------------------------

    def test_nobody_types_what_is_computed(self):
        indicator = self._books("members")
        indicator.action_measure()
        measure = indicator.measure_ids[:1].with_user(self.secretary)
        for change in (
            lambda: measure.write({"value": 1}),
            measure.unlink,
            lambda: measure.copy({"date_from": "2001-01-01", "date_to": "2001-12-31"}),
        ):
            with self.assertRaisesRegex(UserError, "is computed"), self.cr.savepoint():
                change()

    def test_members_of_a_day(self):
        indicator = self._books("members", aggregation="last")
        before = indicator._measure_period(self.today, self.today)
        membership = self._member("Newcomer")
        self.assertEqual(indicator._measure_period(self.today, self.today), before + 1)
        membership._end(self.today, "resignation")
        self.assertEqual(indicator._measure_period(self.today, self.today), before + 1)
        tomorrow = date.fromordinal(self.today.toordinal() + 1)
        self.assertEqual(indicator._measure_period(tomorrow, tomorrow), before)

    def test_activities(self):
        indicator = self._books("activities")
        Activity = self.env["coop.activity"]
        values = {"company_id": self.company.id, "membership_id": self._member("Baker").id}
        Activity.create([values | {"name": "Bakery", "state": "open"}, values | {"name": "Mill"}])
        self.assertEqual(indicator._measure_period(self.today, self.today), 1)
        self.assertEqual(indicator._measure_period(date(2001, 1, 1), date(2001, 12, 31)), 0)

    def test_measured_anew_each_night(self):
        indicator = self._books("members", frequency="quarter")
        with freeze_time("2026-05-20"), self.enter_registry_test_mode():
            for _night in range(2):
                self.env.ref("smart_workgroups.ir_cron_indicator").method_direct_trigger()
        periods = indicator.measure_ids.sorted("date_from").mapped("period")
        self.assertEqual(periods, ["2026 Q1", "2026 Q2"])
        self.assertTrue(all(indicator.measure_ids.mapped("computed")))

    def test_purchases_only_with_the_purchasing_centre(self):
        kinds = dict(self.Indicator._selection_computation())
        self.assertEqual("purchases" in kinds, "coop.purchase.charge" in self.env)

    def test_hours(self):
        self.env["coop.hours"].create(
            {
                "name": "Interpreted",
                "partner_id": self.staff.id,
                "company_id": self.company.id,
                "hours": 2.5,
                "date": date(2026, 3, 1),
            }
        )
        indicator = self._books("hours")
        self.assertEqual(indicator._measure_period(date(2026, 1, 1), date(2026, 12, 31)), 2.5)
        self.assertEqual(indicator._measure_period(date(2025, 1, 1), date(2025, 12, 31)), 0)

    # ------------------------------------------------------------------
    # From a survey
    # ------------------------------------------------------------------

    def test_average_of_a_survey(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Tools",
                "question_and_page_ids": [
                    Command.create({"title": "Satisfied?", "question_type": "scale"}),
                    Command.create({"title": "Why?", "question_type": "text_box"}),
                ],
            }
        )
        [scale, text] = survey.question_ids
        with self.assertRaises(ValidationError):
            self._indicator(source="survey", survey_question_id=text.id)
        indicator = self._indicator(
            source="survey", survey_question_id=scale.id, aggregation="mean", decimals=1
        )
        period = date(2026, 1, 1), date(2026, 12, 31)
        for number, score in enumerate((2, 4, 6, 8)):
            self._answer(survey, scale, score, number)
        self.assertIsNone(indicator._measure_period(*period))
        self._answer(survey, scale, 10, 5)
        self.assertEqual(indicator._measure_period(*period), 6)
        self._answer(survey, scale, 0, 6, datetime(2027, 1, 1))
        self.assertEqual(indicator._measure_period(*period), 6)

    def _answer(self, survey, question, score, _number, moment=datetime(2026, 12, 31, 23, 0)):
        answer = survey._create_answer(email="a@example.com", check_attempts=False)
        answer._save_lines(question, score)
        answer.write({"state": "done", "end_datetime": moment})

    # ------------------------------------------------------------------
    # Who reads it
    # ------------------------------------------------------------------

    def test_access(self):
        self._measure(self.manual, 2025, 1)
        for user in (self.director, self.ethics):
            self.assertTrue(self.manual.with_user(user).read(["name"]))
            with self.assertRaises(AccessError):
                self.manual.with_user(user).name = "x"
        for user in (self.employee, self.portal, self.env.ref("base.public_user")):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                self.manual.with_user(user).read(["name"])

    def test_queries_of_the_chart_page(self):
        for number in range(20):
            self._measure(self._indicator(name=f"I{number}"), 2025, number)
        indicators = self.Indicator.search([("company_id", "=", self.company.id)])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            charts = indicators._get_charts()
        self.assertEqual(len(charts), 21)


@tagged("post_install", "-at_install")
class TestImpactPages(HttpCase, GovernanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.indicators = cls.env["coop.indicator"].create(
            [
                {
                    "name": name,
                    "definition": "<p>What it <b>is</b></p>",
                    "company_id": cls.company.id,
                    "axis": "work",
                    "unit": "hours",
                    "published": published,
                    "measure_ids": [
                        Command.create(
                            {
                                "date_from": date(year, 1, 1),
                                "date_to": date(year, 12, 31),
                                "value": value,
                            }
                        )
                        for year, value in ((2024, 10), (2025, 15))
                    ],
                }
                for name, published in (("Training given", True), ("Still a draft", False))
            ]
        )
        for user in (cls.portal, cls.stranger):
            user.password = user.login

    def test_page(self):
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open("/my/impact").text
        self.assertIn("Training given", page)
        self.assertIn("15 hours", page)
        self.assertIn("+50 %", " ".join(page.split()))
        self.assertNotIn("Still a draft", page)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNotIn("Training given", self.url_open("/my/impact").text)

    def test_queries_of_the_page(self):
        self.authenticate(self.portal.login, self.portal.login)

        def count():
            self.url_open("/my/impact")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open("/my/impact").status_code, 200)
            return self.cr.sql_log_count - before

        few = count()
        for number in range(12):
            self.indicators[0].copy({"name": f"Indicator {number}", "published": True})
        self.assertLessEqual(count(), few + 1)
        self.assertLess(few, 90)

    def test_report(self):
        report = self.env["coop.indicator.report"].create(
            {"company_id": self.company.id, "year": 2025}
        )
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_workgroups.action_report_impact", report.ids
        )
        text = " ".join(html.decode().split())
        for part in ("Social impact 2025", "Training given", "15 hours", "10 hours", "+50 %"):
            self.assertIn(part, text)
        self.assertNotIn("Still a draft", text)

    def test_report_of_a_member(self):
        self.authenticate(self.portal.login, self.portal.login)
        answer = self.url_open("/my/impact/report?year=2025")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.content[:4], b"%PDF")
        for year in ("2019", "x", ""):
            self.assertEqual(self.url_open(f"/my/impact/report?year={year}").status_code, 404)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertEqual(self.url_open("/my/impact/report?year=2025").status_code, 404)
