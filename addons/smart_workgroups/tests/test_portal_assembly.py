import base64
import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .assembly_common import AssemblyCase


@tagged("post_install", "-at_install")
class TestPortalAssembly(AssemblyCase, HttpCase):
    """What members and the desk do on the pages, and what is refused there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._user_of(cls.voters[0], "asm_member")
        cls.other = cls._user_of(cls.voters[1], "asm_other")
        cls.stranger = cls._user_of(cls.scrutineers[0], "asm_stranger")
        cls.numbers = {
            one.partner_id: one.number
            for one in cls.env["coop.membership"].search([("company_id", "=", cls.company.id)])
        }

    def _post(self, url, data=None, **options):
        page = self.url_open("/my/assemblies").text
        token = re.search(r'csrf_token: "([^"]+)"', page)
        return self.url_open(url, data={**(data or {}), "csrf_token": token.group(1)}, **options)

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def test_convocation(self):
        assembly = self._convoked(
            announcement="<p>Bring a friend.</p>",
            document_ids=[
                Command.create(
                    {
                        "name": "Accounts",
                        "file_ids": [
                            Command.create(
                                {
                                    "lang": "en_US",
                                    "file": base64.b64encode(b"Figures"),
                                    "filename": "accounts.txt",
                                }
                            )
                        ],
                    }
                )
            ],
        )
        draft = self._assembly(name="Not announced yet")
        self._login(self.member)
        page = self.url_open("/my/assemblies").text
        self.assertIn("Yearly Assembly", page)
        self.assertNotIn(draft.name, page)
        url = f"/my/assemblies/{assembly.id}"
        page = self.url_open(url)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        voter = self._on_roll(assembly, self.voters[0])
        for text in ("Accounts of the year", "Bring a friend.", "Town hall", voter._get_code()):
            self.assertIn(text, page.text)
        # The picture of the code is in the page itself.
        self.assertIn("data:image/png;base64,", page.text)
        file = assembly.document_ids.file_ids
        answer = self.url_open(f"{url}/files/{file.id}")
        self.assertEqual(answer.content, b"Figures")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(self.url_open(f"{url}/minutes.pdf").status_code, 404)
        self.assertEqual(self.url_open(f"/my/assemblies/{draft.id}").status_code, 404)

    def test_minutes_and_their_correction(self):
        """Members read what holds, and what it was before."""
        assembly = self._open_assembly()
        assembly.write(
            {"chair_id": self.voters[0].id, "secretary_id": self.secretary.partner_id.id}
        )
        assembly.action_hold()
        assembly.action_freeze()
        url = f"/my/assemblies/{assembly.id}"
        self._login(self.member)
        page = self.url_open(url).text
        self.assertNotIn('data-name="correction"', page)
        self.assertNotIn("in force", page)
        context = assembly.action_correct()["context"]
        wizard = (
            self.env["coop.assembly.correction"]
            .with_user(self.secretary)
            .with_context(**context)
            .create({"reason": "The wrong <year>", "notes": "<p>Of last year</p>"})
        )
        wizard.action_correct()
        page = self.url_open(url).text
        for text in ("The wrong &lt;year&gt;", "in force", "replaced by revision 2"):
            self.assertIn(text, page)
        for minutes in assembly.minutes_ids:
            answer = self.url_open(f"{url}/minutes.pdf?revision={minutes.revision}")
            self.assertEqual(answer.content, minutes.attachment_id.raw)
            self.assertIn(minutes.hash, page)
        answer = self.url_open(f"{url}/minutes.pdf")
        self.assertEqual(answer.content, assembly._get_minutes_in_force().attachment_id.raw)
        for wrong in ("3", "x", "-1"):
            answer = self.url_open(f"{url}/minutes.pdf?revision={wrong}")
            self.assertEqual(answer.status_code, 404, wrong)

    def test_proxy(self):
        assembly = self._convoked()
        url = f"/my/assemblies/{assembly.id}"
        self._login(self.member)
        for typed, text in (
            ("99999", "No member has this number"),
            ("x", "No member has this number"),
            (self.numbers[self.voters[0]], "your own number"),
        ):
            form = {"number": typed, "instructions": "Say no"}
            page = self._post(f"{url}/proxy", form).text
            self.assertIn(text, page)
            self.assertIn(f'value="{typed}"', page)
            self.assertIn(">Say no</textarea>", page)
            self.assertRegex(page, '<details[^>]*data-name="give"[^>]*open="open"')
        number = self.numbers[self.voters[1]]
        page = self._post(f"{url}/proxy", {"number": number, "instructions": "Say yes"}).text
        self.assertIn('data-notice="given"', page)
        self.assertIn("votes in your place", page)
        page = self._post(f"{url}/proxy", {"number": self.numbers[self.voters[2]]}).text
        self.assertIn(f"You gave your proxy to {self.voters[1].name}", page)
        self._login(self.other)
        page = self.url_open(url).text
        self.assertIn("Say yes", page)
        self.assertNotIn('data-name="give"', page)
        self._login(self.member)
        page = self._post(f"{url}/proxy/back").text
        self.assertIn('data-notice="back"', page)
        self.env.invalidate_all()
        self.assertEqual(assembly.proxy_ids.mapped("state"), ["revoked"])

    def test_ask_to_speak(self):
        assembly = self._convoked()
        url = f"/my/assemblies/{assembly.id}"
        french = self.env["res.lang"]._activate_lang("fr_BE")
        self._login(self.member)
        asked = {"point": assembly.point_ids.id, "lang_id": french.id, "interpreter": "1"}
        for _turn in range(2):
            self.assertIn('data-notice="speak"', self._post(f"{url}/speak", asked).text)
        self.env.invalidate_all()
        [speaker] = assembly.speaker_ids
        self.assertEqual(speaker.partner_id, self.voters[0])
        self.assertEqual(speaker.lang_id, french)
        self.assertTrue(speaker.interpreter)
        self.assertEqual(self._post(f"{url}/speak", {"point": "0"}).status_code, 404)
        # Nobody takes back what another one asked for.
        self._login(self.other)
        back = {"speaker": speaker.id}
        self.assertEqual(self._post(f"{url}/speak/back", back).status_code, 404)
        self._login(self.member)
        self.assertIn('data-notice="silent"', self._post(f"{url}/speak/back", back).text)
        self.env.invalidate_all()
        self.assertEqual(speaker.state, "withdrawn")

    def test_who_is_no_member(self):
        assembly = self._convoked()
        self._login(self.stranger)
        self.assertNotIn("Yearly Assembly", self.url_open("/my/assemblies").text)
        url = f"/my/assemblies/{assembly.id}"
        self.assertEqual(self.url_open(url).status_code, 404)
        for path in ("/proxy", "/proxy/back", "/speak", "/speak/back"):
            answer = self._post(f"{url}{path}", {"number": "1", "point": "1"})
            self.assertEqual(answer.status_code, 404, path)
        self.authenticate(None, None)
        answer = self.url_open(url, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_desk(self):
        assembly = self._open_with_statutes()
        self._give(assembly, self.voters[4], self.voters[3])
        url = f"/governance/assemblies/{assembly.id}/scan"
        self._login(self.secretary)
        voter = self._on_roll(assembly, self.voters[3])
        page = self.url_open(f"{url}?code={voter._get_code()}").text
        self.assertIn("Voter 4", page)
        self.assertIn("holds a proxy", page)
        self.assertIn("no convocation of", self.url_open(f"{url}?code=wrong").text)
        self.assertIn("Nobody on the roll", self.url_open(f"{url}?search=Nobody").text)
        page = self.url_open(f"{url}?search={self.numbers[self.voters[3]]}").text
        self.assertIn(f'data-id="{voter.id}"', page)
        page = self._post(url, {"voter": voter.id, "presence": "in_person"}).text
        self.assertIn('data-presence="in_person"', page)
        self.assertIn("1 present, 1", " ".join(re.sub(r"<[^>]*>", "", page).split()))
        self.env.invalidate_all()
        self.assertEqual(voter.presence, "in_person")
        for data in (
            {"voter": "0", "presence": "in_person"},
            {"voter": voter.id, "presence": "absent"},
            {"voter": voter.id},
            {"voter": self._on_roll(self._convoked(), self.voters[3]).id, "presence": "left"},
        ):
            with self.subTest(data):
                self.assertEqual(self._post(url, data).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(voter.presence, "in_person")

    def test_desk_is_for_the_secretary(self):
        assembly = self._open_assembly()
        url = f"/governance/assemblies/{assembly.id}/scan"
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        director = new_test_user(
            self.env, "asm_desk_director", "smart_workgroups.group_governance_director", **own
        )
        voter = self._on_roll(assembly, self.voters[0])
        for user in (self.member, director):
            self._login(user)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"{url}?code={voter._get_code()}").status_code, 404)
                answer = self._post(url, {"voter": voter.id, "presence": "in_person"})
                self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(voter.presence, "absent")
        self._login(self.secretary)
        self.assertEqual(self.url_open(f"/governance/assemblies/{10**9}/scan").status_code, 404)
