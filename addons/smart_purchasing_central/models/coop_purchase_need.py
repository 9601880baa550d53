from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.smart_membership.lib.selection_order import in_order

# How many months lie between two times.
PERIODS = {"once": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}


class CoopPurchaseNeed(models.Model):
    """What a member needs and how often: said in the portal, before there is a campaign."""

    _name = "coop.purchase.need"
    _description = "Need of a Member"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, index=True, ondelete="restrict"
    )
    activity_id = fields.Many2one(
        "coop.activity", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        help="What the purchasing centre buys of it: chosen by the buyer, where the member only "
        "described it.",
    )
    description = fields.Char(help="What the member is looking for, in own words.")
    quantity = fields.Float(digits="Product Unit", required=True)
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        required=True,
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    product_quantity = fields.Float(
        "Quantity in the Product's Unit",
        digits="Product Unit",
        compute="_compute_product_quantity",
        store=True,
    )
    every = fields.Selection(
        [
            ("once", "Once"),
            ("month", "Every month"),
            ("quarter", "Every three months"),
            ("half", "Every six months"),
            ("year", "Every year"),
        ],
        required=True,
        default="once",
        group_expand=in_order("every"),
    )
    period = fields.Integer("Months Between", compute="_compute_period", store=True)
    date_from = fields.Date(
        "First Needed", required=True, default=fields.Date.context_today, help="The month counts."
    )
    sector_id = fields.Many2one(
        "coop.sector",
        compute="_compute_place",
        store=True,
        readonly=False,
        index="btree_not_null",
    )
    antenna_id = fields.Many2one(
        "coop.antenna",
        "Pick-up Point",
        compute="_compute_place",
        store=True,
        readonly=False,
        index="btree_not_null",
    )
    state = fields.Selection(
        [("active", "Needed"), ("ended", "Not needed any more")],
        string="Status",
        default="active",
        required=True,
        index=True,
    )
    campaign_ids = fields.Many2many(
        "coop.purchase.campaign",
        "coop_purchase_campaign_need_rel",
        "need_id",
        "campaign_id",
        string="Campaigns",
        copy=False,
        help="That were made for it.",
    )
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0 AND quantity < 1e9)", "Say how much is needed: more than zero."
    )
    _what = models.Constraint(
        "CHECK(product_id IS NOT NULL OR COALESCE(description, '') <> '')",
        "Choose a product, or say what is needed.",
    )
    _token_unique = models.UniqueIndex(
        "(partner_id, token) WHERE token IS NOT NULL", "A form says one need."
    )

    # ------------------------------------------------------------------
    # Constraints and compute
    # ------------------------------------------------------------------

    @api.constrains("product_id", "uom_id")
    def _check_unit(self):
        for need in self.filtered("product_id"):
            if not need.uom_id._has_common_reference(need.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is not counted in %(unit)s: choose a unit like %(other)s.",
                        product=need.product_id.display_name,
                        unit=need.uom_id.name,
                        other=need.product_id.uom_id.name,
                    )
                )

    @api.depends("product_id", "description")
    def _compute_display_name(self):
        for need in self:
            need.display_name = need.product_id.display_name or need.description

    @api.depends("product_id")
    def _compute_uom_id(self):
        unit = self.env.ref("uom.product_uom_unit")
        for need in self:
            if not need.uom_id or need.product_id:
                need.uom_id = need.product_id.uom_id or unit

    @api.depends("quantity", "uom_id", "product_id")
    def _compute_product_quantity(self):
        for need in self:
            unit = need.product_id.uom_id or need.uom_id
            need.product_quantity = need.uom_id._compute_quantity(
                need.quantity, unit, raise_if_failure=False
            )

    @api.depends("every")
    def _compute_period(self):
        for need in self:
            need.period = PERIODS.get(need.every, 0)

    @api.depends("partner_id", "activity_id")
    def _compute_place(self):
        for need in self:
            # Where somebody belongs is asked for the own need only.
            membership = need._get_membership()
            need.sector_id = (
                need.sector_id or need.activity_id.sudo().sector_id or membership.sector_ids[:1]
            )
            need.antenna_id = (
                need.antenna_id or need.activity_id.sudo().antenna_id or membership.antenna_id
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_make_campaign(self):
        """Make a draft campaign of what is needed, each product once.

        :raise UserError: nothing of it is a product yet
        """
        self.check_access("read")
        needs = self.filtered(lambda need: need.product_id and need.state == "active")
        if not needs:
            raise UserError(
                self.env._(
                    "Choose the product of at least one of these needs before: it is what a "
                    "campaign buys."
                )
            )
        company = needs.company_id[:1]
        products = needs.filtered(lambda need: need.company_id == company).grouped("product_id")
        campaign = self.env["coop.purchase.campaign"].create(
            {
                "title": ", ".join(product.name for product in list(products)[:3]),
                "company_id": company.id,
                "antenna_ids": needs.antenna_id.ids,
                "need_ids": needs.ids,
                "product_ids": [
                    fields.Command.create(
                        {
                            "product_id": product.id,
                            "reference_price": product.with_company(company).standard_price,
                            "ceiling_price": product.with_company(company).standard_price,
                        }
                    )
                    for product in products
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": campaign._name,
            "res_id": campaign.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_membership(self):
        return self.partner_id._search_memberships(self.company_id)

    @api.model
    def _state_need(self, token, values):
        """Write a need of the user down, exactly once for each form.

        :param dict values: what the form said, all checked
        :return: the need, with superuser rights
        """
        person = self.env.user.partner_id
        # Members have no right on needs: found by the own partner only.
        own = self.sudo()
        need = own.search([("partner_id", "=", person.id), ("token", "=", token)])
        return need or own.create({**values, "partner_id": person.id, "token": token})

    def _end_need(self):
        self.write({"state": "ended"})
