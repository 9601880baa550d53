from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .campaign_common import CampaignCase

# Read by auditors too, or by buyers only; written by buyers or by the system.
READ_ONLY = (
    "coop.purchase.pledge",
    "coop.purchase.pledge.line",
    "coop.purchase.campaign.event",
    "coop.purchase.notice",
    "coop.purchase.demand",
)
WRITTEN = (
    "coop.purchase.campaign",
    "coop.purchase.campaign.product",
    "coop.purchase.campaign.tier",
    "coop.purchase.need",
)
PRIVATE = ("coop.purchase.notice", "coop.purchase.demand", "coop.purchase.need")


@tagged("post_install", "-at_install")
class TestCampaignSecurity(CampaignCase):
    """Who reads and writes what, in the back office and by remote calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.employee = new_test_user(su, "c_employee", "base.group_user", **company)
        cls.auditor = new_test_user(su, "c_auditor", "account.group_account_readonly", **company)
        other = cls.setup_other_company()["company"]
        cls.outsider = new_test_user(
            su,
            "c_outsider",
            "smart_purchasing_central.group_purchasing_manager",
            company_id=other.id,
            company_ids=other.ids,
        )

    def test_access_by_role(self):
        for user, reads, writes in (
            (self.giver, False, False),
            (self.employee, False, False),
            (self.auditor, True, False),
            (self.buyer, True, True),
            (self.manager, True, True),
        ):
            for model in READ_ONLY + WRITTEN:
                with self.subTest(user=user.login, model=model):
                    Model = self.env[model].with_user(user)
                    auditor = user == self.auditor and model in PRIVATE
                    self.assertEqual(Model.has_access("read"), reads and not auditor)
                    for operation in ("write", "create", "unlink"):
                        allowed = writes and model in WRITTEN
                        self.assertEqual(Model.has_access(operation), allowed)

    def test_another_company_sees_nothing(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=1)
        need = (
            self.env["coop.purchase.need"]
            .sudo()
            .create(
                {
                    "partner_id": self.giver.partner_id.id,
                    "company_id": self.company.id,
                    "product_id": self.coffee.id,
                    "quantity": 1,
                }
            )
        )
        demand = self.env["coop.purchase.demand"].sudo().search([("need_id", "=", need.id)])
        for records in (
            campaign,
            campaign.product_ids,
            campaign.product_ids.tier_ids,
            campaign.event_ids,
            pledge,
            pledge.line_ids,
            need,
            demand,
        ):
            with self.subTest(records._name):
                self.assertTrue(records)
                foreign = records.with_user(self.outsider)
                self.assertFalse(foreign.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])

    def test_strangers_go_no_step(self):
        campaign = self._campaign()
        draft = self._campaign(opened=False)
        self._pledge(campaign, self.workshop, coffee=1)
        for user in (self.giver, self.employee, self.auditor, self.outsider):
            mine = campaign.with_user(user)
            for step in (
                draft.with_user(user).action_open,
                mine.action_freeze,
                mine.action_boxfill,
                mine.action_extend,
                mine.action_reopen,
                mine.action_split,
                mine.action_cancel,
            ):
                with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                    step()
        self.assertEqual((campaign.state, draft.state), ("open", "draft"))

    def test_the_wizard_asks_for_the_right_too(self):
        campaign = self._campaign()
        Change = self.env["coop.purchase.campaign.change"]
        with self.assertRaises(AccessError):
            Change.with_user(self.auditor).create(
                {"campaign_id": campaign.id, "kind": "cancel", "reason": "Mine"}
            )
        change = Change.with_user(self.buyer).create(
            {"campaign_id": campaign.id, "kind": "cancel", "reason": "Mine"}
        )
        with self.assertRaises(AccessError):
            change.action_apply()
        self.assertEqual(campaign.state, "open")

    def test_the_form_for_somebody_tells_nothing_of_another_company(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=1)
        values = {
            "campaign_id": campaign.id,
            "partner_id": pledge.partner_id.id,
            "activity_id": self.workshop.id,
        }
        Make = self.env["coop.purchase.pledge.make"]
        self.assertEqual(Make.with_user(self.buyer).create(dict(values)).line_ids.wanted, 1)
        foreign = Make.with_user(self.outsider).create(dict(values))
        self.assertFalse(foreign.sudo().line_ids)
        self.assertFalse(foreign.known)
        with self.assertRaises(AccessError):
            foreign.reason = "By phone"
            foreign.action_withdraw()

    def test_decided_fields_are_nobodys(self):
        forged = self._campaign(opened=False, state="frozen")
        self.assertEqual(forged.state, "draft")
        with self.assertRaises(UserError):
            forged.with_user(self.buyer).write({"state": "open"})
        campaign = self._campaign()
        with self.assertRaises(AccessError):
            self._pledge(campaign, self.workshop, coffee=1).with_user(self.buyer).state = "settled"
        with self.assertRaises(AccessError):
            campaign.event_ids.with_user(self.buyer).reason = "Because"
