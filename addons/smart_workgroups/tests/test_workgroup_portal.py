import re
import uuid
from base64 import b64encode
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .governance_common import GovernanceCase


class GovernancePortalCase(GovernanceCase, HttpCase):
    def login_as(self, user):
        self.authenticate(user.login, user.login)

    def post(self, path, **values):
        page = self.url_open("/my/workgroups").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(path, data={"csrf_token": token, **values}, allow_redirects=False)


@tagged("post_install", "-at_install")
class TestWorkgroupPortal(GovernancePortalCase):
    """What members read and do on a phone; each reaches what is open to them."""

    # ------------------------------------------------------------------
    # Editions
    # ------------------------------------------------------------------

    def test_propose_a_theme(self):
        edition = self._edition(state="call")
        page = f"/my/editions/{edition.id}"
        self.login_as(self.portal)
        self.assertIn("In Progress", self.url_open("/my/editions").text)
        text = self.url_open(page).text
        for part in ("What do we share?", "Everybody is answered.", "Propose a theme"):
            self.assertIn(part, text)
        values = {"token": str(uuid.uuid4()), "label": "Illness <b>", "description": "Costs go on"}
        for _time in range(2):
            response = self.post(f"{page}/themes", **values)
            self.assertEqual(response.status_code, 303)
        theme = edition.theme_ids
        self.assertEqual((theme.name, theme.description), ("Illness <b>", "Costs go on"))
        text = self.url_open(f"{page}?done=proposed").text
        self.assertIn("Illness &lt;b&gt;", text)
        self.assertIn("Proposed by", text)
        # Nothing typed is lost.
        response = self.post(f"{page}/themes", label=" ", description="Long story")
        self.assertEqual(response.status_code, 422)
        self.assertIn('data-error="label"', response.text)
        self.assertIn("Long story", response.text)
        response = self.post(f"{page}/themes", label="x" * 121)
        self.assertEqual(response.status_code, 422)
        theme.action_choose()
        edition.action_next()
        self.assertNotIn("Propose a theme", self.url_open(page).text)
        response = self.post(f"{page}/themes", label="Too late")
        self.assertEqual(response.status_code, 422)
        self.assertIn("is over", response.text)
        self.assertEqual(edition.theme_ids, theme)

    def test_drafts_and_other_cooperatives_are_not_seen(self):
        draft, running = self._edition(state="draft", name="Secret"), self._edition()
        workgroup, hidden = self._workgroup(), self._workgroup(opened=False, name="Hidden")
        meeting = self._meeting(workgroup)
        paths = {
            self.portal: [
                f"/my/editions/{draft.id}",
                f"/my/workgroups/{hidden.id}",
                f"/my/meetings/{meeting.id}",
            ],
        }
        meeting.copy().action_convoke()
        convoked = workgroup.meeting_ids.filtered(lambda one: one.state == "convoked")
        paths[self.stranger] = [
            *paths[self.portal],
            f"/my/editions/{running.id}",
            f"/my/workgroups/{workgroup.id}",
            f"/my/meetings/{convoked.id}",
        ]
        for user, addresses in paths.items():
            self.login_as(user)
            for path in addresses:
                with self.subTest(path, user=user.login):
                    self.assertEqual(self.url_open(path).status_code, 404)
        self.login_as(self.stranger)
        for path in ("/my/editions", "/my/workgroups"):
            text = self.url_open(path).text
            self.assertIn('data-name="empty"', text)
            self.assertNotIn("Economic model", text)
        self.authenticate(None, None)
        for path in paths[self.stranger]:
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    # ------------------------------------------------------------------
    # Workgroups
    # ------------------------------------------------------------------

    def test_join_and_leave(self):
        workgroup = self._workgroup(places=1)
        page = f"/my/workgroups/{workgroup.id}"
        self.login_as(self.portal)
        self.assertIn("Economic model", self.url_open("/my/workgroups").text)
        text = self.url_open(page).text
        self.assertIn("One place is left.", text)
        self.assertNotIn("o_portal_chatter", text)
        response = self.post(f"{page}/join", lang_id="x", mail="1")
        self.assertIn("done=joined", response.headers["Location"])
        line = workgroup._get_line(self.portal.partner_id)
        self.assertEqual((line.state, line.mail_wanted), ("active", True))
        text = self.url_open(f"{page}?done=joined").text
        self.assertIn("You take part", text)
        self.assertIn("o_portal_chatter", text)
        self.login_as(self.portal_other)
        self.assertIn("waiting list", self.url_open(page).text)
        response = self.post(f"{page}/join")
        self.assertIn("done=waiting", response.headers["Location"])
        self.assertIn("you are number", self.url_open(page).text)
        self.login_as(self.portal)
        for _time in range(2):
            self.assertEqual(self.post(f"{page}/leave").status_code, 303)
        self.assertEqual(line.state, "left")
        other = workgroup._get_line(self.portal_other.partner_id)
        self.assertEqual(other.state, "active")

    def test_organisers_do_not_leave_by_a_click(self):
        workgroup = self._workgroup()
        self.login_as(self.director)
        response = self.post(f"/my/workgroups/{workgroup.id}/leave")
        self.assertEqual(response.status_code, 422)
        self.assertIn("find who takes over", response.text)
        self.assertEqual(workgroup._get_line(self.director.partner_id).state, "active")

    def test_strangers_do_nothing(self):
        workgroup = self._workgroup()
        self.login_as(self.stranger)
        for name in ("join", "leave"):
            self.assertEqual(self.post(f"/my/workgroups/{workgroup.id}/{name}").status_code, 404)
        self.assertEqual(len(workgroup.member_ids), 4)

    def test_documents(self):
        workgroup, other = self._workgroup(), self._workgroup(name="Tools")
        document = self.env["coop.document"].create({"name": "Study", "workgroup_id": workgroup.id})
        Version = self.env["coop.document.version"]
        for text in (b"first", b"<script>second</script>"):
            Version._add(document, "study.html", b64encode(text))
        last, first = document.version_ids.sorted("number", reverse=True)
        page = f"/my/workgroups/{workgroup.id}"
        self.login_as(self.portal)
        self.assertIn("Study", self.url_open(page).text)
        response = self.url_open(f"{page}/documents/{last.id}")
        self.assertEqual(response.content, b"<script>second</script>")
        # It is saved, never shown as a page of ours.
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(self.url_open(f"{page}/documents/{first.id}").content, b"first")
        path = f"/my/workgroups/{other.id}/documents/{last.id}"
        self.assertEqual(self.url_open(path).status_code, 404)
        document.active = False
        self.assertEqual(self.url_open(f"{page}/documents/{last.id}").status_code, 404)
        self.login_as(self.stranger)
        document.active = True
        self.assertEqual(self.url_open(f"{page}/documents/{last.id}").status_code, 404)

    def test_discussion_is_of_who_takes_part(self):
        workgroup = self._workgroup()
        workgroup.with_user(self.portal).sudo()._join(self.portal.partner_id)
        params = {
            "thread_model": "coop.workgroup",
            "thread_id": workgroup.id,
            "post_data": {"body": "Good <b>morning</b>", "message_type": "comment"},
        }
        self.login_as(self.portal)
        self.make_jsonrpc_request("/mail/message/post", params)
        message = workgroup.message_ids[0]
        self.assertEqual(message.author_id, self.portal.partner_id)
        self.assertIn("Good", message.body)
        for user in (self.portal_other, self.stranger):
            self.login_as(user)
            with self.subTest(user=user.login), self.assertRaises(Exception) as caught:
                self.make_jsonrpc_request("/mail/message/post", params)
            self.assertIn("NotFound", str(caught.exception))
        self.assertEqual(workgroup.message_ids[0], message)

    # ------------------------------------------------------------------
    # Meetings
    # ------------------------------------------------------------------

    def test_meeting(self):
        workgroup = self._workgroup()
        workgroup.with_user(self.portal).sudo()._join(self.portal.partner_id)
        meeting = self._meeting(workgroup, place="Upstairs", url="https://meet.example.com/x")
        meeting.action_convoke()
        page = f"/my/meetings/{meeting.id}"
        self.login_as(self.portal)
        self.assertIn(page, self.url_open("/my/workgroups").text)
        text = self.url_open(page).text
        for part in ("The rate", "Upstairs", "meet.example.com", "Do you come?"):
            self.assertIn(part, text)
        presence = meeting.presence_ids.filtered(
            lambda one: one.partner_id == self.portal.partner_id
        )
        for comes, state in (("1", "accepted"), ("0", "excused")):
            self.assertEqual(self.post(f"{page}/answer", comes=comes).status_code, 303)
            self.assertEqual(presence.state, state)
        self.assertEqual(self.post(f"{page}/answer", comes="2").status_code, 404)
        lang = self.env["res.lang"].sudo().search([("code", "=", "en_US")])
        for _time in range(2):
            self.assertEqual(
                self.post(f"{page}/interpreter", lang_id=str(lang.id)).status_code, 303
            )
        self.assertEqual(meeting.interpreter_ids.asked_by_ids, self.portal.partner_id)
        self.assertEqual(len(meeting.activity_ids), 1)
        self.assertEqual(self.post(f"{page}/interpreter", lang_id="x").status_code, 422)
        # Other members read the agenda; the link and the answers are of who is invited.
        self.login_as(self.portal_other)
        text = self.url_open(page).text
        self.assertIn("The rate", text)
        self.assertNotIn("meet.example.com", text)
        for name, values in (("answer", {"comes": "1"}), ("interpreter", {"lang_id": lang.id})):
            self.assertEqual(self.post(f"{page}/{name}", **values).status_code, 404)

    def test_minutes(self):
        workgroup = self._workgroup()
        meeting = self._meeting(workgroup)
        self._held(meeting)
        page = f"/my/meetings/{meeting.id}"
        self.login_as(self.portal)
        self.assertIn("The minutes are being written.", self.url_open(page).text)
        response = self.post(f"{page}/answer", comes="1")
        self.assertEqual(response.status_code, 404)
        meeting.point_ids.write({"notes": "<p>Much was said</p>", "decision": "6.5 % stays"})
        meeting.action_freeze()
        text = self.url_open(page).text
        for part in ("Much was said", "6.5 % stays", meeting.minutes_ids.hash):
            self.assertIn(part, text)
        response = self.url_open(f"{page}/minutes/{meeting.minutes_ids.id}")
        self.assertTrue(response.content.startswith(b"%PDF-"))
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        other = self._meeting(workgroup, days=70)
        other.action_convoke()
        path = f"/my/meetings/{other.id}/minutes/{meeting.minutes_ids.id}"
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_meetings_of_the_board_are_of_the_board(self):
        meeting = self.env["coop.meeting"].create(
            {
                "body_id": self.board.id,
                "date_start": fields.Datetime.now() + timedelta(days=3),
                "point_ids": [Command.create({"name": "Secret point"})],
            }
        )
        meeting.action_convoke()
        page = f"/my/meetings/{meeting.id}"
        self.login_as(self.director)
        self.assertIn("Secret point", self.url_open(page).text)
        for user in (self.portal, self.ethics):
            self.login_as(user)
            self.assertEqual(self.url_open(page).status_code, 404)

    # ------------------------------------------------------------------
    # Budgets
    # ------------------------------------------------------------------

    def _count(self, path):
        self.env.flush_all()
        self.url_open(path)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(path).status_code, 200)
        return self.cr.sql_log_count - before

    def _fill_pages(self, edition, workgroup, meeting, numbers):
        for number in numbers:
            self.env["coop.meeting.point"].create(
                {"meeting_id": meeting.id, "name": f"Point {number}"}
            )
            self._workgroup(edition_id=edition.id, name=f"Group {number}")
            self._edition(name=f"Edition {number}")
            self._meeting(workgroup, days=number + 1).action_convoke()
            document = self.env["coop.document"].create(
                {"name": f"Document {number}", "workgroup_id": workgroup.id}
            )
            self.env["coop.document.version"]._add(document, "x.txt", b64encode(b"x"))
            workgroup._join(self._member(f"Member {number}").partner_id)

    def test_queries_do_not_grow(self):
        edition = self._edition()
        workgroup = self._workgroup(edition_id=edition.id)
        self.login_as(self.portal)
        paths = ("/my/editions", f"/my/editions/{edition.id}", "/my/workgroups")
        meeting = self._meeting(workgroup, days=1)
        meeting.action_convoke()
        paths += (f"/my/workgroups/{workgroup.id}", f"/my/meetings/{meeting.id}")
        self._fill_pages(edition, workgroup, meeting, range(2))
        few = [self._count(path) for path in paths]
        self._fill_pages(edition, workgroup, meeting, range(2, 12))
        many = [self._count(path) for path in paths]
        for path, before, after in zip(paths, few, many, strict=True):
            with self.subTest(path):
                self.assertLessEqual(after, before + 1)
                self.assertLess(after, 90)
