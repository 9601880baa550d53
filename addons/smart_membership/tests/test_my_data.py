from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .personal_data_common import PersonalDataCase


@tagged("post_install", "-at_install")
class TestMyData(PersonalDataCase, HttpCase):
    """What members agree to and take back on their page."""

    PAGE = "/my/data"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.privacy = cls.env["coop.consent.text"].create(
            {"code": "privacy", "company_id": cls.company.id, "title": "Use my data"}
        )

    def _login(self, user=None):
        user = user or self.portal
        self.authenticate(user.login, user.login)

    def _press(self, text, button, page=None):
        source = self.url_open(page or self.PAGE).text
        token = source.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{self.PAGE}/consents/{text.id}/{button}",
            data={"csrf_token": token},
            allow_redirects=False,
        )

    def _trail(self, text=None, partner=None):
        return self.env["coop.consent"].search(
            [
                ("partner_id", "=", (partner or self.person).id),
                ("code", "=", (text or self.text).code),
            ],
            order="id",
        )

    def test_take_back_and_agree_again(self):
        self._login()
        page = self.url_open(self.PAGE).text
        for text in ("Download my data", "Send me news", 'data-name="withdraw"'):
            self.assertIn(text, page)
        self.assertEqual(self._press(self.text, "withdraw").status_code, 303)
        self.assertTrue(self.consent.withdrawn_at)
        withdrawn = self.consent.withdrawn_at
        self.assertIn("taken back on", self.url_open(self.PAGE).text)
        for _twice in range(2):
            self._press(self.text, "give")
        trail = self._trail()
        self.assertEqual(len(trail), 2, "a line more, and none for the second click")
        self.assertEqual(trail[0].withdrawn_at, withdrawn)
        self.assertFalse(trail[1].withdrawn_at)
        self.assertEqual(trail[1].lang, self.portal.lang)

    def test_a_newer_version_is_asked_anew(self):
        newer = self.text.copy({"title": "Send me more news"})
        self._login()
        page = self.url_open(self.PAGE).text
        self.assertIn("Older version", page)
        self.assertIn("Send me more news", page)
        self.assertEqual(self._press(self.text, "give").status_code, 404, "not in force any more")
        self._press(newer, "give")
        self.assertEqual(self._trail().text_id, self.text | newer)
        self._press(newer, "withdraw")
        self.assertFalse(
            self._trail().filtered(lambda one: not one.withdrawn_at), "in all versions"
        )

    def test_membership_rests_on_some(self):
        self._login()
        self._press(self.privacy, "give")
        self.assertNotIn(
            f"/my/data/consents/{self.privacy.id}/withdraw", self.url_open(self.PAGE).text
        )
        response = self._press(self.privacy, "withdraw")
        self.assertEqual(response.status_code, 422)
        self.assertIn("Your membership rests on", response.text)
        self._leave()
        self.assertEqual(self._press(self.privacy, "withdraw").status_code, 303)
        self.assertTrue(self._trail(self.privacy).withdrawn_at)

    def test_nobody_decides_for_another(self):
        self._login(self.other)
        self._press(self.text, "withdraw")
        self.assertFalse(self.consent.withdrawn_at)
        self._press(self.text, "give")
        self.assertEqual(len(self._trail()), 1)
        self.assertEqual(len(self._trail(partner=self.other.partner_id)), 1)

    def test_the_back_office_button_is_not_for_members(self):
        for user in (self.portal, self.other, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.consent.with_user(user).action_withdraw()
        self.assertFalse(self.consent.withdrawn_at)

    def test_texts_of_another_cooperative(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        text = self.env["coop.consent.text"].create(
            {"code": "newsletter", "company_id": other.id, "title": "Their news"}
        )
        self._login()
        self.assertNotIn("Their news", self.url_open(self.PAGE).text)
        for button in ("give", "withdraw"):
            self.assertEqual(self._press(text, button).status_code, 404)
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self.env["coop.consent"]._give(text, self.membership)

    def test_who_is_no_member_has_nothing_to_agree_to(self):
        self.authenticate(self.services.login, self.services.login)
        page = self.url_open(self.PAGE).text
        self.assertIn("you are none here yet", page)
        self.assertIn("Download my data", page)

    @mute_logger("odoo.http")
    def test_forms_are_posted_with_a_token(self):
        url = f"{self.PAGE}/consents/{self.text.id}/withdraw"
        self._login()
        self.assertEqual(self.url_open(url).status_code, 405)
        self.assertEqual(self.url_open(url, data={"a": "b"}).status_code, 400)
        self.logout()
        self.assertIn(
            "/web/login", self.url_open(self.PAGE, allow_redirects=False).headers["Location"]
        )
        self.assertFalse(self.consent.withdrawn_at)
