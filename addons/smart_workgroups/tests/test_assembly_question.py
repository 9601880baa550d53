import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestAssemblyQuestion(GovernanceCase, HttpCase):
    """Members ask before an Assembly, and the Board answers for all to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assembly = cls.env["coop.assembly"].create(
            {
                "name": "Assembly of June",
                "company_id": cls.company.id,
                "date": cls.today + timedelta(days=30),
            }
        )
        cls.resolution = cls.env["coop.resolution"].create(
            {"name": "A tree", "company_id": cls.company.id, "assembly_id": cls.assembly.id}
        )
        cls.assembly._write_decision({"state": "convoked"})
        cls.url = f"/my/assemblies/{cls.assembly.id}/questions"

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, data, url=None):
        page = self.url_open("/my/votes").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(
            f"{url or self.url}/ask", data={"csrf_token": token, "lang": "en_US", **data}
        )

    def _asked(self, text="Where will it stand?", user=None):
        person = (user or self.portal).partner_id
        return self.env["coop.assembly.question"].create(
            {
                "assembly_id": self.assembly.id,
                "resolution_id": self.resolution.id,
                "text": text,
                "submitted_by_id": person.id,
            }
        )

    def test_ask_and_read_the_answer(self):
        self._login(self.portal)
        self.assertIn('data-name="empty"', self.url_open(self.url).text)
        form = {"text": "Where will it stand?", "resolution_id": str(self.resolution.id)}
        token = {"token": "0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e"}
        page = self._post(form | token)
        self.assertIn('data-name="notice"', page.text)
        # The same form once more asks nothing more.
        self._post(form | token)
        question = self.assembly.question_ids
        self.assertEqual(len(question), 1)
        self.assertEqual(
            (question.submitted_by_id, question.lang, question.resolution_id, question.state),
            (self.portal.partner_id, "en_US", self.resolution, "asked"),
        )
        self.assertEqual(self.assembly.question_count, 1)
        own = question.with_user(self.director)
        with self.assert_refused(UserError, "Write the answer"):
            own.action_answer()
        own.answer = "In the garden."
        self._login(self.portal_other)
        page = self.url_open(self.url).text
        self.assertIn("Where will it stand?", page)
        # What is being written is not read yet.
        self.assertNotIn("In the garden.", page)
        own.action_answer()
        self.assertEqual(question.answered_by_id, self.director.partner_id)
        self.assertIn("In the garden.", self.url_open(self.url).text)
        for name in ("answer", "text"):
            with self.assert_refused(UserError, "cannot be changed by hand"):
                own[name] = "Else"
        with self.assert_refused(UserError, "stays in the records"):
            question.unlink()
        with self.assert_refused(UserError, "cannot be done any more"):
            own.action_answer()

    def test_only_abuse_is_hidden_and_for_a_reason(self):
        question = self._asked("Is he ill?")
        Hide = self.env["coop.assembly.question.hide"].with_user(self.secretary)
        with self.assert_refused(UserError, "for abuse only"):
            Hide.create({"question_id": question.id, "reason": " "}).action_hide()
        Hide.create({"question_id": question.id, "reason": "Private life"}).action_hide()
        self._login(self.portal_other)
        self.assertNotIn("Is he ill?", self.url_open(self.url).text)
        self._login(self.portal)
        page = self.url_open(self.url).text
        self.assertIn("Is he ill?", page)
        self.assertIn("Private life", page)
        self.assertEqual(self.assembly.question_count, 0)

    def test_until_the_deadline(self):
        self._login(self.portal)
        for values, takes in (
            ({"question_deadline": fields.Datetime.now() + timedelta(hours=1)}, True),
            ({"question_deadline": fields.Datetime.now() - timedelta(seconds=1)}, False),
            ({"question_deadline": False, "date": self.today + timedelta(days=1)}, True),
            ({"question_deadline": False, "date": self.today}, False),
            ({"date": self.today + timedelta(days=1), "state": "held"}, False),
        ):
            with self.subTest(values):
                self.assembly._write_decision({"state": "convoked"} | values)
                before = len(self.assembly.question_ids)
                page = self._post({"text": "May I?"})
                self.assertEqual(page.status_code, 200 if takes else 422)
                self.assertEqual("takes no written questions" in page.text, not takes)
                self.assertEqual(len(self.assembly.question_ids) - before, int(takes))
                self.assertEqual('data-name="ask"' in self.url_open(self.url).text, takes)

    def test_bad_forms(self):
        self._login(self.portal)
        for data, field in (
            ({"text": ""}, "text"),
            ({"text": "x" * 4001}, "text"),
            ({"text": "Why?", "lang": "xx"}, "lang"),
        ):
            page = self._post(data)
            self.assertEqual(page.status_code, 422)
            self.assertIn(f'data-error="{field}"', page.text)
        # A point of another agenda is none of this one.
        other = self.assembly.copy({"name": "Other"})
        point = self.env["coop.resolution"].create(
            {"name": "A bench", "company_id": self.company.id, "assembly_id": other.id}
        )
        self._post({"text": "Why?", "resolution_id": str(point.id)})
        self.assertFalse(self.assembly.question_ids.resolution_id)
        with self.assert_refused(UserError, "is not on the agenda of"):
            self._asked().sudo()._write_decision({"resolution_id": point.id})
        # Not convoked yet, it is nobody's to see.
        elsewhere = f"/my/assemblies/{other.id}/questions"
        self.assertEqual(self._post({"text": "Why?"}, elsewhere).status_code, 404)
        self._login(self.stranger)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self._post({"text": "Why?"}).status_code, 404)

    def test_who_answers(self):
        question = self._asked()
        for user in (self.portal, self.employee, self.ethics):
            with self.assertRaises(AccessError):
                question.with_user(user).action_answer()
            with self.assertRaises(AccessError):
                question.with_user(user)._hide("x")
        question.with_user(self.director).answer = "Here"
        former = self._user("g_former", "smart_workgroups.group_governance_director")
        with self.assertRaisesRegex(AccessError, "running mandate"):
            question.with_user(former).action_answer()
        question.with_user(self.secretary).action_answer()
        self.assertEqual(question.state, "answered")
        for user, letters in (
            (self.secretary, "rw"),
            (self.director, "rw"),
            (self.ethics, ""),
            (self.employee, ""),
            (self.portal, ""),
        ):
            for operation in ("read", "write", "create", "unlink"):
                self.assertEqual(
                    question.with_user(user).has_access(operation), operation[0] in letters
                )
