from odoo.tests import HttpCase, tagged

from .vote_common import VoteCase


@tagged("post_install", "-at_install")
class TestVoteTour(VoteCase, HttpCase):
    """A member votes on a phone, and checks the ballot when the result is published."""

    browser_size = "390x844"
    touch_enabled = True

    def test_vote_and_check(self):
        member = self._user_of(self.voters[0], "tour_voter")
        poll, words = self._open(text="Should we plant a tree for each new member?")
        self.start_tour("/my/home", "portal_vote_cast", login=member.login)
        self.assertEqual(poll._get_roll_state(self.voters[0]), "voted")
        [committed] = poll._read_commitments()
        for voter in self.voters[1:6]:
            poll._cast(voter, [1])
        data = self._count(poll, words)
        self.assertEqual(data["result"]["tally"]["yes"], 6)
        self.assert_holds(data)
        # The member kept the receipt; the browser of the second tour is a new one.
        self.start_tour(
            "/my/votes",
            "portal_vote_check",
            login=member.login,
            cookies={"commitment": committed},
        )
