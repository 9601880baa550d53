from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .trace_common import TraceCase
from .vote_common import make_voters


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
