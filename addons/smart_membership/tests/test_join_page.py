import io
import re
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.smart_membership.controllers import identity_upload, page_key

from .join_common import JoinCase

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)


@tagged("post_install", "-at_install")
class TestJoinPage(HttpCase, JoinCase):
    """The public page, over the wire, as visitors and robots use it."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.html = ""

    def open_page(self):
        self.html = self.url_open("/membership/join").text
        return self.hidden("csrf_token"), self.hidden("page_key")

    def hidden(self, name):
        return re.search(rf'name="{name}"[^>]*value="([^"]+)"', self.html)[1]

    def send(self, files=None, keys=None, **values):
        token, key = keys or self.open_page()
        data = {"csrf_token": token, "page_key": key, **self._page(**values)}
        response = self.url_open("/membership/join", data=data, files=files, allow_redirects=False)
        self.html = response.text
        return response

    def assert_taken(self, response):
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/membership/join/sent"))

    def requests(self, email="noor@example.com"):
        return self.Request.search([("email", "=", email)])

    def test_the_page_becomes_a_request(self):
        response = self.send(
            email="Noor@Example.com",
            iban="BE71 0961 2345 6769",
            national_number="85.07.30-033.28",
            newsletter="1",
            message="I make chairs.",
        )
        self.assert_taken(response)
        request = self.requests()
        self.assertRecordValues(
            request,
            [
                {
                    "name": "Noor Vermeiren",
                    "state": "draft",
                    "company_id": self.company.id,
                    "quantity": 2,
                    "amount": 100.0,
                    "iban": "BE71096123456769",
                    "message": "I make chairs.",
                    "share_class_id": self.share_a.id,
                    "proven_at": False,
                    "partner_id": False,
                }
            ],
        )
        self.assertEqual(
            [(one.code, one.version) for one in request.consent_ids.sorted("code")],
            [("newsletter", 1), ("privacy", 1), ("statutes", 1)],
        )
        self.assertEqual(request.national_number_stored, "85073003328")

    def test_the_page_is_found_where_one_logs_in(self):
        page = self.url_open("/web/login").text
        self.assertRegex(page, r'<a[^>]*href="/membership/join"[^>]*>Become a member</a>')

    def test_the_link_wants_a_button_and_works_once(self):
        self.send()
        path, request = self._link(), self.requests()
        # A scanner of mails opens each link, and more than once.
        for _time in range(2):
            self.html = self.url_open(path).text
            self.assertIn("o_join_prove", self.html)
        self.assertEqual(request.state, "draft")
        self.assertFalse(self.Request.with_user(self.services).search([]))
        token = self.hidden("csrf_token")
        self.assertIn("o_join_proven", self.url_open(path, data={"csrf_token": token}).text)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(self.Request.with_user(self.services).search([]), request)
        for answer in (self.url_open(path), self.url_open(path, data={"csrf_token": token})):
            self.assertIn("o_join_lapsed", answer.text)
        self.assertNotIn(path.rsplit("/", 1)[-1], request.proof_hash or "")

    def test_the_link_lapses_after_48_hours(self):
        self.send()
        path = self._link()
        request = self.requests()
        request.proof_expires_at = "2020-01-01"
        self.assertIn("o_join_lapsed", self.url_open(path).text)
        request._gc_requests()
        self.assertEqual(request.state, "expired")

    def test_a_guessed_link_opens_nothing(self):
        self.send()
        path, request = self._link(), self.requests()
        other = self._request(proven=False, email="other@example.com")
        token = path.rsplit("/", 1)[-1]
        for guess in (
            f"/membership/join/{other.id}/{token}",
            f"/membership/join/{request.id}/{token[:-1]}",
            f"/membership/join/{request.id + 1000}/{token}",
            f"/membership/join/{request.id}/{request.proof_hash}",
        ):
            self.assertIn("o_join_lapsed", self.url_open(guess).text)

    def test_extra_fields_are_not_written(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        other_company = self.env["res.company"].create({"name": "Other"})
        response = self.send(
            state="accepted",
            company_id=str(other_company.id),
            partner_id=str(stranger.id),
            id="1",
            proven_at="2026-01-01",
            subscription_id="1",
            proof_hash="x",
            decided_by_id="1",
            create_uid="1",
            national_number_stored="x",
        )
        self.assert_taken(response)
        self.assertRecordValues(
            self.requests(),
            [
                {
                    "state": "draft",
                    "company_id": self.company.id,
                    "partner_id": False,
                    "proven_at": False,
                    "subscription_id": False,
                    "decided_by_id": False,
                    "national_number_stored": False,
                }
            ],
        )

    def test_records_out_of_reach_are_refused(self):
        hidden = self.share_a.copy({"code": "H", "company_id": self.company.id})
        staff = self.env["coop.member.category"].search([("code", "=", "staff")])
        for values in (
            {"share_class": str(hidden.id)},  # it has no price yet
            {"share_class": str(self.share_c.id)},  # for partners
            {"share_class": "1 OR 1=1"},
            {"category": str(staff.id)},
            {"country_code": "ZZ"},
        ):
            with self.subTest(values=values):
                self.assertEqual(self.send(**values).status_code, 422)
        self.assertFalse(self.requests())

    def test_sent_twice_makes_one(self):
        keys = self.open_page()
        for _time in range(3):
            self.assert_taken(self.send(keys=keys))
        self.assertEqual(len(self.requests()), 1)
        self.assertEqual(len(self._mails()), 1)

    def test_robots(self):
        self.assert_taken(self.send(website="https://spam.example"))
        self.assertFalse(self.requests())
        self.env["ir.config_parameter"].set_param("smart_membership.join_seconds", "3600")
        response = self.send()
        self.assertEqual(response.status_code, 422)
        self.assertIn("very fast", response.text)
        self.assertIn("Noor Vermeiren", response.text)
        for key in ("", "garbage", "AAAA", "é"):
            self.assertEqual(self.send(keys=(self.hidden("csrf_token"), key)).status_code, 422)
        self.assertFalse(self.requests())

    def test_without_csrf_token(self):
        _token, key = self.open_page()
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.send(keys=("", key))
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.requests())

    def test_limit_of_an_address_and_of_a_computer(self):
        for number in range(3):
            self.assert_taken(self.send(name=f"Noor {number}"))
        response = self.send(name="Once Too Often")
        self.assertEqual(response.status_code, 429)
        self.assertIn("Once Too Often", response.text)
        self.env["ir.config_parameter"].set_param("smart_membership.join_per_ip", "4")
        self.assertEqual(self.send(email="other@example.com").status_code, 429)
        limits = self.env["coop.request.limit"].search([])
        self.assertNotIn("noor@example.com", "".join(limits.mapped("key")))
        limits.started_at = "2020-01-01"
        limits.flush_recordset()
        self.assert_taken(self.send(email="other@example.com"))
        self.env["coop.request.limit"]._gc_limits()
        limits.invalidate_recordset()
        self.assertLess(len(limits.exists()), len(limits))

    def test_errors_stand_at_the_field_and_nothing_is_lost(self):
        sector = self.env["coop.sector"].create({"name": "Woodwork"})
        response = self.send(
            iban="BE71096123456760",
            national_number="123",
            privacy="",
            message="Typed with care",
            sectors=str(sector.id),
        )
        self.assertEqual(response.status_code, 422)
        for text in ("Typed with care", "Noor Vermeiren", "BE71096123456760", "1985-07-30"):
            self.assertIn(text, response.text)
        for field in ("iban", "national_number"):
            self.assertRegex(
                response.text, rf'id="join_{field}"[^>]*class="[^"]*is-invalid[^>]*{field}_error'
            )
        self.assertRegex(response.text, rf'id="join_sector_{sector.id}"[^>]*checked')
        self.assertRegex(response.text, r'id="join_statutes"[^>]*checked')
        self.assertFalse(self.requests())

    def test_names_are_text(self):
        attack = "<script>alert(1)</script>"
        response = self.send(name=attack, message=f'"></textarea>{attack}', iban="x")
        self.assertNotIn(attack, response.text)
        self.assertIn("&lt;script&gt;", response.text)
        self.assert_taken(self.send(name=attack))
        self.assertEqual(self.requests().name, attack)
        self.assertNotIn(attack, self._mails().body_html)

    def test_identity_document(self):
        for name, content, kind in (
            ("virus.png", b"MZ not a picture", "JPEG"),
            ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
        ):
            response = self.send(files={"identity_document": (name, io.BytesIO(content))})
            self.assertEqual(response.status_code, 422)
            self.assertIn(kind, response.text)
        files = {"identity_document": ("../../id.png", io.BytesIO(PNG))}
        self.assert_taken(self.send(files=files))
        request = self.requests()
        self.assertEqual(request.identity_filename, "id.png")
        request._prove()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", request._name),
                ("res_id", "=", request.id),
                ("res_field", "=", "identity_document"),
            ]
        )
        self.assertEqual(attachment.raw, PNG)
        urls = (
            f"/web/content/{attachment.id}",
            f"/web/content/coop.membership.request/{request.id}/identity_document",
        )
        for login in (None, self.portal.login):
            self.authenticate(login, login)
            for url in urls:
                self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(self.services.login, self.services.login)
        for url in urls:
            self.assertEqual(self.url_open(url).content, PNG)

    def test_too_large_a_file_costs_nothing_that_was_typed(self):
        with patch.object(identity_upload, "MOST_BYTES", 1000):
            files = {"identity_document": ("big.png", io.BytesIO(PNG + bytes(2000)))}
            response = self.send(files=files)
        self.assertEqual(response.status_code, 422)
        self.assertIn("larger than 8 MB", response.text)
        self.assertIn("Noor Vermeiren", response.text)
        self.assertFalse(self.requests())

    def test_a_good_file_is_kept_when_something_else_is_wrong(self):
        files = {"identity_document": ("id.png", io.BytesIO(PNG))}
        self.send(files=files, iban="wrong")
        kept = self.hidden("identity_kept")
        waiting = self.env["ir.attachment"].search(
            [("res_model", "=", "coop.membership.request"), ("res_id", "in", (0, False))]
        )
        self.assertEqual(waiting.raw, PNG)
        self.assertEqual(self.url_open(f"/web/content/{waiting.id}").status_code, 404)
        keys = (self.hidden("csrf_token"), self.hidden("page_key"))
        self.assert_taken(self.send(keys=keys, identity_kept=kept))
        self.assertEqual(self.requests().with_context(bin_size=False).identity_filename, "id.png")
        self.assertTrue(self.requests().identity_document)
        self.assertFalse(waiting.exists())

    def test_the_answer_tells_nothing_about_who_is_known(self):
        self.env["res.partner"].create({"name": "Known", "email": "known@example.com"})
        answers = []
        for email in ("known@example.com", "unknown@example.com"):
            self.assert_taken(self.send(email=email))
            answers.append(self.url_open("/membership/join/sent").text)
            self.assertEqual(len(self._mails(email)), 1)
        plain = [re.sub(r'csrf_token: "[^"]+"', "", answer) for answer in answers]
        self.assertEqual(*plain)

    def test_company_and_settings(self):
        company = {
            "kind": "company",
            "name": "Drukkerij De Ekster",
            "contact_name": "Noor Vermeiren",
            "kbo_number": "0477.472.701",
            "category": str(self.partner_category.id),
            "share_class": str(self.share_c.id),
        }
        self.assert_taken(self.send(**company))
        self.assertEqual(self.requests().kbo_number, "0477472701")
        self.company.coop_national_number_required = True
        self.assertEqual(self.send().status_code, 422)

    def test_the_page_is_closed_without_texts_or_shares(self):
        self.texts.unlink()
        page = self.url_open("/membership/join").text
        self.assertIn("o_join_closed", page)
        self.assertNotIn("o_join_form", page)

    def test_the_page_of_yesterday(self):
        with patch.object(page_key, "HOURS_OPEN", -1):
            keys = self.open_page()
        response = self.send(keys=keys)
        self.assertEqual(response.status_code, 422)
        self.assertIn("open for too long", response.text)
