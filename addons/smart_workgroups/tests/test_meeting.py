from datetime import date, datetime, timedelta

from psycopg2.errors import RestrictViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestMeeting(GovernanceCase):
    """From the agenda over the invitation to frozen minutes and their correction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workgroup = cls._workgroup()

    def test_plan_a_monthly_series(self):
        """The same weekday and hour, also when the clocks change in between."""
        self.secretary.tz = "Europe/Brussels"
        action = self.workgroup.with_user(self.secretary).action_plan_series()
        Series = self.env["coop.meeting.series"].with_user(self.secretary)
        with Form(Series.with_context(**action["context"])) as form:
            form.date_first = date(2027, 2, 9)
            form.count = 3
        form.save().action_plan()
        meetings = self.workgroup.meeting_ids.sorted("date_start")
        self.assertEqual(
            meetings.mapped("date_start"),
            [datetime(2027, 2, 9, 17), datetime(2027, 3, 9, 17), datetime(2027, 4, 13, 16)],
        )
        self.assertEqual(meetings[0].name, "Meeting of Economic model")

    def test_convoke(self):
        meeting = self._meeting(self.workgroup, points=())
        for values, said in (
            ({}, "Put at least one point on the agenda"),
            ({"date_start": fields.Datetime.now() - timedelta(days=1)}, "in the past"),
        ):
            with self.assert_refused(UserError, said):
                meeting.write(values)
                meeting.action_convoke()
        meeting.point_ids = [Command.create({"name": "The rate"})]
        meeting.with_user(self.secretary).action_convoke()
        self.assertEqual(meeting.state, "convoked")
        people = self.workgroup.active_member_ids.partner_id
        self.assertEqual(meeting.presence_ids.partner_id, people)
        self.assertEqual(meeting.event_id.partner_ids, people)
        self.assertEqual(meeting.event_id.start, meeting.date_start)
        self.assertEqual(meeting.event_id.stop, meeting.date_start + timedelta(hours=2))

    def test_who_joins_later_is_invited_too(self):
        meeting = self._meeting(self.workgroup)
        meeting.action_convoke()
        line = self.workgroup.with_user(self.portal).sudo()._join(self.portal.partner_id)
        self.assertIn(self.portal.partner_id, meeting.presence_ids.partner_id)
        self.assertIn(self.portal.partner_id, meeting.event_id.partner_ids)
        line.with_user(self.portal).sudo()._leave()
        self.assertNotIn(self.portal.partner_id, meeting.presence_ids.partner_id)
        self.assertNotIn(self.portal.partner_id, meeting.event_id.partner_ids)
        self.assertEqual(len(meeting.presence_ids), 4)

    def test_draft_workgroup_does_not_meet(self):
        draft = self._workgroup(opened=False, name="Tools")
        with self.assert_refused(UserError, "Tools is not open"):
            self._meeting(draft).action_convoke()

    def test_moved_with_its_calendar(self):
        meeting = self._meeting(self.workgroup)
        meeting.action_convoke()
        other = meeting.date_start + timedelta(days=1)
        with self.assert_refused(UserError, "ask its secretary to move the meeting"):
            meeting.event_id.write({"start": other, "stop": other + timedelta(hours=2)})
        self.env.invalidate_all()
        meeting.date_start = other
        self.assertEqual(meeting.event_id.start, other)
        with self.assert_refused(UserError, "cancel the meeting instead"):
            meeting.event_id.unlink()
        event = meeting.event_id
        meeting.action_cancel()
        self.assertFalse(event.exists())

    def test_a_held_meeting_cannot_be_moved(self):
        meeting = self._held(self._meeting(self.workgroup))
        for name, value in (
            ("date_start", fields.Datetime.now() + timedelta(days=2)),
            ("duration", 5),
        ):
            with self.assert_refused(UserError, "was held: it cannot be moved any more"):
                meeting.with_user(self.secretary).write({name: value})
        with self.assert_refused(UserError, "cannot be changed by hand"):
            meeting.place = "Elsewhere"
        with self.assertRaises(UserError):
            meeting.event_id.start = fields.Datetime.now() + timedelta(days=2)
        with self.assertRaises(UserError):
            meeting.action_cancel()

    def test_held_by_who_was_there(self):
        meeting = self._meeting(self.workgroup)
        meeting.action_convoke()
        with self.assert_refused(UserError, "has not begun yet"):
            meeting.action_hold()
        meeting.date_start = fields.Datetime.now() - timedelta(hours=1)
        with self.assert_refused(UserError, "Note who was present"):
            meeting.action_hold()
        meeting.presence_ids[0].state = "present"
        meeting.presence_ids[1].state = "excused"
        meeting.action_hold()
        self.assertEqual(
            meeting.presence_ids.mapped("state"), ["present", "excused", "absent", "absent"]
        )
        self.assertEqual(meeting.present_count, 1)

    def test_convoked_name_is_fixed_in_all_languages(self):
        self.env["res.lang"].sudo()._activate_lang("fr_BE")
        meeting = self._meeting(self.workgroup)
        meeting.update_field_translations("name", {"fr_BE": "Réunion"})
        meeting.action_convoke()
        with self.assert_refused(UserError, "cannot be changed by hand"):
            meeting.update_field_translations("name", {"fr_BE": "Autre"})
        self.assertEqual(meeting.with_context(lang="fr_BE").name, "Réunion")

    def test_convoked_in_the_languages_of_the_workgroup(self):
        french = self.env["res.lang"].sudo()._activate_lang("fr_BE")
        self.workgroup.lang_ids = french
        self.workgroup.with_context(lang="fr_BE").name = "Modèle économique"
        meeting = self._meeting(self.workgroup)
        self.assertIn("Modèle économique", meeting.with_context(lang="fr_BE").name)
        meeting.announcement = "<p>Bring your figures.</p>"
        with self.assert_refused(UserError, "(?s)not ready in each language.*French"):
            meeting.action_convoke()
        meeting.with_context(lang="fr_BE").announcement = "<p>Apportez vos chiffres.</p>"
        meeting._search_translations().action_review()
        meeting.action_convoke()
        self.assertEqual(meeting.state, "convoked")

    # ------------------------------------------------------------------
    # Minutes
    # ------------------------------------------------------------------

    def test_frozen_minutes(self):
        meeting = self._meeting(self.workgroup, points=("The rate", "The rest"))
        self._held(meeting, outcome=False)
        with self.assert_refused(UserError, "What became of “The rate”"):
            meeting.action_freeze()
        meeting.point_ids[0].write(
            {"outcome": "decided", "decision": "6.5 % stays.", "notes": "<p>Said <b>much</b></p>"}
        )
        meeting.point_ids[1].outcome = "dropped"
        meeting.with_user(self.secretary).action_freeze()
        minutes = meeting.minutes_ids
        content = minutes._read_content()
        self.assertEqual(content["points"][0]["decision"], "6.5 % stays.")
        self.assertEqual(content["people"][0]["presence"], "present")
        self.assertEqual(len(minutes.hash), 64)
        self.assertTrue(minutes.attachment_id.raw.startswith(b"%PDF-"))
        self.assertIsNone(self.env["coop.meeting.minutes"]._verify(self.company))
        # Nothing of what they say can be changed any more.
        for record, name, value in (
            (meeting, "notes", "<p>Else</p>"),
            (meeting.point_ids[0], "decision", "7 %"),
            (meeting.presence_ids[0], "state", "absent"),
            (minutes, "content", "{}"),
        ):
            with self.assertRaises(UserError):
                record.write({name: value})
        for records in (meeting.point_ids, meeting.presence_ids, minutes, meeting):
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(UserError):
            minutes.attachment_id.raw = b"forged"
        with self.assertRaises(UserError):
            meeting.action_freeze()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_them_and_a_forgery_is_found(self):
        minutes = self._frozen(self._meeting(self.workgroup)).minutes_ids
        for query in (
            "UPDATE coop_meeting_minutes SET content = content || ' ' WHERE id = %s",
            "DELETE FROM coop_meeting_minutes WHERE id = %s",
        ):
            with self.assertRaises(RestrictViolation), self.cr.savepoint():
                self.env.cr.execute(query, [minutes.id])
        self.env.cr.execute("ALTER TABLE coop_meeting_minutes DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE coop_meeting_minutes SET content = replace(content, 'The rate', 'The rat') "
            "WHERE id = %s",
            [minutes.id],
        )
        self.env.cr.execute("ALTER TABLE coop_meeting_minutes ENABLE TRIGGER USER")
        self.env.invalidate_all()
        found, fault = minutes._verify(self.company)
        self.assertEqual(found, minutes)
        self.assertIn("The text of Meeting of Economic model", fault)
        minutes._cron_verify()
        self.assertIn("was changed", minutes.meeting_id.activity_ids.summary)

    def test_a_forged_file_is_found(self):
        minutes = self._frozen(self._meeting(self.workgroup)).minutes_ids
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"%PDF-forged"})
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, db_datas = NULL WHERE id = %s",
            [other.store_fname, minutes.attachment_id.id],
        )
        self.env.invalidate_all()
        found, fault = minutes._verify(self.company)
        self.assertEqual(found, minutes)
        self.assertIn("The PDF of", fault)

    def test_corrected_by_the_next_meeting(self):
        first = self._frozen(self._meeting(self.workgroup))
        first_text = first.minutes_ids.content
        Correction = self.env["coop.meeting.correction"].with_user(self.secretary)
        context = first.with_user(self.secretary).action_correct()["context"]
        with self.assertRaises(AssertionError):  # there is no next meeting to choose
            Form(Correction.with_context(**context)).save()
        # Planned is not enough, nor another group's: the next meeting must have been held.
        coming = self._meeting(self.workgroup, days=40)
        elsewhere = self._held(self._meeting(self._workgroup(name="Tools")))
        for other in (coming, elsewhere, first):
            wizard = Correction.with_context(**context).create(
                {"approved_meeting_id": other.id, "reason": "A wrong figure"}
            )
            with self.assert_refused(UserError, "a later meeting of Economic model"):
                wizard.action_correct()
        following = self._held(coming)
        following.env.cr.execute(
            "UPDATE coop_meeting SET date_start = date_start + interval '1 hour' WHERE id = %s",
            [following.id],
        )
        self.env.invalidate_all()
        with Form(Correction.with_context(**context)) as form:
            self.assertEqual(form.approved_meeting_id, following)
            form.reason = "A wrong figure"
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.name, "The rate")
                line.decision = "6.4 %"
        form.record.action_correct()
        self.env.invalidate_all()
        second, kept = first.minutes_ids
        self.assertEqual((second.revision, second.approved_meeting_id), (2, following))
        self.assertEqual(second._read_content()["points"][0]["decision"], "6.4 %")
        self.assertEqual(kept.content, first_text)
        self.assertNotEqual(second.hash, kept.hash)
        self.assertEqual(second._read_content()["previous_hash"], kept.hash)
        self.assertEqual(second._read_content()["approved_at"], following.display_name)
        self.assertEqual((kept.superseded, second.superseded), (True, False))
        self.assertIsNone(second._verify(self.company))
        with Form(Correction.with_context(**context)) as form:
            form.approved_meeting_id = following
            form.reason = "Nothing"
        with self.assertRaises(UserError):
            form.record.action_correct()

    def test_carried_over_points(self):
        coming = self._meeting(self.workgroup, days=40, points=("Next",))
        first = self._meeting(self.workgroup, days=7, points=("The rate", "The rest"))
        self._held(first, outcome=False)
        first.point_ids.filtered(lambda one: one.name == "The rate").outcome = "carried"
        first.point_ids.filtered(lambda one: one.name == "The rest").outcome = "discussed"
        first.action_freeze()
        names = coming.point_ids.sorted("sequence").mapped("name")
        self.assertEqual(names[1:], ["The rate", "Next"])
        self.assertEqual(
            coming.point_ids.filtered(lambda one: one.kind == "minutes").name, names[0]
        )
        carried = coming.point_ids.filtered("carried_from_id")
        self.assertEqual(carried.carried_from_id.meeting_id, first)
        # Without a next meeting they wait for it.
        self._held(coming, outcome=False)
        coming.env.cr.execute(
            "UPDATE coop_meeting SET date_start = date_start + interval '1 hour' WHERE id = %s",
            [coming.id],
        )
        self.env.invalidate_all()
        coming.point_ids.write({"outcome": "carried"})
        coming.action_freeze()
        last = self._meeting(self.workgroup, days=70, points=())
        self.assertIn("The rate", last.point_ids.mapped("name"))
        self.assertEqual(len(self._meeting(self.workgroup, days=90, points=()).point_ids), 0)

    def test_body_meets(self):
        meeting = self.env["coop.meeting"].create(
            {
                "body_id": self.board.id,
                "date_start": fields.Datetime.now() + timedelta(days=3),
                "point_ids": [Command.create({"name": "Reviews"})],
            }
        )
        meeting.with_user(self.secretary).action_convoke()
        self.assertEqual(meeting.presence_ids.partner_id, self.director.partner_id | self.second)

    def test_hostile_text_is_harmless(self):
        meeting = self._meeting(self.workgroup)
        self._held(meeting)
        meeting.point_ids.notes = "<p>Fine</p><script>alert(1)</script><img src=x onerror=alert(1)>"
        meeting.action_freeze()
        notes = str(meeting.minutes_ids._get_readable_content()["points"][0]["notes"])
        self.assertIn("Fine", notes)
        self.assertNotIn("script", notes)
        self.assertNotIn("onerror", notes)
