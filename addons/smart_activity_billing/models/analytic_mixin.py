from odoo import models


class AnalyticMixin(models.AbstractModel):
    """The Activities that a distribution names."""

    _inherit = "analytic.mixin"

    def _by_activity_account(self):
        """Return ``{analytic account id: Activity}`` of all accounts that these lines name."""
        account_ids = self._get_analytic_account_ids_from_distributions(
            self.mapped("analytic_distribution")
        )
        return self.env["coop.activity"]._by_analytic_account(account_ids)

    def _get_activity_keys(self, activities):
        """Return ``{key of the distribution: Activity}`` for the keys that name an Activity.

        :param activities: what ``_by_activity_account`` returned
        """
        keys = {}
        for key in self.analytic_distribution or {}:
            for account_id in key.split(","):
                if account_id.isdecimal() and int(account_id) in activities:
                    keys[key] = activities[int(account_id)]
        return keys
