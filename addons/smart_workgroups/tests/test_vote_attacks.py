"""Who would like another result, and what stands in the way: each test is an attempt."""

import copy
import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .assembly_common import AssemblyCase
from .election_common import ElectionCase
from .vote_common import make_voters


def told_about(record):
    """Return what somebody was told about a record, the newest first."""
    return (
        record.env["mail.message"]
        .sudo()
        .search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ],
            order="id desc",
        )
    )


class AttackCase(AssemblyCase):
    def _resolution(self, **values):
        return (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create({"name": "Sell the house", "company_id": self.company.id, **values})
        )

    def _named(self, **values):
        return (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "By hand",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def _user(self, login, groups):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(self.env, login, groups, **own)


@tagged("post_install", "-at_install")
class TestForgedPublication(AttackCase):
    """What is downloaded is not what was voted: ``verify.py`` says so."""

    def setUp(self):
        super().setUp()
        _poll, _receipts, self.data = self._held(votes=[[1], [1], [1], [2], [2], [3]])

    def _forged(self, change):
        data = copy.deepcopy(self.data)
        change(data)
        return data

    def _recounted(self, data):
        """Return data with the result that its own figures give."""
        ballots = [
            self.verify.read_choice(one["choice"], data["definition"]) for one in data["ballots"]
        ]
        data["result"] = self.verify.recount(data, ballots)
        return data

    def test_votes_on_papers_that_nobody_has(self):
        for paper in (
            {"votes": {"2": 50}},
            {"votes": {"1": -2}},
            {"blank": 3},
            {"spoilt": -1},
            {"votes": {"7": 1}},
            {"votes": {"2": True}},
            {"found": 9},
        ):
            with self.subTest(paper):
                data = self._forged(lambda data, paper=paper: data["paper"].update(paper))
                self.assert_named(self._recounted(data), "cannot come from 0 papers")

    def test_ballots_that_are_left_out(self):
        def hide(data):
            data["ballots"] = None
            data["result"].update(outcome="rejected", reasons=[])

        self.assert_named(self._forged(hide), "the ballots are left out")

    def test_more_ballots_of_a_category_than_voters(self):
        def move(data):
            data["definition"]["categories"] = {"user": 1, "staff": 7}
            for ballot in data["ballots"]:
                ballot["choice"] = f"user:{ballot['choice']}"

        self.assert_named(self._forged(move), "6 ballots are of the category user, which has 1")

    def test_a_line_that_is_there_twice(self):
        """People read the first one, programs count the last one."""
        text = json.dumps(self.data)
        self.assertEqual(json.loads(text, object_pairs_hook=self.verify.once), self.data)
        forged = '{"result": {"outcome": "rejected"}, ' + text[1:]
        with self.assertRaisesRegex(ValueError, "is there twice"):
            json.loads(forged, object_pairs_hook=self.verify.once)


@tagged("post_install", "-at_install")
class TestTurnedVote(AttackCase):
    """A vote that was held becomes one about something else, or by another rule."""

    def test_the_vote_goes_to_another_resolution(self):
        """Half of the votes would change the statutes, which want three quarters."""
        own, other = self._resolution(), self._resolution(class_id=self.statutes.id)
        poll, words = self._open(resolution_id=own.id)
        for voter, marks in zip(self.voters, [[1], [1], [1], [2], [2]], strict=False):
            poll._cast(voter, marks)
        self._count(poll, words, publish=False)
        for vals in (
            {"resolution_id": other.id},
            {"resolution_id": False},
            {"assembly_id": self._assembly().id},
        ):
            with self.subTest(vals), self.refuses(UserError, "cannot be changed by hand"):
                poll.write(vals)
        with self.refuses(UserError, "cannot be changed by hand"):
            self._assembly().poll_ids = [Command.link(poll.id)]

    def test_the_resolution_changes_under_the_vote(self):
        resolution = self._resolution(text="<p>For a million.</p>")
        poll, words = self._open(resolution_id=resolution.id)
        other = {
            "text": "<p>For a song.</p>",
            "name": "Sell all houses",
            "class_id": self.statutes.id,
        }
        for moment in ("open", "published"):
            for name, value in other.items():
                with (
                    self.subTest(moment=moment, name=name),
                    self.refuses(UserError, "cannot be changed by hand"),
                ):
                    resolution[name] = value
            if moment == "open":
                for voter in self.voters[:5]:
                    poll._cast(voter, [1])
                self._count(poll, words)
        self.assertEqual(poll.state, "published")

    def test_a_second_vote_about_what_was_voted_on(self):
        """Whoever does not like a secret vote would let hands be raised."""
        assembly = self._open_assembly()
        self._come(assembly, *self.voters[:3])
        resolution = self._resolution()
        named = self._named(resolution_id=resolution.id)
        poll, words = self._open(resolution_id=resolution.id)
        with self.refuses(UserError, "is about Sell the house and not over"):
            named.action_open()
        for voter in self.voters[:5]:
            poll._cast(voter, [2])
        self._count(poll, words)
        with self.refuses(UserError, "The members decided on Sell the house by"):
            named.action_open()
        with self.refuses(UserError, "The members decided on Sell the house by"):
            self._poll(resolution_id=resolution.id).action_freeze()
        poll._annul("A wrong roll")
        named.action_open()

    def test_the_rule_changes_after_the_convocation(self):
        manager = self._user("attack_manager", "smart_workgroups.group_governance_manager")
        statutes = self.statutes.with_user(manager)
        assembly = self._open_with_statutes()
        for vals in ({"majority_numerator": 1}, {"quorum": "none"}, {"strict": True}):
            with self.subTest(vals), self.refuses(UserError, "Yearly Assembly.* decides by"):
                statutes.write(vals)
        statutes.write({"sequence": 3, "majority_numerator": statutes.majority_numerator})
        assembly._write_decision({"state": "closed"})
        statutes.majority_numerator = 2
        self._named(class_id=statutes.id).action_open()
        with self.refuses(UserError, "By hand .*decides by"):
            statutes.majority_numerator = 3

    def test_a_vote_on_the_agenda_changes_after_the_convocation(self):
        poll = self._poll(class_id=self.statutes.id)
        assembly = self._assembly(
            point_ids=[Command.create({"kind": "vote", "poll_id": poll.id})],
        )
        poll.assembly_id = assembly
        assembly.action_convoke()
        self.assertEqual(assembly.point_ids.class_id, self.statutes)
        other = {"class_id": self.ordinary.id, "title": "Trees", "assembly_id": False}
        for name, value in other.items():
            with self.subTest(name), self.refuses(UserError, "cannot be changed by hand"):
                poll[name] = value
        self.env["res.lang"]._activate_lang("fr_BE")
        french = poll.with_context(lang="fr_BE")
        with self.refuses(UserError, "cannot be changed by hand"):
            french.update_field_translations("title", {"en_US": "Trees"})
        french.title = "Des arbres"
        poll.shares_needed = 3
        self.assertEqual((poll.title, french.title), ("More trees", "Des arbres"))

    def test_options_of_an_open_vote(self):
        """By the way of a context, of another vote, or of a translation."""
        poll, _words = self._open("plurality", ("Ann", "Bob"), text="Who leads us?")
        Option = self.env["coop.poll.option"].with_user(self.secretary)
        other = self._poll("plurality", ("Zoe",))
        with self.refuses(UserError, "are frozen"):
            Option.with_context(default_poll_id=poll.id).create({"name": "Zoe"})
        with self.refuses(UserError, "are frozen"):
            other.option_ids.poll_id = poll
        for name in ("name", "text"):
            with self.subTest(name), self.refuses(UserError, "are frozen"):
                poll.option_ids[0].update_field_translations(name, {"en_US": "Ann, a liar"})


@tagged("post_install", "-at_install")
class TestFiguresOfTheMeeting(AttackCase):
    """Figures by hand that the roll, the log or the minutes of the Assembly do not bear out."""

    def _filled_in(self, assembly, there, **values):
        figures = {"present": there, "votes_for": there}
        return self._resolution(assembly_id=assembly.id, **figures, **values)

    def _agreed(self, **values):
        """Return an open Assembly that decides on the statutes, and the resolution about them."""
        assembly = self._assembly(points=(), **values)
        resolution = self._resolution(assembly_id=assembly.id, class_id=self.statutes.id)
        assembly.action_convoke()
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        return assembly, resolution

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

    def _second_call(self, first):
        """Return the second call of an Assembly without a quorum: open, and two are there."""
        self._come(first, *self.voters[:2])
        first.action_hold()
        return self._second_call_of(first)

    def _second_call_of(self, first):
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second = second.with_user(self.secretary)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        second.action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        second.action_open()
        self._come(second, *self.voters[:2])
        return second

    def _by_hand(self, **values):
        """Hold a vote by open hand in which both who are there say yes."""
        poll = self._named(class_id=self.statutes.id, **values)
        poll.action_open()
        for voter in self.voters[:2]:
            self._raise(poll, voter)
        poll.action_close()
        return poll

    def test_a_vote_beside_the_agenda_of_a_second_call(self):
        """What was never put before the first call has its quorum in the second one too."""
        self.statutes.second_call_without_quorum = True
        first, resolution = self._agreed()
        second = self._second_call(first)
        self.assertFalse(second.quorum_missing)
        house = self._by_hand(title="Give the house away", assembly_id=second.id)
        self.assertEqual(house.outcome, "no_quorum")
        # The log says that something decided there has no quorum.
        second._log_quorum("opened")
        self.assertTrue(second.quorum_missing)
        secret = self._poll(assembly_id=second.id, class_id=self.statutes.id)
        secret.action_freeze()
        self.assertEqual(json.loads(secret.definition)["rule"]["quorum"], "members")
        secret._annul("Nobody was convoked to it")
        poll = self._poll(
            assembly_id=second.id, class_id=self.statutes.id, resolution_id=resolution.id
        )
        poll.action_freeze()
        self.assertEqual(json.loads(poll.definition)["rule"]["quorum"], "none")
        poll._annul("By open hand instead")
        again = self._by_hand(resolution_id=resolution.id)
        self.assertEqual(again.outcome, "adopted")
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")

    def test_a_point_without_a_resolution_in_a_second_call(self):
        self.statutes.second_call_without_quorum = True
        first = self._open_with_statutes()
        second = self._second_call(first)
        [point] = second.point_ids
        other = self._named(assembly_id=second.id, point_id=point.id)
        with self.refuses(UserError, "choose that rule for By hand"):
            other.action_open()
        with self.refuses(UserError, "is not what By hand .* is about"):
            self._by_hand(assembly_id=first.id, point_id=point.id)
        poll = self._by_hand(assembly_id=second.id, point_id=point.id)
        self.assertEqual(poll.outcome, "adopted")
        self.assertEqual([one["name"] for one in point._get_results()], [poll.display_name])
        with self.refuses(UserError, "cannot be changed by hand"):
            poll.point_id = False

    def test_the_result_of_a_second_call_in_the_minutes_of_the_first(self):
        self.statutes.second_call_without_quorum = True
        first, resolution = self._agreed()
        point = first.point_ids
        self.assertEqual(point.resolution_id, resolution)
        self._second_call(first)
        self._by_hand(resolution_id=resolution.id)
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")
        self.assertEqual((point._get_results(), point.outcome), ([], "dropped"))

    def test_a_second_call_after_one_that_was_cancelled(self):
        self.statutes.second_call_without_quorum = True
        first, resolution = self._agreed()
        self._come(first, *self.voters[:2])
        first.action_hold()
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second.action_cancel()
        third = self._second_call_of(first)
        self.assertEqual((resolution.assembly_id, third.point_ids.class_id), (third, self.statutes))
        again = self._by_hand(resolution_id=resolution.id)
        self.assertEqual((again.assembly_id, again.outcome), (third, "adopted"))

    def test_an_assembly_is_cancelled_while_members_vote(self):
        assembly = self._convoked()
        secret, _words = self._open(assembly_id=assembly.id)
        with self.refuses(UserError, "More trees .* is under way at Yearly Assembly"):
            assembly.action_cancel()
        secret._annul("The Assembly falls through")
        named = self._open_hand(assembly)
        with self.refuses(UserError, "Discharge .* is under way at Yearly Assembly"):
            assembly.action_cancel()
        named.action_close()
        assembly.action_cancel()
        self.assertEqual(assembly.state, "cancelled")

    def test_a_second_call_while_a_vote_still_decides(self):
        first, resolution = self._agreed()
        self._come(first, *self.voters[:2])
        poll = self._by_hand(resolution_id=resolution.id)
        first.action_hold()
        with self.refuses(UserError, "By hand .* decides on “Sell the house” at Yearly"):
            first.action_second_call()
        self.assertEqual(poll.outcome, "no_quorum")
        resolution.action_record()
        self.assertTrue(first.action_second_call())

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
class TestAgenda(AttackCase):
    """What an Assembly decides was on the agenda of its convocation."""

    def test_taken_from_those_who_were_convoked(self):
        assembly = self._assembly(points=())
        resolution = self._resolution(assembly_id=assembly.id)
        assembly.action_convoke()
        other = self._assembly(name="Another")
        for value in (other.id, False):
            with self.subTest(value), self.refuses(UserError, "were convoked to Yearly Assembly"):
                resolution.assembly_id = value
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        assembly.action_hold()
        # Not treated there, it goes before the next one.
        resolution.assembly_id = other
        other.action_convoke()
        self.assertIn(resolution, other.point_ids.resolution_id)

    def test_put_before_an_assembly_that_left_without_it(self):
        loose = self._resolution()
        assembly = self._convoked()
        for step in ("convoked", "open", "held", "closed"):
            assembly._write_decision({"state": step})
            with self.subTest(step), self.refuses(ValidationError, "left without Sell the house"):
                loose.assembly_id = assembly
            with self.refuses(ValidationError, "left without Sell the house"):
                self._resolution(assembly_id=assembly.id)
        with self.refuses(UserError, "stands in its convocation: it does not change"):
            assembly.point_ids.create({"assembly_id": assembly.id, "resolution_id": loose.id})

    def test_decided_where_nobody_was_convoked(self):
        planned = self._assembly(days=0)
        resolution = self._resolution(assembly_id=planned.id, present=8, votes_for=8)
        with self.refuses(UserError, "not convoked to Yearly Assembly.* on Sell the house"):
            resolution.action_record()
        # What is on record from long ago has a day, and no beginning.
        planned.write({"date_start": False, "date": "2015-06-01"})
        resolution.action_record()
        self.assertEqual(resolution.state, "adopted")

    def test_on_the_agenda_of_another(self):
        """Of a resolution, the agenda and the Assembly on it are the same."""
        assembly, other = self._assembly(points=()), self._assembly(name="Another")
        resolution = self._resolution(assembly_id=other.id)
        point = assembly.point_ids.create(
            {"assembly_id": assembly.id, "kind": "vote", "resolution_id": resolution.id}
        )
        with self.refuses(UserError, "Sell the house is on the agenda of Yearly .* to Another"):
            assembly.action_convoke()
        resolution.assembly_id = False
        assembly.action_convoke()
        self.assertEqual((resolution.assembly_id, assembly.point_ids), (assembly, point))


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
        with self.refuses(UserError, "as many as one may"):
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


@tagged("post_install", "-at_install")
class TestPapersOfOthers(AttackCase):
    def _count_of(self, user, poll):
        Count = self.env["coop.poll.paper.count"].with_user(user)
        count = Count.create({"poll_id": poll.id, "bundle": "A", "ballots": 2})
        count.line_ids.filtered(lambda one: one.number == 1).votes = 2
        return count

    def test_one_person_counts_for_two(self):
        second = self._user("attack_second", "smart_workgroups.group_governance_user")
        poll, words = self._open()
        for voter in self.voters[:2]:
            poll._mark_paper(voter)
        other, own = self._count_of(second, poll), self._count_of(self.secretary, poll)
        Line = self.env["coop.poll.paper.line"].with_user(self.secretary)
        line = other.line_ids[0].with_user(self.secretary)
        with self.refuses(UserError, "was counted by"):
            line.unlink()
        values = {"count_id": other.id, "option_id": line.option_id.id, "votes": 1}
        other.line_ids[0].unlink()
        with self.refuses(UserError, "was counted by"):
            Line.create(values)
        with self.refuses(UserError, "was counted by"):
            own.line_ids[0].count_id = other
        stranger = self._poll("plurality", ("Zoe",)).option_ids
        with self.refuses(ValidationError, "Zoe is no option of"):
            Line.create({"count_id": own.id, "option_id": stranger.id, "votes": 1})
        Line.with_user(second).create({**values, "votes": 2})
        self._count(poll, words)
        for attempt in (own.line_ids[0].unlink, lambda: own.line_ids[0].write({"votes": 1})):
            with self.refuses(UserError, "not counted yet"):
                attempt()


@tagged("post_install", "-at_install")
class TestElectionAttacks(ElectionCase):
    @mute_logger("odoo.sql_db")
    def test_two_votes_of_one_election(self):
        """Of two, the one with the better result would be published."""
        election, (ann, _bob, _cas) = self._called(3)
        poll = self._elect(election, [[ann]] * 5, publish=False)
        Poll = self.env["coop.poll"].with_user(self.secretary)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            Poll.create(
                {"title": "Again", "election_id": election.id, "company_id": self.company.id}
            ).flush_recordset()
        poll.action_publish()
        self.assertEqual(ann.mandate_ids.poll_id, poll)

    def test_a_candidate_holds_a_part_of_the_key(self):
        election, (ann, _bob, _cas) = self._called(3)
        election.action_vote()
        poll = election.poll_id
        poll.scrutineer_ids = ann.partner_id | self.scrutineers
        with self.refuses(ValidationError, "is a candidate and cannot be a scrutineer"):
            poll.action_freeze()

    def test_the_seat_of_another_category(self):
        election = self._election(seats_staff=1)
        category = {"category": "staff"}
        values = {"election_id": election.id, "partner_id": self.voters[0].id, "text": "Me"}
        Candidate = self.env["coop.candidate"].with_user(self.secretary)
        candidate = Candidate.create(values | category)
        self.assertEqual(candidate.category, "user")
        with self.refuses(UserError, "cannot be changed by hand"):
            candidate.write(category)
        values["partner_id"] = self.voters[1].id
        other = Candidate.with_context(default_category="staff").create(values)
        self.assertEqual(other.category, "user")

    def test_the_words_and_the_face_of_who_was_admitted(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        election = self._election()
        candidate = self._stands(election, self.voters[0])
        french = candidate.with_context(lang="fr_BE")
        with self.refuses(UserError, "cannot be changed by hand"):
            french.update_field_translations("text", {"en_US": "I want longer meetings."})
        french.update_field_translations("text", {"fr_BE": "Des réunions plus courtes."})
        own = {"res_model": "coop.candidate", "res_id": candidate.id, "res_field": "photo"}
        with self.refuses(UserError, "cannot be changed by hand"):
            self.env["ir.attachment"].with_user(self.secretary).create(
                {"name": "photo", "raw": b"GIF89a", **own}
            )

    def test_refused_by_somebody_else(self):
        """Whoever has a seat is told that somebody wrote down that it is refused."""
        election, (ann, _bob, _cas) = self._called(3)
        self._elect(election, [[ann]] * 5)
        self._go("decline", ann)
        message = told_about(ann)[0]
        self.assertEqual(message.partner_ids, ann.partner_id)
        self.assertIn("you refuse your seat", message.body)

    def test_a_longer_term(self):
        election, (ann, bob, _cas) = self._called(3)
        self._elect(election, [[ann, bob]] * 5)
        mandate = ann.mandate_ids
        later = mandate.term_end + timedelta(days=400)
        for vals in ({"date_end": later}, {"date_end": False}, {"term_end": later}):
            with self.subTest(vals), self.refuses(UserError, "only another election"):
                mandate.with_user(self.secretary).write(vals)
        mandate.with_user(self.secretary).date_end = mandate.term_end - timedelta(days=9)


@tagged("post_install", "-at_install")
class TestCodeOfUsers(AttackCase):
    """What users write and the server runs would read what nobody reads."""

    def test_no_field_leads_to_roll_or_ballots(self):
        """Neither by a domain nor by a group or an export of something else."""
        wanted = {"coop.ballot", "coop.poll.roll"}
        leading = [
            field
            for model in self.env.registry.values()
            for field in model._fields.values()
            if field.comodel_name in wanted
        ]
        self.assertEqual(leading, [])

    def test_who_administers_settings_owns_the_database(self):
        """As `docs/voting.md` says: such a user writes code that the server runs."""
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        admin = self._user("attack_admin", "base.group_system")
        action = {
            "name": "Look",
            "state": "code",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "code": "action = {'seen': env['coop.poll.roll'].sudo().search_count("
            f"[('poll_id', '=', {poll.id}), ('state', '=', 'voted')])}}",
        }
        Server = self.env["ir.actions.server"]
        self.assertEqual(Server.with_user(admin).create(action).run(), {"seen": 1})
        for user in (self.secretary, self._user("attack_clerk", "base.group_user")):
            with self.assertRaises(AccessError):
                Server.with_user(user).create(action)

    def test_who_voted_by_a_template(self):
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        staff = self._user("attack_staff", "base.group_user,base.group_partner_manager")
        subject = "{{ object.sudo().env['coop.poll.roll'].search([]).mapped('state') }}"
        values = {
            "name": "Hello",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "subject": subject,
        }
        with self.assertRaises(AccessError):
            template = self.env["mail.template"].with_user(staff).create(values)
            preview = self.env["mail.template.preview"].with_user(staff)
            preview = preview.create(
                {
                    "mail_template_id": template.id,
                    "resource_ref": f"res.partner,{self.voters[0].id}",
                }
            )
            self.fail(f"{staff.name} reads {preview.subject}")
        composer = self.env["mail.compose.message"].with_user(staff)
        with self.assertRaises(AccessError):
            composer.create(
                {
                    "model": "res.partner",
                    "res_ids": self.voters[0].ids,
                    "composition_mode": "mass_mail",
                    "subject": subject,
                    "body": "<p>Hello</p>",
                }
            )._action_send_mail()
