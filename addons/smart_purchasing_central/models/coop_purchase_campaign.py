from odoo import api, fields, models


class CoopPurchaseCampaign(models.Model):
    """Members buy the same things together, once: from their pledges to the last cent."""

    _name = "coop.purchase.campaign"
    _description = "Purchase Campaign"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin", "coop.member.page.mixin"]
    _check_company_auto = True
    _reference_letter = "B"
    _rec_names_search = ["name", "title"]

    title = fields.Char(required=True, translate=True, tracking=True)
    description = fields.Html(translate=True, help="What members read before they pledge.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Open for Pledges"),
            ("boxfill", "Filling Boxes"),
            ("frozen", "Frozen"),
            ("evaluated", "Evaluated"),
            ("ordered", "Ordered"),
            ("receiving", "Receiving"),
            ("settled", "Settled"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ]
    )
    user_id = fields.Many2one(
        "res.users", "Buyer", default=lambda self: self.env.user, tracking=True
    )
    # Deadlines: those of the server.
    pledge_deadline = fields.Datetime(
        tracking=True, help="Until when members pledge what they want."
    )
    boxfill_deadline = fields.Datetime(
        "Box-filling Deadline",
        tracking=True,
        help="Until when members may still add what fills boxes; empty: no such phase.",
    )
    offer_deadline = fields.Datetime(
        tracking=True, help="Until when suppliers offer; nobody reads their offers before."
    )
    offers_opened_on = fields.Datetime(
        readonly=True, copy=False, help="When the sealed offers were opened."
    )
    delivery_date = fields.Date(tracking=True, help="When the goods are expected at the hub.")
    antenna_ids = fields.Many2many(
        "coop.antenna", string="Pick-up Points", check_company=True, help="Where members collect."
    )
    # Rules of the game, frozen when it opens.
    freight_rule = fields.Selection(
        [
            ("value", "By value of the goods"),
            ("quantity", "By number of units"),
            ("weight", "By weight"),
            ("point", "Equal for each pick-up point, then by value"),
        ],
        required=True,
        default="value",
        help="How delivery costs are shared, to the cent.",
    )
    freight_ceiling = fields.Float(
        "Delivery Margin (%)",
        default=10.0,
        help="What a pledge reserves for delivery, in percent of its goods.",
    )
    private_limit = fields.Monetary(
        "Limit of Private Use",
        default=250.0,
        help="What somebody may pledge at most without an Activity, and pays by invoice; zero: "
        "Activities only.",
    )
    shortage_rule = fields.Selection(
        [
            ("pro_rata", "Minimum acceptables first, then in proportion to what is wanted"),
            ("equal", "Minimum acceptables first, then equally"),
        ],
        required=True,
        default="pro_rata",
    )
    leftover_rule = fields.Selection(
        [
            ("tolerance", "To those with tolerance, then to the shared services"),
            ("cooperative", "To the shared services"),
        ],
        required=True,
        default="tolerance",
        help="Who takes and pays what comes above all that is wanted.",
    )
    max_suppliers = fields.Integer(help="At most so many suppliers; zero: no limit.")
    min_mean_score = fields.Float(
        help="The eco and social score, 0 to 100, that what is bought reaches on average."
    )
    clearing_account_id = fields.Many2one(
        "account.analytic.account",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Bills come in and charges go out: 0.00 before the campaign is closed.",
    )
    product_ids = fields.One2many(
        "coop.purchase.campaign.product", "campaign_id", "Products", copy=True
    )
    pledge_ids = fields.One2many("coop.purchase.pledge", "campaign_id", "Pledges", readonly=True)
    offer_ids = fields.One2many("coop.supplier.offer", "campaign_id", "Offers")
    plan_ids = fields.One2many("coop.purchase.plan", "campaign_id", "Plans")
    plan_id = fields.Many2one(
        "coop.purchase.plan",
        "Chosen Plan",
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
    )
    order_ids = fields.One2many("purchase.order", "campaign_id", "Purchase Orders")
    allocation_ids = fields.One2many("coop.purchase.allocation", "campaign_id", "Allocations")
    charge_ids = fields.One2many("coop.purchase.charge", "campaign_id", "Charges")

    _deadlines_in_order = models.Constraint(
        "CHECK(boxfill_deadline IS NULL OR pledge_deadline IS NULL "
        "OR boxfill_deadline > pledge_deadline)",
        "Boxes are filled after the pledge deadline.",
    )
    _rule_ranges = models.Constraint(
        "CHECK(freight_ceiling >= 0 AND freight_ceiling <= 100 AND private_limit >= 0 "
        "AND COALESCE(max_suppliers, 0) >= 0 "
        "AND COALESCE(min_mean_score, 0) >= 0 AND COALESCE(min_mean_score, 0) <= 100)",
        "The delivery margin and the score are from 0 to 100; limits are not negative.",
    )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _rule_fields(self):
        """Return the names of the fields that say what is played for: fixed once it is open."""
        return {
            "freight_ceiling",
            "freight_rule",
            "leftover_rule",
            "private_limit",
            "shortage_rule",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "draft":
            return locked
        # Deadlines move by steps that leave a trail.
        return locked | self._rule_fields() | {"pledge_deadline", "boxfill_deadline"}

    @api.depends("name", "title")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = f"{campaign.title} ({campaign.name})"

    def _get_member_url(self):
        """Return the page of the portal on which members pledge."""
        return f"/my/purchases/{self.id}"
