from datetime import timedelta
from fractions import Fraction

import psycopg2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import mute_logger

from ..lib.plain_text import to_html, to_text
from ..lib.text_diff import diff_words
from ..lib.weighted_progress import percent, tree_progress
from .trace_common import TraceCase
from .vote_common import make_voters

# Other work on the machine makes it slow, not what is drawn.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestProgressArithmetic(BaseCase):
    """Exact for any tree, and never 100 % before all is done."""

    @calm
    @given(
        st.lists(
            st.tuples(st.integers(0, 1000), st.integers(0, 100), st.booleans()),
            min_size=1,
            max_size=12,
        )
    )
    def test_a_whole_is_the_weighted_mean_of_its_parts(self, parts):
        nodes = {0: (None, 1, Fraction(0))}
        for number, (weight, own, stopped) in enumerate(parts, 1):
            nodes[number] = (0, weight, None if stopped else Fraction(own, 100))
        whole = tree_progress(nodes)[0]
        going = [(weight, own) for weight, own, stopped in parts if not stopped]
        if not any(weight for weight, _own in going):
            going = [(1, own) for _weight, own in going]
        total = sum(weight for weight, _own in going)
        expected = sum(weight * own for weight, own in going)
        self.assertEqual(whole * 100 * total, expected)
        self.assertEqual(whole == 1, bool(going) and expected == total * 100)

    @calm
    @given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 3))
    def test_percent(self, done, total, digits):
        progress = Fraction(min(done, total), total)
        shown = percent(progress, digits)
        self.assertEqual(shown == 100, progress == 1)
        self.assertLessEqual(abs(Fraction(str(shown)) - progress * 100), Fraction(1, 10**digits))

    @calm
    @given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 100))
    def test_depth_does_not_round(self, width, depth, own):
        nodes, last = {0: (None, 1, Fraction(0))}, [0]
        for _level in range(depth):
            new = []
            for parent in last:
                for _child in range(width):
                    nodes[len(nodes)] = (parent, 3, Fraction(own, 100))
                    new.append(len(nodes) - 1)
            last = new
        self.assertEqual(tree_progress(nodes)[0], Fraction(own, 100))

    @calm
    @given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
    def test_differences_give_both_texts(self, old, new):
        parts = diff_words(old, new)
        self.assertEqual("".join(text for kind, text in parts if kind != "new"), old)
        self.assertEqual("".join(text for kind, text in parts if kind != "gone"), new)

    @calm
    @given(st.lists(st.sampled_from(["a b", "- x", "<i>", "&amp;", "", "* y"]), max_size=10))
    def test_typed_text_comes_back(self, lines):
        once = to_text(to_html("\n".join(lines)))
        self.assertEqual(to_text(to_html(once)), once)


