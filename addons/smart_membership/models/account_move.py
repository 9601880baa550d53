from odoo import api, fields, models
from odoo.exceptions import UserError

from ..capital import as_capital, written_as_capital

# What would make another document of a capital call; its texts and its mail may change.
FIXED_FIELDS = {"invoice_line_ids", "line_ids", "journal_id", "partner_id", "currency_id", "state"}


class AccountMove(models.Model):
    """A capital call is a customer document of its own kind: equity, no tax, no turnover."""

    _inherit = "account.move"

    share_class_id = fields.Many2one(
        "coop.share.class",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The shares whose capital this document calls.",
    )
    share_subscription_ids = fields.One2many(
        "coop.share.subscription", "capital_call_id", string="Share Subscriptions"
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("share_class_id")
    def _compute_type_name(self):
        super()._compute_type_name()
        for call in self.filtered("share_class_id"):
            call.type_name = (
                self.env._("Capital call taken back")
                if call.move_type == "out_refund"
                else self.env._("Capital call")
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not written_as_capital(self):
            for vals in vals_list:
                if vals.get("share_class_id"):
                    raise self._error_capital(self.browse())
                # Given explicitly, so that no default of a context makes a capital call.
                vals["share_class_id"] = False
        return super().create(vals_list)

    def write(self, vals):
        if not written_as_capital(self):
            if vals.get("share_class_id"):
                raise self._error_capital(self)
            calls = self.filtered("share_class_id")
            for call in calls if FIXED_FIELDS & vals.keys() else ():
                if any(
                    self._field_will_change(call, vals, name) for name in FIXED_FIELDS & set(vals)
                ):
                    raise self._error_capital(call)
        return super().write(vals)

    def button_draft(self):
        self._check_no_capital()
        return super().button_draft()

    def button_cancel(self):
        self._check_no_capital()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_no_capital()
        reversals = super()._reverse_moves(default_values_list, cancel=cancel)
        for call, reversal in zip(self, reversals, strict=True):
            if call.share_class_id:
                as_capital(reversal).share_class_id = call.share_class_id
        return reversals

    def copy_data(self, default=None):
        self._check_no_capital()
        return super().copy_data(default)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_capital_paid(self):
        """Return what was really paid on a capital call: credit notes are no payment.

        Counted, not taken from the state of the payment: that is "paid" as soon as any payment
        without an entry names the call, however small.
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        partials = lines.matched_credit_ids.filtered(
            lambda partial: partial.credit_move_id.move_id.move_type != "out_refund"
        )
        # What the bank then brings is the same money: the larger of both is what was paid.
        paid = max(sum(partials.mapped("amount")), self._get_paid_without_entry())
        return self.currency_id.round(min(paid, self.amount_total))

    def _get_paid_without_entry(self):
        """Return what payments without an entry of their own pay of this call.

        One for several documents pays none of them, unless it pays all.
        """
        payments = self.matched_payment_ids.filtered(
            lambda payment: (
                not payment.move_id
                and payment.state in ("in_process", "paid")
                and payment.payment_type == "inbound"
                and payment.currency_id == self.currency_id
            )
        )
        paid = 0.0
        for payment in payments:
            others = payment.invoice_ids - self
            paid += max(payment.amount - sum(others.mapped("amount_total")), 0.0)
        return paid

    def _settle_shares(self):
        """Let the register follow the payment of the capital calls among these entries."""
        # Payments are made known by people and banks without any right on shares.
        self.sudo().filtered("share_class_id").share_subscription_ids._settle()

    def _check_no_capital(self):
        if not written_as_capital(self):
            for move in self.filtered("share_class_id"):
                raise self._error_capital(move)

    def _error_capital(self, move):
        return UserError(
            self.env._(
                "%(document)s calls capital: it follows the subscription of the shares. Cancel the "
                "subscription, or let the member leave, instead of changing it.",
                document=move[:1].display_name or self.env._("This document"),
            )
        )
