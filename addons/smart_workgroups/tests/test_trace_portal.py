import hashlib
import json
from datetime import timedelta

from odoo import Command, fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .trace_common import TEXT, TraceCase


@tagged("post_install", "-at_install")
class TestGovernanceTour(TraceCase, HttpCase):
    """From a recommendation with two versions to a member who sees the whole way on a phone."""

    def _on_a_phone(self, tour, url, user):
        self.browser_size, self.touch_enabled = "390x844", True
        self.start_tour(url, tour, login=user.login)

    def _at_a_desk(self, tour, user):
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour("/odoo", tour, login=user.login)

    def test_the_whole_way(self):
        self._on_a_phone("governance_draft", "/my/home", self.member)
        recommendation = self.env["coop.recommendation"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            (recommendation.name, recommendation.version_count), ("Share the tools", 2)
        )
        self.assertEqual(recommendation.author_ids, self.member.partner_id)
        # The first try has no reasons: the server's log says that it was refused.
        with mute_logger("odoo.http"):
            self._at_a_desk("governance_review", self.director)
        self.assertEqual(recommendation.state, "amended")
        self._publish(recommendation.review_id)
        self._proposal(recommendation, name="A library of tools")
        self.env["coop.assembly"].create(
            {"name": "Assembly of Spring", "company_id": self.company.id}
        )
        self._at_a_desk("governance_decide", self.secretary)
        action = self.env["coop.action"].search([("company_id", "=", self.company.id)])
        self.assertEqual(action.measure, "milestones")
        milestones = self.env["project.milestone"].create(
            [
                {"name": f"Milestone {number}", "project_id": action.project_id.id}
                for number in range(1, 6)
            ]
        )
        milestones[:2].is_reached = True
        action._report("Two rooms are found")
        self._on_a_phone("governance_follow", "/my/responses", self.member)
        self.assertEqual(len(recommendation._trace()), 5)


