from odoo import fields, models
from odoo.exceptions import AccessError, UserError

ACCOUNTANT = "account.group_account_user"


class CoopExpense(models.Model):
    """The way of an expense: handed in, approved by an accountant, booked; or refused."""

    _inherit = "coop.expense"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand in expenses that came on paper."""
        self._check_accountant()
        self._submit(self.env.user.partner_id)
        return True

    def action_approve(self):
        """Approve expenses, and book them as receipts to be paid to the members.

        :raise UserError: naming the first one that cannot be approved, and why
        """
        self._check_accountant()
        self._approve(self.env.user.partner_id)
        return True

    def action_refuse(self):
        """Ask why expenses are refused.

        :raise UserError: one of them does not wait for a decision
        """
        self._check_accountant()
        self._check_state("submitted")
        return {
            "name": self.env._("Refuse"),
            "type": "ir.actions.act_window",
            "res_model": "coop.expense.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_expense_ids": self.ids},
        }

    def action_withdraw(self):
        """Take back expenses on which nobody decided."""
        self._check_accountant()
        self._withdraw()
        return True

    def action_reset_to_draft(self):
        """Make refused expenses drafts again, to correct them."""
        self._check_accountant()
        self._reset_to_draft()
        return True

    def action_view_receipt(self):
        """Open the entry that books this expense."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.move_id.display_name,
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.move_id.id,
        }

    def action_view_reversals(self):
        """Open the credit notes that take this expense back."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Reversals of %(expense)s", expense=self.name),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("reversed_entry_id", "=", self.move_id.id)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _submit(self, person):
        """Check and hand in, in the name of ``person``."""
        self._check_state("draft")
        self._check_spendable()
        self._check_payee()
        self._check_receipts()
        self._check_duplicates(person)
        self._hand_in(person)

    def _approve(self, person):
        """Book what was handed in; of several, all or none."""
        self._take_turn()
        self._check_state("submitted")
        self._check_not_own(person)
        self._check_spendable()
        self._check_has_receipt()
        moves = self._book()
        decision = self._prepare_decision(person)
        for expense, move in zip(self, moves, strict=True):
            expense._write_decision({"state": "posted", "move_id": move.id, **decision})
        self._mail("approved")

    def _refuse(self, person, reason):
        self._check_not_own(person)
        super()._refuse(person, reason)
        self._mail("refused")

    def _reset_to_draft(self):
        self._take_turn()
        self._check_state("refused")
        self._write_decision(
            {
                "state": "draft",
                "reservation_id": False,
                "submitted_by_id": False,
                "submission_date": False,
                "decided_by_id": False,
                "decision_date": False,
                "refusal_reason": False,
                "duplicate_confirmed": False,
            }
        )

    def _reserve_again(self):
        """Hold what the corrected expense needs."""
        self._take_turn()
        self._check_state("submitted")
        self._release_budget()
        reservation = self.activity_id._reserve(
            self._get_spent_amount(),
            self._reservation_kind,
            origin=self,
            override_reason=self.override_reason or None,
        )
        self._write_decision({"reservation_id": reservation.id})

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_accountant(self):
        """Let accountants handle expenses, whatever others may write.

        :raise AccessError: for everybody else
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only accountants decide on expenses."))

    def _check_not_own(self, person):
        """Nobody decides on the own expense, whatever the rights.

        :raise UserError: naming the expense
        """
        for expense in self:
            managers = expense.activity_id.manager_ids | expense.activity_id.partner_id
            if person in (expense.partner_id | expense.submitted_by_id | managers):
                raise UserError(
                    self.env._(
                        "%(expense)s is your own: you handed it in, it is paid to you, or you "
                        "manage %(activity)s. Ask a colleague to decide on it.",
                        expense=expense.display_name,
                        activity=expense.activity_id.name,
                    )
                )

    def _check_spendable(self):
        """Check what may have changed since it was typed in: at handing in, and at approval.

        :raise UserError: naming the expense, and what to do
        """
        today = fields.Date.context_today(self)
        for expense in self:
            # The names are no secret to who asks, and members may not read all of it.
            own = expense.sudo()
            if own.activity_id.state != "open" or not own.activity_id.active:
                raise UserError(
                    self.env._(
                        "%(activity)s is not open, so it cannot pay %(expense)s.",
                        activity=own.activity_id.display_name,
                        expense=expense.display_name,
                    )
                )
            if not own.product_id.can_be_coop_expense or own.product_id.coop_expense_refusal:
                raise UserError(own._describe_category_refusal())
            if expense.date > today:
                raise UserError(
                    self.env._(
                        "The date of %(expense)s lies in the future: enter the day on the receipt.",
                        expense=expense.display_name,
                    )
                )

    def _check_payee(self):
        """Only who manages the Activity spends for it.

        :raise UserError: naming the member
        """
        for expense in self:
            activity = expense.activity_id
            if expense.partner_id not in (activity.manager_ids | activity.partner_id):
                raise UserError(
                    self.env._(
                        "%(member)s does not manage %(activity)s: choose another Activity.",
                        member=expense.partner_id.name,
                        activity=activity.display_name,
                    )
                )

    def _describe_category_refusal(self):
        return self.product_id.coop_expense_refusal or self.env._(
            "“%(category)s” is no category of expenses: choose another one.",
            category=self.product_id.name,
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _mail(self, event):
        """Queue the fixed mail of an event to the members who have an address."""
        reachable = self.filtered("partner_id.email_normalized")
        if reachable:
            # Accountants send the fixed text of the template and need no right to edit it.
            template = self.env.ref(f"smart_activity_billing.mail_template_expense_{event}").sudo()
            template.send_mail_batch(
                reachable.ids, email_layout_xmlid="mail.mail_notification_light"
            )
