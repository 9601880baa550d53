from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .trace_common import TraceCase

ATTACK = """<p onclick="steal()">Open <script>alert('x')</script><b>all</b></p>
<img src="x" onerror="alert(1)"><a href="javascript:alert(1)">here</a>"""


@tagged("post_install", "-at_install")
class TestRecommendation(TraceCase):
    """Drafted together, submitted once, never edited after that."""

    def test_the_form_of_the_secretary(self):
        with Form(self.env["coop.recommendation"].with_user(self.secretary)) as form:
            form.name = "Share the costs of childcare"
            form.text = "<p>Because half of us have children.</p>"
        recommendation = form.record
        recommendation.with_user(self.secretary).action_submit()
        self.assertEqual(recommendation.reference, "R00001")
        self.assertEqual(recommendation.state, "submitted")
        days = self.company.recommendation_answer_days
        today = fields.Date.context_today(recommendation)
        self.assertEqual(recommendation.answer_due, today + timedelta(days=days))
        with self.assertRaises(AssertionError), Form(recommendation) as form:
            form.text = "<p>Something else.</p>"

    def test_numbers_have_no_gaps(self):
        first, second = self._recommendation(), self._recommendation("Meet every month")
        second.action_submit()
        with self.refused("cannot be done any more"):
            second.action_submit()
        first.action_submit()
        self.assertEqual((second.number, first.number), (1, 2))

    def test_it_begins_with_a_verb_and_has_a_text(self):
        for name in ("The opening of the doors", "Openness to all", "3 rules"):
            with self.subTest(name):
                recommendation = self._recommendation(name)
                with self.refused("does not begin with a verb"):
                    recommendation.action_submit()
        with self.refused("has no text yet"):
            self._recommendation(text="<p><br></p>").action_submit()

    def test_nobody_edits_it_after_its_submission(self):
        recommendation = self._submitted()
        for values in ({"name": "Close the doors"}, {"text": "<p>No</p>"}, {"number": 9}):
            for user in (self.secretary, self.env.user):
                with self.refused("cannot be changed by hand"):
                    recommendation.with_user(user).write(values)
        with self.assertRaises(UserError):
            recommendation.with_context(lang="fr_BE").write({"name": "Fermer les portes"})
        with self.refused("cannot be changed"):
            recommendation.update_field_translations("name", {"en_US": "Close the doors"})
        with self.refused("stays in the records"):
            recommendation.unlink()
        self.assertEqual(recommendation.name, "Open the co-operative to all trades")

    def test_a_missing_translation_may_follow(self):
        recommendation = self._submitted()
        recommendation.update_field_translations("name", {"fr_BE": "Ouvrir à tous les métiers"})
        self.assertEqual(
            recommendation.with_context(lang="fr_BE").name, "Ouvrir à tous les métiers"
        )

    def test_scripts_are_gone(self):
        recommendation = self._recommendation(text=ATTACK)
        for text in (recommendation.text, recommendation.version_ids.text):
            for evil in ("script", "onclick", "onerror", "javascript"):
                self.assertNotIn(evil, text)
        named = self._recommendation("Open <script>alert(1)</script>")
        named.name = "Open <b>now</b>"
        self.assertNotIn("<b>", named.version_ids[0].changes)
        self.assertIn("&lt;b&gt;", named.version_ids[0].changes)

    def test_versions_show_what_changed(self):
        recommendation = self._recommendation(text="<p>Open to some trades</p>")
        recommendation.with_context(version_note="As we said").text = "<p>Open to all trades</p>"
        recommendation.is_open = True
        second, first = recommendation.version_ids
        self.assertEqual((first.number, second.number, second.note), (1, 2, "As we said"))
        self.assertIn("<del>some</del><ins>all</ins>", second.changes)
        with self.refused("stays as it is"):
            first.text = "<p>Other</p>"
        with self.assertRaises(AccessError):
            first.with_user(self.secretary).copy()

    def test_amendments_are_taken_or_declined(self):
        recommendation = self._recommendation()
        person = self.member.partner_id
        taken = recommendation._propose_amendment(person, 1, "Welcome everybody", "Shorter")
        late = recommendation._propose_amendment(person, 1, "Welcome nobody", "Even shorter")
        taken.with_user(self.secretary).action_take()
        self.assertEqual(recommendation._plain_text(), "Welcome everybody")
        self.assertIn(person.name, recommendation.version_ids[0].note)
        with self.refused("changed since"):
            late.action_take()
        late.action_decline("It is the opposite")
        self.assertEqual((taken.state, late.state), ("taken", "declined"))
        with self.refused("cannot be done any more"):
            late.action_take()
        recommendation.action_submit()
        with self.refused("cannot be done any more"):
            recommendation._propose_amendment(person, 2, "Late", "Too late")

    def test_an_amendment_is_taken_in_the_language_of_the_text(self):
        recommendation = self._recommendation(lang="fr_BE")
        recommendation.with_context(lang="fr_BE").text = "<p>Accueillir certains</p>"
        number = recommendation.version_count
        amendment = recommendation._propose_amendment(
            self.member.partner_id, number, "Accueillir tout le monde", "Plus large"
        )
        amendment.with_user(self.secretary).with_context(lang="en_US").action_take()
        french = recommendation.with_context(lang="fr_BE")
        self.assertIn("tout le monde", french.text)
        self.assertEqual(recommendation.version_ids[0].lang, "fr_BE")

    def test_members_support_it_once(self):
        recommendation = self._submitted()
        for supports in (True, True, False, True):
            recommendation._support(self.member.partner_id, supports)
        self.assertEqual(recommendation.supporter_count, 1)
        recommendation.action_withdraw()
        with self.assertRaises(UserError):
            recommendation._support(self.other_member.partner_id)

    def test_overdue_is_found(self):
        late, early = self._submitted(), self._submitted("Meet every month")
        late._write_decision({"answer_due": fields.Date.today() - timedelta(days=1)})
        own = [("company_id", "=", self.company.id), ("number", ">", 0)]
        Recommendation = self.env["coop.recommendation"]
        self.assertEqual(Recommendation.search([*own, ("is_overdue", "=", True)]), late)
        self.assertEqual(Recommendation.search([*own, ("is_overdue", "=", False)]), early)
        self.assertTrue(late.is_overdue)
        late.action_withdraw()
        self.assertFalse(late.is_overdue)


