from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.pledging import highest_price, quantity_of, steps_of


class CoopPurchasePledgeLine(models.Model):
    """How much of one product is wanted, and within which limits."""

    _name = "coop.purchase.pledge.line"
    _description = "Product of a Purchase Pledge"
    _order = "pledge_id, id"

    pledge_id = fields.Many2one(
        "coop.purchase.pledge", required=True, readonly=True, index=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(related="pledge_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="pledge_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="pledge_id.currency_id")
    antenna_id = fields.Many2one(related="pledge_id.antenna_id", store=True, index="btree_not_null")
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    wanted = fields.Float(digits="Product Unit", required=True)
    tolerance = fields.Float(
        digits="Product Unit", help="How much more is welcome when it fills boxes."
    )
    minimum_acceptable = fields.Float(
        digits="Product Unit", help="Less than this is of no use: then rather nothing."
    )
    maximum_price = fields.Monetary(
        help="The most that one unit may cost, without VAT; empty: the ceiling of the campaign."
    )
    substitute_allowed = fields.Boolean(help="The substitute will do as well.")
    allocation_ids = fields.One2many("coop.purchase.allocation", "pledge_line_id")

    _product_unique = models.Constraint(
        "UNIQUE(pledge_id, campaign_product_id)", "A pledge names a product once."
    )
    _quantities = models.Constraint(
        "CHECK(wanted >= 0 AND tolerance >= 0 AND wanted + tolerance > 0 "
        "AND minimum_acceptable >= 0 AND minimum_acceptable <= wanted "
        "AND wanted < 1e9 AND tolerance < 1e9)",
        "Pledge more than zero, and accept no less than nothing and no more than what is wanted.",
    )

    @api.constrains("wanted", "tolerance", "minimum_acceptable")
    def _check_steps(self):
        for line in self:
            step = line.campaign_product_id.step
            quantities = (line.wanted, line.tolerance, line.minimum_acceptable)
            if None in [steps_of(quantity, step) for quantity in quantities]:
                raise ValidationError(
                    self.env._(
                        "Pledge %(product)s in multiples of %(step)s %(unit)s.",
                        product=line.campaign_product_id.display_name,
                        step=f"{step:g}",
                        unit=line.uom_id.name,
                    )
                )

    @api.depends("campaign_product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.campaign_product_id.display_name

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_highest_price(self):
        """Return the most that a unit may cost: the member's word, within the ceiling."""
        self.ensure_one()
        return highest_price(self.campaign_product_id.ceiling_price, self.maximum_price)

    def _get_worst_case(self):
        """Return the most that may be had of this, and at which price."""
        self.ensure_one()
        product = self.campaign_product_id
        substitute = product.substitute_id if self.substitute_allowed else product.browse()
        most = steps_of(self.wanted, product.step) + steps_of(self.tolerance, product.step)
        return quantity_of(most, product.step), highest_price(
            product.ceiling_price, self.maximum_price, substitute.ceiling_price
        )

    def _count_steps(self):
        return self.campaign_product_id._count_steps(
            {"wanted": self.wanted, "tolerance": self.tolerance}
        )

    def _is_weaker(self, wish):
        """Whether a wish asks for less than this line, accepts less or pays less."""
        product = self.campaign_product_id
        less = any(
            (steps_of(wish.get(name) or 0, product.step) or 0) < steps_of(self[name], product.step)
            for name in ("wanted", "tolerance")
        )
        accepts = (wish.get("minimum_acceptable") or 0) <= self.minimum_acceptable
        price = highest_price(product.ceiling_price, wish.get("maximum_price"))
        return less or not accepts or price < self._get_highest_price()
