import uuid

from odoo.tests import tagged
from odoo.tools import mute_logger

from .service_common import ServiceHttpCase


@tagged("post_install", "-at_install")
class TestServicePortal(ServiceHttpCase):
    def requests_of(self, membership):
        return self.env["coop.service.request"].search([("membership_id", "=", membership.id)])

    def test_catalogue_shows_what_fits(self):
        self.login(self.portal)
        page = self.url_open("/my/services").text
        order = [page.index(name) for name in ("Contract check", "Starter course")]
        self.assertEqual(order, sorted(order), "general services come first")
        self.assertIn("We read it with you.", page)
        self.assertIn(f"/my/services/{self.general.id}/ask", page)
        self.assertNotIn("Investment advice", page)

    def test_who_is_no_member_is_told_what_to_do(self):
        self.login(self.employee)
        page = self.url_open("/my/services").text
        self.assertIn("Services are for members", page)
        self.assertEqual(self.url_open(f"/my/services/{self.general.id}/ask").status_code, 404)
        self.assertIn(
            "You did not ask for anything yet", self.url_open("/my/services/requests").text
        )

    def test_form_sent_twice_makes_one_request(self):
        self.login(self.portal)
        token = str(uuid.uuid4())
        first = self.ask(token=token, message="=1+1 <b>Help</b>")
        again = self.ask(token=token, message="=1+1 <b>Help</b>")
        self.assertEqual((first.status_code, again.status_code), (303, 303))
        request = self.requests_of(self.member)
        self.assertEqual(len(request), 1)
        self.assertEqual(request.message, "=1+1 <b>Help</b>")
        self.assertEqual(request.user_id, self.adviser)
        self.assertEqual(first.headers["Location"], again.headers["Location"])
        page = self.url_open(first.headers["Location"]).text
        self.assertIn("&lt;b&gt;Help&lt;/b&gt;", page)
        self.assertIn("We received your request", page)
        self.assertIn('data-state="new"', page)

    def test_same_token_of_another_member_is_another_form(self):
        token = str(uuid.uuid4())
        for user in (self.portal, self.portal_other):
            self.login(user)
            self.ask(token=token)
        self.assertEqual(len(self.requests_of(self.member)), 1)
        self.assertEqual(len(self.requests_of(self.other_member)), 1)

    def test_long_text_is_refused_and_kept(self):
        self.login(self.portal)
        text = "a" * 1999 + "zz"
        response = self.ask(message=text)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.errors_of(response), {"message"})
        self.assertIn("2001 characters", response.text)
        self.assertIn(text, response.text)
        self.assertFalse(self.requests_of(self.member))

    def test_bad_token_is_answered_with_a_new_one(self):
        self.login(self.portal)
        for token in ("", "x", "'; DROP TABLE"):
            response = self.ask(token=token, message="Kept text")
            self.assertEqual(response.status_code, 422)
            self.assertIn("Kept text", response.text)
        self.assertFalse(self.requests_of(self.member))

    def test_extra_fields_are_ignored(self):
        self.login(self.portal)
        self.ask(membership_id=str(self.other_member.id), state="done", score="5", user_id="1")
        request = self.requests_of(self.member)
        self.assertEqual((request.state, request.score), ("new", 0))
        self.assertEqual(request.user_id, self.adviser)
        self.assertFalse(self.requests_of(self.other_member))

    def test_services_that_do_not_fit_are_not_found(self):
        self.login(self.portal)
        for service_id in (self.advanced.id, 0, 2**31 - 1, 10**30):
            with self.subTest(service_id=service_id):
                self.assertEqual(self.url_open(f"/my/services/{service_id}/ask").status_code, 404)

    def test_requests_of_others_are_not_found(self):
        foreign = self._request(self.other_member, message="Secret of another")
        foreign_path = f"/my/services/requests/{foreign.id}"
        self.login(self.portal)
        self.assertEqual(self.url_open(foreign_path).status_code, 404)
        self.assertNotIn("Contract check", self.url_open("/my/services/requests").text)
        form = f"/my/services/{self.general.id}/ask"
        for action, data in (
            ("message", {"text": "I was here"}),
            ("cancel", {}),
            ("rate", {"score": "1"}),
        ):
            with self.subTest(action=action):
                response = self.post(f"{foreign_path}/{action}", form_path=form, **data)
                self.assertEqual(response.status_code, 404)
        self.assertEqual(foreign.state, "new")
        self.assertFalse(foreign._get_conversation())

    def test_staff_reach_requests_of_others_in_the_back_office_only(self):
        request = self._request()
        self.login(self.services)
        self.assertEqual(self.url_open(f"/my/services/requests/{request.id}").status_code, 404)

    def test_messages_go_both_ways(self):
        request = self._request()
        path = f"/my/services/requests/{request.id}"
        request.with_user(self.adviser).message_post(
            body="We look at it", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        request.with_user(self.adviser).message_post(
            body="Difficult case", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.login(self.portal)
        for _twice in range(2):
            response = self.post(f"{path}/message", form_path=path, text="<script>x</script>\nBye")
            self.assertEqual(response.status_code, 303)
        page = self.url_open(path).text
        self.assertIn("We look at it", page)
        self.assertNotIn("Difficult case", page, "what colleagues note is for them")
        self.assertNotIn("<script>x", page)
        self.assertEqual(page.count("&lt;script&gt;x"), 1)
        self.assertEqual(request._get_conversation()[0].author_id, self.portal.partner_id)
        response = self.post(f"{path}/message", form_path=path, text="  ")
        self.assertEqual(self.errors_of(response), {"text"})
        response = self.post(f"{path}/message", form_path=path, text="b" * 2001)
        self.assertEqual(self.errors_of(response), {"text"})
        self.assertIn("b" * 2001, response.text)

    def test_cancelled_while_new_only(self):
        request, started = self._request(), self._request()
        started.action_start()
        self.login(self.portal)
        form = f"/my/services/{self.general.id}/ask"
        path = f"/my/services/requests/{request.id}"
        for _twice in range(2):
            self.assertEqual(self.post(f"{path}/cancel", form_path=form).status_code, 303)
        self.assertEqual(request.state, "cancelled")
        path = f"/my/services/requests/{started.id}"
        response = self.post(f"{path}/cancel", form_path=path)
        self.assertEqual(self.errors_of(response), {"cancel"})
        self.assertEqual(started.state, "in_progress")

    def test_satisfaction_is_given_once(self):
        request = self._request()
        path = f"/my/services/requests/{request.id}"
        self.login(self.portal)
        self.assertNotIn("How satisfied are you", self.url_open(path).text)
        request.action_done()
        self.assertIn("How satisfied are you", self.url_open(path).text)
        for score in ("", "0", "6", "5; DROP", "²"):
            response = self.post(f"{path}/rate", form_path=path, score=score, comment="Kept")
            self.assertEqual(self.errors_of(response), {"score"}, score)
            self.assertIn("Kept", response.text)
        for score in ("4", "1"):
            response = self.post(f"{path}/rate", form_path=path, score=score, comment="Fine")
            self.assertEqual(response.status_code, 303)
        self.assertEqual((request.score, request.score_comment), (4, "Fine"))
        self.assertIn("Thank you", self.url_open(path).text)

    def test_forms_want_their_csrf_token(self):
        request = self._request()
        self.login(self.portal)
        for path in (
            f"/my/services/{self.general.id}/ask",
            f"/my/services/requests/{request.id}/cancel",
        ):
            with mute_logger("odoo.http"):
                response = self.url_open(path, data={"token": str(uuid.uuid4())})
            self.assertEqual(response.status_code, 400)
        self.assertEqual(request.state, "new")
        self.assertEqual(
            self.url_open(f"/my/services/requests/{request.id}/cancel").status_code, 405
        )

    def test_visitors_are_sent_to_the_login(self):
        for path in ("/my/services", "/my/services/requests", "/my/documents"):
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_page_of_many_requests_costs_as_many_queries_as_of_few(self):
        self.login(self.portal)
        counts = []
        for _more in range(2):
            for _request in range(8):
                self._request()
            self.url_open("/my/services/requests")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open("/my/services/requests").status_code, 200)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
