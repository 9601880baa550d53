import json
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .vote_common import VoteCase


@tagged("post_install", "-at_install")
class TestPortalVote(VoteCase, HttpCase):
    """What members do on the pages, and what is refused there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._user_of(cls.voters[0], "portal_voter")
        cls.stranger = cls._user_of(cls.scrutineers[0], "portal_no_voter")

    def _post(self, url, data, **options):
        page = self.url_open("/my/votes").text
        token = re.search(r'csrf_token: "([^"]+)"', page)
        return self.url_open(url, data={**data, "csrf_token": token.group(1)}, **options)

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def test_vote_and_check(self):
        poll, words = self._open()
        url = f"/my/votes/{poll.id}"
        self._login(self.member)
        self.assertIn("Fill in the ballot", self.url_open(url).text)
        page = self._post(f"{url}/review", {"voter": self.voters[0].id, "mark": "2"})
        self.assertIn('value="2"', page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(poll._get_roll_state(self.voters[0]), "eligible")
        page = self._post(f"{url}/cast", {"voter": self.voters[0].id, "mark": "2", "step": "cast"})
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        committed = re.search(r'data-name="commitment"[^>]*>\s*([0-9a-f]{64})', page.text).group(1)
        self.assertIn(committed, page.text)
        # Sent twice it is cast once, and the receipt is not shown again.
        page = self._post(f"{url}/cast", {"voter": self.voters[0].id, "mark": "1", "step": "cast"})
        self.assertIn("voted in", page.text)
        self.assertNotIn("Secret number", page.text)
        for voter in self.voters[1:6]:
            poll._cast(voter, [1])
        self.assertEqual(self.url_open(f"{url}/publication.json").status_code, 404)
        self._count(poll, words)
        self._login(self.member)
        # Each voter sees the own mark on the roll: what is put in for others is found by asking.
        self.assertIn('data-state="voted"', self.url_open(url).text)
        absent = self._user_of(self.voters[7], "portal_absent")
        self._login(absent)
        self.assertIn("The roll says: did not vote", self.url_open(url).text)
        self._login(self.member)
        page = self._post(f"{url}/check", {"commitment": committed.upper()})
        self.assertIn('data-found="1"', page.text)
        self.assertRegex(page.text, r"<strong[^>]*>No</strong>")
        page = self._post(f"{url}/check", {"commitment": "00" * 32})
        self.assertIn('data-found="0"', page.text)
        answer = self.url_open(f"{url}/publication.json")
        self.assert_holds(answer.json())
        self.assertIn(committed, answer.json()["commitments"])
        self.assertEqual(self.url_open("/smart_workgroups/static/verify.py").status_code, 200)

    def test_cast_by_the_script_of_the_page(self):
        """The receipt alone, once; a ballot by proxy goes the way of the page."""
        assembly = self.env["coop.assembly"].create(
            {"name": "Yearly Assembly", "company_id": self.company.id}
        )
        self.env["coop.proxy"].create(
            {
                "assembly_id": assembly.id,
                "principal_id": self.voters[1].id,
                "holder_id": self.voters[0].id,
            }
        )
        poll, _words = self._open(assembly_id=assembly.id)
        url = f"/my/votes/{poll.id}/cast.json"
        self._login(self.member)
        commitments = []
        for voter in self.voters[:2]:
            answer = self._post(url, {"voter": voter.id, "mark": "2"})
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            receipt = answer.json()
            self.assertEqual(receipt.keys(), {"poll", "commitment", "nonce"})
            commitments.append(receipt["commitment"])
            again = self._post(url, {"voter": voter.id, "mark": "1"}).json()
            self.assertIn("already", again["error"])
        self.assertEqual(poll._read_commitments(), sorted(commitments))
        # Without the token of a page it is no form of ours.
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.url_open(url, data={"mark": "1"}).status_code, 400)

    def test_bad_forms(self):
        poll, _words = self._open("plurality", ("Ann", "Bob", "Cas"), seats=2, max_marks=2)
        url = f"/my/votes/{poll.id}"
        self._login(self.member)
        for marks, text in (
            (["1", "2", "3"], "mark at most 2"),
            (["1", "1"], "marked twice"),
            (["9"], "not on this ballot"),
            (["0"], "not on this ballot"),
            (["x"], "not on this ballot"),
            (["1"] * 500, "mark at most"),
        ):
            for step in ("review", "cast", "cast.json"):
                with self.subTest(marks=marks[:4], step=step):
                    page = self._post(f"{url}/{step}", {"mark": marks, "step": "cast"})
                    self.assertIn(text, page.text)
        self.assertEqual(poll._get_roll_state(self.voters[0]), "eligible")

    def test_ten_megabytes(self):
        poll, _words = self._open()
        self._login(self.member)
        for path in ("cast", "cast.json"):
            answer = self._post(f"/my/votes/{poll.id}/{path}", {"mark": "1" * 10_000_000})
            self.assertEqual(answer.status_code, 413)
        self.assertEqual(poll._get_roll_state(self.voters[0]), "eligible")

    def test_preferences(self):
        poll, words = self._open("stv", ("Ann", "Bob", "Cas"), seats=1)
        url = f"/my/votes/{poll.id}"
        self._login(self.member)
        page = self._post(f"{url}/review", {"rank_1": "7", "rank_2": "7", "rank_3": "1"})
        self.assertIn("have the same preference", page.text)
        typed = re.findall(r'name="rank_(\d)"[^>]*value="(\d)"', page.text)
        self.assertEqual(typed, [("1", "7"), ("2", "7"), ("3", "1")])
        page = self._post(f"{url}/review", {"rank_1": "2", "rank_3": "1", "rank_2": ""})
        marks = re.findall(r'name="mark" value="(\d)"', page.text)
        self.assertEqual(marks, ["3", "1"])
        self._post(f"{url}/cast", {"mark": marks, "step": "cast"})
        for voter in self.voters[1:5]:
            poll._cast(voter, [2])
        data = self._count(poll, words)
        self.assertIn("3,1", [ballot["choice"] for ballot in data["ballots"]])

    def test_closing_second(self):
        poll = self._poll(date_close=fields.Datetime.now() + timedelta(hours=1))
        poll.action_freeze()
        poll._open()
        poll._write_decision({"date_close": fields.Datetime.now()})
        self._login(self.member)
        for path in ("cast", "cast.json"):
            page = self._post(
                f"/my/votes/{poll.id}/{path}",
                {"mark": "1", "step": "cast", "voter": self.voters[0].id},
            )
            self.assertIn("is closed", page.text)

    def test_who_is_not_on_the_roll(self):
        poll, _words = self._open()
        self._login(self.stranger)
        self.assertNotIn("More trees", self.url_open("/my/votes").text)
        for path in ("", "/ballot", "/publication.json"):
            self.assertEqual(self.url_open(f"/my/votes/{poll.id}{path}").status_code, 404)
        for path in ("/review", "/cast", "/cast.json", "/check", "/come", "/give"):
            answer = self._post(f"/my/votes/{poll.id}{path}", {"mark": "1"})
            self.assertEqual(answer.status_code, 404)
        # Nor does a member vote for somebody else.
        self._login(self.member)
        for voter in (self.voters[1].id, "x", 0, -1, 10**30):
            for path in ("cast", "cast.json"):
                answer = self._post(f"/my/votes/{poll.id}/{path}", {"voter": voter, "mark": "1"})
                self.assertEqual(answer.status_code, 404)

    def test_proxy_and_coming_in_person(self):
        assembly = self.env["coop.assembly"].create(
            {"name": "Yearly Assembly", "company_id": self.company.id}
        )
        poll, _words = self._open(assembly_id=assembly.id)
        url = f"/my/votes/{poll.id}"
        number = {
            one.partner_id: one.number
            for one in self.env["coop.membership"].search([("company_id", "=", self.company.id)])
        }
        self._login(self.member)
        for typed, text in (
            ("99999", "No member has this number"),
            ("x", "No member has this number"),
            ("9" * 30, "No member has this number"),
            (number[self.voters[0]], "your own number"),
        ):
            form = {"number": typed, "instructions": "Say no"}
            page = self._post(f"{url}/give", form).text
            self.assertIn(text, page)
            self.assertIn(f'value="{typed}"', page)
            self.assertIn(">Say no</textarea>", page)
        page = self._post(f"{url}/give", {"number": number[self.voters[1]]})
        self.assertIn('data-name="given"', page.text)
        self.assertEqual(
            self.env["coop.proxy"].search([("assembly_id", "=", assembly.id)]).holder_id,
            self.voters[1],
        )
        holder = self._user_of(self.voters[1], "portal_holder")
        self._login(holder)
        page = self.url_open(url).text
        self.assertIn("By proxy of", page)
        self.assertNotIn("want to vote myself", page)
        self._login(self.member)
        page = self._post(f"{url}/cast", {"mark": "1", "step": "cast"})
        self.assertIn("take it back before", page.text)
        # Nor by the script of the page, which says so too.
        own = {"mark": "1", "voter": self.voters[0].id}
        self.assertIn("take it back before", self._post(f"{url}/cast.json", own).json()["error"])
        self.assertIn("want to vote myself", page.text)
        self.assertIn("is taken back", self._post(f"{url}/come", {}).text)
        page = self._post(f"{url}/cast", {"mark": "1", "step": "cast"})
        self.assertIn("Secret number", page.text)
        self._login(holder)
        answer = self._post(f"{url}/cast", {"voter": self.voters[0].id, "mark": "1"})
        self.assertEqual(answer.status_code, 404)

    def test_coming_after_the_meeting(self):
        """Who asks too late reads that the proxy stays as it counted; nothing else is claimed."""
        assembly = self.env["coop.assembly"].create(
            {"name": "Yearly Assembly", "company_id": self.company.id}
        )
        poll, _words = self._open(assembly_id=assembly.id)
        url, taken = f"/my/votes/{poll.id}/come", "Your proxy is taken back"
        self._login(self.member)
        # Without a proxy none is taken back.
        page = self._post(url, {})
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(taken, page.text)
        proxy = self.env["coop.proxy"].create(
            {
                "assembly_id": assembly.id,
                "principal_id": self.voters[0].id,
                "holder_id": self.voters[1].id,
            }
        )
        poll.action_close()
        for state in ("held", "closed"):
            assembly._write_decision({"state": state})
            page = self._post(url, {})
            told = f"Yearly Assembly is over: {proxy.display_name} stays as it counted there."
            self.assertIn(told, page.text)
            self.assertNotIn(taken, page.text)
            self.assertEqual(proxy.state, "given")

    def test_desk(self):
        """The secretary opens and counts on pages that keep no word."""
        poll = self._poll()
        poll.action_freeze()
        desk = f"/governance/polls/{poll.id}"
        self._login(self.member)
        for path in ("open", "tally", "roll.csv", "belenios.txt"):
            self.assertEqual(self.url_open(f"{desk}/{path}").status_code, 404)
        self.assertEqual(self._post(f"{desk}/open", {}).status_code, 404)
        self._login(self.secretary)
        self.assertIn("Scrutineer 2", self.url_open(f"{desk}/open").text)
        self.assertEqual(poll.state, "frozen")
        page = self._post(f"{desk}/open", {})
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        sections = page.text.split('data-name="share"')[1:]
        shares = [" ".join(re.findall(r"<li>([a-z]+)</li>", one)) for one in sections]
        self.assertEqual([len(share.split()) for share in shares], [33, 33, 33])
        self.assertNotIn(shares[0].split()[5], self._post(f"{desk}/open", {}).text)
        for voter in self.voters[:6]:
            poll._cast(voter, [1])
        rows = self.url_open(f"{desk}/roll.csv").text
        self.assertIn("Voter 2", rows)
        self.assertNotIn("voted", rows)
        poll.action_close()
        self.assertEqual(self.url_open(f"{desk}/roll.csv").text.count("voted"), 6)
        page = self._post(f"{desk}/tally", {"words": shares[:1]})
        self.assertIn("the words of 1 are", page.text)
        self.assertNotIn(shares[0].split()[5] + " " + shares[0].split()[6], page.text)
        self._post(f"{desk}/tally", {"words": shares[1:]}, allow_redirects=False)
        self.assertEqual(poll.state, "tallied")
        self.assertEqual(json.loads(poll.result)["outcome"], "adopted")

    def test_the_roll_for_belenios(self):
        """Each voter on a line with address, number and one vote; the vote says who took it."""
        poll = self._poll()
        url = f"/governance/polls/{poll.id}/belenios.txt"
        self._login(self.secretary)
        self.assertEqual(self.url_open(url).status_code, 404)
        poll.action_freeze()
        before = poll.message_ids
        self.voters[2].email = "two, addresses@example.com"
        page = self.url_open(url)
        number = poll._read_roll()[2][0]
        self.assertEqual(page.status_code, 409)
        self.assertIn(
            f"the roll of {poll.display_name} without an e-mail that Belenios can use: 1.",
            page.text,
        )
        self.assertIn(f"Member numbers: {number}", page.text)
        self.assertEqual(poll.message_ids, before)
        self.voters[2].email = "voter2@example.com"
        page = self.url_open(url)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        lines = page.text.splitlines()
        self.assertEqual(len(lines), 8)
        numbers = [row[0] for row in poll._read_roll()]
        self.assertEqual(lines[1], f"voter2@example.com,{numbers[1]},1")
        # Two with one address are told apart by their numbers.
        self.assertEqual(lines[2], f"voter2@example.com,{numbers[2]},1")
        logged = poll.message_ids - before
        self.assertIn("downloaded the roll for Belenios: 8 voters", logged.body)
        self.assertEqual(logged.author_id, self.secretary.partner_id)
