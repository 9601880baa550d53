from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from .expense_common import ExpenseMixin
from .investment_common import InvestmentCase


@tagged("post_install", "-at_install")
class TestInvestmentPortal(InvestmentCase, HttpCase):
    """What a member sees of the own investments, and nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        partner = cls.member.sudo().partner_id
        cls.member_user = new_test_user(
            cls.env(su=True), "v_member", "base.group_portal", partner_id=partner.id, **company
        )
        cls.other = cls._create_member("Other")
        cls.other_user = new_test_user(
            cls.env(su=True),
            "v_other",
            "base.group_portal",
            partner_id=cls.other.sudo().partner_id.id,
            **company,
        )
        cls.gallery = cls.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": cls.other.id, "state": "open"}
        )

    def _page(self, activity, login="v_member"):
        self.authenticate(login, login)
        return self.url_open(f"/my/activities/{activity.id}")

    def test_page_of_the_activity(self):
        investment = self._buy(1200, {self.workshop: 75, self.gallery: 25})
        self._write_off(investment, 3)
        page = self._page(self.workshop).text
        self.assertIn("Laser cutter", page)
        self.assertIn("your share", page)
        for amount in ("900.00", "225.00", "675.00"):
            self.assertIn(amount, page)
        self.assertNotIn("Gallery", page)
        self.assertEqual(self._page(self.workshop, "v_other").status_code, 404)

    def test_page_without_investments(self):
        self.assertNotIn("investments_title", self._page(self.studio).text)

    @freeze_time("2025-07-15")
    def test_what_ended(self):
        investment = self._buy()
        investment._check_state("active")
        investment.sudo()._dispose("loss", investment._fields["date_end"].to_date("2025-06-30"))
        [row] = self.workshop._get_portal_investments()
        self.assertEqual((row["ended"], row["book_value"]), ("Lost, stolen or broken", 0))
        with freeze_time("2026-08-01"):
            self.assertEqual(self.workshop._get_portal_investments(), [])

    def test_members_have_no_rights_by_rpc(self):
        investment = self._buy()
        for record in (investment, investment.share_ids, investment.movement_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.member_user).read(["company_id"])
        for step in ("action_dispose", "action_transfer", "action_depreciate"):
            with self.assertRaises(AccessError):
                getattr(investment.with_user(self.member_user), step)()

    def test_who_reads_and_who_changes(self):
        investment = self._buy()
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        for number, (group, may) in enumerate(
            {
                "account.group_account_readonly": False,
                "account.group_account_invoice": False,
                "smart_membership.group_membership_user": False,
                "account.group_account_user": True,
            }.items()
        ):
            user = new_test_user(self.env(su=True), f"v_role_{number}", group, **company)
            own = investment.with_user(user)
            self.assertEqual(own.book_value, 1200)
            self.assertEqual(own.share_ids.book_value, 1200)
            self.assertEqual(own.has_access("write"), may)
            if may:
                own.label = "Laser"
                with self.assertRaisesRegex(UserError, "by hand"):
                    own.purchase_value = 5
                with self.assertRaises(UserError):
                    own.unlink()
                own.action_depreciate()
            else:
                with self.assertRaises(AccessError):
                    own.action_depreciate()

    def test_other_company_sees_nothing(self):
        investment = self._buy()
        company = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        user = new_test_user(
            self.env(su=True),
            "v_elsewhere",
            "account.group_account_user",
            company_id=company.id,
            company_ids=company.ids,
        )
        for record in (investment, investment.share_ids, investment.movement_ids):
            self.assertFalse(record.with_user(user).search([("id", "in", record.ids)]))

    def test_movements_are_a_trail(self):
        movements = self._buy().movement_ids
        with self.assertRaisesRegex(UserError, "trail"):
            movements.sudo().unlink()
        with self.assertRaisesRegex(UserError, "trail"):
            movements.sudo().cost = 5

    def test_smart_buttons(self):
        investment = self._buy()
        bill, asset = investment.bill_id, investment.asset_id
        self.assertEqual(self.workshop.investment_count, 1)
        self.assertEqual(bill.coop_investment_count, 1)
        self.assertEqual(bill.action_view_coop_investments()["res_id"], investment.id)
        self.assertEqual(asset.action_view_coop_investment()["res_id"], investment.id)
        domain = self.workshop.action_view_investments()["domain"]
        self.assertEqual(self.env["coop.investment"].search(domain), investment)
        found = self.env["coop.investment"].search([("coop_activity_ids", "in", self.workshop.ids)])
        self.assertEqual(found, investment)


@tagged("post_install", "-at_install")
class TestInvestmentExpense(ExpenseMixin, InvestmentCase):
    """A member hands in a bill for what lasts, no receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_expenses()
        cls._invoice(cls._line(5000, {cls.workshop: 100}))

    def test_durable_goods_are_refused_from_the_threshold_on(self):
        self.material.can_be_investment = True
        self._expense(shade=1, total=1209.0)
        with self.assertRaisesRegex(UserError, "is an investment.*invoice in the name"):
            self._expense(shade=2, total=1210.0)

    def test_what_does_not_last_is_no_investment(self):
        expense = self._expense(shade=3, total=2420.0)
        expense.with_user(self.colleague).action_approve()
        self.assertEqual(expense.state, "posted")
        self.assertFalse(expense.move_id.line_ids.coop_investment_id)
        self.assert_whole()

    def test_threshold_lowered_before_the_approval(self):
        self.material.can_be_investment = True
        expense = self._expense(shade=4, total=605.0)
        self.company.investment_threshold = 100
        expense.with_user(self.colleague).action_approve()
        self.assertFalse(expense.move_id.line_ids.asset_id)
        self.assert_whole()
