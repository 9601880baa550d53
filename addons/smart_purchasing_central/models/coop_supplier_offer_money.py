from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_activity_billing.lib.money import exact


class CoopSupplierOffer(models.Model):
    """What offers are in the company's currency, at the rate of the day of the deadline."""

    _inherit = "coop.supplier.offer"

    def _get_terms_in_company_currency(self):
        """Return delivery_cost, free_delivery_from and minimum_order as exact amounts."""
        self.ensure_one()
        rate, unit = self._get_rate(), self.company_id.currency_id.rounding
        return {
            name: exact(Decimal(str(self[name])) * rate, unit)
            for name in ("delivery_cost", "free_delivery_from", "minimum_order")
        }

    def _get_rate(self):
        """Return how much of the company's currency one unit of the offer's is, exactly.

        :raise UserError: no rate is known on the day of the deadline
        """
        self.ensure_one()
        own, other = self.company_id.currency_id, self.offer_currency_id
        if own == other:
            return Decimal(1)
        day = self._get_rate_day()
        # One rate list for all: who reads offers need not manage currencies.
        Rate = self.env["res.currency.rate"].sudo()
        # Without this, the first rate ever stands for all days before it.
        known = Rate.search_count(
            [
                ("currency_id", "=", other.id),
                ("name", "<=", day),
                ("company_id", "in", (False, self.company_id.root_id.id)),
            ],
            limit=1,
        )
        if not known:
            raise UserError(
                self.env._(
                    "%(offer)s is in %(currency)s, and no rate of it is known on %(day)s, the "
                    "deadline: enter that rate in the currencies first.",
                    offer=self.display_name,
                    currency=other.name,
                    day=day,
                )
            )
        rate = self.env["res.currency"]._get_conversion_rate(other, own, self.company_id, day)
        return Decimal(str(rate))

    def _get_rate_day(self):
        """Return the day of the deadline at the seat of the company, whoever asks."""
        deadline = self.campaign_id.offer_deadline or fields.Datetime.now()
        zone = self.company_id.sudo().partner_id.tz or "Europe/Brussels"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), deadline).date()
