from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestSecurity(ActivityCase):
    """Who sees and does what with Activities, rates, reservations and checks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.reservation = cls.workshop._reserve(10, "expense")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.billing = new_test_user(su, "t_billing", "account.group_account_invoice", **company)
        cls.accountant = new_test_user(su, "t_accountant", "account.group_account_user", **company)
        cls.services = new_test_user(
            su, "t_services", "smart_membership.group_membership_user", **company
        )
        cls.employee = new_test_user(su, "t_employee", "base.group_user", **company)
        cls.portal = new_test_user(su, "t_portal", "base.group_portal", **company)
        cls.stranger = new_test_user(su, "t_stranger", "base.group_portal", **company)
        cls.workshop.sudo().manager_ids |= cls.portal.partner_id

    def test_managers_read_their_own_activities_in_the_portal(self):
        Activity = self.env["coop.activity"].with_user(self.portal)
        self.assertEqual(Activity.search([]), self.workshop)
        activity = Activity.browse(self.workshop.id)
        self.assertEqual((activity.balance, activity.available), (935.0, 925.0))
        self.assertEqual(
            self.env["coop.budget.reservation"].with_user(self.portal).search([]),
            self.reservation,
        )
        for record in (self.studio, self.workshop):
            with self.assertRaises(AccessError):
                record.with_user(self.stranger).read(["name", "balance"])
        with self.assertRaises(AccessError):
            self.studio.with_user(self.portal).read(["name"])

    def test_nobody_changes_anything_from_the_portal(self):
        for values in ({"name": "Mine"}, {"manager_ids": [(4, self.stranger.partner_id.id)]}):
            with self.assertRaises(AccessError):
                self.workshop.with_user(self.portal).write(values)
        for name in ("action_open", "action_suspend", "action_close"):
            with self.assertRaises(AccessError):
                getattr(self.workshop.with_user(self.portal), name)()
        with self.assertRaises(AccessError):
            self.reservation.with_user(self.portal).write({"remaining": 0})
        for model in ("coop.contribution.rate", "coop.ledger.check"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])
        with self.assertRaises(AccessError):
            self.env["coop.ledger.check"].with_user(self.portal).action_run()

    def test_a_client_does_not_see_the_contribution(self):
        client = new_test_user(self.env(su=True), "t_client", "base.group_portal")
        invoice = self._invoice(
            self._line(1000, {self.workshop: 100}), partner_id=client.partner_id.id
        )
        as_client = invoice.with_user(client)
        self.assertEqual(as_client.amount_total, invoice.amount_total)
        for name in ("contribution_amount", "contribution_summary", "activity_id"):
            with self.assertRaises(AccessError):
                as_client.read([name])
        lines = (
            self.env["account.move.line"].with_user(client).search([("move_id", "=", invoice.id)])
        )
        self.assertTrue(lines)
        self.assertNotIn("contribution", lines.mapped("display_type"))
        contribution = invoice.line_ids.filtered("activity_id")
        with self.assertRaises(AccessError):
            contribution.with_user(client).read(["balance"])

    def test_employees_without_a_role_see_nothing(self):
        for model in ("coop.activity", "coop.contribution.rate", "coop.budget.reservation"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).search([])

    def test_roles_of_the_back_office(self):
        self.workshop.with_user(self.services).description = "Known to member services"
        self.workshop.with_user(self.accountant).description = "And to accountants"
        self.assertEqual(self.workshop.with_user(self.billing).balance, 935.0)
        with self.assertRaises(AccessError):
            self.workshop.with_user(self.billing).name = "Not by billing"
        created = (
            self.env["coop.activity"]
            .with_user(self.services)
            .create({"name": "New", "membership_id": self.member.id})
        )
        self.assertTrue(created.analytic_account_id)
        for user in (self.services, self.accountant, self.billing):
            with self.assertRaises(AccessError):
                self.reservation.with_user(user).write({"remaining": 0})
        self.env["coop.ledger.check"].with_user(self.accountant).action_run()
        for user in (self.services, self.billing):
            with self.assertRaises(AccessError):
                self.env["coop.ledger.check"].with_user(user).action_run()

    def test_billing_clerks_post_with_the_contribution(self):
        invoice = self._invoice(self._line(1000, {self.studio: 100}), post=False)
        invoice.with_user(self.billing).action_post()
        self.assertEqual(self.studio.balance, 935.0)
        invoice.with_user(self.billing).button_draft()
        self.assertEqual(self.studio.balance, 0.0)

    def test_companies_do_not_see_each_other(self):
        other = self.setup_other_company()["company"]
        outsider = new_test_user(
            self.env(su=True),
            "t_outsider",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        for record in (self.workshop, self.rate, self.reservation):
            with self.assertRaises(AccessError):
                record.with_user(outsider).read(["display_name"])
