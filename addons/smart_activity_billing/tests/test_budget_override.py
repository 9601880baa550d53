from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestBudgetOverride(ActivityCase):
    """How far below zero an Activity may go, who let it, and what holds its money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(100, {cls.workshop: 100}))
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.chief = new_test_user(
            cls.env(su=True),
            "t_chief",
            "account.group_account_user,smart_activity_billing.group_budget_override",
            **company,
        )
        cls.services = new_test_user(
            cls.env(su=True), "t_services", "smart_membership.group_membership_user", **company
        )

    def _override(self, amount):
        workshop = self.workshop.with_user(self.chief)
        return workshop._reserve(amount, "expense", override_reason="A tour abroad")

    def test_the_log_of_an_override(self):
        reservation = self._override(150)
        self.assertEqual(reservation.overdraft_amount, 56.5)
        self.assertEqual(reservation.override_by_id, self.chief)
        self.assertEqual(reservation.override_reason, "A tour abroad")
        message = self.workshop.message_ids[0]
        self.assertEqual(message.author_id, self.chief.partner_id)
        for text in (self.chief.name, "56.50", "A tour abroad"):
            self.assertIn(text, message.body)
        again = self._override(10)
        self.assertEqual(again.overdraft_amount, 10, "what was lacking before is not of this one")
        overdrawn = self.env["coop.activity"].search([("available", "<", 0)])
        self.assertIn(self.workshop, overdrawn)
        self.assert_books_hold()

    def test_an_override_that_was_not_needed_is_none(self):
        reservation = self._override(50)
        self.assertFalse(reservation.override_by_id)
        self.assertFalse(reservation.override_reason)
        self.assertEqual(reservation.overdraft_amount, 0)

    def test_the_limit_counts_the_whole_overdraft(self):
        self.company.sudo().activity_overdraft_limit = 60
        self._override(150)
        with self.assertRaisesRegex(UserError, "Workshop.*66.50.*60.00"):
            self._override(10)
        self._override(3.5)
        self.assertEqual(self.workshop.available, -60)
        self.company.sudo().activity_overdraft_limit = 0
        self._override(10)
        self.assertEqual(self.workshop.available, -70)

    def test_the_warn_policy_tells_by_how_much(self):
        self.company.sudo().activity_overdraft_policy = "warn"
        reservation = self.workshop._reserve(100, "expense")
        self.assertEqual(reservation.overdraft_amount, 6.5)
        self.assertFalse(reservation.override_by_id)

    @mute_logger("odoo.sql_db")
    def test_the_limit_is_not_negative(self):
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.company.sudo().activity_overdraft_limit = -1
            self.env.flush_all()
        self.assertIn("activity_overdraft_limit", str(caught.exception))

    def test_what_holds_the_money(self):
        self.workshop._reserve(10, "pledge", self.member, date_until="2031-05-12")
        transfer = self.env["coop.budget.transfer"].create(
            {"source_id": self.workshop.id, "destination_id": self.studio.id, "amount": 5}
        )
        transfer._hand_in(self.member.partner_id)
        reservation = transfer.reservation_id
        self.assertEqual(reservation.reference, transfer.display_name)
        holds = self.workshop._get_holds()
        self.assertEqual(
            [(hold["origin"], hold["url"], str(hold["date_until"] or "")) for hold in holds],
            [
                (transfer.display_name, f"/my/transfers/{transfer.id}", ""),
                (self.member.display_name, None, "2031-05-12"),
            ],
        )
        action = reservation.with_user(self.services).action_open_origin()
        self.assertEqual((action["res_model"], action["res_id"]), (transfer._name, transfer.id))

    def test_an_origin_opens_for_who_may_read_it(self):
        move = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        with_move = self.workshop._reserve(5, "purchase", move)
        with self.assertRaises(AccessError):
            with_move.with_user(self.services).action_open_origin()
        without = self.workshop._reserve(5, "purchase")
        self.assertFalse(without.reference)
        with self.assertRaises(UserError):
            without.action_open_origin()

    def test_settings(self):
        settings = self.env["res.config.settings"].sudo().with_company(self.company).create({})
        with Form(settings) as form:
            form.activity_overdraft_limit = 250
            form.budget_transfer_account_id = self.company_data["default_account_expense"]
        settings.execute()
        self.assertEqual(self.company.activity_overdraft_limit, 250)
        self.assertEqual(
            self.company.budget_transfer_account_id, self.company_data["default_account_expense"]
        )
