from datetime import timedelta

from odoo import Command, fields

from .vote_common import VoteCase


class ElectionCase(VoteCase):
    """A Board with three seats, whose election the secretary prepares."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.governance_secretary_id = cls.secretary
        cls.today = fields.Date.today()
        cls.body = cls.env["coop.body"].create(
            {
                "name": "Board",
                "kind": "board",
                "seats": 3,
                "term_months": 48,
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _election(cls, called=True, **values):
        election = (
            cls.env["coop.election"]
            .with_user(cls.secretary)
            .create(
                {
                    "title": "Election of the Board",
                    "text": "Four years, one evening a month.",
                    "body_id": cls.body.id,
                    "company_id": cls.company.id,
                    "seats": 2,
                    "deadline": fields.Datetime.now() + timedelta(days=20),
                    "date_start": cls.today + timedelta(days=60),
                    **values,
                }
            )
        )
        if called:
            election.action_call()
        return election

    @classmethod
    def _stands(cls, election, partner, admit=True, text="I want shorter meetings."):
        candidate = (
            cls.env["coop.candidate"]
            .with_user(cls.secretary)
            .create({"election_id": election.id, "partner_id": partner.id, "text": text})
        )
        candidate.action_accept()
        if admit:
            candidate.action_admit()
        return candidate

    @classmethod
    def _called(cls, count=3, **values):
        """Return an election whose call is over, and its candidates: the first voters."""
        election = cls._election(**values)
        candidates = election.candidate_ids
        for voter in cls.voters[:count]:
            candidates |= cls._stands(election, voter)
        election.deadline = fields.Datetime.now() - timedelta(minutes=1)
        return election, candidates

    def _freeze(self, election):
        election.action_vote()
        poll = election.poll_id
        poll.scrutineer_ids = [Command.set(self.scrutineers.ids)]
        poll.action_freeze()
        return poll

    def _elect(self, election, votes, publish=True):
        """Hold the vote; each ballot marks candidates."""
        poll = self._freeze(election)
        words = [own for _person, own in poll._open()]
        for voter, marked in zip(self.voters, votes, strict=False):
            poll._cast(voter, self._numbers(poll, marked))
        poll.action_close()
        poll._tally(words[1:])
        if publish:
            poll.action_publish()
        return poll

    def _numbers(self, poll, candidates):
        numbers = {option.partner_id: option.number for option in poll.option_ids}
        return [numbers[candidate.partner_id] for candidate in candidates]

    def _go(self, step, record, reason="For a reason"):
        field = "election_id" if step == "cancel" else "candidate_id"
        wizard = self.env["coop.election.reason"].with_user(self.secretary)
        wizard.create({"step": step, field: record.id, "reason": reason}).action_confirm()
