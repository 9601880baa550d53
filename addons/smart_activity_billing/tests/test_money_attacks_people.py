from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .expense_common import ExpenseMixin
from .transfer_common import TransferCase


@tagged("post_install", "-at_install")
class TestMoneyAttacksOfInsiders(ExpenseMixin, TransferCase):
    """Who may decide for others, and tries to decide for themselves by a detour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The accountant of the transfers is replaced by the two of the expenses.
        cls._set_up_expenses()

    def assert_refused(self, attempt, *args, error=UserError):
        with self.assertRaises(error), self.cr.savepoint():
            attempt(*args)
        self.env.invalidate_all()

    # One's own expense

    def test_nobody_steps_out_to_approve(self):
        """Not to manage an Activity for the minute in which its expense is approved."""
        self.workshop.sudo().manager_ids += self.colleague.partner_id
        expense = self._expense()
        workshop = self.workshop.with_user(self.colleague)
        person = self.colleague.partner_id
        self.assert_refused(expense.with_user(self.colleague).action_approve)
        self.assert_refused(workshop.write, {"manager_ids": [Command.unlink(person.id)]})
        self.assert_refused(
            workshop.web_save, {"manager_ids": [[6, 0, self.member_partner.ids]]}, {}
        )
        self.assertIn(person, self.workshop.manager_ids)
        gallery = self.gallery.with_user(self.colleague)
        self.assert_refused(gallery.write, {"manager_ids": [Command.link(person.id)]})
        self.assert_refused(expense.with_user(self.colleague).action_approve)
        workshop.write({"name": "Workshop, renamed", "manager_ids": [Command.link(person.id)]})
        # A colleague may change it, and who is a manager may change the others.
        other = self._create_member("Third").partner_id
        workshop.write({"manager_ids": [Command.link(other.id)]})
        self.workshop.with_user(self.accountant).manager_ids -= person
        self.assertEqual(self.workshop.manager_ids, self.member_partner | other)

    def test_the_member_of_an_activity_is_not_changed_meanwhile(self):
        membership = (
            self.env["coop.membership"]
            .sudo()
            .create({"partner_id": self.colleague.partner_id.id, "company_id": self.company.id})
        )
        self.studio.sudo().membership_id = membership
        self.studio.sudo().manager_ids = self.member_partner
        studio = self.studio.with_user(self.colleague)
        self.assert_refused(studio.write, {"membership_id": self.member.id})
        self.assertEqual(self.studio.partner_id, self.colleague.partner_id)

    def test_a_corrected_entry_pays_nobody_else(self):
        """Reversed and entered anew, the expense stays what a colleague approved."""
        expense = self._expense()
        self._approve(expense)
        receipt = expense.move_id.with_user(self.colleague)
        receipt._reverse_moves([{"invoice_date": "2025-04-01"}], cancel=True)
        thief = self.env["res.partner"].sudo().create({"name": "Friend"})
        values = {
            "move_type": "in_receipt",
            "invoice_date": "2025-04-01",
            "invoice_line_ids": [
                Command.create({"name": "Anew", "price_unit": 5000, "coop_expense_id": expense.id})
            ],
        }
        Move = self.env["account.move"].with_user(self.colleague)
        forged = Move.create({**values, "partner_id": thief.id})
        self.assert_refused(forged.action_post)
        # And who manages the Activity does not raise what the others approved.
        self.workshop.sudo().manager_ids += self.colleague.partner_id
        raised = Move.create({**values, "partner_id": expense.partner_id.id})
        self.assert_refused(raised.action_post)
        self.assertEqual(expense.move_id, receipt)

    def test_reimbursed_once(self):
        expense = self._expense()
        self._approve(expense)
        self.assert_refused(expense.with_user(self.colleague).action_approve)
        self.assert_refused(expense.with_user(self.accountant).action_reset_to_draft)
        receipt = expense.move_id.with_user(self.colleague)
        for context in ({}, {"force_delete": True, "dynamic_unlink": True}):
            move = receipt.with_context(**context)
            self.assert_refused(move.button_draft)
            self.assert_refused(move.button_cancel)
            self.assert_refused(move.unlink)
            self.assert_refused(move.line_ids[0].unlink)
        copied = expense.with_user(self.accountant).copy()
        self.assertEqual((copied.state, copied.move_id.ids), ("draft", []))
        self.assert_refused(copied.action_submit)

    # A transfer

    def test_the_back_office_does_not_accept_what_it_asked(self):
        transfer = self._transfer().with_user(self.services)
        transfer.action_submit()
        self.assert_refused(transfer.action_approve, error=AccessError)
        self.assert_refused(
            transfer.with_context(default_submitted_by_id=False, allowed_company_ids=[]).write,
            {"submitted_by_id": self.receiver.partner_id.id},
        )
        self.assertEqual(transfer.state, "submitted")
        transfer.with_user(self.receiver).action_approve()
        self.assertEqual(transfer.state, "posted")

    def test_nobody_takes_from_others_for_an_own_activity(self):
        """A member who works in the office asks in the name of the giver, and accepts."""
        self.gallery.sudo().manager_ids += self.accountant.partner_id
        transfer = self._transfer().with_user(self.accountant)
        transfer.action_submit()
        self.assertEqual(transfer.state, "submitted")
        self.assert_refused(transfer.action_approve, error=AccessError)
        approvers = transfer.sudo().approval_ids.partner_id
        self.assertNotIn(self.accountant.partner_id, approvers)
        self.assertEqual(self.gallery.balance, 0)

    # The guarantee

    def test_nobody_lets_the_guarantee_bear_the_own_invoice(self):
        self.company.sudo().bad_debt_account_id = self.company_data["default_account_expense"]
        invoice = self._invoice(
            self._line(100, {self.studio: 100}), invoice_date_due="2025-03-20"
        ).with_user(self.colleague)
        self.studio.sudo().manager_ids += self.colleague.partner_id
        wizard = (
            self.env["coop.bad.debt.write.off"]
            .with_user(self.colleague)
            .create({"invoice_id": invoice.id, "reason": "Never paid"})
        )
        with self.assertRaisesRegex(UserError, "of your own"):
            wizard.action_apply()

    def test_merging_contacts_takes_no_activity(self):
        """Who merges contacts would be the member, and the member's Activities their own."""
        before = self.workshop.manager_ids
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.accountant)
        with self.assertRaises(UserError), self.cr.savepoint():
            wizard.create(
                {
                    "partner_ids": [
                        Command.set([self.accountant.partner_id.id, self.member_partner.id])
                    ],
                    "dst_partner_id": self.accountant.partner_id.id,
                }
            ).action_merge()
        self.env.invalidate_all()
        self.assertEqual(self.workshop.manager_ids, before)
