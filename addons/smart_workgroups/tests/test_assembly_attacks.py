"""Who would like another Assembly, and what stands in the way: each test is an attempt."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .attack_common import AttackCase, told_about
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestFiguresOfTheMeeting(AttackCase):
    """Figures by hand that the roll, the log or the minutes of the Assembly do not bear out."""

    def _filled_in(self, assembly, there, **values):
        figures = {"present": there, "votes_for": there}
        return self._resolution(assembly_id=assembly.id, **figures, **values)

    def test_a_quorum_of_fewer_members(self):
        """Half of four would be there, and half of the eight on the roll are not."""
        assembly, resolution = self._agreed()
        self._come(assembly, *self.voters[:2])
        resolution.write({"present": 2, "votes_for": 2, "members": 4})
        with self.refuses(UserError, "4 members with a vote are filled in .* has 8 votes"):
            resolution.action_record()
        resolution.members = 8
        resolution.action_record()
        self.assertEqual(resolution.state, "no_quorum")

    def test_people_whom_the_log_never_saw(self):
        assembly, resolution = self._agreed()
        self._come(assembly, *self.voters[:2])
        resolution.write({"present": 4, "votes_for": 4})
        with self.refuses(UserError, "never more than 2 votes"):
            resolution.action_record()
        named = self._named(assembly_id=assembly.id)
        named.action_open()
        named.present = 4
        with self.refuses(UserError, "never counts more than 2"):
            named.action_close()
        self._come(assembly, *self.voters[2:4])
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")

    def test_decided_where_nothing_was_decided(self):
        assembly, resolution = self._agreed()
        assembly.action_hold()
        assembly.point_ids.outcome = "dropped"
        assembly.write({"chair_id": self.voters[0].id, "secretary_id": self.voters[1].id})
        assembly.action_freeze()
        resolution.write({"present": 8, "votes_for": 8})
        with self.refuses(UserError, "was not decided there"):
            resolution.action_record()
        cancelled = self._assembly(days=0)
        cancelled.action_cancel()
        with self.refuses(UserError, "was not decided there"):
            self._filled_in(cancelled, 8).action_record()

    def test_a_second_call_about_something_else(self):
        """Two members come again, and would decide on what is new, without a quorum."""
        self.statutes.second_call_without_quorum = True
        first, resolution = self._agreed()
        self._come(first, *self.voters[:2])
        first.action_hold()
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second = second.with_user(self.secretary)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        self.assertEqual(resolution.assembly_id, second)
        for name in ("name", "text"):
            with self.subTest(name), self.refuses(UserError, "cannot be changed by hand"):
                resolution[name] = "Give the house away"
        other = self._resolution(
            name="Give the house away", assembly_id=second.id, class_id=self.statutes.id
        )
        with self.refuses(UserError, "“Give the house away” was not put before"):
            second.action_convoke()
        other.class_id = self.ordinary
        second.action_convoke()
        self.assertEqual(second.point_ids.resolution_id, resolution | other)

    def test_hands_of_who_is_not_on_the_roll(self):
        assembly = self._open_assembly()
        [late] = make_voters(self.env, self.company, 1, prefix="Late")
        named = self._named(assembly_id=assembly.id)
        named.action_open()
        Vote = self.env["coop.named.vote"].with_user(self.secretary)
        with self.refuses(UserError, "Late 1 has no vote"):
            Vote.create({"poll_id": named.id, "partner_id": late.id})
        self.assertTrue(Vote.create({"poll_id": named.id, "partner_id": self.voters[0].id}))

    def test_another_roll_for_a_vote_that_has_one(self):
        assembly = self._convoked()
        poll = self._poll(assembly_id=assembly.id)
        poll.action_freeze()
        values = {"date_start": fields.Datetime.now() + timedelta(days=45)}
        with self.refuses(UserError, "has the roll of the present convocation"):
            assembly._move(values, "Rain")
        poll._annul("The hall burnt down")
        assembly._move(values, "Rain")


@tagged("post_install", "-at_install")
class TestDocumentsThatLeft(AttackCase):
    def test_documents_that_were_sent(self):
        """The file of a document is a file like others: changed, deleted, or put before it."""
        assembly = self._assembly()
        document = (
            self.env["coop.assembly.document"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Accounts",
                    "assembly_id": assembly.id,
                    "file_ids": [
                        Command.create(
                            {"lang": "en_US", "file": b"VGhlIHRydXRo", "filename": "a.txt"}
                        )
                    ],
                }
            )
        )
        own = {
            "res_model": "coop.assembly.file",
            "res_id": document.file_ids.id,
            "res_field": "file",
        }
        Attachment = self.env["ir.attachment"].with_user(self.secretary)
        sent = Attachment.search([(name, "=", value) for name, value in own.items()])
        self.assertEqual(sent.raw, b"The truth")
        assembly.action_convoke()
        loose = Attachment.create({"name": "b.txt", "raw": b"A lie"})
        for attempt in (
            lambda: sent.write({"raw": b"A lie"}),
            sent.unlink,
            lambda: Attachment.create({"name": "b.txt", "raw": b"A lie", **own}),
            lambda: loose.write(own),
        ):
            with self.refuses(UserError, "which left"):
                attempt()
        self.env.invalidate_all()
        self.assertEqual(document.file_ids.file, b"VGhlIHRydXRo")


@tagged("post_install", "-at_install")
class TestBoughtProxies(AttackCase):
    def test_more_ballots_in_one_hand_one_after_the_other(self):
        """A proxy that is taken back after the ballot was cast by it still fills the hand."""
        self.company.proxy_cap = 1
        holder, first, second, third, *_others = self.voters
        assembly = self._convoked()
        proxies = self.env["coop.proxy"]
        self._give(assembly, first, holder)
        poll, _words = self._open(assembly_id=assembly.id)
        poll._cast_as(holder, first, [1])
        proxies._come_in_person(assembly, first)
        with self.refuses(UserError, "as many proxies as one may"):
            self._give(assembly, second, holder)
        # Whoever changes one's mind gives to the same person again, or to another.
        self._give(assembly, first, holder).action_revoke()
        self._give(assembly, second, third)
        poll.action_close()
        self.assertTrue(self._give(assembly, first, holder))

    def test_after_the_assembly(self):
        """Who was represented does not change any more: neither by a form nor by its context."""
        assembly = self._open_assembly()
        proxy = self._give(assembly, self.voters[0], self.voters[1])
        frozen = self._poll(assembly_id=assembly.id)
        frozen.action_freeze()
        assembly.action_hold()
        with self.refuses(UserError, "is over: Proxy of Voter 1 to Voter 2 stays"):
            proxy.action_revoke()
        Proxy = self.env["coop.proxy"].with_user(self.secretary)
        people = {"principal_id": self.voters[2].id, "holder_id": self.voters[1].id}
        with self.refuses(UserError, "is over or cancelled"):
            Proxy.with_context(default_assembly_id=assembly.id).create(people)
        # Nor is a vote held with what was given for the meeting.
        with self.refuses(UserError, "is over or cancelled"):
            frozen._open()

    def test_given_by_somebody_else(self):
        """Who is said to have given a proxy is told, unless it was given in the portal."""
        principal, holder, third, *_others = self.voters
        assembly = self._convoked()

        proxy = self._give(assembly, principal, holder)
        [message] = told_about(proxy)
        self.assertEqual(message.partner_ids, principal)
        self.assertIn("you let Voter 2 vote in your place", message.body)
        member = self._user_of(third, "attack_principal")
        number = self._on_roll(assembly, holder).number
        own = (
            self.env["coop.proxy"]
            .with_user(member)
            ._give(assembly.with_user(member).sudo(), third, number, "")
        )
        self.assertFalse(told_about(own))

    def test_other_instructions(self):
        proxy = self._give(self._convoked(), self.voters[0], self.voters[1])
        with self.refuses(UserError, "cannot be changed by hand"):
            proxy.instructions = "Say no"
