from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..lib.pledging import falls, steps_of

# What members rely on once it is open.
FIXED = {"campaign_id", "product_id", "step", "box_size", "ceiling_price"}


class CoopPurchaseCampaignProduct(models.Model):
    """What a product of a campaign may look like, and what stays once members pledge for it."""

    _inherit = "coop.purchase.campaign.product"

    _amounts = models.Constraint(
        "CHECK(step > 0 AND box_size >= 0 AND ceiling_price >= 0 AND reference_price >= 0 "
        "AND unit_weight >= 0 AND surplus_cost >= 0 AND ceiling_price < 1e9)",
        "Steps are more than zero; boxes, prices, weights and costs are not negative.",
    )

    @api.depends("product_id")
    def _compute_display_name(self):
        for product in self:
            # Who may see the campaign may read what it buys.
            product.display_name = product.sudo().product_id.display_name

    @api.constrains("step", "box_size")
    def _check_box(self):
        for product in self:
            if steps_of(product.box_size, product.step) is None:
                raise ValidationError(
                    self.env._(
                        "A box of %(product)s holds %(box)s, which is no multiple of its step "
                        "%(step)s: choose one that is.",
                        product=product.display_name,
                        box=product.box_size,
                        step=product.step,
                    )
                )

    @api.constrains("tier_ids", "step")
    def _check_tiers(self):
        for product in self:
            if not falls([(tier.minimum, tier.price) for tier in product.tier_ids]):
                raise ValidationError(
                    self.env._(
                        "The indicative prices of %(product)s do not fall: each is lower than the "
                        "one before it.",
                        product=product.display_name,
                    )
                )
            if any(steps_of(tier.minimum, product.step) is None for tier in product.tier_ids):
                raise ValidationError(
                    self.env._(
                        "An indicative price of %(product)s starts at a multiple of its step "
                        "%(step)s.",
                        product=product.display_name,
                        step=product.step,
                    )
                )

    @api.constrains("substitute_id", "campaign_id")
    def _check_substitute(self):
        for product in self.filtered("substitute_id"):
            other = product.substitute_id
            same_unit = other.uom_id == product.uom_id and other.step == product.step
            if other == product or other.campaign_id != product.campaign_id or not same_unit:
                raise ValidationError(
                    self.env._(
                        "%(substitute)s cannot stand for %(product)s: choose another product of "
                        "the same campaign with the same unit and step.",
                        substitute=other.display_name,
                        product=product.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        for product in products:
            if product.campaign_id.state not in ("draft", "open"):
                raise product._error_fixed()
        return products

    def write(self, vals):
        """Keep what pledges were made on.

        :raise UserError: naming the product
        """
        for product in self:
            changed = any(
                self._fields[name].convert_to_cache(vals[name], product)
                != self._fields[name].convert_to_cache(product[name], product)
                for name in FIXED & vals.keys()
            )
            if changed and product._is_relied_on():
                raise product._error_fixed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        for product in self:
            if product._is_relied_on():
                raise product._error_fixed()

    def _move_to(self, campaign):
        """Take products to another campaign; only for a split, which takes the pledges along."""
        values = {"campaign_id": campaign.id, "substitute_id": False}
        return super().write(values)  # pylint: disable=super-method-mismatch

    def _is_relied_on(self):
        """Whether members may have pledged for it."""
        return self.campaign_id.state != "draft"

    def _error_fixed(self):
        return UserError(
            self.env._(
                "Members rely on what they read of %(product)s: it is fixed since the campaign "
                "opened.",
                product=self.display_name,
            )
        )
