from odoo import fields, models


class CoopPurchaseCharge(models.Model):
    """What an Activity, a person or the shared services pay of the bills of a campaign.

    Booked once and never changed: what comes later is a charge of its own.
    """

    _name = "coop.purchase.charge"
    _description = "Purchase Charge"
    _order = "campaign_id desc, id"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    pledge_id = fields.Many2one(
        "coop.purchase.pledge", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    activity_id = fields.Many2one(
        "coop.activity", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    allocation_id = fields.Many2one(
        "coop.purchase.allocation", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(
        [("goods", "Goods"), ("freight", "Delivery"), ("deposit", "Deposit"), ("other", "Other")],
        required=True,
        readonly=True,
    )
    amount = fields.Monetary(required=True, readonly=True, aggregator="sum")
    date = fields.Date(required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move",
        "Entry or Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
