from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .expense_common import ExpenseCase


@tagged("post_install", "-at_install")
class TestClosing(ExpenseCase):
    """An Activity ends step by step: nothing is owed, reserved or left when it closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.env["account.move"].search(
            [("activity_id", "=", cls.workshop.id), ("state", "=", "posted")]
        ) or cls.env["account.move"].search(cls.workshop._get_invoice_domain())
        cls.services = new_test_user(
            cls.env(su=True),
            "x_services",
            "smart_membership.group_membership_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _closing(self, start=True, **values):
        closing = (
            self.env["coop.activity.closing"]
            .with_user(self.accountant)
            .create({"activity_id": self.workshop.id, "reason": "Enough", **values})
        )
        if start:
            closing.action_start()
        return closing

    def _pay(self, *moves):
        for move in moves:
            self.env["account.payment.register"].sudo().with_context(
                active_model="account.move", active_ids=move.ids
            ).create({})._create_payments()

    def _keys(self):
        return {row["key"] for row in self.workshop._get_closing_obstacles() if row["blocking"]}

    # ------------------------------------------------------------------
    # What remains
    # ------------------------------------------------------------------

    def test_what_remains(self):
        draft = self._invoice(self._line(100), post=False, activity_id=self.workshop.id)
        expense = self._expense()
        other = self.env["coop.budget.transfer"].create(
            {
                "source_id": self.workshop.id,
                "destination_id": self.studio.id,
                "amount": 5,
                "reason": "x",
            }
        )
        other._hand_in(self.member_partner)
        self.workshop._reserve(10, "purchase")
        closing = self._closing()
        keys = {"draft_invoices", "unpaid_invoices", "expenses", "transfers"}
        self.assertEqual(self._keys(), keys | {"reservation_purchase"})
        self.assertEqual(closing.blocking_count, 5)
        rows = {row["key"]: row for row in self.workshop._get_closing_obstacles()}
        self.assertEqual(rows["reservation_purchase"]["amount"], 10.0)
        self.assertEqual(rows["expenses"]["ids"], expense.ids)
        for line in closing.line_ids:
            self.assertTrue(line.advice)
            self.assertEqual(line.action_open()["res_model"], line.record_model)
        with self.assertRaisesRegex(UserError, "cannot close yet"):
            closing.action_finish()
        # Each is settled in its own way; the closing can rest meanwhile.
        draft.button_cancel()
        self._approve(expense)
        other._withdraw()
        self.env["coop.budget.reservation"].search(
            [("activity_id", "=", self.workshop.id), ("state", "=", "active")]
        )._release()
        self.assertEqual(self._keys(), {"unpaid_invoices"})
        closing.action_check()
        self.assertEqual(closing.blocking_count, 1)
        self._pay(self.invoice)
        closing.action_finish()
        self.assertEqual((closing.state, self.workshop.state), ("closed", "closed"))
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # What is left
    # ------------------------------------------------------------------

    def _shared(self):
        account = self.company.sudo().shared_services_account_id
        column = account.plan_id._column_name()
        lines = self.env["account.analytic.line"].sudo().search([(column, "=", account.id)])
        return self.company.currency_id.round(sum(lines.mapped("amount")))

    def test_what_is_left_goes_to_the_cooperative(self):
        closing = self._closing()
        self._pay(self.invoice)
        shared = self._shared()
        closing.action_finish()
        self.assertEqual(closing.settled_amount, 935.0)
        self.assertEqual((self.workshop.balance, self.workshop.available), (0.0, 0.0))
        self.assertEqual(self._shared(), shared + 935.0)
        self.assertEqual(closing.closed_by_id, self.accountant.partner_id)
        # No contribution, no claim on a person.
        self.assertFalse(closing.move_id.line_ids.filtered("partner_id"))
        self.assertEqual(set(closing.move_id.line_ids.mapped("display_type")), {"product"})
        with self.assertRaises(UserError):
            closing.move_id.sudo().button_draft()
        with self.assertRaises(UserError):
            closing.move_id.sudo()._reverse_moves()
        with self.assertRaises(UserError):
            closing.action_finish()
        self.assert_books_hold()

    def test_what_is_left_goes_to_another_activity(self):
        with self.assertRaises(ValidationError):
            self._closing(start=False, surplus_to="activity")
        closing = self._closing(surplus_to="activity", destination_id=self.studio.id)
        self._pay(self.invoice)
        closing.action_finish()
        self.assertEqual(self.studio.balance, 935.0)
        self.assertEqual(self.workshop.balance, 0.0)
        self.assert_books_hold()

    def test_not_to_somebody_else(self):
        other = self._create_member("Other Member")
        gallery = self.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": other.id, "state": "open"}
        )
        with self.assertRaisesRegex(ValidationError, "not an Activity of"):
            self._closing(start=False, surplus_to="activity", destination_id=gallery.id)

    def test_not_to_a_closed_one(self):
        closing = self._closing(surplus_to="activity", destination_id=self.studio.id)
        self._pay(self.invoice)
        self.studio.action_suspend()
        with self.assertRaisesRegex(UserError, "cannot receive"):
            closing.action_finish()
        closing.surplus_to = "fund"
        closing.action_finish()
        self.assertEqual(self.workshop.state, "closed")

    def _make_deficit(self):
        """Bring the Workshop below zero, as bookkeeping may: a bill larger than its budget."""
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.client_partner.id,
                "invoice_date": "2025-03-20",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Machine",
                            "price_unit": 1000,
                            "tax_ids": [],
                            "analytic_distribution": {
                                str(self.workshop.analytic_account_id.id): 100
                            },
                        }
                    )
                ],
            }
        )
        bill.action_post()

    def test_a_deficit_is_borne_by_the_cooperative(self):
        fund = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                {
                    "name": "Guarantee",
                    "plan_id": self.company.sudo().shared_services_account_id.plan_id.id,
                    "company_id": self.company.id,
                }
            )
        )
        self.company.sudo().activity_closing_account_id = fund
        self._make_deficit()
        closing = self._closing(surplus_to="activity", destination_id=self.studio.id)
        self._pay(self.invoice)
        self.assertEqual(self.workshop.balance, -65.0)
        closing.action_finish()
        self.assertEqual(closing.settled_amount, -65.0)
        # Never by a person, and never by another Activity of the member.
        self.assertEqual((self.workshop.balance, self.studio.balance), (0.0, 0.0))
        self.assertIn(str(fund.id), closing.move_id.line_ids[1].analytic_distribution)
        self.assertFalse(closing.move_id.line_ids.filtered("partner_id"))
        self.assert_books_hold()

    def test_nothing_left_makes_no_entry(self):
        closing = self._closing(activity_id=self.studio.id)
        closing.action_finish()
        self.assertEqual((closing.state, self.studio.state), ("closed", "closed"))
        self.assertFalse(closing.move_id)
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Meanwhile
    # ------------------------------------------------------------------

    def test_nothing_new_is_spent_meanwhile(self):
        waiting, draft = self._expense(), self._expense(2, submit=False)
        closing = self._closing()
        self.assertTrue(self.workshop.is_closing)
        for kind in ("purchase", "pledge", "investment", "transfer"):
            with self.assertRaisesRegex(UserError, "is being closed"):
                self.workshop._reserve(1, kind)
        with self.assertRaisesRegex(UserError, "is being closed"):
            draft.action_submit()
        # What was handed in is decided on, its taxes corrected, and wages are announced.
        waiting.with_user(self.colleague).tax_ids = [Command.set(self.low_tax.ids)]
        self._approve(waiting)
        self.workshop._reserve(1, "payroll")._release()
        closing.action_cancel()
        self.assertFalse(self.workshop.is_closing)
        draft.action_submit()
        self.assert_books_hold()

    def test_one_at_a_time(self):
        self._closing()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._closing(start=False)
        action = self.workshop.with_user(self.accountant).action_start_closing()
        self.assertEqual(action["res_id"], self.workshop.closing_ids.id)

    # ------------------------------------------------------------------
    # Opened again
    # ------------------------------------------------------------------

    def test_open_again(self):
        closing = self._closing()
        self._pay(self.invoice)
        closing.action_finish()
        with self.assertRaisesRegex(UserError, "Fill in why"):
            closing.action_reopen()
        closing.reopen_reason = "A client came back"
        closing.action_reopen()
        self.assertEqual((closing.state, self.workshop.state), ("reopened", "open"))
        self.assertEqual(self.workshop.balance, 935.0)
        self.assertFalse(self.workshop.is_closing)
        self.assert_books_hold()
        # And closed once more.
        again = self._closing()
        again.action_finish()
        self.assertEqual(self.workshop.balance, 0.0)
        self.assert_books_hold()

    def test_not_opened_again_past_the_closing(self):
        closing = self._closing()
        self._pay(self.invoice)
        closing.action_finish()
        with self.assertRaisesRegex(UserError, f"closed by {closing.name}"):
            self.workshop.action_open()
        self.assertEqual((self.workshop.state, closing.state), ("closed", "closed"))
        closing.reopen_reason = "A client came back"
        closing.action_reopen()
        self.workshop.action_suspend()
        self.workshop.action_open()
        self.assertEqual(self.workshop.state, "open")

    def test_not_closed_at_once_while_something_is_left(self):
        """Neither by the button of earlier days nor by a call; with nothing left it may be."""
        for user in (self.accountant, self.services):
            own = self.workshop.with_user(user)
            for close in (own.action_close, lambda own=own: own.write({"state": "closed"})):
                with (
                    self.assertRaisesRegex(UserError, "Workshop has a balance of .*935.00"),
                    self.env.cr.savepoint(),
                ):
                    close()
        self.assertEqual(self.workshop.state, "open")
        self._pay(self.invoice)
        self._closing().action_finish()
        self.assertEqual((self.workshop.state, self.workshop.balance), ("closed", 0.0))
        self.studio.with_user(self.services).action_close()
        self.assertEqual(self.studio.state, "closed")
        self.assert_books_hold()

    def test_closed_at_once_with_a_deficit(self):
        self._make_deficit()
        with self.assertRaisesRegex(UserError, "Workshop has a balance of .*-.*65.00"):
            self.workshop.action_close()

    # ------------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------------

    def test_what_was_counted_is_not_taken_back(self):
        self._pay(self.invoice)
        closing = self._closing()
        closing.action_finish()
        message = f"{self.invoice.name} is part of what {closing.name} settled"
        for user in (self.accountant, self.env.user):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                self.invoice.with_user(user).button_draft()
        self.assertEqual((self.invoice.state, self.workshop.balance), ("posted", 0.0))
        closing.reopen_reason = "A wrong client"
        closing.action_reopen()
        self.invoice.button_draft()
        self.assertEqual(self.workshop.balance, 0.0)
        self.assert_books_hold()

    def test_what_is_credited_later_is_borne_by_the_cooperative(self):
        self._pay(self.invoice)
        closing = self._closing(surplus_to="activity", destination_id=self.studio.id)
        closing.action_finish()
        self._refund(self.invoice, 200)
        self.assertEqual((self.workshop.state, self.workshop.balance), ("closed", 0.0))
        self.assertEqual(self.studio.balance, 935.0)
        entry = closing._get_late_entries()
        fund = self.company.sudo()._get_closing_account()
        [borne] = entry.line_ids.filtered(lambda one: str(fund.id) in one.analytic_distribution)
        self.assertEqual(borne.balance, 187.0)
        self.assertIn("187.00", closing.message_ids[0].body)
        self.assert_books_hold()
        # It stays, and is found.
        for undo in (entry.button_draft, entry._reverse_moves):
            with self.assertRaisesRegex(UserError, f"{entry.name} .*is an entry of the closing"):
                undo()
        self.assertIn(entry.id, closing.action_view_entries()["domain"][0][2])
        vals = {"coop_late_closing_id": closing.id}
        for user in (self.accountant, self.env.user):
            entries = self.env["account.move"].with_user(user)
            with self.assertRaisesRegex(UserError, "never by hand"):
                entries.create([{"move_type": "entry", **vals}])
            with self.assertRaisesRegex(UserError, "never by hand"):
                entries.browse(self.invoice.id).write(vals)

    def test_what_came_later_belongs_to_the_activity_that_opens_again(self):
        self._pay(self.invoice)
        closing = self._closing()
        closing.action_finish()
        refunds = self._refund(self.invoice, 200) | self._refund(self.invoice, 100)
        self.assertEqual(len(closing._get_late_entries()), 2)
        self._pay(*refunds)
        closing.reopen_reason = "A client came back"
        closing.action_reopen()
        self.assertEqual(self.workshop.balance, 654.5)
        self.assert_books_hold()
        again = self._closing()
        again.action_finish()
        self.assertEqual((again.settled_amount, self.workshop.balance), (654.5, 0.0))
        self.assert_books_hold()

    def test_a_bill_for_a_closed_activity_is_the_cooperatives(self):
        self._pay(self.invoice)
        closing = self._closing()
        closing.action_finish()
        self._make_deficit()
        self.assertEqual((self.workshop.balance, len(closing._get_late_entries())), (0.0, 1))
        self.assert_books_hold()

    def test_not_opened_again_when_the_money_is_spent(self):
        closing = self._closing(surplus_to="activity", destination_id=self.studio.id)
        self._pay(self.invoice)
        closing.action_finish()
        reservation = self.studio._reserve(900, "purchase")
        closing.reopen_reason = "A client came back"
        with self.assertRaisesRegex(UserError, "available"), self.env.cr.savepoint():
            closing.action_reopen()
        reservation._release()
        closing.action_reopen()
        self.assertEqual((self.workshop.balance, self.studio.balance), (935.0, 0.0))
        self.assertEqual(self.studio.reserved_amount, 0.0)
        self.assert_books_hold()

    def test_not_opened_again_for_who_left(self):
        closing = self._closing(activity_id=self.studio.id)
        closing.action_finish()
        closing.reopen_reason = "Why not"
        self.member.sudo()._write_decision({"state": "former", "date_end": fields.Date.today()})
        with self.assertRaisesRegex(UserError, "not a member any more"):
            closing.action_reopen()

    # ------------------------------------------------------------------
    # Rights, proof and the exit of a member
    # ------------------------------------------------------------------

    def test_rights(self):
        closing = self._closing(start=False)
        own = closing.with_user(self.services)
        own.action_start()
        with self.assertRaises(AccessError):
            own.action_finish()
        with self.assertRaises(AccessError):
            own.action_reopen()
        for vals in (
            {"settled_amount": 1},
            {"closed_at": "2025-01-01 00:00:00"},
            {"state": "closed"},
            {"move_id": self.invoice.id},
        ):
            with self.assertRaises(UserError):
                closing.write(vals)
        outsider = new_test_user(self.env(su=True), "x_nobody", "base.group_user")
        portal = new_test_user(
            self.env(su=True), "x_portal", "base.group_portal", partner_id=self.member_partner.id
        )
        for user in (outsider, portal):
            with self.assertRaises(AccessError):
                closing.with_user(user).read(["state"])
            for step in ("action_start", "action_finish", "action_cancel", "action_check"):
                with self.assertRaises(AccessError):
                    getattr(closing.with_user(user), step)()
            with self.assertRaises(AccessError):
                self.workshop.with_user(user).action_start_closing()
        own.action_cancel()

    def test_the_proof_finds_what_is_wrong(self):
        closing = self._closing()
        self._pay(self.invoice)
        closing.action_finish()
        self.env.flush_all()
        for statement, check in (
            (
                "UPDATE coop_activity_closing SET settled_amount = 934 WHERE id = %s",
                "closing_entry",
            ),
            (
                "UPDATE coop_activity SET reserved_amount = 5 WHERE id = "
                "(SELECT activity_id FROM coop_activity_closing WHERE id = %s)",
                "closed_activity",
            ),
            (
                "UPDATE account_analytic_line SET amount = amount - 5 WHERE id = "
                "(SELECT MIN(line.id) FROM account_analytic_line line "
                "JOIN account_move_line item ON item.id = line.move_line_id "
                "JOIN coop_activity_closing closing ON closing.move_id = item.move_id "
                "WHERE closing.id = %s)",
                "closed_activity",
            ),
        ):
            with self.subTest(check=check, statement=statement):
                self.assertIn(check, self._found_after(statement, closing.id))
        # A credit note that comes late is booked and settled: nothing is left to be found.
        self._refund(self.invoice)
        self.assertEqual(self.workshop.balance, 0)
        self.assertFalse(self.env["coop.ledger.check"]._run(self.company))

    def test_who_leaves_is_warned(self):
        Exit = self.env["coop.share.exit"].sudo()
        share_exit = Exit.create({"membership_id": self.member.id})
        self.assertEqual(share_exit.open_activity_ids, self.workshop | self.studio)
        self.assertFalse(
            Exit.new({"membership_id": self.member.id, "kind": "partial"}).open_activity_ids
        )
        self._closing(activity_id=self.studio.id).action_finish()
        share_exit.invalidate_recordset()
        self.assertEqual(share_exit.open_activity_ids, self.workshop)
        # Each of them gets its closing, once.
        for _click in range(2):
            action = share_exit.with_user(self.services).action_close_activities()
        closings = self.env["coop.activity.closing"].search(action["domain"])
        self.assertEqual(
            closings.filtered(lambda one: one.state == "draft").activity_id, self.workshop
        )
        self.assertEqual(len(closings), 2)
        share_exit.action_submit()
        self.assertEqual(share_exit.state, "submitted")
        self.assertIn("Still open", str(share_exit.message_ids.mapped("body")))
