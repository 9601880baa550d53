from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare


class CoopPurchaseCampaign(models.Model):
    """What is found broken at the hub: short for all, by the rule, and borne by nobody alone."""

    _inherit = "coop.purchase.campaign"

    def _note_damage(self, order_line, quantity, reason):
        """Take damaged goods out of what is shared, before they are handed over.

        The shared services bear what is billed of it, until the supplier credits it.

        :raise UserError: no reason, or more than what is still at the hub
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say what happened: the supplier will ask for it."))
        self._take_delivery_turn()
        rows = self.allocation_ids.filtered(lambda one: one.order_line_id == order_line)
        rows._take_turn()
        there = sum(rows.mapped("to_hand_over"))
        digits = rows._get_digits()
        if not quantity > 0 or float_compare(quantity, there, digits) > 0:
            raise ValidationError(
                self.env._(
                    "Of %(product)s, %(there)s is still to be handed over: enter what is damaged "
                    "of it, more than zero.",
                    product=order_line.product_id.display_name,
                    there=self._format_quantity(there, order_line.product_id.uom_id),
                )
            )
        self._share_receipts({order_line: quantity})
        shared = self._get_shared_allocation(order_line)
        shared._record("damage", {shared: quantity}, reason)

    def _get_shared_allocation(self, order_line):
        """Return what the shared services have of an order line; there may be none."""
        return self.allocation_ids.filtered(
            lambda one: one.order_line_id == order_line and not one.pledge_line_id
        )[:1]

    def _format_quantity(self, quantity, uom):
        """Return a quantity as people of the user's language write it, with its unit."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        number = f"{round(quantity, 3):.3f}".rstrip("0").rstrip(".")
        return f"{number.replace('.', lang.decimal_point)} {uom.name}"
