from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What a supplier offers; it changes in drafts only.
TERMS = {
    "campaign_id",
    "partner_id",
    "offer_currency_id",
    "delivery_cost",
    "free_delivery_from",
    "minimum_order",
    "lead_time",
    "valid_until",
    "note",
}
AMOUNTS = ("delivery_cost", "free_delivery_from", "minimum_order")


class CoopSupplierOffer(models.Model):
    """What one supplier offers for a campaign: sealed until the deadline, then evaluated.

    A supplier writes it on the own page; a buyer may write one down that came by mail, and reads it
    no more from the moment on that it is sealed. Nobody of the office learns from its own what a
    supplier or a colleague wrote: at the opening one of them counts. See
    `coop_supplier_offer_flow.py` for the steps.
    """

    _name = "coop.supplier.offer"
    _description = "Supplier Offer"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin"]
    _check_company_auto = True
    _reference_letter = "O"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, index=True, ondelete="restrict", check_company=True
    )
    campaign_state = fields.Selection(related="campaign_id.state", string="Campaign Status")
    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Handed In"),
            ("evaluated", "Evaluated"),
            ("knocked_out", "Knocked Out"),
            ("selected", "Selected"),
            ("rejected", "Not Selected"),
            ("withdrawn", "Withdrawn"),
        ]
    )
    # What the rules of access go by.
    is_opened = fields.Boolean(readonly=True, copy=False, index=True)
    drafter_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who of the office writes it down; nobody else reads it before it is opened.",
    )
    writer_id = fields.Many2one(
        "res.users",
        "Written Down by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who of the office wrote down what came by mail; empty: the supplier itself.",
    )
    submitted_on = fields.Datetime("Handed in on", readonly=True, copy=False)
    offer_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the Offer",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    # Amounts of an offer are in its own currency, without VAT.
    delivery_cost = fields.Monetary(currency_field="offer_currency_id")
    free_delivery_from = fields.Monetary(
        currency_field="offer_currency_id", help="Goods of this value are delivered free; zero: no."
    )
    minimum_order = fields.Monetary(currency_field="offer_currency_id", help="On goods, net.")
    lead_time = fields.Integer("Lead Time (days)")
    valid_until = fields.Date()
    note = fields.Text(help="What else the supplier says.")
    line_ids = fields.One2many("coop.supplier.offer.line", "offer_id", "Products", copy=True)
    score_mean = fields.Float(
        "Mean Score",
        compute="_compute_score_mean",
        digits=(5, 2),
        help="Of the products that are not out.",
    )
    order_id = fields.Many2one(
        "purchase.order", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    # By writer, so that the refusal tells nobody of an offer that is sealed.
    _one_each = models.UniqueIndex(
        "(campaign_id, partner_id, COALESCE(writer_id, 0)) WHERE state <> 'withdrawn'",
        "You wrote down an offer of this supplier for this campaign already: change that one.",
    )
    _one_counts = models.UniqueIndex(
        "(campaign_id, partner_id) WHERE is_opened",
        "One offer of a supplier counts in a campaign.",
    )
    _not_negative = models.Constraint(
        "CHECK(delivery_cost >= 0 AND free_delivery_from >= 0 AND minimum_order >= 0 "
        "AND lead_time >= 0 AND delivery_cost < 1e9 AND free_delivery_from < 1e9 "
        "AND minimum_order < 1e9)",
        "Costs, thresholds and days of an offer are not negative.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("line_ids.score", "line_ids.is_knocked_out")
    def _compute_score_mean(self):
        for offer in self:
            scores = offer.line_ids.filtered(lambda line: not line.is_knocked_out).mapped("score")
            offer.score_mean = sum(scores) / len(scores) if scores else 0.0

    @api.depends("name", "partner_id", "is_opened", "drafter_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for offer in self:
            names = (offer.name, offer._get_known_supplier().name)
            offer.display_name = " ".join(filter(None, names))

    @api.constrains("campaign_id", "partner_id")
    def _check_invited(self):
        for offer in self:
            invited = offer.campaign_id.supplier_ids.commercial_partner_id
            if invited and offer.partner_id.commercial_partner_id not in invited:
                raise ValidationError(
                    self.env._(
                        "%(supplier)s is not invited to %(campaign)s: the buyer invites suppliers.",
                        supplier=offer.partner_id.name,
                        campaign=offer.campaign_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Let who writes an offer down read it while it is a draft; who it is, the system says."""
        writer = self.env.user._is_internal() and self.env.uid
        known = {"drafter_id": writer, "writer_id": writer}
        return super().create([known | vals if self.env.su else vals | known for vals in vals_list])

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_known_supplier(self):
        """Return who offers, where the user may know it: names are read with all rights."""
        kept = self._origin
        known = not kept or kept.is_opened or kept.drafter_id.id == self.env.uid
        # Suppliers have no rights: what they see is found by their own company.
        return self.partner_id if known or not self.env.user._is_internal() else self.partner_id[:0]

    def _decided_fields(self):
        return super()._decided_fields() | {"is_opened", "submitted_on", "order_id"}

    def _locked_fields(self):
        locked = super()._locked_fields() | {"drafter_id", "writer_id"}
        return locked if self.state == "draft" else locked | TERMS

    def _get_company(self, vals):
        """An offer is in the company of its campaign."""
        campaign = self.env["coop.purchase.campaign"].browse(vals.get("campaign_id"))
        company = self.env["res.company"].browse(campaign.sudo().company_id.id)
        if company:
            vals.setdefault("company_id", company.id)
        return super()._get_company(vals)
