from odoo import models
from odoo.exceptions import UserError


class CoopExpense(models.Model):
    """The way of a supplier's bill: approving posts its draft, refusing cancels it."""

    _inherit = "coop.expense"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_bill(self):
        """Open the bill of the supplier, to correct it while it is a draft."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.bill_id.display_name,
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.bill_id.id,
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _submit(self, person):
        bills = self.filtered(lambda one: one.payee == "supplier" and not one.bill_id)
        if bills:
            bills._check_state("draft")
            bills._check_receipts()
            bills._draft_bill()
        super()._submit(person)

    def _refuse(self, person, reason):
        super()._refuse(person, reason)
        self._cancel_bills()

    def _withdraw(self):
        super()._withdraw()
        self._cancel_bills()

    def _reset_to_draft(self):
        super()._reset_to_draft()
        for expense in self.filtered("bill_id"):
            # A new draft is made of the corrected bill; this one was cancelled and never posted.
            bill = expense.sudo().bill_id
            expense._write_decision({"bill_id": False})
            bill.with_context(force_delete=True).unlink()

    def _cancel_bills(self):
        # Who refuses or withdraws need not have a right on bills.
        drafts = self.sudo().bill_id.filtered(lambda bill: bill.state == "draft")
        if drafts:
            drafts.button_cancel()

    # ------------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------------

    def _book(self):
        bills = self.filtered("bill_id")
        if not bills:
            return super()._book()
        bills._post_bills()
        others = self - bills
        moves = super(CoopExpense, others)._book() if others else self.env["account.move"]
        booked = dict(zip(others, moves, strict=True))
        return moves.browse((booked.get(expense) or expense.bill_id).id for expense in self)

    def _post_bills(self):
        """Post the drafts, as the accountant corrected them, and take the money out.

        :raise UserError: a bill costs more than was handed in, and the Activity does not have it
        """
        self._check_suppliers()
        self._follow_bill()
        for expense in self:
            # What was granted is held by the system.
            held = expense.sudo().reservation_id.remaining
            if expense.currency_id.compare_amounts(held, expense._get_spent_amount()):
                expense._check_costs_something()
                expense._reserve_again()
        self.bill_id._post_approved()
        self.sudo().reservation_id._consume_all()
        for expense in self:
            # To the cent of the taxes that were typed in.
            expense._take_amounts(expense.sudo().bill_id)

    def _check_suppliers(self):
        for expense in self.sudo().filtered(lambda one: not one.bill_id.partner_id):
            raise UserError(
                self.env._(
                    "%(expense)s: fill in the supplier of its draft bill first; the member wrote "
                    "“%(supplier)s”.",
                    expense=expense.name,
                    supplier=expense.shop,
                )
            )

    def _check_costs_something(self):
        if self.currency_id.compare_amounts(self._get_spent_amount(), 0) <= 0:
            raise UserError(
                self.env._(
                    "Nothing of the bill of %(expense)s is for %(activity)s any more: name the "
                    "Activity in its lines, or refuse it.",
                    expense=self.display_name,
                    activity=self.activity_id.display_name,
                )
            )

    def _replace_entry(self, move):
        """Take the modified version of a reversed entry for the one that books this."""
        self._take_turn()
        self._check_state("posted")
        self._check_replacement(move)
        vals = {"move_id": move.id}
        if self.bill_id:
            vals["bill_id"] = move.id
        self._write_decision(vals)
        self._take_amounts(move)

    def _check_replacement(self, move):
        """Refuse to pay somebody else, or to correct what pays the own Activity.

        :raise UserError: naming the entry and the expense
        """
        activity = self.activity_id
        people = activity.manager_ids | activity.partner_id | self.partner_id
        own = self.env.user.partner_id in people
        if own or move.commercial_partner_id != self.move_id.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(entry)s books %(expense)s in the place of its reversed entry: it pays the "
                    "same person, and a colleague posts it who does not manage %(activity)s.",
                    entry=move.display_name,
                    expense=self.display_name,
                    activity=activity.name,
                )
            )

    def _check_bills_wait(self):
        """Refuse to post the bill of what does not wait for a decision.

        :raise UserError: naming the expense and where it stands
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for expense in self.sudo().filtered(lambda one: one.state != "submitted"):
            raise UserError(
                self.env._(
                    "%(bill)s was handed in with %(expense)s, which is “%(state)s”: the member "
                    "hands it in again, or you make another bill.",
                    bill=expense.bill_id.display_name,
                    expense=expense.display_name,
                    state=labels[expense.state],
                )
            )
