import json
from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .election_common import ElectionCase
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestElectionCall(ElectionCase):
    """The call, who may stand, and what is refused."""

    def test_what_a_call_needs(self):
        past = fields.Datetime.now() - timedelta(hours=1)
        for values, message in (
            ({"deadline": False}, "until when"),
            ({"deadline": past}, "a moment to come"),
            ({"seats": 4}, "gives 4 seats, but of the 3 of Board 0"),
        ):
            election = self._election(called=False, **values)
            with self.subTest(values), self.refuses(UserError, message):
                election.action_call()
        election = self._election()
        for name, value in (("seats", 3), ("title", "Other"), ("date_start", self.today)):
            with self.subTest(name), self.refuses(UserError, "cannot be changed by hand"):
                election[name] = value
        self.assertEqual(election.date_end, self._months_later(election.date_start))

    def _months_later(self, day):
        return fields.Date.add(day, months=48) - timedelta(days=1)

    def test_seats_that_are_free(self):
        self.env["coop.mandate"].create(
            [
                {"body_id": self.body.id, "partner_id": voter.id, "date_start": self.today}
                for voter in self.voters[:2]
            ]
        )
        election = self._election(called=False)
        with self.refuses(UserError, "2 are taken on the first day"):
            election.action_call()
        election.seats = 1
        election.action_call()

    @mute_logger("odoo.sql_db")
    def test_rules_that_do_not_fit(self):
        with self.refuses(ValidationError, "most votes win"):
            self._election(called=False, method="stv", on_refusal="by_election", seats_user=1)
        with self.refuses(ValidationError, "names no next one"):
            self._election(called=False, method="stv")
        for values in ({"seats": 0}, {"seats_user": 3}, {"date_end": self.today}):
            with self.subTest(values), self.refuses(CheckViolation, "check constraint"):
                self._election(called=False, **values)

    def test_a_candidate_stands_once(self):
        election = self._election()
        candidate = self._stands(election, self.voters[0])
        with self.refuses(UserError, "Voter 1 stands in .* already"):
            self._stands(election, self.voters[0])
        self._go("withdraw", candidate)
        self.assertEqual(candidate.withdraw_reason, "For a reason")
        again = self._stands(election, self.voters[0])
        self.assertEqual(election._get_candidature(self.voters[0]), again)

    def test_not_before_and_not_after_the_call(self):
        election = self._election(called=False)
        with self.refuses(UserError, "does not call for candidates yet"):
            self._stands(election, self.voters[0])
        election.action_call()
        with self.refuses(UserError, "the vote is prepared after it"):
            election.action_vote()
        election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        with self.refuses(UserError, "nobody stands after it"):
            self._stands(election, self.voters[0])
        with self.refuses(UserError, "Nobody is admitted"):
            election.action_vote()

    def test_each_candidature_is_decided_on(self):
        election = self._election()
        candidate = self._stands(election, self.voters[0], admit=False)
        election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        with self.refuses(UserError, "Admit or refuse Voter 1"):
            election.action_vote()
        with self.refuses(UserError, "Say why"):
            candidate._refuse(" ")
        self._go("refuse", candidate, "Not proposed by a member")
        self.assertEqual(
            (candidate.state, candidate.refusal_reason), ("refused", "Not proposed by a member")
        )
        with self.refuses(UserError, "Nobody is admitted"):
            election.action_vote()
        candidate.action_admit()
        election.action_vote()
        self.assertEqual(election.poll_id.seats, 2)

    def test_who_may_stand(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        election = self._election()
        with self.refuses(UserError, "Stranger cannot be admitted: only members of"):
            self._stands(election, stranger)
        staff = self.env.ref("smart_membership.category_staff")
        election = self._election(category_ids=[Command.set(staff.ids)])
        with self.refuses(UserError, f"this election is for {staff.name}"):
            self._stands(election, self.voters[0])
        with self.refuses(UserError, "Write a text about Voter 1"):
            self._stands(self._election(), self.voters[0], text=" ")

    def test_no_mandate_that_overlaps(self):
        mandate = self.env["coop.mandate"].create(
            {"body_id": self.body.id, "partner_id": self.voters[0].id, "date_start": self.today}
        )
        election = self._election()
        with self.refuses(UserError, "has a mandate in Board until"):
            self._stands(election, self.voters[0])
        mandate.date_end = election.date_start
        with self.refuses(UserError, "it has to end before"):
            self._stands(election, self.voters[0])
        mandate.date_end = election.date_start - timedelta(days=1)
        self.assertEqual(self._stands(election, self.voters[0]).state, "admitted")

    def test_terms_in_a_row(self):
        self.body.term_limit = 2
        start = self.today + timedelta(days=60)
        person = self.voters[0]
        first, last = start - timedelta(days=800), start - timedelta(days=401)
        terms = [(first, last), (last + timedelta(days=1), start - timedelta(days=1))]
        self.env["coop.mandate"].create(
            [
                {
                    "body_id": self.body.id,
                    "partner_id": person.id,
                    "date_start": begin,
                    "date_end": end,
                }
                for begin, end in terms
            ]
        )
        with self.refuses(UserError, "did 2 terms in a row in Board"):
            self._stands(self._election(), person)
        later = self._election(date_start=start + timedelta(days=366))
        self.assertEqual(self._stands(later, person).state, "admitted")

    def test_cancel(self):
        election, _candidates = self._called()
        election.action_vote()
        with self.refuses(UserError, "Say why"):
            election._cancel("")
        poll = election.poll_id
        self._go("cancel", election, "The Assembly is put off")
        self.assertEqual((election.state, poll.exists()), ("cancelled", poll.browse()))

    def test_access(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        group = "smart_workgroups.group_governance_director"
        reader = new_test_user(self.env, "election_director", group, **own)
        member = self._user_of(self.voters[0], "election_portal")
        election, candidates = self._called()
        election.action_vote()
        shown = {
            election: ["title", "notice", "poll_id", "candidate_count", "mandate_ids"],
            candidates[0]: ["partner_id", "text", "category", "outcome", "mandate_ids"],
        }
        for record, names in shown.items():
            # What the forms show, also of the vote, on which directors have no right.
            self.assertTrue(record.with_user(reader).read(names))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(record.with_user(reader).has_access(operation))
        self.assertTrue(election.with_user(reader).poll_id)
        for record in (election, candidates[0]):
            for operation in ("read", "write", "create", "unlink"):
                self.assertTrue(record.with_user(self.secretary).has_access(operation))
                self.assertFalse(record.with_user(member).has_access(operation))
        steps = (
            (election, "action_call", ()),
            (election, "action_vote", ()),
            (election, "action_candidates", ()),
            (election, "action_open_poll", ()),
            (election, "action_give_mandates", ()),
            (election, "action_by_election", ()),
            (election, "_cancel", ("x",)),
            (candidates[0], "action_accept", ()),
            (candidates[0], "action_admit", ()),
            (candidates[0], "_refuse", ("x",)),
        )
        for record, name, arguments in steps:
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(record.with_user(member), name)(*arguments)
        Reason = self.env["coop.election.reason"].with_user(member)
        self.assertFalse(Reason.has_access("create"))


@tagged("post_install", "-at_install")
class TestElectionLanguages(ElectionCase):
    """Call and candidates are there in the languages in which the members read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_BE")
        cls.company.governance_lang_ids |= french

    def _translate(self, record, **texts):
        record.with_context(lang="fr_BE").write(texts)
        record._search_translations()._review()

    def test_from_call_to_ballot(self):
        election = self._election(called=False)
        with self.refuses(UserError, "Election of the Board.*French"):
            election.action_call()
        self._translate(election, title="Élection", text="Quatre ans")
        election.action_call()
        candidate = self._stands(election, self.voters[0])
        election.deadline = fields.Datetime.now() - timedelta(seconds=1)
        with self.refuses(UserError, r"Voter 1 \(Election of the Board\): French"):
            self._freeze(election)
        self._translate(candidate, text="Des réunions plus courtes")
        poll = self._freeze(election)
        french = poll.with_context(lang="fr_BE")
        self.assertEqual((french.title, french.text), ("Élection", "Quatre ans"))
        self.assertEqual(french.option_ids.text, "Des réunions plus courtes")
        self.assertEqual(french.option_ids.name, "Voter 1")
        self.assertIn('"fr_BE":"Élection"', poll.definition)
        # What is on the ballot stays, in each language.
        for lang in ("en_US", "fr_BE"):
            with self.refuses(UserError, "changed by hand|à la main"):
                candidate.with_context(lang=lang).text = "Else"


@tagged("post_install", "-at_install")
class TestElectionResult(ElectionCase):
    """The published result gives the mandates, once; who refuses is followed by the next."""

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
        self.assertIn("1 seats stay vacant", " ".join(poll._explain()))
        self.assertIn("1 seats of", election.activity_ids[-1:].summary)
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
        self.assertIn("vacant", election.activity_ids[-1:].summary)

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
