import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ethics_common import EthicsCase
from .governance_common import GROUP

# What is said in the meeting and nowhere else.
WORDS = ("barn", "miller cheats")


@tagged("post_install", "-at_install")
class TestEthicsMeeting(EthicsCase):
    """The committee keeps its own minutes: nobody else reads them before the case is published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ethics_mandate.role = "secretary"
        cls.opinion = cls._voting()
        cls.case = cls.opinion.case_id
        cls.meeting = cls._committee_meeting(ethics_case_ids=[Command.set(cls.case.ids)])
        cls._held(cls.meeting)
        cls.meeting.point_ids.notes = "<p>The miller cheats</p>"
        cls.meeting.presence_ids[0].note = "In the barn"
        cls.meeting.action_freeze()
        cls.message = cls.meeting.message_post(
            body="The barn is empty", subtype_xmlid="mail.mt_comment"
        )
        cls.todo = cls.meeting.with_user(cls.ethics).activity_schedule(
            "mail.mail_activity_data_todo", summary="Look into the barn", user_id=cls.bea.id
        )
        cls.outsider = cls._user("g_outsider", f"{GROUP}_ethics")
        cls.observer = cls._user("g_observer", f"{GROUP}_ethics")
        cls._member(partner=cls.observer.partner_id)
        cls._mandate(cls.observer.partner_id, cls.committee, role="observer")
        cls.admin = cls._user("g_admin", "base.group_system")
        cls.admin.group_ids += cls.env.ref(f"{GROUP}_manager")
        for user in cls.others() + (cls.ethics,):
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.env.flush_all()

    @classmethod
    def _committee_meeting(cls, **values):
        return (
            cls.env["coop.meeting"]
            .with_user(cls.ethics)
            .create(
                {
                    "body_id": cls.committee.id,
                    "date_start": fields.Datetime.now() + timedelta(days=3),
                    "place": "In the barn",
                    "notes": "<p>The barn is locked</p>",
                    "point_ids": [Command.create({"name": "Flour in the barn"})],
                    **values,
                }
            )
        )

    @classmethod
    def others(cls):
        users = (cls.secretary, cls.manager, cls.director, cls.employee, cls.admin)
        # Who has an interest in the case, no seat, or none that counts.
        return (*users, cls.dora, cls.outsider, cls.observer)

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def records(self):
        minutes = self.meeting.minutes_ids
        return [
            self.meeting,
            self.meeting.point_ids,
            self.meeting.presence_ids,
            minutes,
            minutes.sudo().attachment_id.with_user(self.ethics),
            self.message,
            self.todo,
        ]

    # ------------------------------------------------------------------
    # Who reads
    # ------------------------------------------------------------------

    def test_others_read_nothing(self):
        self.assert_untold(self.others(), self.records(), WORDS)

    def test_the_committee_reads(self):
        for user in (self.ethics, self.bea, self.carl):
            for records in self.records():
                with self.subTest(user=user.login, model=records._name):
                    self.assertTrue(records.with_user(user).read(["display_name"]))
        content = json.loads(self.meeting.with_user(self.carl).minutes_ids.content)
        self.assertIn("miller cheats", content["points"][0]["notes"])

    def test_read_by_the_office_once_it_is_published(self):
        other = self._case(token="another-form")
        both = self._committee_meeting(ethics_case_ids=[Command.set((self.case | other).ids)])
        none = self._committee_meeting()
        for user in (self.bea, self.ethics):
            self.opinion.with_user(user).action_vote_for()
        self.opinion.action_publish()
        self.env.flush_all()
        self.env.invalidate_all()
        for records in self.records()[:5]:
            with self.subTest(model=records._name):
                self.assertTrue(records.with_user(self.secretary).read(["display_name"]))
        for meeting in (both, none):
            self.assertFalse(meeting.with_user(self.secretary).has_access("read"))
        with self.assertRaises(AccessError):
            self.meeting.with_user(self.secretary).write({"user_id": False})

    def test_a_mandate_that_ends(self):
        self.env.cr.execute(
            "UPDATE coop_mandate SET date_start = '2020-01-01', date_end = '2021-01-01' "
            "WHERE partner_id = %s",
            [self.ethics.partner_id.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.meeting.with_user(self.ethics).has_access("read"))

    def test_what_was_treated_is_frozen_with_the_minutes(self):
        with self.assert_refused(UserError, "by hand"):
            self.meeting.ethics_case_ids = False

    # ------------------------------------------------------------------
    # Who writes
    # ------------------------------------------------------------------

    def test_planned_by_the_committee_itself(self):
        for user in (self.secretary, self.manager, self.bea, self.outsider):
            with (
                self.subTest(user.login),
                self.assert_refused(AccessError, "Ethics Committee are planned by its own chair"),
            ):
                self.env["coop.meeting"].with_user(user).create(
                    {"body_id": self.committee.id, "date_start": "2099-01-01 10:00:00"}
                )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_written_by_who_keeps_the_minutes(self):
        draft = self._committee_meeting()
        workgroup = self._workgroup()
        foreign = self._meeting(workgroup)
        for user, meeting in ((self.bea, draft), (self.secretary, draft), (self.ethics, foreign)):
            own = meeting.sudo(False).with_user(user)
            for call in (
                lambda own=own: own.write({"place": "Elsewhere"}),
                lambda own=own: own.action_convoke(),
                lambda own=own: own.unlink(),
                lambda own=own: (
                    self.env["coop.meeting.point"]
                    .with_user(own.env.user)
                    .create({"meeting_id": own.id, "name": "Mine"})
                ),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    with self.cr.savepoint():
                        call()
        self.assertFalse(self.meeting.with_user(self.bea).may_keep)
        self.assertTrue(self.meeting.with_user(self.ethics).may_keep)

    # ------------------------------------------------------------------
    # Around it
    # ------------------------------------------------------------------

    def test_nobody_is_invited_who_has_an_interest(self):
        invited = self.meeting.presence_ids.partner_id
        self.assertEqual(invited, (self.ethics | self.bea | self.carl).partner_id)
        self.assertEqual(self.meeting.event_id.sudo().partner_ids, invited)

    def test_calendars_of_others_say_busy(self):
        event = self.meeting.event_id.sudo()
        self.assertEqual((event.privacy, event.user_id), ("private", self.ethics))
        self.assertIn("barn", event.location)
        self.bea.group_ids += self.env.ref("base.group_user")
        for user in (self.secretary, self.employee):
            self.env.invalidate_all()
            seen = event.sudo(False).with_user(user)
            self.assertNotIn("Ethics", seen.display_name)
            self.assertFalse(seen.read(["location"])[0]["location"])
            for words in (
                [("location", "ilike", "barn")],
                [("name", "ilike", "Ethics")],
                ["!", "|", ("location", "not ilike", "barn"), ("location", "=", False)],
            ):
                self.assertNotIn(seen, seen.search(words))
            self.assertIn(seen, seen.search([("start", "=", event.start)]))
        Event = self.env["calendar.event"].with_user(self.secretary)
        self.assertNotIn(event, Event.search([("coop_meeting_ids.place", "ilike", "barn")]))
        self.env.invalidate_all()
        self.assertIn("barn", event.sudo(False).with_user(self.bea).location)

    def test_meetings_of_others_stay_open_in_calendars(self):
        meeting = self._meeting(self._workgroup())
        meeting.action_convoke()
        self.assertFalse(meeting.event_id.privacy)

    def test_nobody_else_is_told(self):
        people = [self.employee, self.director, self.dora, self.carl]
        message = self.meeting.message_post(
            body="Look at the barn",
            partner_ids=[user.partner_id.id for user in people],
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(message.sudo().partner_ids, self.carl.partner_id)
        self.meeting.message_subscribe(self.employee.partner_id.ids)
        followers = self.meeting.sudo().message_follower_ids.partner_id
        self.assertNotIn(self.employee.partner_id, followers)
        with self.assert_refused(ValidationError, "g_employee.* does not read"):
            self.meeting.activity_schedule(
                "mail.mail_activity_data_todo", summary="Lock it", user_id=self.employee.id
            )

    def test_translations_of_its_texts(self):
        self.company.governance_lang_ids |= self.env["res.lang"].sudo()._activate_lang("fr_BE")
        row = self.meeting.sudo()._search_translations()
        self.assertTrue(row)
        own = row.sudo(False)
        self.assertTrue(own.with_user(self.bea).has_access("read"))
        self.assertFalse(own.with_user(self.secretary).has_access("read"))

    def test_pages_of_members(self):
        Meeting = self.env["coop.meeting"]
        for user, sees in ((self.bea, True), (self.dora, False), (self.portal, False)):
            own = Meeting.with_user(user).sudo()
            found = own.search(own._get_visible_domain(user.partner_id))
            self.assertEqual(self.meeting.sudo() in found, sees, user.login)

    def test_the_data_of_a_person(self):
        """Whoever takes the data of others out reads no agenda of the committee."""
        keeper = self._user("g_keeper", "smart_membership.group_membership_manager")
        self._committee_meeting(
            point_ids=[Command.create({"name": "In the barn again", "partner_id": self.asker.id})]
        )
        data = self.env["coop.personal.data"].with_user(keeper)
        sections = data._get_sections(self.asker.sudo(), self.company, {}, [])
        self.assertTrue(sections)
        self.assertNotIn("barn", json.dumps(sections, default=str))