@tagged("post_install", "-at_install")
class TestProposalToAction(TraceCase):
    """From what the Board accepted to what is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls._answered(
            outcome="amended",
            amended_name="Open the co-operative to most trades",
            amended_text="<p>With a list that the ethics committee keeps.</p>",
        )
        cls.recommendation = cls.review.recommendation_id

    def test_the_forwarded_text_is_the_amended_one(self):
        proposal = self._proposal(self.recommendation)
        link = self.env["coop.trace.link"].search(
            [("target_model", "=", "coop.proposal"), ("target_id", "=", proposal.id)]
        )
        frozen = link.frozen_id
        self.assertEqual(frozen.res_model, "coop.board.review")
        self.assertEqual(frozen._read_text("final_name"), "Open the co-operative to most trades")
        self.assertIn("With a list", frozen._read_text("final_text"))
        self.assertNotIn("No list of trades", frozen.content)
        self.assertIn("With a list", proposal.basis)
        self.assertNotIn("No list of trades", proposal.basis)
        self.assertFalse(frozen._verify(self.company))

    def test_only_what_was_accepted(self):
        rejected = self._answered(self._submitted("Close the doors"), "rejected")
        waiting = self._submitted("Meet every month")
        for recommendation in (rejected.recommendation_id, waiting):
            with self.refused("was not accepted"):
                self._proposal(recommendation)

    def test_what_it_comes_of_stays(self):
        proposal = self._proposal(self.recommendation)
        other = self._answered(self._submitted("Meet every month")).recommendation_id
        with self.refused("stays on record"):
            proposal.recommendation_ids = other
        proposal.recommendation_ids |= other
        self.assertEqual(len(proposal._trace()), 5)
        with self.refused("stays in the records"):
            proposal.unlink()

    def test_ready_has_all_that_is_asked(self):
        for values, message in (
            ({"purpose": "<p><br></p>"}, "Purpose"),
            ({"means": False}, "Means"),
            ({"owner_id": False}, "owner"),
        ):
            proposal = self._proposal(self.recommendation, **values)
            with self.refused(message):
                proposal.action_ready()
        proposal = self._proposal(self.recommendation)
        proposal.action_ready()
        with self.refused("cannot be changed by hand"):
            proposal.cost = 5

    def test_figures_add_up_and_decide(self):
        Rule = self.env["coop.resolution.class"]
        parts = {"strict": False, "majority_denominator": 5, "majority_numerator": 4}
        four_fifths = Rule.create({"name": "Four fifths"} | parts).id
        three_quarters = self.env.ref("smart_workgroups.resolution_class_statutes_second").id
        for values, state in (
            ({}, "adopted"),
            ({"votes_for": 45, "votes_against": 45}, "rejected"),
            ({"class_id": four_fifths}, "rejected"),
            ({"class_id": three_quarters}, "adopted"),
        ):
            resolution = self._resolution(**values)
            resolution.action_record()
            self.assertEqual(resolution.state, state, values)
            with self.refused("cannot be changed by hand"):
                resolution.votes_for = 99
        for values in ({"present": 81}, {"votes_for": 71}, {"present": 0, "represented": 0}):
            with self.refused("do not add up"):
                self._resolution(**values).action_record()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._resolution(abstained=-1)

    def test_not_before_the_assembly(self):
        resolution = self._resolution()
        resolution.assembly_id.date = fields.Date.today() + timedelta(days=2)
        with self.refused("still to come"):
            resolution.action_record()

    def test_the_whole_way(self):
        proposal = self._proposal(self.recommendation)
        resolution = self._adopted(proposal)
        programme = self._action("Trades", level="programme", resolution_id=resolution.id)
        part = self._action("Find an insurer", parent_id=programme.id)
        way = self.recommendation._trace()
        self.assertEqual(
            [(entry["model"], entry["id"], entry["relation"]) for entry in way],
            [
                ("coop.recommendation", self.recommendation.id, False),
                ("coop.board.review", self.review.id, "reviewed"),
                ("coop.proposal", proposal.id, "proposed"),
                ("coop.resolution", resolution.id, "decided"),
                ("coop.action", programme.id, "planned"),
                ("coop.action", part.id, "part"),
            ],
        )
        self.assertEqual(part._trace(), way)
        self.assertTrue(all(entry["hash"] for entry in way[:-1]))
        self.assertEqual(proposal.state, "adopted")
        for model in ("coop.frozen.text", "coop.trace.link"):
            self.assertFalse(self.env[model]._verify(self.company))

    def test_without_a_quorum_nothing_is_decided(self):
        proposal = self._proposal(self.recommendation)
        proposal.action_ready()
        statutes = self.env.ref("smart_workgroups.resolution_class_statutes")
        values = {"class_id": statutes.id, "members": 1000}
        first = self._adopted(proposal, **values)
        self.assertEqual((first.state, proposal.state), ("no_quorum", "ready"))
        with self.refused("was not adopted"):
            self._action(resolution_id=first.id)
        values["class_id"] = self.env.ref("smart_workgroups.resolution_class_statutes_second").id
        second = self._adopted(proposal, **values)
        self.assertEqual((second.state, proposal.state), ("adopted", "adopted"))

    def test_a_proposal_is_decided_on_once(self):
        proposal = self._proposal(self.recommendation)
        proposal.action_ready()
        first = self._resolution(proposal)
        second = self._resolution(proposal, votes_for=20, votes_against=70)
        first.action_record()
        with self.refused("not before the Assembly any more: see All trades are welcome"):
            second.action_record()
        self.assertEqual((proposal.state, second.state), ("adopted", "draft"))

    def test_only_what_was_adopted_is_carried_out(self):
        resolution = self._resolution(votes_for=20, votes_against=70)
        resolution.action_record()
        with self.refused("was not adopted"):
            self._action(resolution_id=resolution.id)
        with self.refused("cannot be done any more"):
            self._resolution(self._proposal(self.recommendation)).action_record()


@tagged("post_install", "-at_install")
class TestConvocation(TraceCase):
    """Nothing is convoked with a text that is missing or out of date in one of the languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.governance_lang_ids = cls.env["res.lang"].search(
            [("code", "in", ("en_US", "fr_BE"))]
        )
        cls.proposal = cls._proposal(cls._answered().recommendation_id, authentic_lang="en_US")
        cls.proposal.action_ready()
        cls.resolution = cls._resolution(cls.proposal, authentic_lang="en_US")
        cls.assembly = cls.resolution.assembly_id
        cls.assembly.date_start = fields.Datetime.now() + timedelta(days=30)
        # Somebody has a vote, and so is convoked.
        make_voters(cls.env, cls.company, 1)

    def _translate(self, record, **values):
        # As the dialogue of translators does: what is missing follows a text that is fixed.
        record.with_context(lang="fr_BE")._write_translation(values)
        record._search_translations()._review()

    def _translate_all(self):
        self._translate(self.assembly, name="Assemblée du printemps")
        proposal = {"purpose": "<p>Personne.</p>", "means": "<p>Un conseiller.</p>"}
        self._translate(self.proposal, name="Accueillir", **proposal)
        self._translate(self.resolution, name="Tous sont bienvenus")

    def test_convoked_in_each_language(self):
        with self.refused("Assembly of Spring: French .*missing"):
            self.assembly.with_user(self.secretary).action_convoke()
        self._translate(self.assembly, name="Assemblée du printemps")
        with self.refused("All trades are welcome: French .*missing"):
            self.assembly.with_user(self.secretary).action_convoke()
        self._translate(self.resolution, name="Tous sont bienvenus")
        with self.refused("Welcome all trades: French .*missing"):
            self.assembly.with_user(self.secretary).action_convoke()
        self._translate_all()
        self.resolution.name = "All trades are welcome here"
        with self.refused("welcome here: French .*out of date"):
            self.assembly.with_user(self.secretary).action_convoke()
        self._translate(self.resolution, name="Tous sont bienvenus ici")
        self.assembly.with_user(self.secretary).action_convoke()
        self.assertEqual(self.assembly.state, "convoked")

    def test_what_was_convoked_stays(self):
        self._translate_all()
        self.assembly.action_convoke()
        for lang in ("en_US", "fr_BE"):
            with self.refused("changed by hand|à la main"):
                self.resolution.with_context(lang=lang).name = "Other words"
        with self.refused("cannot be changed by hand"):
            self.resolution.update_field_translations("name", {"fr_BE": "Other words"})
        self.assembly._write_decision({"date_start": fields.Datetime.now()})
        with self.refused("the roll of Assembly of Spring has 1 votes"):
            self.resolution.action_record()
        self.resolution.write(
            {
                "present": 1,
                "represented": 0,
                "votes_for": 1,
                "votes_against": 0,
                "abstained": 0,
                "not_voted": 0,
            }
        )
        self.resolution.action_record()
        self.assertEqual(self.resolution.state, "adopted")

    def test_the_text_that_counts_stays_before_it_is_handed_over(self):
        recommendation = self._answered(self._submitted("Meet every month")).recommendation_id
        proposal = self._proposal(recommendation, authentic_lang="fr_BE")
        proposal.with_context(lang="fr_BE").name = "Se réunir chaque mois"
        proposal.action_ready()
        with self.refused("cannot be changed by hand"):
            proposal.update_field_translations("name", {"fr_BE": "Ne plus se réunir"})
        with self.refused("cannot be changed by hand"):
            proposal.authentic_lang = "en_US"
        self.assertEqual(proposal.with_context(lang="fr_BE").name, "Se réunir chaque mois")
        proposal.update_field_translations("name", {"en_US": "Meet every month"})
        self.assertEqual(proposal.name, "Meet every month")

    def test_no_secret_vote_on_a_text_that_some_cannot_read(self):
        poll = self.env["coop.poll"].create(
            {
                "title": "All trades?",
                "kind": "resolution",
                "company_id": self.company.id,
                "resolution_id": self.resolution.id,
            }
        )
        with self.refused("All trades are welcome: French"):
            poll.action_freeze()
        # Its own title counts as much, and what is said of a candidate.
        poll.resolution_id = False
        with self.refused(r"All trades\?.*: French"):
            poll.action_freeze()
        self._translate(poll, title="Tous ?")
        with self.refused("scrutineers"):
            poll.action_freeze()
        poll.write({"kind": "approval", "option_ids": [Command.create({"name": "Ann"})]})
        with self.refused("scrutineers"):
            poll.action_freeze()
        poll.option_ids.text = "Knows all trades"
        with self.refused("Ann: French"):
            poll.action_freeze()


