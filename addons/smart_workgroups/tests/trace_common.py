from odoo import Command
from odoo.tests import TransactionCase, new_test_user

SECRETARY = "smart_workgroups.group_governance_user"
MANAGER = "smart_workgroups.group_governance_manager"


class TraceCase(TransactionCase):
    """A company of its own, whose chains begin at 1, with a secretary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Cooperative that Decides"})
        # A company to which a row can be moved.
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.env.user.company_ids = [
            Command.link(company.id) for company in cls.company | cls.other_company
        ]
        cls.env = cls.env(
            context=dict(
                cls.env.context, allowed_company_ids=cls.company.ids, tracking_disable=True
            )
        )
        cls.secretary = cls._user("trace_secretary", SECRETARY)
        cls.french = cls.env["res.lang"]._activate_lang("fr_BE")

    @classmethod
    def _user(cls, login, groups="base.group_portal", **values):
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        return new_test_user(cls.env, login, groups, **company, **values)

    @classmethod
    def _recommendation(cls, name="Open the co-operative to all trades", **values):
        return cls.env["coop.recommendation"].create({"name": name, **values})
