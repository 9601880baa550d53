from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CoopInvestment(models.Model):
    """Something durable that one or several Activities bought.

    The bill that buys it is booked as an asset and does not touch a budget; each depreciation
    does, to the cent by share. What is not written off yet stays reserved. One Activity is the
    case of one share.
    """

    _name = "coop.investment"
    _description = "Investment"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin"]
    _rec_names_search = ["name", "label"]
    _check_company_auto = True
    _reference_letter = "V"

    label = fields.Char(
        "Description", required=True, tracking=True, help="What is bought, in a few words."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pledging", "Pledging"),
            ("funded", "Funded"),
            ("active", "In Use"),
            ("closed", "Closed"),
            ("lapsed", "Lapsed"),
            ("cancelled", "Cancelled"),
        ]
    )
    share_ids = fields.One2many("coop.investment.share", "investment_id", "Shares", copy=False)
    # The mixin of the chatter has ``activity_ids``.
    coop_activity_ids = fields.Many2many(
        "coop.activity",
        string="Shared by",
        compute="_compute_coop_activity_ids",
        search="_search_coop_activity_ids",
    )
    purchase_value = fields.Monetary(
        readonly=True,
        copy=False,
        tracking=True,
        help="The untaxed cost, with the taxes that cannot be deducted, less credit notes.",
    )
    written_off = fields.Monetary(
        compute="_compute_values",
        store=True,
        help="What the budgets have borne so far.",
    )
    book_value = fields.Monetary(
        compute="_compute_values",
        store=True,
        help="What the budgets have not borne yet, and keep reserved.",
    )
    asset_id = fields.Many2one(
        "account.asset",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    bill_line_id = fields.Many2one(
        "account.move.line",
        "Line of the Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    bill_id = fields.Many2one(
        related="bill_line_id.move_id", string="Bill", store=True, index="btree_not_null"
    )
    movement_ids = fields.One2many("coop.investment.movement", "investment_id", "Movements")
    date_start = fields.Date("Bought on", readonly=True, copy=False)
    date_end = fields.Date("Ended on", readonly=True, copy=False)
    end_kind = fields.Selection(
        [
            ("sale", "Sold"),
            ("scrap", "Discarded"),
            ("loss", "Lost, stolen or broken"),
            ("exit", "Taken over by a member who leaves"),
            ("credit", "Taken back by the supplier"),
        ],
        "How It Ended",
        readonly=True,
        copy=False,
        tracking=True,
    )
    proceeds = fields.Monetary(
        readonly=True, copy=False, help="What it was sold for, without taxes."
    )

    _purchase_value_possible = models.Constraint(
        "CHECK (COALESCE(purchase_value, 0) >= 0 AND COALESCE(purchase_value, 0) < 'Infinity')",
        "An investment costs nothing or more.",
    )
    _active_with_asset = models.Constraint(
        "CHECK (state <> 'active' OR asset_id IS NOT NULL)", "What is in use has its asset."
    )
    _asset_unique = models.UniqueIndex(
        "(asset_id) WHERE asset_id IS NOT NULL", "An asset is of one investment."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "label")
    def _compute_display_name(self):
        for investment in self:
            investment.display_name = " ".join(filter(None, (investment.name, investment.label)))

    @api.depends("share_ids.activity_id")
    def _compute_coop_activity_ids(self):
        for investment in self:
            investment.coop_activity_ids = investment.share_ids.activity_id

    def _search_coop_activity_ids(self, operator, value):
        return Domain("share_ids.activity_id", operator, value)

    @api.depends("purchase_value", "share_ids.written_off")
    def _compute_values(self):
        for investment in self:
            investment.written_off = sum(investment.share_ids.mapped("written_off"))
            investment.book_value = investment.purchase_value - investment.written_off

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("label")
    def _check_label(self):
        for investment in self:
            if not (investment.label or "").strip():
                raise ValidationError(self.env._("Say in a few words what is bought."))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "purchase_value",
            "asset_id",
            "bill_line_id",
            "date_start",
            "date_end",
            "end_kind",
            "proceeds",
        }

    def _get_member_url(self):
        """Return the page in the portal on which a manager of an Activity reads this, if any."""
        return None

    def _take_turn(self):
        """Make rivals for these wait, and be replayed: one at a time changes an investment."""
        self._bump(self)
        self.invalidate_recordset()
        # Read again all at once: what led to them was forgotten too, and with it the others.
        self.with_prefetch().share_ids.invalidate_recordset()