@tagged("post_install", "-at_install")
class TestAction(TraceCase):
    """How far it is, who is asked, and what happens to its project."""

    def test_the_form_of_the_secretary(self):
        resolution = self._adopted()
        Action = self.env["coop.action"].with_user(self.secretary)
        with Form(Action.with_context(**resolution.action_plan()["context"])) as form:
            self.assertEqual(form.name, resolution.name)
            form.horizon = "long"
            form.weight = 3
        action = form.record
        wizard = Form(
            self.env["coop.action.report"]
            .with_user(self.secretary)
            .with_context(**action.action_report()["context"])
        )
        wizard.text = "Two trades are in"
        wizard.progress = 40
        wizard.save().action_report()
        self.assertEqual((action.progress, action.state), (40, "running"))
        self.assertEqual(action.update_ids.text, "Two trades are in")

    def test_milestones_of_its_project(self):
        parent = self._action("Programme", level="programme")
        action = self._action(parent_id=parent.id, weight=2)
        other = self._action("Other", parent_id=parent.id)
        action.with_user(self.secretary).action_create_project()
        project = action.project_id
        milestones = self.env["project.milestone"].create(
            [{"name": f"Step {number}", "project_id": project.id} for number in range(5)]
        )
        self.assertEqual(action.progress, 0)
        milestones[:2].is_reached = True
        self.assertEqual(action.progress, 40)
        # 2/3 of 2/5.
        self.assertEqual(parent.progress, 26.67)
        other._report("Done", 100)
        self.assertEqual(parent.progress, 60)
        with self.refused("has a project already"):
            action.action_create_project()

    def test_tasks_of_its_project(self):
        action = self._action()
        action.action_create_project()
        action.measure = "tasks"
        tasks = self.env["project.task"].create(
            [{"name": f"Task {number}", "project_id": action.project_id.id} for number in range(4)]
        )
        tasks[0].state = "1_done"
        tasks[3].state = "1_canceled"
        self.assertEqual(action.progress, 33.33)

    def test_stopped_parts_do_not_count(self):
        parent = self._action("Programme", level="programme")
        done, stopped = (self._action(name, parent_id=parent.id) for name in ("One", "Two"))
        done.action_start()
        done.action_done()
        self.assertEqual(parent.progress, 50)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            stopped.state = "stopped"
            self.env.flush_all()
        stopped.write({"state": "stopped", "stop_reason": "No money"})
        self.assertEqual(parent.progress, 100)

    def test_a_tree_is_a_tree(self):
        programme = self._action("Programme", level="programme")
        project = self._action("Project", parent_id=programme.id)
        with self.assertRaises(UserError):
            programme.parent_id = project
        task = self._action("Task", level="task", parent_id=project.id)
        with self.refused("a task has no projects"):
            self._action("Project", parent_id=task.id)

    def test_updates_stay(self):
        action = self._action()
        update = action._report("Begun", 10)
        with self.refused("stays as it is"):
            update.text = "Never begun"
        with self.assertRaises(UserError):
            update.unlink()
        with self.assertRaises(AccessError):
            self.env["coop.action.update"].with_user(self.secretary).create({})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("DELETE FROM coop_action_update WHERE id = %s", update.ids)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                'UPDATE coop_action_update SET text = \'{"en_US": "Never begun"}\' WHERE id = %s',
                update.ids,
            )
        with self.assertRaises(UserError):
            update.update_field_translations("text", {"en_US": "Never begun"})
        update._add_languages({"fr_BE": "Commencé", "en_US": "Never begun"})
        self.assertEqual(update.text, "Begun")
        self.assertEqual(update.with_context(lang="fr_BE").text, "Commencé")
        with self.assertRaises(UserError):
            update.update_field_translations("text", {"fr_BE": "Jamais commencé"})
        for text, day in (("", 0), ("Tomorrow", 1), ("Before", -1)):
            with self.assertRaises(UserError):
                action._report(text, date=fields.Date.today() + timedelta(days=day))

    def test_who_is_silent_is_asked_once(self):
        action = self._action(owner_id=self.secretary.partner_id.id)
        action.action_start()
        self.assertFalse(action.is_silent)
        days = self.company.action_silence_days + 1
        action.date_start = fields.Date.today() - timedelta(days=days)
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(self.env["coop.action"].search([*own, ("is_silent", "=", True)]), action)
        action.write({"review_on": fields.Date.today()})
        for _night in range(2):
            self.env["coop.action"]._cron_remind()
        self.assertEqual(
            sorted(action.activity_ids.mapped("summary")), ["Did it work?", "Silent too long"]
        )
        self.assertEqual(action.activity_ids.user_id, self.secretary)
        action._report("Still going")
        self.assertFalse(action.is_silent)
        self.assertFalse(self.env["coop.action"].search([*own, ("is_silent", "=", True)]))
        action.review_result = "worked"
        self.assertFalse(action.is_review_due)

    def test_an_archived_project_leaves_no_orphan(self):
        action = self._action(owner_id=self.secretary.partner_id.id)
        action.action_create_project()
        project = action.project_id
        with self.refused("of the action plan"):
            project.unlink()
        project.active = False
        self.assertTrue(action.is_without_project)
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(
            self.env["coop.action"].search([*own, ("is_without_project", "=", True)]), action
        )
        self.assertEqual(action.activity_ids.mapped("summary"), ["Its project was archived"])
        self.assertEqual(action.project_id, project)
        project.active = True
        self.assertFalse(action.is_without_project)

    def test_progress_of_a_list_costs_the_same_for_any_number(self):
        parent = self._action("Programme", level="programme")
        actions = self.env["coop.action"].create(
            [
                {"name": f"Part {number}", "parent_id": parent.id, "company_id": self.company.id}
                for number in range(12)
            ]
        )
        for action in actions[:2]:
            action.action_create_project()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(["name", "progress", "is_silent", "is_without_project"])
            return self.env.cr.sql_log_count - before

        count(actions)
        self.assertEqual(count(actions[:3]), count(actions))


