import base64
import io
import re
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.tests import HttpCase, tagged

from .election_common import ElectionCase


def picture():
    """Return a small PNG."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "PNG")
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestPortalElection(ElectionCase, HttpCase):
    """Members stand, propose, withdraw, and read who is elected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls._user_of(cls.voters[0], "election_ann")
        cls.bob = cls._user_of(cls.voters[1], "election_bob")
        cls.stranger = cls._user_of(cls.scrutineers[0], "election_stranger")
        cls.election = cls._election()
        cls.url = f"/my/elections/{cls.election.id}"

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, step, data=None, url=None, **options):
        page = self.url_open("/my/elections").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        data = {"csrf_token": token, **(data or {})}
        return self.url_open(f"{url or self.url}/{step}", data=data, **options)

    def _stand(self, text="Shorter meetings", **options):
        return self._post("stand", {"text": text, "lang": "en_US"}, **options)

    def test_stand_change_and_withdraw(self):
        self._login(self.ann)
        page = self.url_open(self.url)
        self.assertIn("Stand as a candidate", page.text)
        page = self._stand(files={"photo": ("me.png", picture(), "image/png")})
        self.assertIn('data-notice="stands"', page.text)
        candidate = self.election.candidate_ids
        self.assertEqual(
            (candidate.partner_id, candidate.state, candidate.text, candidate.authentic_lang),
            (self.voters[0], "submitted", "Shorter meetings", "en_US"),
        )
        self.assertTrue(candidate.photo)
        # Once more is a change, not a second candidature; the photo stays.
        self._stand("Even shorter meetings")
        self.assertEqual(self.election.candidate_ids, candidate)
        self.assertEqual(candidate.text, "Even shorter meetings")
        self.assertTrue(candidate.photo)
        photo = self.url_open(f"{self.url}/candidates/{candidate.id}/photo")
        self.assertEqual((photo.status_code, photo.headers["Content-Type"]), (200, "image/png"))
        # Before anybody is admitted, one reads the own page as members will.
        page = self.url_open(self.url).text
        self.assertIn(f'href="{self.url}/candidates/{candidate.id}"', page)
        self.assertIn('data-name="own_photo"', page)
        self.assertIn("Even shorter", self.url_open(f"{self.url}/candidates/{candidate.id}").text)
        self._post("stand", {"text": candidate.text, "lang": "en_US", "no_photo": "1"})
        self.assertFalse(candidate.photo)
        self.assertNotIn('data-name="own_photo"', self.url_open(self.url).text)
        self._stand(candidate.text, files={"photo": ("me.png", picture(), "image/png")})
        self.assertTrue(candidate.photo)
        # Nobody else sees who is not admitted.
        self._login(self.bob)
        self.assertNotIn(self.voters[0].name, self.url_open(self.url).text)
        own = f"{self.url}/candidates/{candidate.id}"
        self.assertEqual(self.url_open(own).status_code, 404)
        self.assertEqual(self.url_open(f"{own}/photo").status_code, 404)
        self.assertEqual(self._post("withdraw", {"reason": "x"}).status_code, 404)
        candidate.with_user(self.secretary).action_admit()
        self.assertIn(self.voters[0].name, self.url_open(self.url).text)
        self.assertIn("Even shorter meetings", self.url_open(own).text)
        # Admitted, the text stays.
        self._login(self.ann)
        self.assertNotIn('data-name="stand"', self.url_open(self.url).text)
        self.assertIn("cannot be changed by hand", self._stand("Something else").text)
        self.assertIn("Say why", self._post("withdraw", {"reason": " "}).text)
        self._post("withdraw", {"reason": "I move"})
        self.assertEqual((candidate.state, candidate.withdraw_reason), ("withdrawn", "I move"))

    def test_bad_forms(self):
        self._login(self.ann)
        for data, files, field in (
            ({"text": " ", "lang": "en_US"}, None, "text"),
            ({"text": "x" * 4001, "lang": "en_US"}, None, "text"),
            ({"text": "Yes", "lang": "xx_XX"}, None, "lang"),
            ({"text": "Yes", "lang": "en_US"}, ("me.svg", b"<svg/>", "image/svg+xml"), "photo"),
            ({"text": "Yes", "lang": "en_US"}, ("me.png", b"GIF89a", "image/png"), "photo"),
        ):
            with self.subTest(field, files=files):
                page = self._post("stand", data, files={"photo": files} if files else None)
                self.assertEqual(page.status_code, 422)
                self.assertIn(f'data-error="{field}"', page.text)
        self.assertFalse(self.election.candidate_ids)
        self.election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        page = self._stand()
        self.assertEqual(page.status_code, 422)
        self.assertIn("nobody stands after it", page.text)
        self.assertNotIn('data-name="stand"', self.url_open(self.url).text)
        self.assertFalse(self.election.candidate_ids)

    def test_who_may_not_stand_reads_why(self):
        self.env["coop.mandate"].create(
            {"body_id": self.body.id, "partner_id": self.voters[0].id, "date_start": self.today}
        )
        self._login(self.ann)
        page = self.url_open(self.url).text
        self.assertIn("has a mandate in Board until", page)
        self.assertNotIn("I stand", page)

    def test_propose_and_agree(self):
        number = self.env["coop.membership"].search([("partner_id", "=", self.voters[1].id)]).number
        self._login(self.ann)
        page = self._post("propose", {"number": "9999"}).text
        self.assertIn("No member has this number", page)
        self.assertIn('value="9999"', page)
        page = self._post("propose", {"number": str(number)})
        self.assertIn('data-notice="proposed"', page.text)
        self.assertRegex(page.text, rf"{re.escape(self.voters[1].name)}:\s+did not answer yet")
        candidate = self.election.candidate_ids
        self.assertEqual(
            (candidate.partner_id, candidate.submitted_by_id, candidate.state),
            (self.voters[1], self.voters[0], "proposed"),
        )
        self.assertEqual(self.election.unanswered_count, 1)
        self.assertIn("already", self._post("propose", {"number": str(number)}).text)
        self._login(self.bob)
        page = self.url_open(self.url).text
        self.assertRegex(page, rf"{re.escape(self.voters[0].name)}\s+proposes you")
        self._stand("I agree")
        self.assertEqual((candidate.state, candidate.text), ("submitted", "I agree"))
        # Who proposed reads that, and not whether the secretary admits.
        candidate.with_user(self.secretary)._refuse("Not yet")
        self._login(self.ann)
        page = self.url_open(self.url).text
        self.assertRegex(page, rf"{re.escape(self.voters[1].name)}:\s+agreed to stand")
        self.assertNotIn("Not yet", page)

    def test_propose_and_decline(self):
        candidate = (
            self.env["coop.candidate"]
            .with_user(self.ann)
            ._hand_in(
                self.election.with_user(self.ann).sudo(),
                "a form",
                {"partner_id": self.voters[1].id},
            )
        )
        self._login(self.bob)
        self._post("withdraw", {"reason": "No time"})
        self.assertEqual(candidate.state, "withdrawn")

    def test_candidates_in_the_order_of_their_names(self):
        names = ["de Vos", "Éloy", "Frank", "zonder"]
        for voter, name in zip(self.voters, names[::-1], strict=False):
            voter.name = name
            self._stands(self.election, voter)
        shown = self.election._get_shown_candidates()
        self.assertEqual(shown.mapped("partner_id.name"), names)

    def test_others_have_no_page(self):
        draft = self._election(called=False)
        abroad = self.env["res.company"].create({"name": "Abroad"})
        self._login(self.stranger)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        for step in ("stand", "propose", "withdraw"):
            self.assertEqual(self._post(step).status_code, 404)
        self.assertIn('data-name="empty"', self.url_open("/my/elections").text)
        self._login(self.ann)
        self.assertEqual(self.url_open(f"/my/elections/{draft.id}").status_code, 404)
        body = self.body.copy({"company_id": abroad.id, "name": "Abroad"})
        foreign = self.election.sudo().copy({"company_id": abroad.id, "body_id": body.id})
        foreign._write_decision({"state": "call"})
        self.assertEqual(self.url_open(f"/my/elections/{foreign.id}").status_code, 404)

    def test_from_the_ballot_to_the_result(self):
        photo = base64.b64encode(picture())
        for voter in self.voters[:3]:
            self._stands(self.election, voter).sudo()._write_decision({"photo": photo})
        ann, bob, cas = self.election.candidate_ids.sorted("id")
        self.election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        poll = self._freeze(self.election)
        words = [own for _person, own in poll._open()]
        self._login(self.ann)
        page = self.url_open(self.url).text
        self.assertIn(f'href="/my/votes/{poll.id}"', page)
        self.assertEqual(page.count('data-name="candidate"'), 3)
        self.assertEqual(page.count("I want shorter meetings."), 3)
        # From one to the next, without going back to the list.
        shown = f"{self.url}/candidates"
        page = self.url_open(f"{shown}/{bob.id}").text
        self.assertRegex(page, rf'<a[^>]*rel="prev"[^>]*href="{shown}/{ann.id}"')
        self.assertRegex(page, rf'<a[^>]*rel="next"[^>]*href="{shown}/{cas.id}"')
        self.assertNotIn('rel="prev"', self.url_open(f"{shown}/{ann.id}").text)
        page = self.url_open(self.url).text
        self.assertIn(f'href="{self.url}"', self.url_open(f"/my/votes/{poll.id}").text)
        for voter, one in zip(self.voters, (ann, ann, ann, bob, bob, cas), strict=False):
            poll._cast(voter, self._numbers(poll, [one]))
        poll.action_close()
        poll._tally(words[1:])
        poll.action_publish()
        page = self.url_open(self.url).text
        self.assertEqual(page.count('data-outcome="elected"'), 2)
        self.assertEqual(re.findall(r">(\d votes?)<", page), ["3 votes", "2 votes", "1 vote"])
        self.assertIn("I do not take the seat", page)
        self._post("withdraw", {"reason": "A new job"})
        self.assertEqual((ann.outcome, cas.outcome), ("declined", "elected"))
        page = self.url_open(self.url).text
        self.assertIn("Refused the seat", page)
        self.assertIn("Refused the seat: ", self.url_open(f"{self.url}/candidates/{ann.id}").text)
        self.assertEqual(self._post("withdraw", {"reason": "Again"}).status_code, 422)
