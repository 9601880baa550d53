from odoo import fields, models


class CoopPurchasePledge(models.Model):
    """What one Activity, or one person for private use, takes part in a campaign for.

    One row for each payer and pick-up point: it changes until the campaign is frozen. The budget is
    reserved at worst case: wanted and tolerance at the most that a unit may cost, and delivery.
    """

    _name = "coop.purchase.pledge"
    _description = "Purchase Pledge"
    _order = "campaign_id desc, id"
    _check_company_auto = True

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    activity_id = fields.Many2one(
        "coop.activity",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="The Activity that pays; none: the person gets an invoice, for private use.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Pledged by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    antenna_id = fields.Many2one(
        "coop.antenna", "Pick-up Point", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("active", "Active"), ("withdrawn", "Withdrawn"), ("settled", "Settled")],
        string="Status",
        default="active",
        required=True,
        readonly=True,
        index=True,
    )
    line_ids = fields.One2many("coop.purchase.pledge.line", "pledge_id", "Products")
    reservation_id = fields.Many2one(
        "coop.budget.reservation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What holds the money until the charges are booked.",
    )
    reserved_amount = fields.Monetary(
        readonly=True, help="Worst case: what the Activity holds for this pledge."
    )
    token = fields.Char(readonly=True, groups="base.group_system")

    _one_each = models.UniqueIndex(
        "(campaign_id, partner_id, COALESCE(activity_id, 0)) WHERE state <> 'withdrawn'",
        "There is one pledge for each Activity: change it.",
    )
