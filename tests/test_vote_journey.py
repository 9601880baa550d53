"""An Assembly changes its statutes and elects a Board of 18: from the convocation to the recount.

The secretary works at a desk, a member on a phone; both click where people click. The scrutineers
write down their words and type them in, and the member counts again with nothing but Python.
"""

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from assembly_story import ABOUT, SCRUTINEERS, SEATS, STANDING, AssemblyStory
from screenshots import ScreenshotCase

from odoo.tests import tagged

from odoo.addons.smart_workgroups.tests.vote_common import VERIFY

DESK = ScreenshotCase.DESKTOP
# The words of each scrutineer, as the page shows them this once.
READ_WORDS = """[...document.querySelectorAll("[data-name='share']")].map((share) =>
    [...share.querySelectorAll("li")].map((word) => word.textContent.trim()).join(" "))"""
READ_RECEIPT = """JSON.parse(decodeURIComponent(
    document.querySelector("[data-name='download']").href.split(",").slice(1).join(",")))"""
# Title of each open vote, and whether one can vote still.
OPEN_VOTES = """[...document.querySelectorAll("[data-name='open_votes'] a")].map((one) =>
    [one.textContent.trim(), one.classList.contains("btn-primary")])"""
# How many marks are used is seen wherever one is on the ballot.
MARKS_SEEN = """(() => {
    const marks = document.querySelector("[data-name='marks']");
    const box = marks.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + 10, box.y + box.height / 2);
    return marks.contains(top) && marks.innerText.includes("%s");
})()"""
CAST = "[data-name='review'] .o_coop_cast[data-ready]"
RECEIPT = "[data-name='receipt'] [data-name='download']"
# The rows of a list of its own, not of one in a form.
ROWS = ".o_view_controller.o_list_view .o_data_row"
CURRENT = ".o_arrow_button_current[data-value='%s']"


