import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .trace_common import DIRECTOR, TraceCase

AMENDED = {"amended_name": "Open to most trades", "amended_text": "<p>With a list.</p>"}


@tagged("post_install", "-at_install")
class TestBoardReview(TraceCase):
    """The Board answers once, with reasons, for ever."""

    def test_the_form_of_a_director(self):
        recommendation = self._submitted()
        recommendation.with_user(self.secretary).action_take_up()
        Review = self.env["coop.board.review"].with_user(self.director)
        action = recommendation.with_user(self.director).action_review()
        with Form(Review.with_context(**action["context"])) as form:
            form.outcome = "amended"
            self.assertEqual(form.amended_name, recommendation.name)
            form.amended_name = "Open the co-operative to most trades"
            form.reasons = "Some trades are not insured."
            form.cost = 12000
        form.record.action_finalise()
        self.assertEqual(recommendation.state, "amended")
        self.assertEqual(recommendation.final_name, "Open the co-operative to most trades")
        self.assertEqual(recommendation.name, "Open the co-operative to all trades")

    def test_reasons_are_required(self):
        review = self._review(self._submitted(), reasons=" \n ")
        with self.refused("Give the reasons"):
            review.with_user(self.director).action_finalise()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE coop_board_review SET state = 'final', finalised_on = now(), "
                "finalised_by_id = %s WHERE id = %s",
                [self.director.partner_id.id, review.id],
            )

    def test_what_is_missing_is_said(self):
        for outcome, message in (
            (False, "Choose what the Board decides"),
            ("amended", "Write how the title"),
            ("merged", "Choose into which"),
        ):
            with self.subTest(outcome):
                review = self._review(self._submitted(), outcome)
                with self.refused(message):
                    review.with_user(self.director).action_finalise()

    def test_only_directors_with_a_mandate(self):
        review = self._review(self._submitted())
        retired = self._user("retired", DIRECTOR)
        for user in (self.secretary, retired):
            with self.refused("running mandate", AccessError):
                review.with_user(user).action_finalise()
        with self.assertRaises(AccessError):
            review.with_user(self.member).action_finalise()
        self.assertEqual(review.state, "draft")

    def test_not_with_an_interest(self):
        review = self._review(
            self._submitted(), recusal_ids=[Command.set(self.director.partner_id.ids)]
        )
        with self.refused("did not take part"):
            review.with_user(self.director).action_finalise()
        # An interest is not taken back by the one who has it.
        for command in (
            Command.clear(),
            Command.set([]),
            Command.unlink(self.director.partner_id.id),
        ):
            with self.refused("You declared an interest"):
                review.with_user(self.director).recusal_ids = [command]
        review.with_user(self.other_director).action_finalise()
        self.assertEqual(review.finalised_by_id, self.other_director.partner_id)

    def test_the_second_one_is_told_who_was_first(self):
        recommendation = self._submitted()
        first = self._review(recommendation)
        second = self._review(recommendation, "rejected")
        first.with_user(self.director).action_finalise()
        for review in (first, second):
            with self.refused("trace_director.* finalised the answer"):
                review.with_user(self.other_director).action_finalise()
        self.assertEqual(recommendation.state, "accepted")

    def test_it_stays_as_it_is(self):
        review = self._answered()
        for values in ({"reasons": "Other"}, {"outcome": "rejected"}, {"state": "draft"}):
            with self.refused("cannot be changed by hand"):
                review.with_user(self.director).write(values)
        with self.assertRaises(UserError):
            review.update_field_translations("reasons", {"en_US": "Other"})
        with self.refused("stays in the records"):
            review.unlink()
        self.env.flush_all()
        for statement in (
            "UPDATE coop_board_review SET cost = 5 WHERE id = %s",
            "UPDATE coop_board_review SET state = 'draft' WHERE id = %s",
            "DELETE FROM coop_board_review WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, review.ids)

    def test_merged_by_the_board(self):
        source, target = self._submitted(), self._submitted("Welcome all trades")
        self._answered(source, "merged", merged_into_id=target.id)
        self.assertEqual((source.state, source.merged_into_id), ("withdrawn", target))
        self.assertEqual(target.state, "submitted")
        relations = {entry["relation"] for entry in source._trace()}
        self.assertEqual(relations, {False, "merged", "reviewed"})
        # As any answer, members read it with the others.
        self.assertEqual(source._get_member_status()[0], "review")
        self._publish(source.review_id)
        self.assertEqual(source._get_member_status()[0], "merged")


@tagged("post_install", "-at_install")
class TestBoardPublication(TraceCase):
    """Answers are published together; until then members see none of them."""

    def _notices(self):
        return self.env["coop.governance.notice"].search([("company_id", "=", self.company.id)])

    def test_published_together_and_told(self):
        first = self._submitted(author_ids=[Command.set(self.member.partner_id.ids)])
        second = self._submitted("Meet every month")
        second._support(self.other_member.partner_id)
        reviews = self._answered(first) | self._answered(second, "rejected")
        self.assertEqual(first._get_member_status()[0], "review")
        self.assertFalse(self._notices())
        publication = self._publish(reviews)
        self.assertEqual(set(reviews.mapped("published_on")), {publication.published_on})
        self.assertEqual(first._get_member_status()[0], "accepted")
        self.assertEqual(second._get_member_status()[0], "rejected")
        people = self.member.partner_id | self.other_member.partner_id
        self.assertEqual(self._notices().partner_id, people)
        self._notices()[0]._send_digest(self.member.partner_id)
        [mail] = self.env["mail.mail"].search([("recipient_ids", "in", self.member.partner_id.ids)])
        self.assertIn(first.display_name, mail.body_html)
        self.assertIn(f"/my/recommendations/{first.id}", mail.body_html)

    def test_once_and_only_what_is_final(self):
        review = self._answered()
        draft = self._review(self._submitted("Meet every month"))
        with self.refused("cannot be published now"):
            self._publish(review | draft)
        publication = self._publish(review)
        with self.refused("cannot be published now"):
            self._publish(review)
        with self.refused("cannot be done any more"):
            publication.action_publish()
        with self.refused("cannot be changed by hand"):
            publication.introduction = "Another one"
        with self.refused("Choose the answers"):
            self._publish(review.browse())

    def test_who_waits_for_a_digest_is_not_told_twice(self):
        recommendation = self._submitted(author_ids=[Command.set(self.member.partner_id.ids)])
        Notice = self.env["coop.governance.notice"]
        for _time in range(2):
            Notice._tell(self.member.partner_id, recommendation, "planned")
        self.assertEqual(len(self._notices()), 1)
        self._notices()._send_digest(self.member.partner_id)
        Notice._tell(self.member.partner_id, recommendation, "planned")
        self.assertEqual(len(self._notices()), 2)