@tagged("post_install", "-at_install")
class TestGovernancePortal(TraceCase, HttpCase):
    """What members read and do, and what they do not."""

    def _open(self, url, user=None, **form):
        if user:
            self.authenticate(user.login, user.login)
        data = {"csrf_token": self.csrf_token(), **form} if form else None
        return self.url_open(url, data=data, allow_redirects=False)

    def csrf_token(self):
        return Request.csrf_token(self)

    def _draft(self, **values):
        return self._recommendation(author_ids=[Command.set(self.member.partner_id.ids)], **values)

    def test_a_draft_is_read_by_who_drafts_it(self):
        draft = self._draft()
        url = f"/my/recommendations/{draft.id}"
        self.assertEqual(self._open(url, self.member).status_code, 200)
        for page in (url, f"{url}/edit", f"{url}/way", f"{url}/versions/1"):
            self.assertEqual(self._open(page, self.other_member).status_code, 404)
        outsider = self._user("trace_outsider")
        draft.is_open = True
        self.assertEqual(self._open(url, self.other_member).status_code, 200)
        self.assertEqual(self._open(f"{url}/edit", self.other_member).status_code, 404)
        self.assertEqual(self._open(url, outsider).status_code, 404)

    def test_who_left_drafts_nothing(self):
        """Who wrote it still reads it; the steps are of who is a member."""
        draft = self._draft(is_open=True)
        url = f"/my/recommendations/{draft.id}"
        membership = self.env["coop.membership"].search(
            [("partner_id", "=", self.member.partner_id.id)]
        )
        membership._end(fields.Date.today(), "resignation")
        page = self._open(url, self.member)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn('data-name="amend"', page.text)
        self.assertEqual(self._open(f"{url}/edit", self.member).status_code, 404)
        form = {"name": "Open it", "text": "Mine", "base": "1", "reason": "Because"}
        for step in ("edit", "amend", "submit", "withdraw"):
            self.assertEqual(self._open(f"{url}/{step}", self.member, **form).status_code, 404)
        self.assertEqual((draft.state, draft.version_count), ("draft", 1))

    def test_nothing_of_somebody_else_is_overwritten(self):
        draft = self._draft()
        url = f"/my/recommendations/{draft.id}/edit"
        form = {"name": "Open it", "text": "Mine", "base": "1"}
        self.assertEqual(self._open(url, self.member, **form).status_code, 303)
        form["text"] = "Theirs"
        answer = self._open(url, self.member, **form)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("saved version 2", answer.text)
        self.assertIn("Theirs", answer.text)
        self.assertEqual(draft._plain_text(), "Mine")
        self.assertIn('name="base" value="2"', answer.text)

    def test_a_form_that_is_sent_twice_begins_once(self):
        token = "0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e"
        form = {"name": "Open it", "text": "Because.", "token": token}
        first = self._open("/my/recommendations/new", self.member, **form)
        second = self._open("/my/recommendations/new", self.member, **form)
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(self.env["coop.recommendation"].search_count(own), 1)

    def test_scripts_of_members_are_shown_as_text(self):
        form = {"name": "Open <script>alert(1)</script>", "text": "<img src=x onerror=alert(1)>"}
        self._open("/my/recommendations/new", self.member, **form)
        draft = self.env["coop.recommendation"].search([("company_id", "=", self.company.id)])
        draft._propose_amendment(self.member.partner_id, 1, "<script>1</script>", "<b>Why</b>")
        page = self._open(f"/my/recommendations/{draft.id}", self.member).text
        for evil in ("<script>alert(1)", "<img src=x", "<script>1", "<b>Why"):
            self.assertNotIn(evil, page)
        self.assertIn("&lt;img src=x onerror=alert(1)&gt;", page)

    def test_members_amend_and_drafters_answer(self):
        draft = self._draft(is_open=True)
        url = f"/my/recommendations/{draft.id}"
        form = {"text": "Welcome everybody", "reason": "Shorter", "base": "1"}
        self.assertEqual(self._open(f"{url}/amend", self.other_member, **form).status_code, 303)
        amendment = draft.amendment_ids
        take = {"operation": "take"}
        answer = self._open(f"{url}/amendments/{amendment.id}", self.other_member, **take)
        self.assertEqual(answer.status_code, 404)
        answer = self._open(f"{url}/amendments/{amendment.id}", self.member, **take)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((amendment.state, draft._plain_text()), ("taken", "Welcome everybody"))

    def test_support_and_submit(self):
        draft = self._draft(is_open=True)
        url = f"/my/recommendations/{draft.id}"
        self._open(f"{url}/support", self.other_member, operation="start")
        self.assertEqual(draft.supporter_ids, self.other_member.partner_id)
        self.assertEqual(self._open(f"{url}/submit", self.other_member, x="1").status_code, 404)
        self.assertEqual(self._open(f"{url}/submit", self.member, x="1").status_code, 303)
        self.assertEqual(draft.state, "submitted")
        self.assertEqual(self._open(f"{url}/submit", self.member, x="1").status_code, 422)
        self.assertEqual(self._open(f"{url}/edit", self.member).status_code, 303)

    def test_an_answer_is_hidden_until_it_is_published(self):
        review = self._answered(outcome="rejected", reasons="Secret until Monday")
        recommendation = review.recommendation_id
        pages = (
            f"/my/recommendations/{recommendation.id}",
            f"/my/recommendations/{recommendation.id}/way",
            f"/my/recommendations/{recommendation.id}/way/export",
            "/my/recommendations",
            "/my/recommendations/export/json",
            "/my/responses",
            "/my/responses/export/csv",
        )
        for page in pages:
            text = self._open(page, self.member).text
            self.assertNotIn("Secret until Monday", text, page)
            self.assertNotIn('="rejected"', text.replace('value="rejected"', ""), page)
            self.assertNotIn(">Rejected</span>", text, page)
        self.assertEqual(self._open(f"/my/responses/{review.id}", self.member).status_code, 404)
        shown = {"waiting": True, "answered": False}
        for name, listed in shown.items():
            text = self._open(f"/my/recommendations?show={name}", self.member).text
            self.assertEqual(recommendation.reference in text, listed, name)
        self._publish(review)
        for name, listed in shown.items():
            text = self._open(f"/my/recommendations?show={name}", self.member).text
            self.assertEqual(recommendation.reference in text, not listed, name)
        for page in (f"/my/responses/{review.id}", pages[0], pages[2], pages[5], pages[6]):
            self.assertIn("Secret until Monday", self._open(page, self.member).text, page)

    def test_a_frozen_text_reads_as_its_reader_writes(self):
        """Days, moments and amounts in the language of the page; what is frozen stays as it is."""
        review = self._answered(cost=1234.5, decided_on="2025-03-09")
        self._publish(review)
        self.member.lang, self.member.tz = "fr_BE", "Asia/Tokyo"
        currency = self.company.currency_id.name
        frozen = review._get_last_frozen([review._station()])[review._station()]
        frozen = frozen.with_user(self.member).with_context(lang="fr_BE").sudo()
        rows = dict(frozen._get_paragraphs())
        label = review.with_context(lang="fr_BE").fields_get(["decided_on", "cost", "finalised_on"])
        self.assertEqual(rows[label["decided_on"]["string"]], "09/03/2025")
        self.assertEqual(rows[label["cost"]["string"]], f"1.234,50 {currency}")
        moment = review.finalised_on + timedelta(hours=9)
        self.assertIn(f"{moment:%H:%M}", rows[label["finalised_on"]["string"]])
        self.assertNotIn(currency, rows.values())
        self.assertIn('"2025-03-09"', frozen.content)

    def test_what_the_board_changed_names_its_language(self):
        """Words are compared in the language of the author; a page in another one says so."""
        review = self._answered(
            outcome="amended", amended_name="Open the doors to all trades", amended_text=TEXT
        )
        self._publish(review)
        page = self._open(f"/my/responses/{review.id}", self.member).text
        self.assertNotIn('data-name="authentic"', page)
        self.member.lang = "fr_BE"
        # The address of the page has the language in it.
        address = self._open(f"/my/responses/{review.id}", self.member).headers["Location"]
        page = self._open(address).text
        self.assertRegex(page, r'data-name="authentic"[^<]*English \(US\)')

    def test_the_latest_answers_come_first(self):
        older, newer = (self._answered(self._submitted(name)) for name in ("Open it", "Close it"))
        self._publish(older)
        self._publish(newer)
        text = self._open("/my/responses", self.member).text
        self.assertLess(text.index("Close it"), text.index("Open it"))

    def test_exports(self):
        self._submitted("=Open 1+1 doors")
        rows = self._open("/my/recommendations/export/csv", self.member).text
        self.assertIn("'=Open 1+1 doors", rows)
        data = self._open("/my/recommendations/export/json", self.member).json()
        self.assertEqual(data[0]["reference"], "R00001")
        self.assertEqual(self._open("/my/actions/export/xml", self.member).status_code, 404)
        outsider = self._user("trace_outsider")
        self.assertEqual(self._open("/my/recommendations/export/json", outsider).json(), [])

    def test_the_exported_way_can_be_checked(self):
        review = self._answered()
        self._publish(review)
        recommendation = review.recommendation_id
        way = self._open(f"/my/recommendations/{recommendation.id}/way/export", self.member).json()
        self.assertEqual(
            [entry["hash"] for entry in way],
            [entry["hash"] for entry in recommendation._trace()],
        )
        self.assertEqual(way[0]["text"]["name"]["en_US"], recommendation.name)
        for entry in way:
            proof = hashlib.sha256(entry["proof"].encode()).hexdigest()
            self.assertEqual(proof, entry["hash"])
            self.assertEqual(json.loads(json.loads(entry["proof"])[-1]), entry["text"])

    def test_owners_report_on_their_actions(self):
        action = self._action(owner_id=self.member.partner_id.id)
        url = f"/my/actions/{action.id}"
        form = {"text": "Begun", "progress": "40"}
        self.assertEqual(self._open(f"{url}/report", self.other_member, **form).status_code, 404)
        for progress in ("101", "-1", "x", "4.5"):
            answer = self._open(f"{url}/report", self.member, text="Begun", progress=progress)
            self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._open(f"{url}/report", self.member, **form).status_code, 303)
        self.assertEqual(action.progress, 40)
        page = self._open(url, self.other_member).text
        self.assertIn("Begun", page)
        self.assertIn("width: 40%", page)

    def test_filters_of_the_plan(self):
        programme = self._action("Programme of tools", level="programme", horizon="long")
        self._action("Buy a drill", parent_id=programme.id, horizon="short")
        page = self._open("/my/actions", self.member).text
        self.assertIn("Buy a drill", page)
        page = self._open("/my/actions?horizon=long", self.member).text
        self.assertNotIn("Buy a drill", page)
        page = self._open("/my/actions?search=drill", self.member).text
        self.assertNotIn("Programme of tools</strong>", page)

    def test_lists_cost_the_same_for_any_number(self):
        reviews = self.env["coop.board.review"]

        def count(url):
            self._open(url, self.member)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._open(url)
            return self.env.cr.sql_log_count - before

        def add(number):
            nonlocal reviews
            for index in range(number):
                recommendation = self._submitted(f"Write rule {index}")
                recommendation._support(self.member.partner_id)
                review = self._answered(recommendation)
                self._publish(review)
                reviews |= review
                action = self._action(f"Action {index}")
                self._action("Part", parent_id=action.id)._report("Begun", 10)

        add(3)
        urls = ("/my/recommendations", "/my/responses", "/my/actions")
        few = [count(url) for url in urls]
        add(9)
        many = [count(url) for url in urls]
        self.assertEqual(few, many)
