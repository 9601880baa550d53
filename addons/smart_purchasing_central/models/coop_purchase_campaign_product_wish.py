from odoo import models
from odoo.exceptions import UserError

from odoo.addons.smart_activity_billing.lib.money import is_whole
from odoo.addons.smart_activity_billing.models.coop_budget_reservation import LARGEST_AMOUNT

from ..lib.pledging import quantity_of, steps_of

# More of one product is a typing error, and more than the database counts well.
MOST_STEPS = 10_000_000


class CoopPurchaseCampaignProduct(models.Model):
    """What members may wish for of a product."""

    _inherit = "coop.purchase.campaign.product"

    def _check_wish(self, wish):
        """Return the values of a line of a pledge, in exact steps.

        :param dict wish: ``wanted``, ``tolerance``, ``minimum_acceptable``, ``maximum_price``,
            ``substitute_allowed``
        :raise UserError: no whole steps, too much, no price, or less than is acceptable
        """
        self.ensure_one()
        wanted, tolerance, minimum = (
            self._check_steps(wish.get(name) or 0)
            for name in ("wanted", "tolerance", "minimum_acceptable")
        )
        if minimum > wanted:
            raise UserError(
                self.env._(
                    "Of %(product)s you accept no less than %(minimum)s %(unit)s, but you want "
                    "less: want more, or accept less.",
                    product=self.display_name,
                    minimum=f"{quantity_of(minimum, self.step):f}",
                    unit=self.uom_id.name,
                )
            )
        return {
            "wanted": float(quantity_of(wanted, self.step)),
            "tolerance": float(quantity_of(tolerance, self.step)),
            "minimum_acceptable": float(quantity_of(minimum, self.step)),
            "maximum_price": self._check_price(wish.get("maximum_price")),
            "substitute_allowed": bool(self.substitute_id and wish.get("substitute_allowed")),
        }

    def _check_steps(self, quantity):
        """Return a quantity in steps.

        :raise UserError: it is none, or not a whole number of steps
        """
        try:
            steps = steps_of(quantity, self.step)
        except ArithmeticError:
            steps = None
        if steps is None or steps > MOST_STEPS:
            raise UserError(
                self.env._(
                    "%(quantity)s is no possible quantity of %(product)s: pledge a multiple of "
                    "%(step)s %(unit)s.",
                    quantity=quantity,
                    product=self.display_name,
                    step=f"{self.step:g}",
                    unit=self.uom_id.name,
                )
            )
        return steps

    def _check_price(self, price):
        """Return the most that a member pays for a unit; nothing: the campaign's ceiling."""
        if not price:
            return 0.0
        if not is_whole(price, self.currency_id.rounding, LARGEST_AMOUNT):
            raise UserError(
                self.env._(
                    "%(price)s is no possible price of %(product)s: fill in the most that a unit "
                    "may cost, for example 12.50, or nothing.",
                    price=price,
                    product=self.display_name,
                )
            )
        return float(price)

    def _count_steps(self, wish):
        """Return how many steps are wanted or tolerated."""
        return sum(
            steps_of(wish.get(name) or 0, self.step) or 0 for name in ("wanted", "tolerance")
        )
