"""The pages of votes, by keyboard alone and for a screen reader; and the other pages of members."""

import re

from accessible import AccessibleCase
from route_table import MINE

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.smart_workgroups.tests.vote_common import VoteCase

# Of what a browser shows as a page; the others are files.
PAGES = [
    line.removeprefix("GET ")
    for line in MINE.splitlines()
    if re.fullmatch(r"GET /my[a-z/]*", line) and not line.endswith(("/extract", "/report"))
]


# The review, once its script is there: without it the form casts too, with a page as the answer.
REVIEW = "[data-name='review'] .o_coop_cast[data-ready]"
COMMITMENT = "document.querySelector('[data-name=commitment]').innerText"
# As another tab does that shows the same review.
CAST_ELSEWHERE = """(() => {
    const form = document.querySelector(".o_coop_cast");
    const body = new URLSearchParams(new FormData(form));
    body.set("step", "cast");
    return fetch(form.dataset.receipt, {method: "POST", body})
        .then((answer) => answer.json()).then((receipt) => receipt.commitment);
})()"""


@tagged("post_install", "-at_install")
class TestVoteAccessibility(VoteCase, AccessibleCase):
    """No serious or critical finding of axe on any page of a vote, at the width of a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._user_of(cls.voters[0], "accessible_voter")

    def test_pages_before_and_after_the_cast(self):
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
        poll, words = self._open(
            text="Should we plant a tree for each new member?", assembly_id=assembly.id
        )
        url = f"/my/votes/{poll.id}"
        with self.browse(self.member.login) as page:
            page.go("/my/votes")
            self.assert_no_fault(page, "list")
            page.go(url)
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            self.assert_no_fault(page, "vote, own and by proxy")
            page.go(f"{url}/ballot?voter={self.voters[1].id}")
            self.assert_no_fault(page, "ballot by proxy")
            page.go(f"{url}/ballot")
            self.assert_no_fault(page, "ballot")
            page.click("#mark_1", "#mark_1:checked")
            page.click("[data-name='to_review']", REVIEW)
            self.assert_no_fault(page, "review")
            page.click("[data-name='cast']", "[data-name='receipt'] [data-name='nonce']")
            self.assert_no_fault(page, "receipt")
            committed = page.evaluate(COMMITMENT)
            page.go(url)
            self.assert_no_fault(page, "vote that was cast")
        self.assertEqual(poll._read_commitments(), [committed])
        for voter in self.voters[1:7]:
            poll._cast(voter, [1])
        poll.action_close()
        with self.browse(self.member.login) as page:
            page.go(url)
            self.assert_no_fault(page, "closed vote")
        self._count(poll, words)
        with self.browse(self.member.login) as page:
            page.go(url)
            self.assert_no_fault(page, "result")
            for text, found in ((committed, "1"), ("00" * 32, "0")):
                page.evaluate(f"document.querySelector('#commitment').value = '{text}'")
                page.click(
                    "[data-name='check'] button", f"[data-name='checked'][data-found='{found}']"
                )
                self.assert_no_fault(page, f"check of a ballot, found: {found}")

    def test_pages_of_elections(self):
        names = ("Ann", "Bob", "Cas", "Dirk")
        kinds = ("plurality", "approval", "stv")
        polls = {kind: self._open(kind, names, seats=2, max_marks=2) for kind in kinds}
        # Too much, or the same twice: the server says what is wrong.
        mistakes = {
            "plurality": "document.querySelectorAll('.card input').forEach((one) => one.click())",
            "stv": "for (const one of document.querySelectorAll('[type=number]')) one.value = 1",
        }
        with self.browse(self.member.login) as page:
            for kind, (poll, _words) in polls.items():
                page.go(f"/my/votes/{poll.id}/ballot")
                self.assert_no_fault(page, f"ballot, {kind}")
                if kind in mistakes:
                    page.evaluate(mistakes[kind])
                    page.click("[data-name='to_review']", "[data-name='error']")
                    self.assert_no_fault(page, f"ballot that is wrong, {kind}")
        for poll, words in polls.values():
            for voter in self.voters[:6]:
                poll._cast(voter, [1, 2])
            self._count(poll, words)
        with self.browse(self.member.login) as page:
            for kind, (poll, _words) in polls.items():
                page.go(f"/my/votes/{poll.id}")
                self.assert_no_fault(page, f"result, {kind}")

    def test_desk(self):
        """Where the secretary opens and counts, with the scrutineers."""
        poll = self._poll()
        poll.action_freeze()
        with self.browse(self.secretary.login) as page:
            page.go(f"/governance/polls/{poll.id}/open")
            self.assert_no_fault(page, "opening")
            page.click("[data-name='open']", "[data-name='share']")
            self.assert_no_fault(page, "words of the scrutineers")
        self.env.invalidate_all()
        for voter in self.voters[:6]:
            poll._cast(voter, [1])
        poll.action_close()
        with self.browse(self.secretary.login) as page:
            page.go(f"/governance/polls/{poll.id}/tally")
            self.assert_no_fault(page, "words to be filled in")

    def test_vote_by_keyboard_alone(self):
        """From the home of the portal to the receipt: Tab, arrows and Enter, and no pointer."""
        poll, words = self._open()
        with self.browse(self.member.login) as page:
            page.go("/my/home")
            # What is empty stays hidden: the page asks the server first.
            page.wait_for("a[href='/my/votes']")
            page.tab_to(lambda one: one["href"] == "/my/votes")
            page.press("Enter")
            page.wait_for("[data-name='votes']")
            page.tab_to(lambda one: one["name"] == "vote")
            page.press("Enter")
            page.wait_for("[data-name='to_ballot']")
            page.tab_to(lambda one: one["name"] == "to_ballot")
            page.press("Enter")
            page.wait_for("[data-name='ballot']")
            page.tab_to(lambda one: one["id"] == "mark_1")
            page.press("ArrowDown")
            self.assertTrue(page.evaluate("document.querySelector('#mark_2').checked"))
            page.tab_to(lambda one: one["name"] == "to_review")
            page.press("Enter")
            page.wait_for("[data-name='review']")
            self.assertIn(
                "No", page.evaluate("document.querySelector('[data-name=marked]').innerText")
            )
            page.tab_to(lambda one: one["name"] == "cast")
            page.press("Enter")
            page.wait_for("[data-name='receipt']")
            # A screen reader goes on where the receipt begins.
            self.assertEqual(page.evaluate("document.activeElement.tagName"), "H1")
            committed = page.evaluate(COMMITMENT)
            page.tab_to(lambda one: one["name"] == "download", most=2)
        self.assertEqual(poll._read_commitments(), [committed])
        for voter in self.voters[1:6]:
            poll._cast(voter, [1])
        self.assertEqual(self._count(poll, words)["result"]["tally"]["no"], 1)

    def test_twice_in_two_tabs(self):
        """The tab that is late is told in its page, with a way on."""
        poll, _words = self._open()
        with self.browse(self.member.login) as page:
            page.go(f"/my/votes/{poll.id}/ballot")
            page.click("[data-name='to_review']", REVIEW)
            committed = page.evaluate(CAST_ELSEWHERE)
            page.click("[data-name='cast']", "[data-name='cast_error']")
            self.assertIn("voted in", page.read())
            self.assertEqual(page.evaluate("document.activeElement.dataset.name"), "cast_error")
            self.assert_no_fault(page, "review that came too late")
            page.click("[data-name='cast_look']", "[data-name='voter'][data-state='voted']")
        self.assertEqual(poll._read_commitments(), [committed])


@tagged("post_install", "-at_install")
class TestPortalAccessibility(AccessibleCase):
    """No serious or critical finding of axe on the pages of a member, at the width of a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(cls.env, "accessible_member", "base.group_portal", name="Ada Member")
        membership = cls.env["coop.membership"].create({"partner_id": user.partner_id.id})
        membership.action_activate()
        cls.env["coop.activity"].create(
            {
                "name": "Pottery for Everybody",
                "membership_id": membership.id,
                "manager_ids": [Command.link(user.partner_id.id)],
                "state": "open",
            }
        )

    def test_pages_of_a_member(self):
        self.assertGreater(len(PAGES), 30)
        with self.browse("accessible_member") as page:
            for path in ("/my/home", *PAGES):
                page.go(path)
                self.assert_no_fault(page, path)
