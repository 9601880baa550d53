from odoo import models


class StockMove(models.Model):
    """What comes in for a campaign is shared over its pledges at once."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # Who receives at the hub needs no right on allocations.
        campaigns = moves.sudo().purchase_line_id.order_id.campaign_id
        for campaign in campaigns.sorted("id"):
            campaign._share_receipts()
        return moves
