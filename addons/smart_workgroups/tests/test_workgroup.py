from base64 import b64encode
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestWorkgroup(GovernanceCase):
    """Who must be in a workgroup, who joins it, and who waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Line = cls.env["coop.workgroup.member"]

    def _join(self, workgroup, user, **kwargs):
        return workgroup.with_user(user).sudo()._join(user.partner_id, **kwargs)

    # ------------------------------------------------------------------
    # Composition
    # ------------------------------------------------------------------

    def test_rule_blocks_the_start(self):
        workgroup = self.env["coop.workgroup"].create(
            {"name": "Tools", "edition_id": self._edition().id, "company_id": self.company.id}
        )
        said = "lacks 2 directors, 1 member of the permanent staff, 1 secretary"
        with self.assert_refused(UserError, said):
            workgroup.with_user(self.secretary).action_open()
        with Form(workgroup.with_user(self.secretary)) as form:
            for partner, role in (
                (self.director.partner_id, "director"),
                (self.staff, "staff"),
                (self.secretary.partner_id, "secretary"),
            ):
                with form.member_ids.new() as line:
                    line.partner_id = partner
                    line.role = role
        with self.assert_refused(UserError, "Tools cannot start: it lacks 1 director. Add"):
            workgroup.action_open()
        self.assertEqual(workgroup.missing, "1 director")
        self.Line.create(
            {"workgroup_id": workgroup.id, "partner_id": self.second.id, "role": "director"}
        )
        workgroup.with_user(self.secretary).action_open()
        self.assertEqual(workgroup.state, "open")
        self.assertFalse(workgroup.missing)

    def test_rule_is_the_edition_s(self):
        edition = self._edition(directors_needed=0, staff_needed=0, secretaries_needed=0)
        workgroup = self.env["coop.workgroup"].create(
            {"name": "Tools", "edition_id": edition.id, "company_id": self.company.id}
        )
        workgroup.action_open()
        self.assertEqual(workgroup.state, "open")

    def test_roles_are_true(self):
        workgroup = self._workgroup(opened=False)
        for role, said in (
            ("director", "has no running mandate on the Board"),
            ("staff", "is no member of the category permanent staff"),
        ):
            with self.assert_refused(UserError, said):
                self.Line.create(
                    {
                        "workgroup_id": workgroup.id,
                        "partner_id": self.portal.partner_id.id,
                        "role": role,
                    }
                )
        outsider = self.env["res.partner"].create({"name": "Outsider"})
        for role, said in (
            ("member", "Outsider is no member of the co-operative"),
            ("secretary", "Outsider neither works here nor is a member"),
        ):
            with self.assert_refused(UserError, said):
                self.Line.create(
                    {"workgroup_id": workgroup.id, "partner_id": outsider.id, "role": role}
                )

    def test_alert_when_it_lapses(self):
        workgroup = self._workgroup()
        self.mandate._end(self.today, "Resigned")
        self.env["coop.workgroup"]._cron_watch()
        self.assertFalse(workgroup.activity_ids)  # the last day of the mandate counts
        self.env.cr.execute(
            "UPDATE coop_mandate SET date_start = %s, date_end = %s WHERE id = %s",
            [self.today - timedelta(days=9), self.today - timedelta(days=1), self.mandate.id],
        )
        self.env.invalidate_all()
        for _night in range(2):
            self.env["coop.workgroup"]._cron_watch()
        self.assertEqual(len(workgroup.activity_ids), 1)
        self.assertIn("Economic model lacks 1 director", workgroup.activity_ids.summary)
        self.assertEqual(workgroup.activity_ids.user_id, workgroup.user_id)
        self._mandate(self.portal.partner_id)
        self.Line.create(
            {
                "workgroup_id": workgroup.id,
                "partner_id": self.portal.partner_id.id,
                "role": "director",
            }
        )
        self.assertFalse(workgroup.activity_ids)
        self.assertFalse(workgroup.alerted)

    def test_who_leaves_the_cooperative_leaves_it(self):
        workgroup = self._workgroup(places=1)
        self._join(workgroup, self.portal)
        waiting = self._join(workgroup, self.portal_other)
        self.portal.partner_id.sudo().membership_ids._end(self.today, "resignation")
        self.assertEqual(waiting.state, "active")
        self.second.membership_ids._end(self.today, "resignation")
        self.assertIn("lacks 1 director", workgroup.activity_ids.summary)

    # ------------------------------------------------------------------
    # Places and languages
    # ------------------------------------------------------------------

    def test_join_leave_and_wait(self):
        workgroup = self._workgroup(places=1)
        line = self._join(workgroup, self.portal)
        self.assertEqual(line.state, "active")
        self.assertEqual(self._join(workgroup, self.portal), line)
        self.assertEqual(workgroup._get_places_left(), 0)
        waiting = self._join(workgroup, self.portal_other)
        self.assertEqual((waiting.state, waiting._get_waiting_number()), ("waiting", 1))
        with self.assert_refused(ValidationError, "All 1 places of Economic model are taken"):
            self.Line.create(
                {"workgroup_id": workgroup.id, "partner_id": self.ethics.partner_id.id}
            )
        line.with_user(self.portal).sudo()._leave()
        self.assertEqual((line.state, line.date_end), ("left", self.today))
        self.assertEqual(waiting.state, "active")
        told = self.env["mail.message"].search(
            [("model", "=", "coop.workgroup"), ("res_id", "=", workgroup.id)], limit=1
        )
        self.assertIn("A place became free", told.body)
        self.assertEqual(self._join(workgroup, self.portal).state, "waiting")

    def test_more_places_let_the_next_ones_in(self):
        workgroup = self._workgroup(places=1)
        self._join(workgroup, self.portal)
        waiting = self._join(workgroup, self.portal_other)
        workgroup.with_user(self.secretary).places = 2
        self.assertEqual(waiting.state, "active")
        with self.assert_refused(ValidationError, "All 1 places"):
            workgroup.places = 1

    def test_language_asks_for_an_interpreter(self):
        Lang = self.env["res.lang"].sudo()
        dutch, french = (Lang._activate_lang(code) for code in ("nl_BE", "fr_BE"))
        workgroup = self._workgroup(lang_ids=[Command.set(french.ids)])
        self.assertTrue(self._join(workgroup, self.portal, lang=dutch).needs_interpreter)
        self.assertFalse(self._join(workgroup, self.portal_other, lang=french).needs_interpreter)
        meeting = self._meeting(workgroup)
        meeting.action_convoke()
        self.assertEqual(meeting.interpreter_ids.lang_id, dutch)

    def test_who_may_join(self):
        workgroup = self._workgroup()
        with self.assert_refused(UserError, "Only members of Cooperative under Test"):
            self._join(workgroup, self.stranger)
        draft = self._workgroup(opened=False, name="Tools")
        with self.assert_refused(UserError, "Tools is “Draft”"):
            self._join(draft, self.portal)
        workgroup.action_close()
        with self.assert_refused(UserError, "Economic model is “Closed”"):
            self._join(workgroup, self.portal)

    @mute_logger("odoo.sql_db")
    def test_the_database_knows_everybody_once(self):
        workgroup = self._workgroup()
        self._join(workgroup, self.portal)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.Line.create(
                {"workgroup_id": workgroup.id, "partner_id": self.portal.partner_id.id}
            )

    def test_lines_stay(self):
        workgroup = self._workgroup()
        line = self._join(workgroup, self.portal)
        for values in ({"state": "left"}, {"partner_id": self.staff.id}):
            with self.assertRaises(UserError):
                line.write(values)
        with self.assert_refused(UserError, "let this person leave"):
            line.unlink()
        with self.assert_refused(UserError, "close it instead"):
            workgroup.unlink()

    def test_mail_of_the_discussion_is_a_choice(self):
        workgroup = self._workgroup()
        line = self._join(workgroup, self.portal, mail_wanted=True)
        self._join(workgroup, self.portal_other)
        self.assertIn(self.portal.partner_id, workgroup.message_partner_ids)
        self.assertNotIn(self.portal_other.partner_id, workgroup.message_partner_ids)
        line.with_user(self.portal).sudo()._leave()
        self.assertNotIn(self.portal.partner_id, workgroup.message_partner_ids)

    # ------------------------------------------------------------------
    # What belongs to it
    # ------------------------------------------------------------------

    def test_documents_keep_their_versions(self):
        workgroup = self._workgroup()
        document = self.env["coop.document"].create({"name": "Study", "workgroup_id": workgroup.id})
        for text in ("first", "second", "second"):
            document.with_user(self.secretary).write(
                {
                    "file": b64encode(text.encode()),
                    "filename": f"{text}.txt",
                    "version_note": f"It is the {text}",
                }
            )
        self.env.invalidate_all()
        versions = document.version_ids
        self.assertEqual(versions.mapped("number"), [2, 1])
        self.assertEqual(versions.mapped("attachment_id.raw"), [b"second", b"first"])
        self.assertEqual(versions[0].partner_id, self.secretary.partner_id)
        self.assertEqual(versions[0].note, "It is the second")
        with self.assert_refused(UserError, "stays"):
            versions[0].note = "Else"
        with self.assert_refused(UserError, "stays"):
            versions[0].unlink()
        for call in (
            lambda: versions[0].attachment_id.write({"raw": b"forged"}),
            versions[0].attachment_id.unlink,
        ):
            with self.assert_refused(UserError, "belongs to frozen minutes"):
                call()

    def test_small_talks_and_writings(self):
        workgroup = self._workgroup()
        now = fields.Datetime.now()
        talk = self.env["event.event"].create(
            {
                "name": "Coffee",
                "workgroup_id": workgroup.id,
                "company_id": self.company.id,
                "date_begin": now,
                "date_end": now + timedelta(hours=1),
            }
        )
        self.env["coop.writing"].create({"name": "Letter", "workgroup_id": workgroup.id})
        self.assertEqual((workgroup.talk_count, workgroup.writing_count), (1, 1))
        self.assertEqual(workgroup._search_talks(), talk)
