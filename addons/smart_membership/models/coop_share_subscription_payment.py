from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..capital import as_capital


class CoopShareSubscription(models.Model):
    """The capital call of a subscription, and the shares that its payment issues.

    What the register should say follows from what is paid; ``_settle`` adds the movement that is
    missing, if any. So it does not matter how often or in which order payments come and go.
    """

    _inherit = "coop.share.subscription"

    # ------------------------------------------------------------------
    # The call
    # ------------------------------------------------------------------

    def _create_capital_call(self):
        """Create and post the document that asks the subscriber to pay."""
        self.ensure_one()
        # Who records the Board's decision need not be an accountant.
        Move = as_capital(self.env["account.move"].sudo()).with_company(self.company_id)
        call = Move.create(self._prepare_capital_call())
        call.action_post()
        # Now, so that showing the way to the call needs to write nothing.
        call._portal_ensure_token()
        return call

    def _prepare_capital_call(self):
        share_class = self.share_class_id
        return {
            "move_type": "out_invoice",
            "journal_id": share_class.journal_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "partner_id": self.partner_id.id,
            "share_class_id": share_class.id,
            "invoice_payment_term_id": share_class.payment_term_id.id,
            "invoice_origin": self.name,
            # Nobody sold anything.
            "invoice_user_id": False,
            "fiscal_position_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.with_context(lang=self.partner_id.lang)._describe(),
                        "quantity": self.quantity,
                        "price_unit": self.unit_price,
                        "account_id": share_class.capital_account_id.id,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _cancel_capital_calls(self):
        """Take back what was called and not paid, by a credit note that settles the call."""
        for subscription in self.filtered("capital_call_id"):
            # The call goes with the subscription, whoever may withdraw that.
            call = as_capital(subscription.capital_call_id.sudo())
            if call.currency_id.compare_amounts(call.amount_residual, call.amount_total):
                raise UserError(
                    self.env._(
                        "%(amount)s of %(subscription)s was paid already. Pay it back or undo the "
                        "reconciliation first, then cancel.",
                        amount=call.currency_id.format(call.amount_total - call.amount_residual),
                        subscription=subscription.display_name,
                    )
                )
            call._reverse_moves([{"invoice_date": call.invoice_date}], cancel=True)

    # ------------------------------------------------------------------
    # The shares
    # ------------------------------------------------------------------

    def _settle(self):
        """Bring the register in line with what is paid on the capital calls."""
        for subscription in self.filtered(lambda one: one.state in ("approved", "paid")):
            issued, paid_up = subscription._get_issued()
            due = subscription._get_paid_up_due(issued, paid_up)
            vals = subscription._prepare_missing_movement(issued, paid_up, due)
            if vals and not subscription._still_holds(vals):
                subscription._alert_payment_lost(taken_back=False)
            elif vals:
                # The register has no other way in: nobody has the right to write in it.
                self.env["coop.share.movement"].sudo().create([vals])
                subscription._follow_register(bool(due))

    def _get_issued(self):
        """Return ``(quantity, paid up)`` that the register holds of this subscription."""
        movements = self._get_movements()
        signs = [1 if movement.partner_to_id else -1 for movement in movements]
        quantity = sum(
            sign * movement.quantity for sign, movement in zip(signs, movements, strict=True)
        )
        paid_up = sum(
            sign * movement.paid_up for sign, movement in zip(signs, movements, strict=True)
        )
        return quantity, self.currency_id.round(paid_up)

    def _get_paid_up_due(self, issued, paid_up):
        """Return what the register should show as paid up, by the rule of the statutes.

        Shares that were issued before they were fully paid go on by the rule of that day: another
        one does not take them back.

        :param int issued: shares in the register
        :param float paid_up: amount in the register
        """
        call = self.capital_call_id.sudo()  # the books decide, whoever made the payment known
        paid = call._get_capital_paid()
        compare = self.currency_id.compare_amounts
        issued_before = issued and compare(paid_up, self.amount_total) < 0
        if self.company_id.sudo().coop_share_issue == "paid" and not issued_before:
            return self.amount_total if compare(paid, self.amount_total) >= 0 else 0.0
        return min(paid, self.amount_total)

    def _prepare_missing_movement(self, issued, paid_up, due):
        """Return the values of the movement that is missing, or None.

        Shares are issued once. A payment that is lost writes a reversal, and one that comes back
        reverses the reversal; what is paid later on issued shares pays them up.

        :param int issued: shares in the register
        :param float paid_up: amount in the register
        :param float due: amount that should be there
        """
        change = self.currency_id.compare_amounts(due, paid_up)
        if not change:
            return None
        history = self._get_movements()
        vals = self._prepare_movement() | {
            "unit_price": self.unit_price,
            "paid_up": abs(self.currency_id.round(due - paid_up)),
        }
        if not history:
            vals |= {"kind": "issue", "quantity": self.quantity}
        elif not issued or not due:
            vals |= {"kind": "reversal", "quantity": self.quantity, "reversed_id": history[-1].id}
        elif change > 0:
            vals |= {"kind": "payment", "quantity": 0}
        else:
            vals |= {"kind": "reversal", "quantity": 0, "reversed_id": history[-1].id}
        side = "partner_to_id" if change > 0 else "partner_from_id"
        return vals | {side: self.partner_id.id}

    def _still_holds(self, vals):
        """Tell whether the shares that a movement takes back are still there to be taken."""
        if "partner_to_id" in vals:
            return True
        positions = (
            self.env["coop.share.movement"]
            .sudo()  # as above
            ._positions_at(None, self.company_id, self.partner_id)
        )
        key = (self.partner_id.id, self.share_class_id.id)
        quantity, paid_up = positions.get(key, (0, 0.0))
        return quantity >= vals["quantity"] and paid_up >= vals["paid_up"]

    def _follow_register(self, issued):
        """Let state and membership follow what the register now says."""
        complete = not self.capital_call_id.sudo().amount_residual
        self._write_decision({"state": "paid" if issued and complete else "approved"})
        # The payment makes the member, whoever records it.
        membership = self.sudo().membership_id
        if issued and membership.state == "candidate":
            membership._activate()
            membership._welcome()
        if not issued:
            self._alert_payment_lost()

    def _alert_payment_lost(self, taken_back=True):
        """Leave a trail, and a task for who looks after the members."""
        if taken_back:
            body = self.env._(
                "The payment of %(subscription)s was undone: its shares are taken back in the "
                "register until it is paid again.",
                subscription=self.display_name,
            )
        else:
            body = self.env._(
                "The payment of %(subscription)s was undone, but %(name)s does not hold these "
                "shares any more: they stay in the register as they are. Settle it with them.",
                subscription=self.display_name,
                name=self.partner_id.name,
            )
        # The trail is kept whatever the rights of who undid the payment.
        self.sudo().message_post(body=body)
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The payment of shares was undone"),
            note=body,
            user_id=(self.decided_by_id or self.env.user).id,
        )
