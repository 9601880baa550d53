from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .vote_common import VoteCase


@tagged("post_install", "-at_install")
class TestVotePaper(VoteCase):
    """Paper and screen on one roll: bundles are counted by two people, and results add up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        group = "smart_workgroups.group_governance_user"
        cls.second = new_test_user(cls.env, "vote_second", group, **own)

    def _bundle(self, poll, user, bundle, ballots, votes, **values):
        count = (
            self.env["coop.poll.paper.count"]
            .with_user(user)
            .create({"poll_id": poll.id, "bundle": bundle, "ballots": ballots, **values})
        )
        for line, number in zip(count.line_ids.sorted("number"), votes, strict=True):
            line.votes = number
        return count

    def _voted(self):
        """Return a vote with three on screen and four on paper, closed."""
        poll, words = self._open()
        for voter in self.voters[:3]:
            poll._cast(voter, [1])
        for voter in self.voters[3:7]:
            wizard = self.env["coop.poll.paper.mark"].with_user(self.secretary)
            wizard.create({"poll_id": poll.id, "partner_id": voter.id}).action_mark()
        poll.action_close()
        return poll, words

    def test_results_add_up(self):
        poll, words = self._voted()
        for user in (self.secretary, self.second):
            self._bundle(poll, user, "A", 3, (0, 2, 0), spoilt=1)
            self._bundle(poll, user, "B", 1, (1, 0, 0))
        data = self._count(poll, words)
        self.assertEqual(
            data["result"]["tally"], {"yes": 4, "no": 2, "abstain": 0, "blank": 0, "spoilt": 1}
        )
        self.assertEqual((poll.ballot_count, poll.paper_count), (3, 4))
        self.assertEqual(data["roll"], {"members": 8, "voted": 3, "paper": 4})
        # Of three ballots on screen nothing is shown; papers are only in the boxes.
        self.assertEqual(len(self.assert_holds(data).open), 2)

    def test_one_roll(self):
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        with self.refuses(UserError, "already"):
            poll._mark_paper(self.voters[0])
        poll._mark_paper(self.voters[1])
        with self.refuses(UserError, "votes on paper"):
            poll._cast(self.voters[1], [1])
        stv, _words = self._open("stv", ("Ann", "Bob"))
        with self.refuses(UserError, "not counted on paper"):
            stv._mark_paper(self.voters[1])

    def test_two_people(self):
        poll, words = self._voted()
        with self.refuses(UserError, "4 members are marked for paper, and 0"):
            poll._tally(words[:2])
        first = self._bundle(poll, self.secretary, "A", 4, (4, 0, 0))
        with self.refuses(UserError, "bundle A is not counted alike"):
            poll._tally(words[:2])
        second = self._bundle(poll, self.second, "A", 4, (3, 1, 0))
        with self.refuses(UserError, "bundle A is not counted alike"):
            poll._tally(words[:2])
        # Nobody changes the count of the other.
        with self.refuses(UserError, "was counted by"):
            second.with_user(self.secretary).line_ids[0].votes = 4
        with self.refuses(UserError, "was counted by"):
            second.with_user(self.secretary).ballots = 5
        for line, votes in zip(second.line_ids.sorted("number"), (4, 0, 0), strict=True):
            line.votes = votes
        poll._tally(words[:2])
        self.assertEqual(poll.state, "tallied")
        with self.refuses(UserError, "not counted yet"):
            first.ballots = 3

    def test_figures_that_cannot_be(self):
        poll, words = self._voted()
        for user in (self.secretary, self.second):
            self._bundle(poll, user, "A", 4, (4, 1, 0))
        with self.refuses(ValidationError, "do not come from 4 valid papers"):
            poll._tally(words[:2])
