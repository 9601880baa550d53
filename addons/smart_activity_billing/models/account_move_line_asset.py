from odoo import models


class AccountMoveLine(models.Model):
    """The asset that a line of a bill makes, and the investment that it starts."""

    _inherit = "account.move.line"

    def _new_investment(self):
        """Return a new investment that this line of a bill will start."""
        label = (self.name or self.product_id.display_name or self.move_id.ref or "").strip()
        # An investment is born by posting its bill, whoever may do that.
        return (
            self.env["coop.investment"]
            .sudo()
            .create(
                {
                    "label": label.splitlines()[0] if label else self.env._("Investment"),
                    "company_id": self.company_id.id,
                }
            )
            .with_env(self.env)
        )

    def _find_credited(self):
        """Return the one investment that the reversed bill bought on the same account, if any."""
        bought = self.move_id.reversed_entry_id.line_ids.filtered(
            lambda line: line.coop_investment_id and line.account_id == self.account_id
        ).coop_investment_id
        return bought if len(bought) == 1 else bought.browse()

    def _make_asset(self, cost):
        """Return the new asset of a line, linked with it."""
        move = self.move_id
        vals = move._prepare_asset_vals(self) | {"purchase_value": float(cost)}
        asset = (
            self.env["account.asset"]
            .with_company(move.company_id)
            .with_context(create_asset_from_move_line=True, move_id=move.id)
            .create(vals)
            .with_context(create_asset_from_move_line=False, move_id=False)
        )
        asset.analytic_distribution = self.analytic_distribution
        self.with_context(**self._get_asset_context()).asset_id = asset
        return asset