@tagged("post_install", "-at_install")
class TestRateResolution(TraceCase):
    """A new contribution rate needs an adopted resolution, where the company says so."""

    def _rate(self, day, **values):
        return self.env["coop.contribution.rate"].create(
            {"company_id": self.company.id, "date_from": day, "rate": 6.5, **values}
        )

    def test_a_new_rate_needs_one(self):
        old = self._rate("2020-01-01")
        self.company.rate_needs_resolution = True
        with self.refused("needs a resolution"):
            self._rate("2021-01-01")
        draft, rejected = self._resolution(), self._resolution(votes_for=20, votes_against=70)
        rejected.action_record()
        for resolution in (draft, rejected):
            with self.refused("needs a resolution"):
                self._rate("2021-01-01", resolution_id=resolution.id)
        rate = self._rate("2021-01-01", resolution_id=self._adopted().id)
        with self.refused("needs a resolution"):
            rate.resolution_id = False
        # What was there before the rule stays, but does not change.
        old.note = "Decided in 1998"
        with self.refused("needs a resolution"):
            old.rate = 7

    def test_not_one_of_another_company(self):
        resolution = self._adopted()
        self.other_company.rate_needs_resolution = True
        with self.refused("needs a resolution"):
            self._rate("2021-01-01", company_id=self.other_company.id, resolution_id=resolution.id)
