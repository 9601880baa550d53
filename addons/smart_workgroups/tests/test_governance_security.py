from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .governance_common import GovernanceCase

# By model, who writes it by hand.
WRITTEN = (
    "coop.body",
    "coop.mandate",
    "coop.representation",
    "coop.training",
    "coop.training.record",
    "coop.edition",
    "coop.edition.phase",
    "coop.edition.question",
    "coop.edition.theme",
    "coop.workgroup",
    "coop.workgroup.member",
    "coop.meeting",
    "coop.meeting.point",
    "coop.meeting.presence",
    "coop.meeting.interpreter",
    "coop.document",
    "coop.writing",
)
# What the committee writes of its own meetings only: the rules say which these are.
COMMITTEE = (
    "coop.meeting",
    "coop.meeting.point",
    "coop.meeting.presence",
    "coop.meeting.interpreter",
)
KEPT = ("coop.meeting.minutes", "coop.document.version")
# What directors and the ethics committee do not read either.
OFFICE = ("coop.representation", "coop.training.record")


@tagged("post_install", "-at_install")
class TestGovernanceSecurity(GovernanceCase):
    """Who reads and writes what, in the back office and by remote calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._user(
            "g_foreign", "smart_workgroups.group_governance_manager", cls.other_company
        )
        cls.public = cls.env.ref("base.public_user")
        cls.workgroup = cls._workgroup(edition_id=cls._edition().id)
        cls.meeting = cls._frozen(cls._meeting(cls.workgroup))
        cls.board_meeting = cls.env["coop.meeting"].create(
            {
                "body_id": cls.board.id,
                "date_start": "2099-01-01 10:00:00",
                "point_ids": [Command.create({"name": "Secret"})],
            }
        )

    def test_access_by_role(self):
        for user, reads, writes in (
            (self.public, False, False),
            (self.portal, False, False),
            (self.employee, False, False),
            (self.director, True, False),
            (self.ethics, True, False),
            (self.secretary, True, True),
            (self.manager, True, True),
        ):
            for model in WRITTEN + KEPT:
                with self.subTest(user=user.login, model=model):
                    Model = self.env[model].with_user(user)
                    may = reads and (writes or model not in OFFICE)
                    # Who takes part reads the workgroup, and so its discussion.
                    part = model == "coop.workgroup" and user != self.public
                    self.assertEqual(Model.has_access("read"), may or part)
                    for operation in ("write", "create", "unlink"):
                        own = user == self.ethics and model in COMMITTEE
                        allowed = (writes or own) and model not in KEPT
                        self.assertEqual(Model.has_access(operation), allowed)

    def test_a_workgroup_is_read_by_who_takes_part(self):
        for user in (self.portal, self.employee):
            own = self.workgroup.with_user(user)
            self.assertFalse(own.has_access("read"))
            self.assertFalse(own.search([("id", "=", own.id)]))
            with self.assertRaises(AccessError):
                own.read(["name"])
        self.workgroup._join(self.portal.partner_id)
        own = self.workgroup.with_user(self.portal)
        self.assertEqual(own.read(["name"])[0]["name"], "Economic model")
        for name in ("member_ids", "meeting_ids", "document_ids"):
            with self.assertRaises(AccessError):
                own[name].mapped("display_name")
        with self.assertRaises(AccessError):
            own.write({"name": "Mine"})
        for method in ("action_open", "action_close", "action_plan_series"):
            with self.assertRaises(AccessError):
                getattr(own, method)()
        self.workgroup._get_line(self.portal.partner_id)._leave()
        self.assertFalse(own.has_access("read"))

    def test_meetings_of_a_body_are_read_by_who_sits_there(self):
        for user, reads in ((self.director, True), (self.ethics, False), (self.secretary, True)):
            for records in (self.board_meeting, self.board_meeting.point_ids):
                with self.subTest(user=user.login, model=records._name):
                    self.assertEqual(records.with_user(user).has_access("read"), reads)
            self.assertTrue(self.meeting.with_user(user).has_access("read"))
        # The group opens the screens; the mandate gives the right.
        self.env.cr.execute(
            "UPDATE coop_mandate SET date_start = '2020-01-01', date_end = '2021-01-01' "
            "WHERE id = %s",
            [self.mandate.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.board_meeting.with_user(self.director).has_access("read"))

    def test_files_follow_their_record(self):
        file = self.meeting.minutes_ids.attachment_id
        for user in (self.portal, self.portal_other, self.employee, self.public):
            with self.subTest(user=user.login):
                self.assertFalse(file.with_user(user).has_access("read"))
        self.assertTrue(file.with_user(self.director).has_access("read"))

    def test_another_company_sees_nothing(self):
        for records in (
            self.board,
            self.mandate,
            self.workgroup,
            self.workgroup.edition_id,
            self.workgroup.edition_id.phase_ids,
            self.workgroup.edition_id.question_ids,
            self.workgroup.member_ids,
            self.meeting,
            self.meeting.point_ids,
            self.meeting.presence_ids,
            self.meeting.minutes_ids,
        ):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                foreign = records.with_user(self.foreign).with_context(
                    allowed_company_ids=self.other_company.ids
                )
                self.assertFalse(foreign.search([("id", "in", records.ids)]))
                self.assertFalse(foreign[:1].has_access("read"))

    def test_decided_fields_are_not_given(self):
        """A form or a remote call does not start where only the actions lead."""
        for model, values in (
            ("coop.edition", {"name": "x", "state": "closed"}),
            ("coop.workgroup", {"name": "x", "state": "open"}),
            (
                "coop.meeting",
                {
                    "workgroup_id": self.workgroup.id,
                    "date_start": "2099-01-01 10:00:00",
                    "state": "closed",
                },
            ),
        ):
            Model = self.env[model].with_user(self.secretary)
            record = Model.with_context(default_state=values["state"]).create(values)
            self.assertEqual(record.state, "draft")
