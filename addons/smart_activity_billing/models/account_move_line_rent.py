from odoo import models

from ..lib.money import allocate


class AccountMoveLine(models.Model):
    """Lines of rent are split by what each Activity owns, not by its rounded percentage."""

    _inherit = "account.move.line"

    def _split_by_activity(self, activities):
        """Split rent by the shares of its day; the percentages only show them."""
        investment = self.sudo().move_id.rented_investment_id
        if not investment or self.display_type != "product":
            return super()._split_by_activity(activities)
        keys = self._get_activity_keys(activities)
        costs = self.move_id._get_rent_costs()
        if set(keys.values()) != set(costs):
            return super()._split_by_activity(activities)
        weights = [costs[activity] for activity in keys.values()]
        parts = allocate(self.balance, weights, self.company_currency_id.rounding)
        return dict(zip(keys, parts, strict=True))

    def _set_rent_distribution(self, shared):
        """Give these to the owners, beside what other plans say.

        :param dict shared: analytic distribution over the Activities
        """
        for line in self:
            others = dict(line.analytic_distribution or {})
            for key in line._get_activity_keys(line._by_activity_account()):
                del others[key]
            if line.analytic_distribution != others | shared:
                line.analytic_distribution = others | shared

    def _related_analytic_distribution(self):
        """What was rented out decides, not the Activity of the invoice."""
        if self.move_id.rented_investment_id:
            return {}
        return super()._related_analytic_distribution()
