from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

GROUP = "smart_workgroups.group_governance"


class GovernanceCase(TransactionCase):
    """A co-operative of its own with a Board, an ethics committee and a user for each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_env()
        cls._setup_people()
        cls._setup_bodies()

    @classmethod
    def _setup_env(cls):
        cls.company = cls.env["res.company"].create({"name": "Cooperative under Test"})
        cls.other_company = cls.env["res.company"].create({"name": "Another Cooperative"})
        cls.env.user.company_ids = [
            Command.link(company.id) for company in cls.company | cls.other_company
        ]
        context = {
            "allowed_company_ids": cls.company.ids,
            "lang": "en_US",
            "tracking_disable": True,
        }
        cls.env = cls.env(context=dict(cls.env.context, **context))

    @classmethod
    def _user(cls, login, groups, company=None, **values):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            **values,
        )

    @classmethod
    def _setup_people(cls):
        cls.secretary = cls._user("g_secretary", f"{GROUP}_user")
        cls.manager = cls._user("g_manager", f"{GROUP}_manager")
        cls.director = cls._user("g_director", f"{GROUP}_director")
        cls.ethics = cls._user("g_ethics", f"{GROUP}_ethics")
        cls.employee = cls._user("g_employee", "base.group_user")
        cls.portal = cls._user("g_portal", "base.group_portal")
        cls.portal_other = cls._user("g_portal_other", "base.group_portal")
        cls.stranger = cls._user("g_stranger", "base.group_portal", cls.other_company)
        cls.company.governance_secretary_id = cls.secretary
        cls.company.governance_lang_ids = cls.env["res.lang"].search([("code", "=", "en_US")])
        for user in (cls.director, cls.ethics, cls.portal, cls.portal_other):
            cls._member(partner=user.partner_id)
        cls._member(partner=cls.stranger.partner_id, company=cls.other_company)
        cls.staff = cls._member("Permanent Staff", category="staff").partner_id
        cls.second = cls._member("Second Director").partner_id

    @classmethod
    def _member(cls, name="Member", partner=None, category="user", company=None):
        partner = partner or cls.env["res.partner"].create({"name": name})
        membership = cls.env["coop.membership"].create(
            {
                "partner_id": partner.id,
                "company_id": (company or cls.company).id,
                "category_id": cls.env.ref(f"smart_membership.category_{category}").id,
            }
        )
        membership.action_activate()
        return membership

    @classmethod
    def _setup_bodies(cls):
        cls.today = fields.Date.today()
        cls.Mandate = cls.env["coop.mandate"]
        cls.board, cls.committee = cls.env["coop.body"].create(
            [
                {
                    "name": "Board",
                    "kind": "board",
                    "seats": 3,
                    "term_months": 48,
                    "company_id": cls.company.id,
                },
                {
                    "name": "Ethics Committee",
                    "kind": "ethics",
                    "seats": 2,
                    "term_months": 24,
                    "company_id": cls.company.id,
                },
            ]
        )
        cls.mandate = cls._mandate(cls.director.partner_id)
        cls.second_mandate = cls._mandate(cls.second)
        cls.ethics_mandate = cls._mandate(cls.ethics.partner_id, cls.committee)

    @classmethod
    def _mandate(cls, partner, body=None, start=0, **values):
        return cls.Mandate.create(
            {
                "body_id": (body or cls.board).id,
                "partner_id": partner.id,
                "date_start": cls.today + timedelta(days=start),
                **values,
            }
        )

    @contextmanager
    def assert_refused(self, error, text):
        """Expect a refusal whose message reads like this; nothing that was done before stays."""
        with self.assertRaisesRegex(error, text), self.cr.savepoint():
            yield
            self.env.flush_all()

    # ------------------------------------------------------------------
    # Workgroups
    # ------------------------------------------------------------------

    @classmethod
    def _edition(cls, state="work", **values):
        edition = cls.env["coop.edition"].create(
            {
                "name": "In Progress",
                "company_id": cls.company.id,
                "charter": "<p>Everybody is answered.</p>",
                "question_ids": [Command.create({"name": "What do we share?"})],
                **values,
            }
        )
        while edition.state != state:
            edition.action_next()
        return edition

    @classmethod
    def _workgroup(cls, opened=True, **values):
        workgroup = cls.env["coop.workgroup"].create(
            {"name": "Economic model", "company_id": cls.company.id, **values}
        )
        people = [
            (cls.director.partner_id, "director"),
            (cls.second, "director"),
            (cls.staff, "staff"),
            (cls.secretary.partner_id, "secretary"),
        ]
        cls.env["coop.workgroup.member"].create(
            [
                {"workgroup_id": workgroup.id, "partner_id": partner.id, "role": role}
                for partner, role in people
            ]
        )
        if opened:
            workgroup.action_open()
        return workgroup

    @classmethod
    def _meeting(cls, workgroup, days=7, points=("The rate",), **values):
        return cls.env["coop.meeting"].create(
            {
                "workgroup_id": workgroup.id,
                "date_start": fields.Datetime.now() + timedelta(days=days),
                "point_ids": [Command.create({"name": point}) for point in points],
                **values,
            }
        )

    @classmethod
    def _held(cls, meeting, outcome="discussed"):
        """Let a planned meeting be convoked, and held just now."""
        if meeting.state == "draft":
            meeting.action_convoke()
        meeting.date_start = fields.Datetime.now() - timedelta(hours=3)
        meeting.presence_ids[:2].write({"state": "present"})
        meeting.action_hold()
        meeting.point_ids.filtered(lambda point: not point.outcome).write({"outcome": outcome})
        return meeting

    @classmethod
    def _frozen(cls, meeting, outcome="discussed"):
        cls._held(meeting, outcome).action_freeze()
        return meeting
