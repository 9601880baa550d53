from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestMoneyAttacksOnShares(ExitCase):
    """What a clerk with ordinary rights could try to get shares, or the money of shares."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.clerk = new_test_user(
            cls.env, "attack_clerk", "account.group_account_invoice", **company
        )

    def _pay_without_entry(self, calls, amount, **values):
        """A payment that was made known without an entry, as remote calls can."""
        payment = (
            self.env["account.payment"]
            .with_user(self.clerk)
            .create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": calls[0].partner_id.id,
                    "amount": amount,
                    "journal_id": self.bank_journal.id,
                    "invoice_ids": [Command.set(calls.ids)],
                    **values,
                }
            )
        )
        payment.write({"outstanding_account_id": False})
        payment.write({"state": "in_process"})
        self.assertFalse(payment.move_id, "the payment has an entry: this proves nothing")
        calls.invalidate_recordset()
        calls.share_subscription_ids._settle()

    def test_a_cent_pays_no_shares(self):
        subscription = self._subscribe(10)
        self._pay_without_entry(subscription.capital_call_id, 0.01)
        self.assertEqual(subscription.state, "approved")
        self.assertEqual(self._held(subscription.partner_id), 0)

    def test_one_payment_pays_one_call(self):
        first, second = self._subscribe(2), self._subscribe(2)
        self._pay_without_entry(first.capital_call_id | second.capital_call_id, first.amount_total)
        self.assertEqual(self._held(first.partner_id) + self._held(second.partner_id), 0)

    def test_what_is_paid_in_full_issues_the_shares(self):
        subscription = self._subscribe(2)
        self._pay_without_entry(subscription.capital_call_id, subscription.amount_total)
        self.assertEqual(self._held(subscription.partner_id), 2)

    def test_a_credit_note_by_hand_pays_no_shares(self):
        subscription = self._subscribe(2)
        call = subscription.capital_call_id
        rebate = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": call.partner_id.id,
                "invoice_date": call.invoice_date,
                "journal_id": self.company_data["default_journal_sale"].id,
                "invoice_line_ids": [
                    Command.create({"name": "Rebate", "price_unit": 99, "tax_ids": []})
                ],
            }
        )
        rebate.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id = self.called
        rebate.action_post()
        lines = (call | rebate).line_ids.filtered(lambda line: line.account_id == self.called)
        lines.reconcile()
        self._pay(subscription, 1)
        self.assertEqual(call.amount_residual, 0)
        self.assertEqual(self._held(subscription.partner_id), 0)

    def test_a_call_is_not_copied_by_a_context(self):
        call = self._subscribe(2).capital_call_id.with_user(self.accountant)
        for context in ({}, {"move_reverse_cancel": True}, {"coop_capital": True}):
            with self.subTest(context=context), self.assertRaises(UserError):
                call.with_context(**context).copy()

    def test_the_separation_is_paid_to_nobody_else(self):
        membership = self._member(4)
        share_exit = self._exit(membership).with_user(self.services)
        other = self.env["res.partner"].create({"name": "Friend of the clerk"})
        account = self.env["res.partner.bank"].create(
            {"acc_number": "BE71096123456769", "partner_id": other.id}
        )
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            share_exit.write({"bank_account_id": account.id})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            share_exit.write({"beneficiary_id": self.services.partner_id.id})
        self.assertFalse(share_exit.bank_account_id)
        self.assertFalse(share_exit.beneficiary_id)
        own = account.copy(
            {"acc_number": "BE68539007547034", "partner_id": membership.partner_id.id}
        )
        share_exit.write({"bank_account_id": own.id})
        self.assertEqual(share_exit.bank_account_id, own)
