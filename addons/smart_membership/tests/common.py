from odoo import Command
from odoo.tests import TransactionCase, new_test_user

CATEGORY_USER = "smart_membership.category_user"
GROUP_USER = "smart_membership.group_membership_user"
GROUP_MANAGER = "smart_membership.group_membership_manager"


class MembershipCase(TransactionCase):
    """A company of its own with one antenna, two sectors and one user for each role.

    Its own company, so that the first member number is 1 whatever the database holds.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_env()
        cls._setup_users()
        cls._setup_records()

    @classmethod
    def _setup_env(cls):
        cls.company = cls.env["res.company"].create({"name": "Cooperative under Test"})
        cls.other_company = cls.env["res.company"].create({"name": "Another Cooperative"})
        companies = cls.company | cls.other_company
        cls.env.user.company_ids = [Command.link(company.id) for company in companies]
        context = {"allowed_company_ids": cls.company.ids, "tracking_disable": True}
        cls.env = cls.env(context=dict(cls.env.context, **context))

    @classmethod
    def _setup_users(cls):
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.services = new_test_user(cls.env, "test_services", GROUP_USER, **company)
        cls.manager = new_test_user(cls.env, "test_manager", GROUP_MANAGER, **company)
        cls.employee = new_test_user(cls.env, "test_employee", "base.group_user", **company)
        cls.portal = new_test_user(cls.env, "test_portal", "base.group_portal", **company)
        cls.portal_other = new_test_user(
            cls.env, "test_portal_other", "base.group_portal", **company
        )

    @classmethod
    def _setup_records(cls):
        cls.category = cls.env.ref(CATEGORY_USER)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact Person", "email": "contact@example.com", "phone": "+32 2 555 00 00"}
        )
        cls.antenna = cls.env["coop.antenna"].create(
            {"name": "Test Antenna", "code": "TST", "contact_ids": cls.contact.ids}
        )
        cls.sector = cls.env["coop.sector"].create({"name": "Test Sector"})
        cls.subsector = cls.env["coop.sector"].create(
            {"name": "Test Subsector", "parent_id": cls.sector.id}
        )

    @classmethod
    def _candidate(cls, name="Test Candidate", **values):
        partner = cls.env["res.partner"].create({"name": name})
        return cls.env["coop.membership"].create({"partner_id": partner.id, **values})

    @classmethod
    def _member(cls, name="Test Member", **values):
        membership = cls._candidate(name, **values)
        membership.action_activate()
        return membership
