from datetime import timedelta

from psycopg2.errors import RestrictViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .assembly_common import AssemblyCase
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestAssemblyPresence(AssemblyCase):
    """Who is there, who is represented, and what that means for the quorum: all of it logged."""

    def _standing(self, assembly):
        row = assembly._get_last_quorum()
        [one] = row.standing
        return row.present, row.represented, row.basis, one["reached"], one["lost"]

    def test_not_before_the_day(self):
        assembly = self._convoked()
        with self.refuses(UserError, "open it on the day itself"):
            assembly.action_open()
        with self.refuses(UserError, "this cannot be done any more"):
            self._come(assembly, self.voters[0])

    def test_quorum_reached_and_lost(self):
        assembly = self._open_with_statutes()
        self.assertEqual(self._standing(assembly), (0, 0, 8, False, False))
        self._come(assembly, *self.voters[:3])
        self._give(assembly, self.voters[4], self.voters[0])
        # The holder is there: half of eight are present or represented.
        self.assertEqual(self._standing(assembly), (3, 1, 8, True, False))
        self.assertIn("Change of the statutes: reached (4 needed)", assembly.quorum_summary)
        self._come(assembly, self.voters[0], presence="left")
        # With the holder goes who is represented.
        self.assertEqual(self._standing(assembly), (2, 0, 8, False, True))
        self.assertIn("lost (4 needed)", assembly.quorum_summary)
        self.assertTrue(assembly.quorum_missing)
        events = assembly.quorum_ids.sorted("id").mapped("event")
        self.assertEqual(events, ["opened", *["in_person"] * 3, "proxy_given", "left"])
        # Ticked twice is ticked once.
        self._come(assembly, self.voters[1])
        self.assertEqual(len(assembly.quorum_ids), 6)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE coop_assembly_quorum SET present = 8 WHERE assembly_id = %s", [assembly.id]
            )

    def test_coming_takes_the_proxy_back(self):
        assembly = self._convoked()
        proxy = self._give(assembly, self.voters[0], self.voters[1])
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        self._come(assembly, self.voters[1])
        row = assembly._get_last_quorum()
        self.assertEqual((row.present, row.represented), (1, 1))
        self._come(assembly, self.voters[0], presence="remote")
        self.assertEqual(proxy.state, "revoked")
        row = assembly._get_last_quorum()
        self.assertEqual((row.event, row.present, row.represented), ("remote", 2, 0))
        with self.refuses(UserError, "who is there votes in person"):
            self._give(assembly, self.voters[0], self.voters[1])
        # Who goes may leave a proxy.
        self._come(assembly, self.voters[0], presence="left")
        self._give(assembly, self.voters[0], self.voters[1])
        row = assembly._get_last_quorum()
        self.assertEqual((row.event, row.present, row.represented), ("proxy_given", 1, 1))

    def test_holder_who_is_no_member(self):
        self.company.proxy_outside = True
        assembly = self._open_assembly()
        proxy = self._give(assembly, self.voters[0], self.scrutineers[0])
        self.assertEqual(assembly._get_last_quorum().represented, 0)
        proxy.action_holder_here()
        self.assertEqual(assembly._get_last_quorum().represented, 1)
        other = self._give(assembly, self.voters[1], self.voters[2])
        with self.refuses(UserError, "is a member: note the presence"):
            other.action_holder_here()

    def test_proxies_of_who_is_not_on_the_roll_or_too_late(self):
        assembly = self._convoked()
        [late] = make_voters(self.env, self.company, 1, prefix="Late")
        with self.refuses(UserError, "is not on the roll"):
            self._give(assembly, late, self.voters[0])
        assembly.action_cancel()
        with self.refuses(UserError, "over or cancelled"):
            self._give(assembly, self.voters[0], self.voters[1])

    def test_codes(self):
        assembly, other = self._open_assembly(), self._convoked()
        voter = self._on_roll(assembly, self.voters[3])
        self.assertEqual(assembly._find_voter(voter._get_code()), voter)
        self.assertEqual(assembly._find_voter(voter._get_scan_url()), voter)
        code = voter._get_code()
        forged = code[:-1] + ("0" if code[-1] != "0" else "1")
        number = self._on_roll(assembly, self.voters[4]).number
        for wrong in (
            forged,
            f"{assembly.id}-{number}-{code.rsplit('-', 1)[1]}",
            self._on_roll(other, self.voters[3])._get_code(),
            "9" * 40,
            "",
        ):
            self.assertFalse(assembly._find_voter(wrong), wrong)

    def test_second_call(self):
        self.statutes.second_call_without_quorum = True
        first = self._open_with_statutes()
        with self.refuses(UserError, "this cannot be done any more"):
            first.action_second_call()
        self._come(first, *self.voters[:2])
        first.action_hold()
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        self.assertEqual(second.first_call_id, first)
        self.assertEqual(second.point_ids.class_id, self.statutes)
        self.assertEqual(first.point_ids.outcome, "dropped")
        second.with_user(self.secretary).date_start = fields.Datetime.now() + timedelta(days=20)
        second.with_user(self.secretary).action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        second.with_user(self.secretary).action_open()
        self._come(second.with_user(self.secretary), self.voters[0])
        self.assertFalse(second.quorum_missing)
        rule = self.statutes._get_rule_for(second, second.point_ids)
        self.assertEqual((rule.quorum, rule.majority_numerator), ("none", 3))
        for assembly, subject in ((first, first.point_ids), (second, self.env["coop.poll"])):
            rule = self.statutes._get_rule_for(assembly, subject)
            self.assertEqual(rule.quorum, "members", subject)
        second.with_user(self.secretary).action_hold()
        with self.refuses(UserError, "there is no second"):
            second.with_user(self.secretary).action_second_call()

    def test_second_call_takes_up_what_had_no_quorum(self):
        """What was recorded stays as it is; the same proposal is decided on by the second call."""
        self.statutes.second_call_without_quorum = True
        first = self._assembly(points=())
        resolution = (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Article 3",
                    "company_id": self.company.id,
                    "assembly_id": first.id,
                    "class_id": self.statutes.id,
                }
            )
        )
        first.action_convoke()
        self.assertEqual(first.point_ids.class_id, self.statutes)
        first._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        first.action_open()
        self._come(first, *self.voters[:2])
        first.action_hold()
        figures = {"present": 2, "votes_for": 2}
        resolution.write(figures)
        resolution.action_record()
        # Of the eight on the roll.
        self.assertEqual((resolution.state, resolution.members), ("no_quorum", 8))
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second = second.with_user(self.secretary)
        again = second.resolution_ids
        self.assertEqual((again.name, again.state), ("Article 3", "draft"))
        self.assertEqual(second.point_ids.resolution_id, again)
        self.assertEqual(resolution.assembly_id, first)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        second.action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        again.write(figures)
        again.action_record()
        self.assertEqual(again.state, "adopted")
        self.assertNotIn("Quorum", again.explanation)

    def test_queries_of_a_tick_do_not_grow_with_the_roll(self):
        """How many are on the roll and there already costs no further statement."""
        counts = []
        for more in (0, 12):
            if more:
                make_voters(self.env, self.company, more, prefix="More")
            assembly = self._open_with_statutes()
            self._come(assembly, *self.voters[: 2 + more // 3])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._on_roll(assembly, self.voters[7]).action_in_person()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], counts)

    def test_open_votes_hold_the_end_back(self):
        assembly = self._open_assembly()
        self._come(assembly, *self.voters[:2])
        poll = self._open_hand(assembly)
        with self.refuses(UserError, "Discharge .*is still open"):
            assembly.action_hold()
        self._raise(poll, self.voters[0])
        poll.action_close()
        # Who is there by the log.
        self.assertEqual((poll.present, poll.members), (2, 8))
        assembly.action_hold()
        self.assertEqual(assembly.state, "held")
