from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .election_common import ElectionCase


@tagged("post_install", "-at_install")
class TestElectionRefusal(ElectionCase):
    """Who withdraws, who refuses a seat, and who does the rest of a term."""

    def test_withdraw_before_the_freeze(self):
        election, (ann, bob, cas) = self._called()
        election.action_vote()
        self._go("withdraw", bob)
        poll = self._elect(election, [[ann], [cas]])
        self.assertEqual(poll.option_ids.partner_id, (ann | cas).partner_id)
        self.assertFalse(bob.on_ballot or bob.outcome)

    def test_withdraw_after_the_freeze(self):
        election, (ann, bob, cas) = self._called(3, seats=1)
        poll = self._freeze(election)
        self._go("withdraw", ann, "I move abroad")
        self.assertIn("annul the vote and hold it anew", election.activity_ids.summary)
        self.assertIn("stays on it; if elected, the seat counts as refused", election.notice)
        words = [own for _person, own in poll._open()]
        for voter, one in zip(self.voters, (ann, ann, ann, bob, bob, cas), strict=False):
            poll._cast(voter, self._numbers(poll, [one]))
        poll.action_close()
        poll._tally(words[1:])
        poll.action_publish()
        self.assertEqual(
            [one.outcome for one in (ann, bob, cas)], ["declined", "elected", "not_elected"]
        )
        self.assertEqual(election.mandate_ids.partner_id, bob.partner_id)

    def test_refused_before_it_begins(self):
        election, (ann, bob, cas) = self._called(3, seats=1)
        self._elect(election, [[ann], [ann], [ann], [bob], [bob], [cas]])
        refused = ann.mandate_ids
        with self.refuses(UserError, "has no seat that could be refused"):
            bob._decline("No")
        with self.refuses(UserError, "Say why"):
            ann._decline("")
        self._go("decline", ann, "A new job")
        self.assertEqual((refused.active, refused.end_reason), (False, "A new job"))
        self.assertEqual(bob.mandate_ids.date_start, election.date_start)
        self.assertFalse(bob.mandate_ids.replaced_id)
        self._go("decline", bob, "Me neither")
        self.assertTrue(cas.mandate_ids)
        self._go("decline", cas, "Nobody does")
        self.assertFalse(self.body.mandate_ids)
        self.assertEqual(len(election.mandate_ids), 3)
        self.assertEqual(election.action_by_election()["context"]["default_seats"], 1)

    def test_refused_after_it_began(self):
        election, (ann, bob, _cas) = self._called(3, seats=1, date_start=self.today)
        self._elect(election, [[ann], [ann], [bob]])
        self._go("decline", ann, "Too much")
        left, taken = ann.mandate_ids, bob.mandate_ids
        self.assertEqual((left.date_end, left.end_reason), (self.today, "Too much"))
        self.assertEqual(taken.replaced_id, left)
        self.assertEqual(taken.date_start, self.today + timedelta(days=1))
        self.assertEqual(taken.date_end, election.date_end)

    def test_not_refused_long_after_it_began(self):
        election, (ann, *_others) = self._called(3, seats=1, date_start=self.today)
        self._elect(election, [[ann]] * 3)
        ann.mandate_ids.date_start = self.today - timedelta(days=31)
        with self.refuses(UserError, "more than 30 days ago"):
            ann._decline("Tired")

    def test_a_count_of_preferences_names_no_next(self):
        election, (ann, bob, _cas) = self._called(
            3, seats=1, method="stv", on_refusal="by_election"
        )
        self._elect(election, [[ann, bob], [ann, bob], [ann], [bob]])
        self._go("decline", ann)
        self.assertEqual((ann.outcome, bob.outcome), ("declined", "not_elected"))
        self.assertFalse(self.body.mandate_ids)

    def test_by_election_does_the_rest(self):
        mandate = self.env["coop.mandate"].create(
            {
                "body_id": self.body.id,
                "partner_id": self.voters[7].id,
                "date_start": self.today - timedelta(days=100),
            }
        )
        term = mandate.term_end
        mandate.action_end()
        context = mandate.with_user(self.secretary).action_by_election()["context"]
        defaults = self.env["coop.election"].with_user(self.secretary).with_context(**context)
        election = defaults.create(
            {
                "company_id": self.company.id,
                "date_start": self.today + timedelta(days=1),
                "deadline": fields.Datetime.now() + timedelta(days=1),
            }
        )
        self.assertEqual((election.seats, election.replaced_ids), (1, mandate))
        election.action_call()
        ann = self._stands(election, self.voters[0])
        election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        self._elect(election, [[ann]] * 5)
        self.assertEqual((ann.mandate_ids.replaced_id, ann.mandate_ids.date_end), (mandate, term))
        with self.refuses(UserError, "Somebody takes over from"):
            mandate.with_user(self.secretary).action_by_election()

    def test_no_rest_of_what_did_not_end(self):
        mandate = self.env["coop.mandate"].create(
            {"body_id": self.body.id, "partner_id": self.voters[7].id, "date_start": self.today}
        )
        with self.refuses(ValidationError, "that ended before their term"):
            self._election(called=False, replaced_ids=[Command.set(mandate.ids)])
