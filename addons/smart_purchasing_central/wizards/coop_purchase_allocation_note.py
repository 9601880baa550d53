from odoo import fields, models
from odoo.exceptions import UserError


class CoopPurchaseAllocationNote(models.TransientModel):
    """What a buyer notes of a part of an order, at the desk instead of at the scanner."""

    _name = "coop.purchase.allocation.note"
    _description = "Note of a Purchase Allocation"

    allocation_id = fields.Many2one("coop.purchase.allocation", readonly=True, ondelete="cascade")
    campaign_id = fields.Many2one("coop.purchase.campaign", readonly=True, ondelete="cascade")
    order_line_id = fields.Many2one(
        "purchase.order.line",
        "Ordered Line",
        domain="[('order_id.campaign_id', '=', campaign_id), ('display_type', '=', False)]",
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("hand_over", "Handed over"),
            ("damage", "Damaged or lost before it was handed over"),
            ("return", "Brought back"),
            ("empties", "Packaging brought back"),
        ],
        required=True,
        default="hand_over",
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    uom_id = fields.Many2one(related="allocation_id.uom_id")
    reason = fields.Char()

    def action_confirm(self):
        """Note it.

        :raise AccessError: the user does not lead campaigns
        :raise UserError: it is not possible
        """
        self.ensure_one()
        self.env["coop.purchase.campaign"].check_access("write")
        self.allocation_id.check_access("read")
        self.campaign_id.check_access("write")
        # Who may note it was checked; allocations are written by the system only.
        allocation, campaign = self.allocation_id.sudo(), self.campaign_id.sudo()
        if campaign:
            if self.order_line_id.sudo().order_id.campaign_id != campaign:
                raise UserError(
                    self.env._(
                        "Choose a line of an order of %(campaign)s.",
                        campaign=campaign.display_name,
                    )
                )
            campaign._note_damage(self.order_line_id.sudo(), self.quantity, self.reason)
        elif self.kind == "hand_over":
            allocation._hand_over({allocation: self.quantity}, self.reason)
        elif self.kind == "damage":
            allocation._damage(self.quantity, self.reason)
        elif self.kind == "return":
            allocation._bring_back(self.quantity, self.reason)
        else:
            allocation._bring_empties(self.quantity, self.reason)
        return {"type": "ir.actions.act_window_close"}
