import json

from odoo.tests import tagged

from odoo.addons.smart_workgroups.demo import bodies, ethics, impact
from odoo.addons.smart_workgroups.demo.history import History
from odoo.addons.smart_workgroups.demo.history_actions import PROPOSALS
from odoo.addons.smart_workgroups.demo.history_editions import EDITIONS
from odoo.addons.smart_workgroups.demo.history_recommendations import RECOMMENDATIONS
from odoo.addons.smart_workgroups.demo.teller import said_in
from odoo.addons.smart_workgroups.lib.first_verb import begins_with_verb

from .governance_common import GovernanceCase

LANGS = ("en_US", "nl_BE", "fr_BE")


@tagged("post_install", "-at_install")
class TestGovernanceDemo(GovernanceCase):
    """The history that the demonstration tells, told in a co-operative of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_BE")
        cls.env["res.lang"]._activate_lang("fr_BE")
        cls.company.governance_lang_ids = cls.env["res.lang"].search([("code", "in", LANGS)])
        memberships = cls.env["coop.membership"].search([("company_id", "=", cls.company.id)])
        env = cls.env(user=cls.secretary, su=True)
        cls.history = History(env, cls.company, memberships.partner_id, cls.director)
        cls.history.tell()
        cls.editions = env["coop.edition"].search(
            [("company_id", "=", cls.company.id)], order="date_start"
        )

    def _search(self, model, *domain):
        return self.env[model].search([("company_id", "=", self.company.id), *domain])

    def test_three_editions(self):
        self.assertEqual(
            [(day.date_start.year, day.date_end.year) for day in self.editions],
            [(2015, 2016), (2016, 2017), (2018, 2019)],
        )
        self.assertEqual(set(self.editions.mapped("state")), {"closed"})
        counts = [len(edition.workgroup_ids) for edition in self.editions]
        self.assertEqual(counts, [4, 4, 3])
        for edition in self.editions:
            with self.subTest(edition=edition.name):
                self.assertEqual(len(edition.question_ids), len(edition.workgroup_ids))
                self.assertEqual(edition.theme_ids.workgroup_id, edition.workgroup_ids)
                self.assertEqual(set(edition.theme_ids.mapped("state")), {"chosen"})
                self.assertEqual(len(edition.phase_ids.filtered("date_start")), 5)

    def test_workgroups_keep_the_rule_and_recommend(self):
        for workgroup in self.editions.workgroup_ids:
            with self.subTest(workgroup=workgroup.name):
                self.assertFalse(workgroup.missing)
                self.assertEqual(workgroup.state, "closed")
                self.assertTrue(workgroup.recommendation_ids)
                self.assertLess(workgroup.date_opened, workgroup.date_closed)

    def test_each_recommendation_is_answered_with_reasons(self):
        recommendations = self._search("coop.recommendation")
        self.assertEqual(len(recommendations), len(RECOMMENDATIONS))
        for one in recommendations:
            with self.subTest(recommendation=one.name):
                review = one._get_published_review()
                self.assertIn(one.state, ("accepted", "amended"))
                self.assertEqual(review.outcome, one.state)
                self.assertTrue(review.reasons)
                self.assertLess(one.submitted_on, review.decided_on)
                for lang in ("en_US", "fr_BE"):
                    self.assertTrue(begins_with_verb(one.with_context(lang=lang).name, lang))
        self.assertEqual({"accepted", "amended"}, set(recommendations.mapped("state")))
        self.assertEqual(len(recommendations.review_id.publication_id), 3)

    def test_from_a_recommendation_of_2015_to_an_action(self):
        """The ethics committee was recommended, prepared by the next edition, and is there."""
        way = self.history.recommendations["ethics"]._trace()
        models = [station["model"] for station in way]
        self.assertEqual(models[:2], ["coop.recommendation", "coop.board.review"])
        self.assertLessEqual({"coop.proposal", "coop.resolution", "coop.action"}, set(models))
        followed = [station["id"] for station in way if station["relation"] == "followed"]
        self.assertIn(self.history.recommendations["committee"].id, followed)
        actions = self.env["coop.action"].browse(
            station["id"] for station in way if station["model"] == "coop.action"
        )
        committee = actions.filtered(lambda one: one.name == "An ethics committee of fifteen")
        self.assertEqual((committee.state, committee.progress), ("done", 100))
        back = [(station["model"], station["id"]) for station in committee._trace()]
        self.assertEqual(
            back[0], ("coop.recommendation", self.history.recommendations["ethics"].id)
        )
        self.assertTrue(
            all(station["hash"] for station in way if station["model"] != "coop.action")
        )

    def test_what_was_amended_goes_on_as_amended(self):
        review = self.history.recommendations["figures"].review_id
        frozen = self._search(
            "coop.frozen.text",
            ("res_model", "=", review._name),
            ("res_id", "=", review.id),
            ("kind", "=", "proposed"),
        )
        self.assertEqual(len(frozen), 1)
        self.assertIn("Study how economic transparency", frozen._read_text("final_name", "en_US"))
        self.assertIn("Onderzoeken hoe elke vennoot", frozen._read_text("final_name", "nl_BE"))
        self.assertIn("quels chiffres", frozen._read_text("final_text", "fr_BE"))

    def test_frozen_texts_verify_in_all_languages(self):
        Frozen = self.env["coop.frozen.text"]
        self.assertFalse(Frozen._verify(self.company))
        self.assertFalse(self.env["coop.trace.link"]._verify(self.company))
        submitted = self._search("coop.frozen.text", ("kind", "=", "submitted"))
        self.assertEqual(len(submitted), len(RECOMMENDATIONS))
        for frozen in submitted:
            content = json.loads(frozen.content)
            for name in ("name", "text"):
                with self.subTest(frozen=frozen.name, field=name):
                    self.assertEqual(set(content[name]), set(LANGS))
                    self.assertEqual(len(set(content[name].values())), 3)

    def test_translations_are_reviewed(self):
        for records in self.history.translated:
            for record in records:
                with self.subTest(record=record.display_name):
                    self.assertEqual(set(record._translation_states().values()), {"reviewed"})

    def test_lists_are_translated_line_by_line(self):
        text = self.history.recommendations["purchasing"].with_context(lang="nl_BE").text
        self.assertIn("<li>leveringen te centraliseren;</li>", text)
        self.assertNotIn("deliveries", text)
        action = self._search("coop.action", ("name", "=", "Networks by sector"))
        self.assertEqual(action.with_context(lang="fr_BE").name, "Des réseaux par secteur")

    def test_themes_and_reports_are_told_in_each_language(self):
        themes = self.editions.theme_ids
        updates = self._search("coop.action.update")
        self.assertTrue(updates)
        for records, name in ((themes, "name"), (themes, "description"), (updates, "text")):
            for record in records:
                with self.subTest(record=record.display_name, field=name):
                    texts = {record.with_context(lang=lang)[name] for lang in LANGS}
                    self.assertEqual(len(texts), len(LANGS))

    def test_the_plan_of_2019_and_later(self):
        programmes = self._search("coop.action", ("level", "=", "programme"))
        self.assertEqual(len(programmes), len(PROPOSALS))
        parts = self._search("coop.action", ("parent_id", "!=", False))
        self.assertEqual(set(parts.mapped("horizon")), {"short", "middle", "long"})
        self.assertLessEqual({"done", "running", "planned"}, set(parts.mapped("state")))
        for action in programmes | parts:
            with self.subTest(action=action.name):
                done = action.state == "done"
                self.assertEqual(done, action.progress == 100)
        board = programmes.filtered(lambda one: "eighteen" in one.name)
        self.assertEqual(board.resolution_id.assembly_id.date.year, 2017)
        self.assertIn("Elect eighteen directors", board.child_ids.mapped("name"))

    def test_votes_add_up(self):
        resolutions = self._search("coop.resolution")
        self.assertEqual(set(resolutions.mapped("state")), {"adopted"})
        days = sorted(set(resolutions.assembly_id.mapped("date")))
        self.assertEqual(
            [(day.year, day.month) for day in days], [(y, 6) for y in range(2016, 2020)]
        )

    def test_nobody_is_told_years_later(self):
        self.assertTrue(self._search("coop.governance.notice"))
        self.assertFalse(self._search("coop.governance.notice", ("sent_on", "=", False)))

    def test_what_is_asked_and_taught_is_told_in_three_languages(self):
        env = self.env(user=self.secretary, su=True)
        survey = impact._write_the_survey(env)
        told = [survey.with_context(lang=lang).title for lang in LANGS]
        self.assertEqual(told, [*impact.SURVEY])
        for question, texts in zip(survey.question_ids, impact.QUESTIONS.values(), strict=True):
            told = [question.with_context(lang=lang).title for lang in LANGS]
            self.assertEqual(told, [*texts])
        texts = [text for case in ethics.CASES.values() for text in case]
        texts += [*ethics.POINTS, *bodies.TRAININGS, bodies.COURSE, impact.READING]
        texts += [text for _hours, text in impact.HOURS.values()]
        for text in texts:
            self.assertEqual(len({said_in(lang, text) for lang in LANGS}), 3, text)
        self.assertEqual(said_in(False, impact.READING), impact.READING[0])

    def test_every_theme_of_the_data_is_worked_on(self):
        groups = {(key, name) for key, facts in EDITIONS.items() for name in facts["groups"]}
        self.assertEqual({facts["group"] for facts in RECOMMENDATIONS.values()}, groups)
        used = {key for facts in PROPOSALS.values() for key in facts["of"]}
        self.assertEqual(used, set(RECOMMENDATIONS))
