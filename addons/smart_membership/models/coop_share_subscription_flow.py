from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .coop_share_subscription import OPEN_STATES


class CoopShareSubscription(models.Model):
    """The way of a subscription: handed in, decided on by the Board, called, or withdrawn."""

    _inherit = "coop.share.subscription"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand subscriptions in for a decision."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        self._check_quantity()
        self._write_decision(
            {"state": "submitted", "date_submitted": fields.Date.context_today(self)}
        )
        return True

    def action_approve(self):
        """Record that the Board accepts these today."""
        self._check_services()
        self._approve({})
        return True

    def action_refuse(self):
        """Record that the Board refuses these today; without a reason, ask for it."""
        if not all((one.refusal_reason or "").strip() for one in self):
            return self.action_decide("refuse")
        self._check_services()
        for subscription in self:
            subscription._refuse({}, subscription.refusal_reason)
        return True

    def action_cancel(self):
        """Withdraw subscriptions that are not paid, and their capital calls with them.

        :raise UserError: something was paid already
        """
        self.check_access("write")
        self._take_turn()
        self._check_state(*OPEN_STATES)
        self._cancel_capital_calls()
        self._write_decision({"state": "cancelled"})
        return True

    def action_view_capital_call(self):
        """Open the capital call, for those who may see the books."""
        self.ensure_one()
        return self.capital_call_id._get_records_action()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _approve(self, decision):
        """Record that the Board accepts, fix the price and call the capital.

        :raise UserError: not submitted, no price, or no account to book the capital on
        """
        self._take_turn()
        self._check_state("submitted")
        self._check_quantity()
        today = fields.Date.context_today(self)
        for subscription in self:
            subscription.share_class_id._check_accounts()
            subscription.share_class_id._get_known_price(today)
            price = subscription.share_class_id._get_price(today)
            subscription._write_decision({**self._prepare_decision(decision), "price_id": price.id})
            subscription._ensure_membership()
            call = subscription._create_capital_call()
            subscription._write_decision({"capital_call_id": call.id, "state": "approved"})
            subscription._mail("approved")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Make rivals for the same subscriber wait, who may have no membership yet."""
        super()._take_turn()
        self._bump(self.partner_id)

    def _check_quantity(self):
        """Refuse less than the minimum and more than the maximum of the class.

        :raise UserError: with what the subscriber holds and what is possible
        """
        for subscription in self:
            share_class = subscription.share_class_id
            held = share_class._get_held_quantity(subscription.partner_id)
            if held + subscription.quantity < share_class.minimum_quantity:
                raise UserError(
                    self.env._(
                        "%(subscriber)s must hold at least %(minimum)s shares %(share_class)s.",
                        subscriber=subscription.partner_id.name,
                        minimum=share_class.minimum_quantity,
                        share_class=share_class.display_name,
                    )
                )
            maximum = share_class.maximum_quantity
            if maximum and held + subscription.quantity > maximum:
                raise UserError(
                    self.env._(
                        "%(subscriber)s holds %(held)s shares %(share_class)s and may hold "
                        "%(maximum)s at most.",
                        subscriber=subscription.partner_id.name,
                        held=held,
                        maximum=maximum,
                        share_class=share_class.display_name,
                    )
                )

    def _ensure_membership(self):
        """Make the subscriber a candidate, if they are nothing to the cooperative yet."""
        self.ensure_one()
        if not self.membership_id:
            self.env["coop.membership"].create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "category_id": self.category_id.id,
                }
            )

    def _describe(self):
        """Return what is subscribed to, for a line of a document."""
        self.ensure_one()
        return self.env._(
            "%(subscription)s of %(date)s: shares %(share_class)s (%(quantity)s)",
            subscription=self.name,
            date=format_date(self.env, self.date_submitted),
            quantity=self.quantity,
            share_class=self.share_class_id.display_name,
        )
