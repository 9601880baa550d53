"""Who would like another person elected, and what stands in the way: each test is an attempt."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_common import told_about
from .election_common import ElectionCase


@tagged("post_install", "-at_install")
class TestElectionAttacks(ElectionCase):
    @mute_logger("odoo.sql_db")
    def test_two_votes_of_one_election(self):
        """Of two, the one with the better result would be published."""
        election, (ann, _bob, _cas) = self._called(3)
        poll = self._elect(election, [[ann]] * 5, publish=False)
        Poll = self.env["coop.poll"].with_user(self.secretary)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            Poll.create(
                {"title": "Again", "election_id": election.id, "company_id": self.company.id}
            ).flush_recordset()
        poll.action_publish()
        self.assertEqual(ann.mandate_ids.poll_id, poll)

    def test_a_candidate_holds_a_part_of_the_key(self):
        election, (ann, _bob, _cas) = self._called(3)
        election.action_vote()
        poll = election.poll_id
        poll.scrutineer_ids = ann.partner_id | self.scrutineers
        with self.refuses(ValidationError, "is a candidate and cannot be a scrutineer"):
            poll.action_freeze()

    def test_the_seat_of_another_category(self):
        election = self._election(seats_staff=1)
        category = {"category": "staff"}
        values = {"election_id": election.id, "partner_id": self.voters[0].id, "text": "Me"}
        Candidate = self.env["coop.candidate"].with_user(self.secretary)
        candidate = Candidate.create(values | category)
        self.assertEqual(candidate.category, "user")
        with self.refuses(UserError, "cannot be changed by hand"):
            candidate.write(category)
        values["partner_id"] = self.voters[1].id
        other = Candidate.with_context(default_category="staff").create(values)
        self.assertEqual(other.category, "user")

    def test_the_words_and_the_face_of_who_was_admitted(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        election = self._election()
        candidate = self._stands(election, self.voters[0])
        french = candidate.with_context(lang="fr_BE")
        with self.refuses(UserError, "cannot be changed by hand"):
            french.update_field_translations("text", {"en_US": "I want longer meetings."})
        french.update_field_translations("text", {"fr_BE": "Des réunions plus courtes."})
        own = {"res_model": "coop.candidate", "res_id": candidate.id, "res_field": "photo"}
        with self.refuses(UserError, "cannot be changed by hand"):
            self.env["ir.attachment"].with_user(self.secretary).create(
                {"name": "photo", "raw": b"GIF89a", **own}
            )

    def test_refused_by_somebody_else(self):
        """Whoever has a seat is told that somebody wrote down that it is refused."""
        election, (ann, _bob, _cas) = self._called(3)
        self._elect(election, [[ann]] * 5)
        self._go("decline", ann)
        message = told_about(ann)[0]
        self.assertEqual(message.partner_ids, ann.partner_id)
        self.assertIn("you refuse your seat", message.body)

    def test_a_longer_term(self):
        election, (ann, bob, _cas) = self._called(3)
        self._elect(election, [[ann, bob]] * 5)
        mandate = ann.mandate_ids
        later = mandate.term_end + timedelta(days=400)
        for vals in ({"date_end": later}, {"date_end": False}, {"term_end": later}):
            with self.subTest(vals), self.refuses(UserError, "only another election"):
                mandate.with_user(self.secretary).write(vals)
        mandate.with_user(self.secretary).date_end = mandate.term_end - timedelta(days=9)
