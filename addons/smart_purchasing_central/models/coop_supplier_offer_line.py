from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..lib.pledging import quantity_of, steps_of

# What the evaluation finds; nobody writes it by hand.
FOUND = {"score", "is_knocked_out", "lapsed_on"}


class CoopSupplierOfferLine(models.Model):
    """The offer of a supplier for one product."""

    _name = "coop.supplier.offer.line"
    _description = "Product of a Supplier Offer"
    _order = "offer_id, id"

    offer_id = fields.Many2one("coop.supplier.offer", required=True, index=True, ondelete="cascade")
    campaign_id = fields.Many2one(related="offer_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    # As the user: who offers is read by no form that only names an offer.
    partner_id = fields.Many2one(
        related="offer_id.partner_id", related_sudo=False, store=True, index=True
    )
    is_opened = fields.Boolean(related="offer_id.is_opened", store=True, index=True)
    drafter_id = fields.Many2one(related="offer_id.drafter_id", store=True)
    state = fields.Selection(related="offer_id.state", string="Status")
    offer_currency_id = fields.Many2one(related="offer_id.offer_currency_id")
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        index=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        related="campaign_product_id.product_id", string="Product Bought", store=True, index=True
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    supplier_reference = fields.Char(help="The supplier's own number of the product.")
    pack = fields.Integer(
        "Steps in a Pack",
        default=1,
        required=True,
        aggregator=None,
        help="A step is the least that members pledge of the product.",
    )
    pack_quantity = fields.Float(
        "Units in a Pack",
        digits="Product Unit",
        compute="_compute_pack_quantity",
        compute_sudo=True,
        inverse="_inverse_pack_quantity",
        help="Only whole packs are delivered.",
    )
    capacity = fields.Integer(
        aggregator=None, help="The most units that can be delivered; zero: no limit."
    )
    tier_kind = fields.Selection(
        [("all_units", "For all units"), ("incremental", "For the units from there on")],
        required=True,
        default="all_units",
    )
    tier_ids = fields.One2many("coop.supplier.offer.tier", "offer_line_id", "Prices", copy=True)
    first_price = fields.Monetary(
        "Price of One",
        currency_field="offer_currency_id",
        compute="_compute_prices",
        store=True,
        aggregator="min",
    )
    best_price = fields.Monetary(
        "Price of Many",
        currency_field="offer_currency_id",
        compute="_compute_prices",
        store=True,
        aggregator="min",
    )
    co2_grams = fields.Integer(
        "CO2 (g)", aggregator="avg", help="Of one unit, as far as known; zero: unknown."
    )
    life_cycle_cost = fields.Monetary(
        currency_field="offer_currency_id",
        aggregator="avg",
        help="What use, upkeep and disposal of one unit cost beside its price.",
    )
    score = fields.Float(
        readonly=True,
        copy=False,
        digits=(5, 2),
        aggregator="avg",
        help="Eco and social score, 0 to 100, given at the evaluation.",
    )
    is_knocked_out = fields.Boolean("Out", readonly=True, copy=False, help="Nothing is ordered.")
    lapsed_on = fields.Date(
        readonly=True, copy=False, help="Until when it was valid, where it is out for that."
    )
    # In words only when it is read: in the language of who reads it.
    knock_out_reason = fields.Char(
        "Out for", compute="_compute_knock_out_reason", compute_sudo=True
    )
    score_ids = fields.One2many("coop.supplier.offer.score", "offer_line_id", "Explanation")

    _product_unique = models.Constraint(
        "UNIQUE(offer_id, campaign_product_id)", "An offer names a product once."
    )
    _reference_unique = models.UniqueIndex(
        "(offer_id, supplier_reference) WHERE supplier_reference IS NOT NULL",
        "An offer names a reference once.",
    )
    _pack_positive = models.Constraint("CHECK(pack > 0)", "A pack has at least one step.")
    _not_negative = models.Constraint(
        "CHECK(capacity >= 0 AND co2_grams >= 0 AND life_cycle_cost >= 0)",
        "Capacity, CO2 and life-cycle cost are not negative.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("tier_ids.price", "tier_ids.minimum")
    def _compute_prices(self):
        for line in self:
            tiers = line.tier_ids.sorted("minimum")
            line.first_price = tiers[:1].price
            line.best_price = tiers[-1:].price

    @api.depends("pack", "campaign_product_id.step")
    def _compute_pack_quantity(self):
        for line in self:
            line.pack_quantity = float(quantity_of(line.pack, line.campaign_product_id.step or 1))

    def _inverse_pack_quantity(self):
        for line in self:
            steps = steps_of(line.pack_quantity, line.campaign_product_id.step or 1)
            if not steps:
                raise ValidationError(
                    self.env._(
                        "A pack of %(pack)s does not fit %(product)s: members pledge in steps of "
                        "%(step)s.",
                        pack=f"{line.pack_quantity:g}",
                        product=line.campaign_product_id.display_name,
                        step=f"{line.campaign_product_id.step:g}",
                    )
                )
            line.pack = steps

    @api.depends("is_knocked_out", "lapsed_on", "score_ids.is_out", "score_ids.criterion_id.name")
    @api.depends_context("lang")
    def _compute_knock_out_reason(self):
        for line in self:
            reasons = line.score_ids.filtered("is_out").mapped("criterion_id.name")
            if line.lapsed_on:
                day = format_date(self.env, line.lapsed_on)
                reasons.append(self.env._("valid until %(day)s", day=day))
            line.knock_out_reason = line.is_knocked_out and ", ".join(reasons)

    @api.depends("campaign_product_id", "partner_id", "is_opened", "drafter_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for line in self:
            supplier = line.offer_id._get_known_supplier()
            names = (supplier.name, line.campaign_product_id.product_id.name)
            line.display_name = ": ".join(filter(None, names))

    @api.constrains("offer_id", "campaign_product_id")
    def _check_campaign(self):
        for line in self:
            if line.campaign_product_id.campaign_id != line.offer_id.campaign_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not bought by %(campaign)s: choose a product of this "
                        "campaign.",
                        product=line.campaign_product_id.product_id.display_name,
                        campaign=line.offer_id.campaign_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: only drafts are edited
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name not in FOUND}
                for vals in vals_list
            ]
        lines = super().create(vals_list)
        lines._check_editable()
        return lines

    def write(self, vals):
        self.check_access("write")
        if FOUND & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("The evaluation gives scores: nobody writes them by hand.")
            )
        if vals.keys() - FOUND:
            self._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._check_editable()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_editable(self):
        """Refuse to change what was handed in.

        :raise UserError: naming the offer
        """
        for offer in self.offer_id:
            if offer.state != "draft":
                raise UserError(
                    self.env._(
                        "%(offer)s is handed in: its prices and products do not change any more.",
                        offer=offer.display_name,
                    )
                )
