"""Who would like to decide on what nobody was convoked to, or without those who should be there."""

import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .attack_common import AttackCase


@tagged("post_install", "-at_install")
class TestSecondCall(AttackCase):
    """A second call decides without a quorum on the agenda of the first, and on nothing else."""

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
