from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .vote_common import VoteCase


@tagged("post_install", "-at_install")
class TestProxy(VoteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.proxy_cap = 2
        cls.assembly = cls.env["coop.assembly"].create(
            {"name": "Yearly Assembly", "company_id": cls.company.id}
        )

    def _give(self, principal, holder, assembly=None):
        return (
            self.env["coop.proxy"]
            .with_user(self.secretary)
            .create(
                {
                    "assembly_id": (assembly or self.assembly).id,
                    "principal_id": principal.id,
                    "holder_id": holder.id,
                }
            )
        )

    @mute_logger("odoo.sql_db")
    def test_one_and_none_to_oneself(self):
        first, second, third, *_others = self.voters
        self._give(first, second)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._give(first, third)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self._give(third, third)

    def test_no_chains(self):
        first, second, third, *_others = self.voters
        self._give(first, second)
        with self.refuses(UserError, "would be a chain"):
            self._give(second, third)
        with self.refuses(UserError, "gave a proxy away"):
            self._give(third, first)

    def test_cap(self):
        holder, *others = self.voters
        given = self._give(others[0], holder)
        self._give(others[1], holder)
        with self.refuses(UserError, r"holds as many proxies as one may already \(2\)"):
            self._give(others[2], holder)
        given.action_revoke()
        self._give(others[2], holder)
        # Another Assembly is another matter.
        other = self.assembly.copy({"name": "Extraordinary Assembly"})
        self._give(others[3], holder, other)

    def test_members_only(self):
        stranger = self.scrutineers[0]
        with self.refuses(UserError, "is no member"):
            self._give(self.voters[0], stranger)
        with self.refuses(UserError, "is no member"):
            self._give(stranger, self.voters[0])
        self.company.proxy_outside = True
        self.assertTrue(self._give(self.voters[0], stranger))

    def test_stays_in_the_records(self):
        proxy = self._give(self.voters[0], self.voters[1])
        with self.assertRaises(AccessError):
            proxy.unlink()
        with self.assertRaises(UserError):
            proxy.sudo().unlink()
        with self.assertRaises(UserError):
            proxy.holder_id = self.voters[2]
        with self.assertRaises(UserError):
            proxy.state = "revoked"

    def test_vote_by_proxy(self):
        """One ballot for each mandate, and none by a proxy that was taken back."""
        principal, holder, other, *_others = self.voters
        self._give(principal, holder)
        poll, _words = self._open(assembly_id=self.assembly.id)
        self.assertEqual(poll._get_voters(holder), holder | principal)
        self.assertEqual(poll._get_voters(other), other)
        with self.refuses(UserError, "hold no proxy"):
            poll._cast_as(other, principal, [1])
        with self.refuses(UserError, "take it back before"):
            poll._cast_as(principal, principal, [1])
        poll._cast_as(holder, principal, [1])
        poll._cast_as(holder, holder, [2])
        with self.refuses(UserError, "already"):
            poll._cast_as(holder, principal, [1])
        # Coming in person after the proxy voted: too late.
        self.env["coop.proxy"]._come_in_person(self.assembly, principal)
        with self.refuses(UserError, "already"):
            poll._cast_as(principal, principal, [1])

    def test_coming_in_person_revokes(self):
        principal, holder, *_others = self.voters
        proxy = self._give(principal, holder)
        poll, _words = self._open(assembly_id=self.assembly.id)
        self.env["coop.proxy"]._come_in_person(self.assembly, principal)
        self.assertEqual(proxy.state, "revoked")
        with self.refuses(UserError, "hold no proxy"):
            poll._cast_as(holder, principal, [1])
        self.assertTrue(poll._cast_as(principal, principal, [1]))


@tagged("post_install", "-at_install")
class TestNamedPoll(VoteCase):
    def _poll(self, **values):
        return (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "Open hand",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def _say(self, poll, choices):
        return (
            self.env["coop.named.vote"]
            .with_user(self.secretary)
            .create(
                [
                    {"poll_id": poll.id, "partner_id": voter.id, "choice": choice}
                    for voter, choice in zip(self.voters, choices, strict=False)
                ]
            )
        )

    def test_count(self):
        poll = self._poll()
        with self.refuses(UserError, "is not open"):
            self._say(poll, ["yes"])
        poll.action_open()
        self._say(poll, ["yes", "yes", "no", "abstain"])
        with self.refuses(UserError, "fill in how many are present"):
            poll.action_close()
        poll.present = 5
        poll.action_close()
        self.assertEqual((poll.outcome, poll.members), ("adopted", 8))
        self.assertIn("2 yes, 1 no, 1 abstained", poll.explanation)
        with self.assertRaises(UserError):
            poll.vote_ids[0].choice = "no"
        with self.assertRaises(UserError):
            poll.vote_ids[0].unlink()
        with self.assertRaises(UserError):
            poll.present = 8

    @mute_logger("odoo.sql_db")
    def test_members_once(self):
        poll = self._poll()
        poll.action_open()
        self._say(poll, ["yes"])
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._say(poll, ["no"])
        with self.refuses(UserError, "has no vote"):
            poll.vote_ids[0].partner_id = self.scrutineers[0]

    def test_quorum(self):
        poll = self._poll(class_id=self.statutes.id)
        poll.action_open()
        self._say(poll, ["yes"] * 3)
        poll.present = 3
        poll.action_close()
        self.assertEqual(poll.outcome, "no_quorum")
