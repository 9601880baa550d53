import psycopg2

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .trace_common import DIRECTOR, TraceCase

WHY = "The insurer changed its mind."


@tagged("post_install", "-at_install")
class TestBoardRenewal(TraceCase):
    """The Board decides anew: the new answer stands, the old one stays readable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recommendation = cls._submitted(author_ids=[Command.set(cls.member.partner_id.ids)])
        cls.first = cls._answered(cls.recommendation)

    def _draft(self, outcome="rejected", review=None, **values):
        values = {"replaced_id": (review or self.first).id, "renewal_reason": WHY} | values
        return self._review(self.recommendation, outcome, **values)

    def _renew(self, outcome="rejected", **values):
        review = self._draft(outcome, **values)
        review.with_user(self.director).action_finalise()
        return review

    def _tell(self):
        notices = self.env["coop.governance.notice"].search([("company_id", "=", self.company.id)])
        return notices.mapped("kind")

    # ------------------------------------------------------------------
    # The way of it
    # ------------------------------------------------------------------

    def test_the_form_of_a_director(self):
        action = self.first.with_user(self.director).action_decide_anew()
        Review = self.env["coop.board.review"].with_user(self.director)
        with Form(Review.with_context(**action["context"])) as form:
            form.outcome = "amended"
            form.amended_name = "Open the co-operative to insured trades"
            form.renewal_reason = WHY
            form.reasons = "Some trades cannot be insured."
        renewal = form.record
        self.assertEqual(renewal.replaced_id, self.first)
        # Until it is final, nothing of it counts, and it is opened again.
        self.assertEqual(self.recommendation.review_id, self.first)
        self.assertEqual(self.first.action_decide_anew()["res_id"], renewal.id)
        renewal.action_finalise()
        self.assertEqual(self.recommendation.review_id, renewal)
        self.assertEqual(self.recommendation.state, "amended")
        self.assertEqual(self.recommendation.final_name, "Open the co-operative to insured trades")
        self.assertTrue(self.first.is_replaced)

    def test_both_are_on_the_way(self):
        before = self.first._trace()[-1]["hash"]
        renewal = self._renew()
        way = [(one["model"], one["id"], one["relation"]) for one in self.recommendation._trace()]
        self.assertEqual(
            way[1:],
            [
                ("coop.board.review", self.first.id, "reviewed"),
                ("coop.board.review", renewal.id, "replaced"),
            ],
        )
        for model in ("coop.frozen.text", "coop.trace.link"):
            self.assertFalse(self.env[model].sudo()._verify(self.company))
        frozen = self.env["coop.frozen.text"].sudo()
        own = [("res_model", "=", "coop.board.review"), ("res_id", "=", self.first.id)]
        kept = frozen.search(own, order="number")
        # What it said is frozen again as it was.
        self.assertEqual(kept.mapped("kind"), ["final", "replaced"])
        self.assertEqual(kept[0].content, kept[1].content)
        self.assertEqual(kept[0].hash, before)

    def test_it_goes_on_from_the_new_answer(self):
        renewal = self._renew("amended", amended_name="Open it", amended_text="<p>A list.</p>")
        proposal = self._proposal(self.recommendation)
        [link] = self.env["coop.trace.link"].search(
            [("target_model", "=", proposal._name), ("target_id", "=", proposal.id)]
        )
        self.assertEqual((link.source_model, link.source_id), (renewal._name, renewal.id))
        self.assertIn("A list", link.frozen_id._read_text("final_text"))

    def test_decided_anew_again(self):
        second = self._renew()
        third = self._draft("accepted", second)
        third.with_user(self.other_director).action_finalise()
        self.assertEqual(self.recommendation.review_id, third)
        self.assertEqual(self.recommendation.state, "accepted")

    # ------------------------------------------------------------------
    # What members know
    # ------------------------------------------------------------------

    def test_members_are_told_when_it_is_published(self):
        self._publish(self.first)
        self.assertEqual(self._tell(), ["answered"])
        renewal = self._renew()
        self.assertEqual(self.recommendation._get_member_status()[0], "accepted")
        self.assertEqual(self.recommendation._get_published_review(), self.first)
        self.assertFalse(self.first._get_published_renewal())
        self._publish(renewal)
        self.assertEqual(sorted(self._tell()), ["answered", "renewed"])
        self.assertEqual(self.recommendation._get_member_status()[0], "rejected")
        self.assertEqual(self.first._get_published_renewal(), renewal)

    def test_an_answer_that_does_not_stand_is_not_published(self):
        renewal = self._renew()
        with self.refused("decided anew on .*take this answer out"):
            self._publish(self.first)
        self.assertEqual(self.recommendation._get_member_status()[0], "review")
        self._publish(renewal)
        # Nobody read the earlier one: to members this is the answer.
        self.assertEqual(self._tell(), ["answered"])

    # ------------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------------

    def test_what_is_missing_is_said(self):
        other = self._answered(self._submitted("Meet every month"))
        for values, message in (
            ({"renewal_reason": " \n"}, "Say why the Board decides anew"),
            ({"reasons": False}, "Give the reasons"),
            ({"review": other}, "no answer of the Board to"),
            ({"outcome": "merged"}, "cannot be merged into another one any more"),
        ):
            with self.subTest(message), self.refused(message):
                self._renew(**values)
        self.assertEqual(self.recommendation.review_id, self.first)

    def test_only_directors_who_took_part(self):
        renewal = self._draft(recusal_ids=[Command.set(self.director.partner_id.ids)])
        retired = self._user("retired", DIRECTOR)
        for user in (self.secretary, retired):
            with self.refused("running mandate", AccessError):
                renewal.with_user(user).action_finalise()
        with self.refused("did not take part"):
            renewal.with_user(self.director).action_finalise()
        with self.assertRaises(AccessError):
            self.first.with_user(self.member).action_decide_anew()

    def test_not_once_it_went_on(self):
        proposal = self._proposal(self.recommendation)
        for call in (self.first.action_decide_anew, self._renew):
            with self.refused("Welcome all trades comes of the answer"):
                call()
        proposal.action_withdraw()
        self.assertTrue(self._renew())

    def test_what_was_merged_goes_on_elsewhere(self):
        other = self._submitted("Welcome all trades")
        source = self._submitted("Welcome everybody")
        review = self._answered(source, "merged", merged_into_id=other.id)
        with self.refused("goes on in .*Welcome all trades"):
            review.action_decide_anew()

    def test_the_second_one_is_told_who_was_first(self):
        drafts = self._draft() | self._draft("amended", amended_name="x", amended_text="<p>x</p>")
        drafts[0].with_user(self.director).action_finalise()
        with self.refused("trace_director.* finalised the answer"):
            drafts[1].with_user(self.other_director).action_finalise()

    def test_the_database_refuses_too(self):
        other = self._answered(self._submitted("Meet every month"))
        renewal = self._renew()
        again, wrong = self._draft(), self._draft(review=other)
        self.env.flush_all()
        final = "UPDATE coop_board_review SET state = 'final', finalised_on = now(), "
        final += "finalised_by_id = %s WHERE id = %s"
        person = self.director.partner_id.id
        for statement, values in (
            (final, [person, again.id]),
            (final, [person, wrong.id]),
            (
                "UPDATE coop_board_review SET replaced_id = NULL WHERE id = %s",
                [renewal.id],
            ),
            ("DELETE FROM coop_board_review WHERE id = %s", [self.first.id]),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, values)
