from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .assembly_common import AssemblyCase
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestAssemblyRight(AssemblyCase):
    """All that is held in an Assembly asks its frozen roll: who has a vote, and how many."""

    def _begin(self, assembly):
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()

    def _resolution(self, assembly, **values):
        return (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Plant a tree",
                    "company_id": self.company.id,
                    "assembly_id": assembly.id,
                    **values,
                }
            )
        )

    def test_who_left_votes_and_who_joined_does_not(self):
        assembly = self._convoked()
        left = self.voters[7]
        self._leave(left)
        [late] = make_voters(self.env, self.company, 1, prefix="Late")
        self._begin(assembly)
        self._come(assembly, left, self.voters[0])
        poll = self._open_hand(assembly)
        self.assertEqual(poll.members, 8)
        self._raise(poll, left)
        with self.refuses(
            UserError, "Late 1 has no vote in Discharge .*Yearly Assembly was frozen"
        ):
            self._raise(poll, late)
        hand = self._raise(poll, self.voters[0], "no")
        with self.refuses(UserError, "Late 1 has no vote"):
            hand.partner_id = late
        poll.action_close()
        self.assertEqual((poll.present, poll.outcome), (2, "rejected"))
        # A secret vote says the same, by the same rule.
        secret = self._poll(assembly_id=assembly.id)
        secret.action_freeze()
        roll = self.env["coop.poll.roll"].search([("poll_id", "=", secret.id)]).partner_id
        self.assertIn(left, roll)
        self.assertNotIn(late, roll)
        # Outside of an Assembly it is the right of today.
        today = self._open_hand(self.env["coop.assembly"])
        self.assertEqual(today.members, 8)
        self._raise(today, late)
        with self.refuses(UserError, "Voter 8 has no vote in Discharge .*only members with a"):
            self._raise(today, left)

    def test_who_left_gives_and_holds_proxies(self):
        assembly = self._convoked()
        self._leave(self.voters[6])
        self._leave(self.voters[7])
        self.assertTrue(self._give(assembly, self.voters[6], self.voters[0]))
        self.assertTrue(self._give(assembly, self.voters[1], self.voters[7]))
        number = self._on_roll(assembly, self.voters[7]).number
        given = self.env["coop.proxy"]._give(assembly, self.voters[2], number, "")
        self.assertEqual(given.holder_id, self.voters[7])
        # Before a convocation it is the membership of today.
        with self.refuses(UserError, "Voter 7 is no member"):
            self._give(self._assembly(), self.voters[6], self.voters[0])

    def test_who_left_sees_the_assembly_until_it_is_over(self):
        assembly = self._convoked()
        self._leave(self.voters[7])
        Assembly = self.env["coop.assembly"]

        def seen():
            visible = Assembly._get_visible_domain(self.voters[7])
            questioned = Assembly._get_questions_domain(self.voters[7])
            return Assembly.search(visible), Assembly.search(questioned)

        self._convoked(name="One without this member")
        self.assertEqual(seen(), (assembly, assembly))
        self._begin(assembly)
        assembly.action_hold()
        self.assertEqual(seen(), (assembly, assembly))
        assembly._write_decision({"state": "closed"})
        self.assertEqual(seen(), (Assembly, Assembly))

    def test_a_vote_is_held_where_its_resolution_is_decided_on(self):
        assembly = self._assembly()
        resolution = self._resolution(assembly)
        assembly.action_convoke()
        [late] = make_voters(self.env, self.company, 1, prefix="Late")
        poll = self._open_hand(self.env["coop.assembly"], resolution_id=resolution.id)
        self.assertEqual(poll.assembly_id, assembly)
        with self.refuses(UserError, "Late 1 has no vote"):
            self._raise(poll, late)
        # What is voted on once is not voted on twice at the same time.
        with self.refuses(UserError, "is about Plant a tree and not over"):
            self._poll(resolution_id=resolution.id).action_freeze()

    def test_figures_of_a_vote_with_proxies(self):
        """Who votes by proxy is not present: the form says present or represented."""
        assembly = self._assembly()
        resolution = self._resolution(assembly)
        assembly.action_convoke()
        self._give(assembly, self.voters[0], self.voters[1])
        self._begin(assembly)
        self._come(assembly, self.voters[1])
        hidden = [("present", False), ("represented", False), ("there", True)]
        with Form(resolution) as form:
            for name, value in hidden:
                self.assertEqual(form._get_modifier(name, "invisible"), value, name)
        poll = self._open_hand(assembly, resolution_id=resolution.id)
        for voter in self.voters[:2]:
            self._raise(poll, voter)
        poll.action_close()
        self.assertEqual((resolution.there, resolution.represented), (2, 0))
        with Form(resolution) as form:
            for name, value in hidden:
                self.assertEqual(form._get_modifier(name, "invisible"), not value, name)

    def test_a_secret_vote_is_held_where_its_resolution_is_decided_on(self):
        assembly = self._assembly()
        resolution = self._resolution(assembly)
        assembly.action_convoke()
        secret = self._poll(resolution_id=resolution.id)
        secret.action_freeze()
        self.assertEqual((secret.assembly_id, secret.roll_count), (assembly, 8))
        with self.refuses(UserError, "Assembly"):
            secret.assembly_id = False
        with self.refuses(UserError, "is held at Another, and Plant a tree is decided on at"):
            other = self._assembly(name="Another")
            self._open_hand(other, resolution_id=resolution.id)

    def test_hands_have_the_votes_of_the_roll(self):
        self._issue(self.voters[0], 9)
        self._issue(self.voters[1], 1)
        self._vote_by_shares(cap=4)
        assembly = self._assembly()
        resolution = self._resolution(assembly, class_id=self.statutes.id)
        assembly.action_convoke()
        # Shares that come later are for the next Assembly.
        self._issue(self.voters[2], 3)
        self._begin(assembly)
        self._come(assembly, *self.voters[:4])
        self._give(assembly, self.voters[4], self.voters[0])
        poll = self._open_hand(
            assembly, class_id=self.statutes.id, resolution_id=resolution.id, title="Trees"
        )
        self.assertTrue(poll.weighted)
        self.assertEqual(poll.members, 12)
        first = self._raise(poll, self.voters[0], votes=100)
        self.assertEqual(first.votes, 4)
        first.write({"votes": 7, "choice": "yes"})
        self.assertEqual(first.votes, 4)
        second = self._raise(poll, self.voters[3])
        # Whoever was mistaken for somebody else has the own votes.
        second.partner_id = self.voters[1]
        self.assertEqual(second.votes, 2)
        self.env.flush_all()
        self._raise(poll, self.voters[2], "no")
        self._raise(poll, self.voters[3], "abstain")
        with Form(poll) as form, form.vote_ids.new() as hand:
            hand.partner_id = self.voters[4]
            hand.choice = "no"
        self.assertEqual(sum(poll.vote_ids.mapped("votes")), 9)
        poll.present = 8
        with self.refuses(UserError, "the 9 votes of who voted and the 12 votes of the roll"):
            poll.action_close()
        poll.present = 0
        poll.action_close()
        # 6 of 8 is 3/4 exactly; 9 of 12 are there.
        self.assertEqual((poll.present, poll.outcome), (9, "adopted"))
        self.assertIn("1/2 of 12 votes is 6; 9 votes took part", poll.explanation)
        figures = ("votes_for", "votes_against", "abstained", "not_voted", "members")
        self.assertEqual([resolution[name] for name in figures], [6, 2, 1, 0, 12])
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")
        self.assertIn("of 12 votes is 6", resolution.explanation)

    def test_figures_by_hand_have_the_votes_of_the_roll(self):
        self._issue(self.voters[0], 9)
        self._vote_by_shares(cap=4)
        assembly = self._assembly()
        resolution = self._resolution(assembly, votes_for=4, votes_against=2)
        assembly.action_convoke()
        self._begin(assembly)
        self._come(assembly, *self.voters[:3])
        self._give(assembly, self.voters[4], self.voters[0])
        self.assertTrue(resolution.weighted)
        resolution.write({"present": 7, "represented": 1, "not_voted": 2})
        with self.refuses(UserError, "8 were present .*Plant a tree.*never more than 7 votes"):
            resolution.action_record()
        resolution.write({"present": 0, "represented": 0, "not_voted": 0})
        resolution.action_record()
        figures = ("present", "represented", "not_voted", "members", "state")
        self.assertEqual([resolution[name] for name in figures], [6, 1, 1, 11, "adopted"])
