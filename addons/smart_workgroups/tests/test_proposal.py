from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .trace_common import TraceCase


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

    def _three_quarters(self):
        """Return the rule of the statutes as for a second call whose first is not kept here."""
        statutes = self.env.ref("smart_workgroups.resolution_class_statutes")
        return statutes.copy({"quorum": "none", "second_call_without_quorum": False})

    def test_figures_add_up_and_decide(self):
        Rule = self.env["coop.resolution.class"]
        parts = {"strict": False, "majority_denominator": 5, "majority_numerator": 4}
        four_fifths = Rule.create({"name": "Four fifths"} | parts).id
        three_quarters = self._three_quarters().id
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
        values["class_id"] = self._three_quarters().id
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
