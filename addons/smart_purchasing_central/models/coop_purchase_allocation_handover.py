import math

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

# Beyond this, no such quantity is meant.
LARGEST_QUANTITY = 1_000_000


class CoopPurchaseAllocation(models.Model):
    """From the hub into people's hands, and back: each step checked, and kept in the trail."""

    _inherit = "coop.purchase.allocation"

    def action_hand_over(self):
        """Hand over all that is there of these.

        :raise AccessError: the user does not lead campaigns
        """
        self.check_access("read")
        self.env["coop.purchase.campaign"].check_access("write")
        # Who may hand over was checked; allocations are written by the system only.
        rows = self.sudo().filtered(lambda one: one.to_hand_over > 0)
        rows._hand_over({one: one.to_hand_over for one in rows})
        return True

    def action_note(self):
        """Ask what is to be noted: damage, weight, what is brought back."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Note of %(allocation)s", allocation=self.display_name),
            "type": "ir.actions.act_window",
            "res_model": "coop.purchase.allocation.note",
            "view_mode": "form",
            "target": "new",
            "context": {"default_allocation_id": self.id},
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _hand_over(self, quantities, reason=None):
        """Hand quantities over, at once or in parts.

        What is weighed may be more or less than what was shared: within the tolerance of its
        product without, beyond it with a reason.

        :param dict quantities: what is handed over, by allocation
        :raise UserError: more than there is, or a weight beyond the tolerance without a reason
        """
        self._take_turn()
        weights = {}
        for one in self:
            quantity = one._check_quantity(quantities[one])
            difference = quantity - one.to_hand_over
            if one.campaign_product_id.catch_weight:
                one._check_weight(quantity, reason)
                weights[one] = difference
            elif float_compare(difference, 0.0, self._get_digits()) > 0:
                raise one._error_too_much(quantity, one.to_hand_over)
        weighed = self.browse().union(*weights)
        weighed._record("weight", weights, reason)
        self._record("hand_over", quantities, reason)

    def _damage(self, quantity, reason):
        """Note that a part was unusable or missing when it was to be handed over."""
        self.ensure_one()
        self._take_turn()
        reason = self._check_reason(reason)
        quantity = self._check_quantity(quantity)
        if float_compare(quantity, self.to_hand_over, self._get_digits()) > 0:
            raise self._error_too_much(quantity, self.to_hand_over)
        self._record("damage", {self: quantity}, reason)

    def _bring_back(self, quantity, reason):
        """Take back a part of exactly this: it is not paid any more."""
        self.ensure_one()
        self._take_turn()
        reason = self._check_reason(reason)
        quantity = self._check_quantity(quantity)
        if float_compare(quantity, self.handed_over - self.returned, self._get_digits()) > 0:
            raise self._error_too_much(quantity, self.handed_over - self.returned)
        self._record("return", {self: quantity}, reason)

    def _bring_empties(self, quantity, reason=None):
        """Take the packaging of so many units back, which frees their deposit."""
        self.ensure_one()
        self._take_turn()
        quantity = self._check_quantity(quantity)
        if float_compare(quantity, self.handed_over - self.empties, self._get_digits()) > 0:
            raise self._error_too_much(quantity, self.handed_over - self.empties)
        self._record("empties", {self: quantity}, reason)

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_quantity(self, quantity):
        """Return a quantity as a number.

        :raise ValidationError: not a number, not more than zero, or beyond all reason
        """
        try:
            quantity = float(quantity)
        except (TypeError, ValueError):
            quantity = math.nan
        if not math.isfinite(quantity) or not 0 < quantity < LARGEST_QUANTITY:
            raise ValidationError(
                self.env._(
                    "Enter a quantity of %(product)s of more than zero, for example 1.5.",
                    product=self.campaign_product_id.product_id.display_name,
                )
            )
        return quantity

    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say why: the trail of %(allocation)s keeps it.", allocation=self.display_name
                )
            )
        return reason

    def _check_weight(self, quantity, reason):
        """Refuse a weight that is far from what was shared, unless somebody says why."""
        expected, tolerance = self.to_hand_over, self.campaign_product_id.weight_tolerance
        if float_compare(expected, 0.0, self._get_digits()) <= 0:
            raise self._error_too_much(quantity, expected)
        difference = abs(quantity - expected) / expected * 100
        if difference > tolerance + 1e-6 and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(allocation)s: %(weight)s is %(difference)s %% away from the %(expected)s "
                    "that were shared, more than %(tolerance)s %%. Weigh again, or say why.",
                    allocation=self.display_name,
                    weight=self._format(quantity),
                    difference=round(difference),
                    expected=self._format(expected),
                    tolerance=round(tolerance),
                )
            )

    def _error_too_much(self, quantity, possible):
        return UserError(
            self.env._(
                "%(allocation)s: there are %(possible)s, not %(quantity)s. Reload the page: "
                "somebody may have been here before.",
                allocation=self.display_name,
                possible=self._format(max(possible, 0.0)),
                quantity=self._format(quantity),
            )
        )

    def _format(self, quantity):
        return self.campaign_id._format_quantity(quantity, self.uom_id)
