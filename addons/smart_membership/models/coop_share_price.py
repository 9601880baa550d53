from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopSharePrice(models.Model):
    """The price of one share from a day on. What was approved keeps the price of its approval."""

    _name = "coop.share.price"
    _description = "Share Price"
    _order = "share_class_id, date_from desc"
    _rec_name = "date_from"

    share_class_id = fields.Many2one(
        "coop.share.class", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="share_class_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="share_class_id.currency_id")
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    price = fields.Monetary(required=True)

    _one_a_day = models.Constraint(
        "UNIQUE(share_class_id, date_from)", "A share class has one price from a day on."
    )
    _price_positive = models.Constraint(
        "CHECK(price > 0 AND price < 1000000000)", "The price of a share is above zero."
    )

    # ------------------------------------------------------------------
    # CRUD: a price that was used stays as it was
    # ------------------------------------------------------------------

    def write(self, vals):
        if {"price", "date_from", "share_class_id"} & set(vals):
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._check_unused()

    def _check_unused(self):
        """Refuse when shares were approved at one of these prices.

        :raise UserError: naming the class and the price
        """
        for price in self:
            # Who sets up prices need not see the subscriptions.
            used = (
                self.env["coop.share.subscription"]
                .sudo()
                .search_count([("price_id", "=", price.id)], limit=1)
            )
            if used:
                raise UserError(
                    self.env._(
                        "Shares %(share_class)s were approved at %(price)s: add a new price from a "
                        "later day instead.",
                        share_class=price.share_class_id.display_name,
                        price=price.currency_id.format(price.price),
                    )
                )
