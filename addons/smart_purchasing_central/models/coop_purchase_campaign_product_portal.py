from odoo import models

from ..lib.pledging import box_state, next_tier, price_at, quantity_of


class CoopPurchaseCampaignProduct(models.Model):
    """What members read of a product while they pledge."""

    _inherit = "coop.purchase.campaign.product"

    def _get_hints(self, wanted, tolerance):
        """Return what is missing to the next price and to a full box, in sentences.

        :param wanted: by all, in steps; as is the tolerance
        :return: dict of ``price``, ``falls`` and ``box``, each a text or empty
        """
        self.ensure_one()
        tiers = self._get_tier_steps()
        price, following = price_at(wanted, tiers), next_tier(wanted, tiers)
        missing = box_state(wanted, tolerance, self._get_box_steps()).missing
        return {
            "price": price is not None
            and self.env._("about %(price)s now", price=self._format_price(price)),
            "falls": following
            and self.env._(
                "%(quantity)s more and the price falls to %(price)s",
                quantity=self._format_quantity(following.missing),
                price=self._format_price(following.price),
            ),
            "box": missing
            and self.env._(
                "%(quantity)s more fill the box", quantity=self._format_quantity(missing)
            ),
        }

    def _format_quantity(self, steps):
        """Return so many steps with their unit, as people write it."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang)
        number = f"{quantity_of(steps, self.step).normalize():f}"
        return f"{number.replace('.', lang.decimal_point or '.')} {self.uom_id.name}"

    def _format_price(self, price):
        return self.currency_id.format(float(price))
