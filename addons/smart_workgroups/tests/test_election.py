from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .election_common import ElectionCase


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
        self.assertEqual((election.candidate_count, election.undecided_count), (0, 1))
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