@tagged("post_install", "-at_install")
class TestRecommendationMerge(TraceCase):
    """What is merged or split stays on the way."""

    def test_merged_into_another(self):
        source = self._submitted(author_ids=[Command.set(self.member.partner_id.ids)])
        target = self._submitted("Welcome all trades")
        source._support(self.other_member.partner_id)
        wizard = (
            self.env["coop.recommendation.merge"]
            .with_user(self.secretary)
            .create({"source_ids": source.ids, "target_id": target.id})
        )
        wizard.action_merge()
        self.assertEqual((source.state, source.merged_into_id), ("withdrawn", target))
        self.assertEqual(target.author_ids, self.member.partner_id)
        self.assertEqual(target.supporter_ids, self.other_member.partner_id)
        self.assertEqual([entry["id"] for entry in target._trace()], [source.id, target.id])
        self.assertEqual(source._get_member_status(), ("merged", "Merged into R00002"))

    def test_no_circle_of_merges(self):
        first, second = self._submitted(), self._submitted("Welcome all trades")
        first._merge_into(second)
        with self.refused("cannot be done any more"):
            second._merge_into(first)
        # Not even where somebody brought the state back by other means.
        first._write_decision({"state": "draft"})
        with self.refused("does not go in a circle"):
            second._merge_into(first)
        with self.refused("does not go in a circle"):
            second._merge_into(second)

    def test_not_into_another_company(self):
        first = self._submitted()
        second = self._recommendation(company_id=self.other_company.id)
        with self.refused("two co-operatives"):
            first._merge_into(second)

    def test_split(self):
        source = self._submitted()
        wizard = (
            self.env["coop.recommendation.split"]
            .with_user(self.secretary)
            .create({"source_id": source.id, "titles": "Open the doors\n\n Train the staff \n"})
        )
        parts = self.env["coop.recommendation"].search(wizard.action_split()["domain"])
        self.assertEqual(set(parts.mapped("name")), {"Open the doors", "Train the staff"})
        self.assertEqual(set(parts.mapped("state")), {"draft"})
        self.assertEqual(parts[0].text, source.text)
        self.assertEqual(source.state, "withdrawn")
        self.assertEqual(
            [entry["relation"] for entry in source._trace()], [False, "split", "split"]
        )
        with self.refused("at least two titles"):
            parts[0]._split(["Open"])
