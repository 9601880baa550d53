from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .coop_share_act_mixin import LARGEST_QUANTITY

OPEN_STATES = ("draft", "submitted", "approved")


class CoopShareSubscription(models.Model):
    """Somebody asks for shares; the Board decides; the capital call is paid; shares are issued."""

    _name = "coop.share.subscription"
    _description = "Share Subscription"
    _inherit = ["coop.board.decision.mixin"]
    _reference_letter = "S"
    _mail_kind = "subscription"
    _decision_field = "subscription_ids"

    partner_id = fields.Many2one(
        "res.partner",
        string="Subscriber",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    membership_id = fields.Many2one("coop.membership", compute="_compute_membership_id")
    category_id = fields.Many2one(
        "coop.member.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        tracking=True,
    )
    share_class_id = fields.Many2one(
        "coop.share.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="['|', ('category_ids', '=', False), ('category_ids', 'in', category_id)]",
    )
    quantity = fields.Integer(default=1, required=True, tracking=True)
    price_id = fields.Many2one("coop.share.price", readonly=True, copy=False, ondelete="restrict")
    unit_price = fields.Monetary(
        compute="_compute_unit_price",
        store=True,
        aggregator=None,
        help="Today's price until the approval, then the price of that day.",
    )
    amount_total = fields.Monetary("Amount", compute="_compute_amount_total", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("paid", "Paid"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ]
    )
    date_submitted = fields.Date(readonly=True, copy=False)
    capital_call_id = fields.Many2one(
        "account.move", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    note = fields.Text("Message", help="What the subscriber wants to add.")

    _quantity_possible = models.Constraint(
        f"CHECK(quantity > 0 AND quantity <= {LARGEST_QUANTITY})",
        "Ask for one share at least, and for no more than 100,000 at once.",
    )
    _called_when_approved = models.Constraint(
        "CHECK(state NOT IN ('approved', 'paid') OR capital_call_id IS NOT NULL)",
        "What is approved has its capital call.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    # Not on the state of memberships: each activation would look for subscriptions.
    @api.depends("partner_id", "company_id")
    def _compute_membership_id(self):
        # Who subscribes in the portal has no right on memberships.
        memberships = (
            self.env["coop.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "!=", "former"),
                ]
            )
        )
        current = {(one.partner_id.id, one.company_id.id): one.id for one in memberships}
        for subscription in self:
            key = (subscription.partner_id.id, subscription.company_id.id)
            subscription.membership_id = current.get(key, False)

    @api.depends("partner_id", "company_id")
    def _compute_category_id(self):
        default = self.env["coop.membership"]._default_category()
        for subscription in self:
            subscription.category_id = (
                # The category of the subscriber's own membership is no secret to them.
                subscription.membership_id.sudo().category_id or subscription.category_id or default
            )

    @api.depends("share_class_id", "state", "price_id")
    def _compute_unit_price(self):
        today = fields.Date.context_today(self)
        for subscription in self:
            price = subscription.price_id
            if subscription.state in ("draft", "submitted"):
                price = subscription.share_class_id._get_price(today)
            subscription.unit_price = price.price

    @api.depends("unit_price", "quantity")
    def _compute_amount_total(self):
        for subscription in self:
            subscription.amount_total = subscription.unit_price * subscription.quantity

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("share_class_id", "category_id")
    def _check_class_is_open(self):
        for subscription in self.filtered(lambda one: one.state in OPEN_STATES):
            if not subscription.share_class_id._is_open_to(subscription.category_id):
                raise ValidationError(
                    self.env._(
                        "Shares %(share_class)s are not for members of the category %(category)s. "
                        "Choose another class.",
                        share_class=subscription.share_class_id.display_name,
                        category=subscription.category_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # What nobody edits by hand
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"price_id", "date_submitted", "capital_call_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "submitted":
            # The reason may be prepared before the refusal is recorded.
            locked -= {"refusal_reason"}
        if self.state != "draft":
            locked |= {"partner_id", "share_class_id", "quantity", "category_id"}
        return locked
