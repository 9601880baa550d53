import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .election_common import ElectionCase
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestElectionResult(ElectionCase):
    """The published result gives the mandates, once."""

    def test_mandates(self):
        election, (ann, bob, cas) = self._called()
        poll = self._elect(election, [[ann, bob], [ann], [bob, cas], [ann], [bob]], publish=False)
        self.assertFalse(self.body.mandate_ids)
        poll.action_publish()
        self.assertEqual(election.state, "elected")
        self.assertEqual(
            [(one.votes, one.outcome) for one in (ann, bob, cas)],
            [(3, "elected"), (3, "elected"), (1, "not_elected")],
        )
        mandates = election.mandate_ids
        self.assertEqual(mandates.partner_id, (ann | bob).partner_id)
        for mandate in mandates:
            self.assertEqual(
                (mandate.origin, mandate.poll_id, mandate.body_id, mandate.state),
                ("elected", poll, self.body, "coming"),
            )
            self.assertEqual(mandate.date_start, election.date_start)
            self.assertEqual(mandate.date_end, election.date_end)
        self.assertEqual(self.body._members_on(election.date_start), (ann | bob).partner_id)
        self.assert_holds(json.loads(poll._publication()))
        with self.refuses(UserError, "this cannot be done any more"):
            poll.action_publish()
        election.action_give_mandates()
        self.assertEqual(election.mandate_ids, mandates)
        with self.refuses(UserError, "All seats of .* are taken"):
            election.action_by_election()

    @mute_logger("odoo.sql_db")
    def test_once_in_the_database(self):
        election, (ann, *_others) = self._called()
        self._elect(election, [[ann]] * 5)
        mandate = ann.mandate_ids
        values = mandate.copy_data()[0] | {
            "poll_id": mandate.poll_id.id,
            "candidate_id": ann.id,
            "date_start": mandate.date_end + timedelta(days=1),
            "date_end": False,
        }
        with self.refuses(UniqueViolation, "elected_once"):
            self.env["coop.mandate"]._give_elected(values)
        # Nobody else says that a vote gave a mandate.
        forged = self.env["coop.mandate"].with_user(self.secretary).create(values)
        self.assertFalse(forged.poll_id or forged.candidate_id)
        with self.refuses(UserError, "stays as the vote gave it"):
            forged.write({"poll_id": mandate.poll_id.id, "candidate_id": ann.id})
        with self.refuses(UserError, "stays in the records"):
            mandate.unlink()

    def test_fewer_candidates_than_seats(self):
        election, candidates = self._called(1)
        self._freeze(election)
        self.assertIn("Seats: 2, candidates: 1", election.notice)
        election.poll_id._annul("Again")
        poll = self._elect(election, [[candidates]] * 5)
        self.assertEqual(len(election.mandate_ids), 1)
        self.assertIn("Vacant seats: 1;", " ".join(poll._explain()))
        self.assertIn(f"Vacant seats of {election.title}: 1;", election.activity_ids[-1:].summary)
        action = election.action_by_election()
        self.assertEqual(action["context"]["default_seats"], 1)
        self.assertEqual(
            action["context"]["default_date_end"], fields.Date.to_string(election.date_end)
        )

    def test_tie_on_the_last_seat_is_the_lot(self):
        election, candidates = self._called(3, seats=1)
        ann, bob, cas = candidates
        poll = self._elect(election, [[ann], [bob], [cas], [ann], [bob], [cas]])
        definition, _votes, _elected = poll._read_result()
        first = poll.option_ids.filtered(
            lambda one: one.number == definition["lot_order"][0]
        ).partner_id
        self.assertEqual(election.mandate_ids.partner_id, first)
        # Refused, the lot chooses the next one too.
        second = poll.option_ids.filtered(
            lambda one: one.number == definition["lot_order"][1]
        ).partner_id
        self._go("decline", candidates.filtered(lambda one: one.outcome == "elected"))
        self.assertEqual(election.mandate_ids.filtered("active").partner_id, second)

    def test_seats_of_a_category(self):
        staff = make_voters(
            self.env, self.company, 1, "smart_membership.category_staff", prefix="Staff"
        )
        election = self._election(seats_staff=1)
        first, second, own = (
            self._stands(election, person) for person in (*self.voters[:2], staff)
        )
        self.assertEqual(own.category, "staff")
        election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        self._elect(election, [[first, second]] * 5 + [[first, own]])
        self.assertEqual((first | own).mapped("outcome"), ["elected"] * 2)
        self.assertEqual(second.outcome, "not_elected")
        self._go("decline", own)
        self.assertEqual(second.outcome, "not_elected")
        self.assertIn("Vacant seats of", election.activity_ids[-1:].summary)

    def test_a_mandate_stands_in_the_way(self):
        """The result is published; who has a mandate already gets this one when that ends."""
        election, (ann, bob, _cas) = self._called()
        poll = self._elect(election, [[ann, bob]] * 5, publish=False)
        coopted = self.env["coop.mandate"].create(
            {"body_id": self.body.id, "partner_id": ann.partner_id.id, "date_start": self.today}
        )
        poll.action_publish()
        self.assertEqual(poll.state, "published")
        self.assertFalse(ann.mandate_ids)
        self.assertIn("has a mandate in Board until", ann.obstacle)
        self.assertIn("has a mandate in Board until", election.notice)
        self.assertTrue(bob.mandate_ids)
        self.assertIn("has no mandate yet", election.activity_ids[-1:].summary)
        coopted.date_end = election.date_start - timedelta(days=1)
        election.action_give_mandates()
        self.assertEqual(ann.mandate_ids.date_start, election.date_start)
        self.assertFalse(ann.obstacle)

    def test_no_seat_left(self):
        election, (ann, bob, _cas) = self._called()
        poll = self._elect(election, [[ann, bob]] * 5, publish=False)
        self.env["coop.mandate"].create(
            [
                {"body_id": self.body.id, "partner_id": voter.id, "date_start": self.today}
                for voter in self.voters[5:7]
            ]
        )
        poll.action_publish()
        self.assertEqual(len(election.mandate_ids), 1)
        self.assertEqual(len((ann | bob).filtered("obstacle")), 1)
        self.assertIn("Board has 3 seats, all taken", election.notice)

    def test_who_left_the_co_operative_gets_no_mandate(self):
        election, (ann, bob, _cas) = self._called()
        poll = self._elect(election, [[ann, bob]] * 5, publish=False)
        membership = self.env["coop.membership"].browse(ann._get_membership().id)
        membership.date_start = self.today - timedelta(days=3)
        self.env["coop.share.movement"].create(
            {
                "company_id": self.company.id,
                "kind": "redemption",
                "share_class_id": self.env["coop.share.class"]
                .search([("company_id", "=", self.company.id)])
                .id,
                "partner_from_id": ann.partner_id.id,
                "quantity": 1,
                "unit_price": 50,
                "paid_up": 50,
            }
        )
        self.env["coop.membership.end"].create(
            {
                "membership_ids": [Command.set(membership.ids)],
                "date_end": self.today - timedelta(days=1),
                "exit_reason": "other",
            }
        ).action_confirm()
        poll.action_publish()
        self.assertIn("is no member of", ann.obstacle)
        self.assertTrue(bob.mandate_ids)

    def test_annulled_after_the_result(self):
        election, (ann, bob, cas) = self._called(3, seats=1)
        poll = self._elect(election, [[ann]] * 5)
        lost = ann.mandate_ids
        poll._annul("The roll was wrong")
        self.assertEqual((lost.active, election.state), (False, "vote"))
        self.assertIn(poll.name, lost.end_reason)
        self.assertFalse(ann.outcome or ann.on_ballot or election.poll_id)
        again = self._elect(election, [[ann], [ann], [bob], [cas]])
        self.assertNotEqual(again, poll)
        self.assertEqual(ann._get_mandate().poll_id, again)
        self.assertEqual(ann.mandate_ids.filtered("active").poll_id, again)

    def test_an_election_is_no_draft_of_a_vote(self):
        """What is changed in the vote by hand is as the election says it once it is frozen."""
        election, (ann, bob, _cas) = self._called()
        election.action_vote()
        poll = election.poll_id
        poll.write({"seats": 1, "title": "Else"})
        poll.option_ids = [Command.create({"name": "Intruder"})]
        self._freeze(election)
        self.assertEqual((poll.seats, poll.title), (2, "Election of the Board"))
        self.assertNotIn("Intruder", poll.option_ids.mapped("name"))
        with self.refuses(UserError, "annul it before you cancel"):
            election._cancel("No")
        self._go("withdraw", bob)
        with self.refuses(UserError, "this cannot be done any more"):
            ann._refuse("Late")