@tagged("post_install", "-at_install")
class TestVoteJourney(AssemblyStory):
    def test_statutes_and_board(self):
        self._call_for_candidates()
        self._stand_on_the_phone()
        self._others_stand()
        self._convoke()
        self._mails_leave()
        self._give_a_proxy()
        code = self._read_the_convocation()
        self._answer_and_post()
        self._the_day_comes()
        self._open_the_doors(code)
        self._others_come()
        words = self._open_the_votes()
        receipts = self._vote_on_the_phone()
        self._others_vote(self.statutes_poll, self.board_poll)
        self._count_at_the_desk(words)
        self._check_what_follows()
        self._end_the_meeting()
        self._read_the_results(receipts)
        self._recount(receipts)

    # ------------------------------------------------------------------
    # Before the Assembly
    # ------------------------------------------------------------------

    def _call_for_candidates(self):
        with self._at_the_desk(f"/odoo/elections/{self.election.id}") as page:
            self._step(page, "action_call", "call")
            page.photograph("desk-call")

    def _stand_on_the_phone(self):
        with self.browse(self.member.login) as page:
            page.go("/my/elections")
            self.assert_no_fault(page, "elections")
            page.tap("[data-name='election']", then="[data-name='stand']")
            self.assert_no_fault(page, "election with its call")
            page.fill("#text", ABOUT)
            page.tap("[data-name='stand'] button", then="[data-notice='stands']")
            self.assert_no_fault(page, "own candidature")

    def _convoke(self):
        """Admit who stands, prepare both votes, and convoke to them."""
        with self._at_the_desk(f"/odoo/elections/{self.election.id}") as page:
            page.tap("button[name='action_candidates']", then=ROWS)
            page.tap(".o_list_view thead .o_list_record_selector input")
            page.tap(".o_control_panel button", "Admit")
            page.wait(f"document.querySelectorAll('.badge.text-bg-success').length == {STANDING}")
            page.photograph("desk-candidates")
            self._form(page, f"/odoo/elections/{self.election.id}")
            page.tap("button[name='action_vote']", then=".o_field_widget[name='scrutineer_ids']")
            for name in SCRUTINEERS:
                page.fill(".o_field_widget[name='scrutineer_ids'] input", name)
                page.tap(".o-autocomplete--dropdown-item", name)
                page.see(".o_field_widget[name='scrutineer_ids'] .o_tag", name)
            page.tap(".o_form_button_save")
            page.wait("!document.querySelector('.o_form_status_indicator_buttons:not(.invisible)')")
            page.photograph("desk-vote-of-the-election")
            self._form(
                page, f"/odoo/action-smart_workgroups.coop_resolution_action/{self.resolution.id}"
            )
            page.tap("button[name='action_secret_vote']", then=CURRENT % "draft")
            page.wait_for("button[name='action_freeze']")
            page.photograph("desk-vote-of-the-resolution")
            self._form(page, f"/odoo/assemblies/{self.assembly.id}")
            page.photograph("desk-assembly-planned")
            self._step(page, "action_convoke", "convoked")
            page.photograph("desk-assembly-convoked")
        self.statutes_poll, self.board_poll = self.assembly.poll_ids.sorted("kind", reverse=True)
        self.assertEqual(self.statutes_poll.scrutineer_ids, self.scrutineers)
        self.assertEqual(
            self.assembly.point_ids.mapped("title"),
            ["Accounts of the year", self.resolution.name, self.election.title],
        )

    def _give_a_proxy(self):
        with self.browse(self.giver.login) as page:
            page.go(f"/my/assemblies/{self.assembly.id}")
            page.tap("[data-name='give'] summary")
            page.fill("#proxy_number", "1")
            page.fill("#proxy_instructions", "No, please.")
            self.assert_no_fault(page, "proxy to be given")
            page.tap("[data-name='give'] button", then="[data-notice='given']")

    def _read_the_convocation(self):
        """Return what is shown at the door."""
        with self.browse(self.member.login) as page:
            page.go("/my/assemblies")
            self.assert_no_fault(page, "assemblies")
            page.tap("[data-name='assembly']", then="[data-name='assembly_page']")
            self.assert_no_fault(page, "convocation")
            self.assertIn("No, please.", page.read())
            code = page.evaluate("document.querySelector('[data-name=code]').textContent.trim()")
            file = page.evaluate("document.querySelector('[data-name=file]').href")
            page.tap("[data-name='candidates']", then="[data-name='candidate']")
            self.assert_no_fault(page, "election with its candidates")
            page.tap("[data-name='candidate']", "Bart Peeters", then="[data-name='candidate_text']")
            self.assert_no_fault(page, "candidate")
            page.go(f"/my/assemblies/{self.assembly.id}")
            page.tap("[data-name='questions']", then="[data-name='ask']")
            page.fill("#text", "Why eighteen, and not twelve?")
            self.assert_no_fault(page, "question to be asked")
            page.tap("[data-name='ask'] button", then="[data-state='asked']")
            self.assert_no_fault(page, "question that was asked")
        self.authenticate(self.member.login, self.member.login)
        self.assertEqual(self.url_open(file).content, b"What we earned, and what we spent.")
        return code

    def _answer_and_post(self):
        """See the proof of sending, post what has no e-mail, and answer the question."""
        with self._at_the_desk(f"/odoo/assemblies/{self.assembly.id}") as page:
            page.tap("button[name='action_sendings']", then=ROWS)
            page.photograph("desk-proof-of-sending")
            page.tap("tr.text-warning .o_list_record_selector input")
            page.tap(".o_control_panel button", "Posted Today")
            page.wait("!document.querySelector('tr.text-warning')")
            page.photograph("desk-proof-of-posting")
            self._form(page, f"/odoo/assemblies/{self.assembly.id}")
            page.tap("button[name='action_questions']", then=ROWS)
            page.tap(".o_data_cell", "Why eighteen", then=".o_field_widget[name='answer'] textarea")
            page.fill(".o_field_widget[name='answer'] textarea", "Three for each workgroup.")
            self._step(page, "action_answer", "answered")
            page.photograph("desk-answer")
        states = self.assembly.convocation_id.voter_ids.env["coop.assembly.sending"]._read_group(
            [("assembly_id", "=", self.assembly.id)], ["state"], ["__count"]
        )
        self.assertEqual(dict(states), {"sent": 23, "posted": 1})

    # ------------------------------------------------------------------
    # In the Assembly
    # ------------------------------------------------------------------

    def _open_the_doors(self, code):
        with self._at_the_desk(f"/odoo/assemblies/{self.assembly.id}") as page:
            page.tap("button[name='action_open']", then=CURRENT % "open")
            page.photograph("desk-assembly-open")
        # At the door one has a phone.
        with self.browse(self.secretary.login) as page:
            page.go(f"/governance/assemblies/{self.assembly.id}/scan")
            page.fill("#code", code)
            page.press("Enter")
            page.wait_for("[data-name='voter'] [data-name='in_person']")
            self.assertIn("holds a proxy", page.read())
            self.assert_no_fault(page, "scanned at the door")
            page.tap("[data-name='in_person']", then="[data-name='ticked']")
            self.assertIn("1 present, 1 represented", page.read())
            self.assertIn("not reached (12 needed)", page.read())
            page.fill("#search", "Peeters")
            page.tap("form button", "Find", then="[data-name='voter'] [data-name='remote']")
            page.tap("[data-name='remote']", then="[data-presence='remote'][data-name='ticked']")
            self.assert_no_fault(page, "quorum at the door")

    def _open_the_votes(self):
        """Freeze and open both, and let each scrutineer write down the own words."""
        words, labels = {}, {self.statutes_poll: "statutes", self.board_poll: "board"}
        with self._at_the_desk(f"/odoo/assemblies/{self.assembly.id}") as page:
            page.photograph("desk-quorum-reached")
            page.tap("button[name='action_votes']", then=ROWS)
            page.photograph("desk-votes")
            for poll, label in labels.items():
                self._form(page, f"/odoo/secret-votes/{poll.id}")
                self._step(page, "action_freeze", "frozen")
                page.photograph(f"desk-frozen-{label}")
                page.tap("button[name='action_open']", then="[data-name='open']")
                self.assert_no_fault(page, f"desk opening {label}")
                page.tap("[data-name='open']", then="[data-name='share']")
                self.assert_no_fault(page, f"desk words {label}")
                words[poll] = page.evaluate(READ_WORDS)
                page.tap("a", "Back to the vote", then=CURRENT % "open")
        for own in words.values():
            self.assertEqual([len(one.split()) for one in own], [33, 33, 33])
        return words

    def _vote_on_the_phone(self):
        """Vote on both, for oneself and for who gave a proxy; keep the own receipts."""
        receipts, statutes, title = {}, self.statutes_poll.title, self.board_poll.title
        names = self.board_poll.option_ids.sorted("number")[:SEATS].mapped("name")
        with self.browse(self.member.login) as page:
            page.go(f"/my/assemblies/{self.assembly.id}")
            self.assertIn("Change of the statutes: reached", page.read())
            self.assert_no_fault(page, "assembly that is open")
            page.tap("[data-name='open_votes'] a", "Seats", then="[data-name='to_ballot']")
            self.assert_no_fault(page, "vote on the statutes")
            receipts[self.statutes_poll] = self._cast_by_hand(page, ["Yes"], "statutes")
            page.tap("a", "Back to the vote", then="[data-name='voter'][data-state='voted']")
            self.assert_no_fault(page, "vote, own ballot cast")
            page.tap("[data-name='to_ballot']", then="[data-name='ballot']")
            self.assertIn("Yasmina El Idrissi", page.read())
            self._cast_by_hand(page, ["No"], "statutes by proxy")
            page.go("/my/votes")
            self.assert_no_fault(page, "votes")
            page.tap("[data-name='vote']", title, then="[data-name='to_ballot']")
            self.assert_no_fault(page, "vote on the Board")
            receipts[self.board_poll] = self._cast_by_hand(page, names, "Board")
            page.go(f"/my/assemblies/{self.assembly.id}")
            # Who gave a proxy did not say whom to elect.
            self.assertEqual(page.evaluate(OPEN_VOTES), [[statutes, False], [title, True]])
            self.assert_no_fault(page, "assembly, voted")
        self.assertEqual(self.statutes_poll._get_roll_state(self.voters[-1]), "voted")
        return receipts

    def _cast_by_hand(self, page, names, label):
        """Mark, look at it again, cast; return the receipt."""
        if not page.evaluate("!!document.querySelector('[data-name=ballot]')"):
            page.tap("[data-name='to_ballot']", then="[data-name='ballot']")
        for used, name in enumerate(names, 1):
            page.tap("[data-name='option'] label", name)
            if len(names) > 1:
                page.wait(MARKS_SEEN % f"{used} of {SEATS} marks used")
        self.assert_no_fault(page, f"ballot, {label}")
        page.tap("[data-name='to_review']", then=CAST)
        for name in names:
            self.assertIn(name, page.read())
        self.assert_no_fault(page, f"review, {label}")
        page.tap("[data-name='cast']", then=RECEIPT)
        self.assert_no_fault(page, f"receipt, {label}")
        return page.evaluate(READ_RECEIPT)

    # ------------------------------------------------------------------
    # The result
    # ------------------------------------------------------------------

    def _count_at_the_desk(self, words):
        """Close, let two of three scrutineers type their words, and publish."""
        with self._at_the_desk("/odoo/secret-votes") as page:
            for label, (poll, (_absent, *own)) in zip(
                ("statutes", "board"), words.items(), strict=True
            ):
                self._form(page, f"/odoo/secret-votes/{poll.id}")
                self._step(page, "action_close", "closed")
                page.photograph(f"desk-closed-{label}")
                page.tap("button[name='action_tally']", then="[data-name='tally']")
                self.assertRegex(page.read(), r"Root of the ballots\s+[0-9a-f]{64}")
                for place, share in enumerate(own):
                    page.fill(f"#words_{place}", share)
                self.assert_no_fault(page, f"desk tally {label}")
                page.tap("[data-name='tally']", then=CURRENT % "tallied")
                page.tap("button[name='action_publish']", then=CURRENT % "published")
                page.photograph(f"desk-published-{label}")
            self._form(
                page, f"/odoo/action-smart_workgroups.coop_resolution_action/{self.resolution.id}"
            )
            page.photograph("desk-resolution-figures")
            self._step(page, "action_record", "adopted")
            page.photograph("desk-resolution-adopted")
            self._form(page, f"/odoo/elections/{self.election.id}")
            page.turn_to("Mandates", then="[name='mandate_ids'] .o_data_row")
            page.photograph("desk-mandates")

    def _check_what_follows(self):
        """The rule of the statutes adopted it, and each of the eighteen has a mandate."""
        resolution, election = self.resolution, self.election
        figures = resolution.votes_for, resolution.votes_against, resolution.abstained
        self.assertEqual((resolution.state, *figures), ("adopted", 13, 2, 1))
        self.assertEqual(resolution.explanation, "\n".join(self.statutes_poll._explain()))
        self.assertEqual(election.state, "elected")
        self.assertEqual(len(election.mandate_ids), SEATS)
        options = self.board_poll.option_ids.sorted("number")[:SEATS]
        self.assertEqual(election.mandate_ids.partner_id, options.partner_id)
        self.assertEqual(set(election.mandate_ids.mapped("body_id")), {self.body})
        self.assertEqual(set(election.mandate_ids.mapped("date_start")), {election.date_start})

    def _end_the_meeting(self):
        self.assembly.write(
            {"chair_id": self.voters[2].id, "secretary_id": self.secretary.partner_id.id}
        )
        self.env.flush_all()
        with self._at_the_desk(f"/odoo/assemblies/{self.assembly.id}") as page:
            self._step(page, "action_hold", "held")
            self._step(page, "action_freeze", "closed")
            page.photograph("desk-assembly-closed")

    def _read_the_results(self, receipts):
        with self.browse(self.member.login) as page:
            page.go(f"/my/votes/{self.statutes_poll.id}")
            page.wait_for("[data-name='outcome'][data-outcome='adopted']")
            text = page.read()
            self.assertIn("1/2 of 24 members is 12; 16 took part: reached", text)
            self.assertIn("3/4 of 15 is at least 12; 13 said yes: reached", text)
            page.fill("#commitment", receipts[self.statutes_poll]["commitment"])
            page.tap("[data-name='check'] button", then="[data-name='checked'][data-found='1']")
            self.assertIn("It says: Yes", page.read())
            self.assert_no_fault(page, "result of the statutes, ballot found")
            page.go(f"/my/votes/{self.board_poll.id}")
            page.wait_for("[data-name='outcome'][data-outcome='elected']")
            elected = page.evaluate("document.querySelectorAll('.badge.text-bg-success').length")
            self.assertEqual(elected, SEATS)
            self.assert_no_fault(page, "result of the Board")
            page.go(f"/my/elections/{self.election.id}")
            self.assert_no_fault(page, "election that is over")
            page.go(f"/my/assemblies/{self.assembly.id}")
            self.assertIn("Adopted", page.read())
            page.wait_for("[data-name='minutes'] [data-name='pdf']")
            self.assert_no_fault(page, "assembly that is over")
        minutes = self.url_open(f"/my/assemblies/{self.assembly.id}/minutes.pdf").content
        self.assertTrue(minutes.startswith(b"%PDF"))

    def _recount(self, receipts):
        """Download what the page links to, find the own ballots, and count again."""
        self.authenticate(self.member.login, self.member.login)
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "verify.py"
            program.write_bytes(self.url_open("/smart_workgroups/static/verify.py").content)
            self.assertEqual(program.read_bytes(), VERIFY.read_bytes())
            for poll, receipt in receipts.items():
                file = Path(folder) / f"{poll.name}.json"
                file.write_bytes(self.url_open(f"/my/votes/{poll.id}/publication.json").content)
                done = subprocess.run(
                    [
                        *(sys.executable, "-I", "-S", program.name, file.name),
                        *("--ballot", receipt["commitment"], "--root", poll.merkle_root),
                    ],
                    capture_output=True,
                    text=True,
                    cwd=folder,
                    check=False,
                    env={"LC_ALL": "C.UTF-8"},
                )
                self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
                self.assertIn("your ballot is among those that were counted", done.stdout)
                self.assertIn("All holds.", done.stdout)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @contextmanager
    def _at_the_desk(self, path):
        """Give a page of the back office, in which the secretary is signed in."""
        with self.browse(self.secretary.login, DESK) as page:
            page.go(path)
            page.wait_for(".o_view_controller")
            yield page
        self.env.invalidate_all()

    def _form(self, page, path):
        """Open a form of the back office."""
        page.go(path)
        page.wait_for(".o_form_view .o_form_sheet")

    def _step(self, page, button, state):
        """Press a button of a form, agree, and see where the record stands then."""
        page.tap(f"button[name='{button}']")
        page.tap(".modal-footer .btn-primary")
        page.wait_for(CURRENT % state)
