import psycopg2
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .service_common import ServiceCase


@tagged("post_install", "-at_install")
class TestService(ServiceCase):
    def _fitting(self, membership):
        Service = self.env["coop.service"]
        return Service.search(Service._get_fitting_domain(membership))

    def test_services_that_fit_come_general_first(self):
        self.assertEqual(
            self._fitting(self.member).mapped("name"),
            ["Contract check", "Stage contracts", "Starter course"],
        )
        self.member.write({"profile": "advanced", "sector_ids": [(5,)]})
        self.assertEqual(self._fitting(self.member), self.general | self.advanced)
        self.member.profile = False
        self.assertEqual(self._fitting(self.member), self.general)

    def test_archived_and_foreign_services_fit_nobody(self):
        self.general.active = False
        self.starting.company_id = self.other_company
        self.assertEqual(self._fitting(self.member), self.sectoral)

    def test_kind_and_choice_agree(self):
        for values in ({"kind": "specific"}, {"sector_ids": self.sector.ids}):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, "Contract check"),
                self.env.cr.savepoint(),
            ):
                self.general.write(values)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.general.for_starter = True
            self.env.flush_all()

    def test_profiles_in_words(self):
        self.starting.for_growing = True
        self.assertEqual(self.starting.profiles, "Starter, Growing")

    def test_figures_of_a_service(self):
        self._request()
        for score in (5, 2):
            rated = self._request()
            rated.action_done()
            rated._rate(score, "")
        self.assertEqual((self.general.request_count, self.general.satisfaction), (1, 3.5))


@tagged("post_install", "-at_install")
class TestServiceRequest(ServiceCase):
    def test_comes_to_the_contact_person_of_the_antenna(self):
        request = self._request()
        self.assertEqual(request.antenna_id, self.antenna)
        self.assertEqual(request.user_id, self.adviser)
        [activity] = request.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.adviser, "Contract check"))
        self.assertIn(self.portal.partner_id, request.message_partner_ids)

    def test_without_contact_person_it_comes_to_who_has_least(self):
        self.antenna.contact_ids = self.contact
        requests = self.env["coop.service.request"]
        for _turn in range(8):
            requests |= self._request()
        staff = self.services | self.adviser | self.checker | self.manager
        self.assertEqual(requests.user_id, staff)
        self.assertEqual({len(of_user) for of_user in requests.grouped("user_id").values()}, {2})

    def test_a_contact_person_without_the_role_gets_none(self):
        self.antenna.contact_ids = self.employee.partner_id
        self.assertNotEqual(self._request().user_id, self.employee)

    def test_life_of_a_request(self):
        request = self._request().with_user(self.adviser)
        request.action_start()
        self.assertEqual((request.state, bool(request.date_closed)), ("in_progress", False))
        with freeze_time("2040-01-01"):
            request.action_done()
        self.assertEqual(request.state, "done")
        self.assertFalse(request.activity_ids)
        self.assertGreater(request.days_to_close, 1)
        request.action_reopen()
        self.assertFalse(request.date_closed)
        request.action_cancel()
        with self.assertRaisesRegex(UserError, "Contract check"):
            request.action_start()

    def test_member_is_asked_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.portal.partner_id.write({"lang": "nl_NL", "email": "member@example.com"})
        self.general.with_context(lang="nl_NL").name = "Contract nalezen"
        request = self._request()
        request.with_user(self.adviser).action_done()
        mail = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id desc", limit=1
        )
        self.assertIn("Contract nalezen", mail.subject)
        self.assertIn(f"/my/services/requests/{request.id}", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.portal.partner_id)

    def test_score_is_given_once_and_when_done(self):
        request = self._request()
        with self.assertRaisesRegex(UserError, "Contract check"):
            request._rate(5, "")
        request.action_done()
        request._rate(4, "Good")
        with self.assertRaises(UserError):
            request._rate(1, "")
        self.assertEqual((request.score, request.score_comment), (4, "Good"))
        with self.assertRaises(UserError):
            request.action_reopen()

    def test_what_the_member_said_is_not_written_by_staff(self):
        request = self._request().with_user(self.manager)
        for values in (
            {"score": 5},
            {"message": "Something else"},
            {"membership_id": self.other_member.id},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                request.write(values)
        forged = self.env["coop.service.request"].create(
            {
                "membership_id": self.member.id,
                "service_id": self.general.id,
                "state": "done",
                "score": 5,
            }
        )
        self.assertEqual((forged.state, forged.score), ("new", 0))

    def test_means_count_answers_only(self):
        self._request()
        rated = self._request()
        rated.action_done()
        rated._rate(4, "")
        [[mean]] = self.env["coop.service.request"]._read_group(
            [("service_id", "=", self.general.id)], [], ["score:avg"]
        )
        self.assertEqual(mean, 4)

    def test_request_taken_down_by_telephone(self):
        with Form(self.env["coop.service.request"].with_user(self.services)) as form:
            form.membership_id = self.member
            form.service_id = self.general
        self.assertEqual(form.record.antenna_id, self.antenna)

    def test_new_responsible_gets_the_activity(self):
        request = self._request()
        request.user_id = self.services
        self.assertEqual(request.activity_ids.user_id, self.services)

    def test_texts_have_a_limit_in_the_database_too(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self._request(message="x" * 2001)

    def test_formulas_are_exported_as_text(self):
        request = self._request(message='=HYPERLINK("http://evil.example")')
        [[cell]] = request.export_data(["message"])["datas"]
        self.assertEqual(cell, '\'=HYPERLINK("http://evil.example")')
        self.assertEqual(request.message[0], "=")

    def test_list_costs_as_many_queries_for_eighty(self):
        requests = self.env["coop.service.request"].create(
            [{"membership_id": self.member.id, "service_id": self.general.id} for _i in range(80)]
        )
        names = {"fields": {"display_name": {}}}
        specification = {
            "date": {},
            "membership_id": names,
            "service_id": names,
            "antenna_id": names,
            "user_id": names,
            "activity_ids": {"fields": {}},
            "score": {},
            "state": {},
        }
        counts = []
        for limit in (10, 80):
            records = requests.with_user(self.services)
            records.web_search_read([("id", "in", requests.ids)], specification, limit=limit)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.web_search_read([("id", "in", requests.ids)], specification, limit=limit)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertLessEqual(counts[1], 16)
