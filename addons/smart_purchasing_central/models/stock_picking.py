from odoo import fields, models


class StockPicking(models.Model):
    """A transfer from the hub to the pick-up point of a campaign."""

    _inherit = "stock.picking"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    hand_over_campaign_id = fields.Many2one(
        "coop.purchase.campaign",
        "Handed over for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    antenna_id = fields.Many2one(
        "coop.antenna",
        "Pick-up Point",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
