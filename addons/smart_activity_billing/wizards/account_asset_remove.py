from odoo import models
from odoo.exceptions import UserError


class AccountAssetRemove(models.TransientModel):
    _inherit = "account.asset.remove"

    def remove(self):
        asset = self.env["account.asset"].browse(self.env.context.get("active_id"))
        # The rule holds even for who cannot see the investment.
        investment = asset.sudo().coop_investment_ids
        if investment and investment.state != "closed" and not self.env.su:
            raise UserError(
                self.env._(
                    "%(asset)s is the investment %(investment)s of Activities: end its use there, "
                    "so that each gets its part.",
                    asset=asset.display_name,
                    investment=investment.display_name,
                )
            )
        return super().remove()

    def _get_removal_data(self, asset, residual_value):
        investment = asset.coop_investment_ids
        if not investment:
            return super()._get_removal_data(asset, residual_value)
        return investment._prepare_removal_lines(
            self.sale_value,
            self.account_sale_id,
            self.account_plus_value_id,
            self.account_min_value_id,
        )
