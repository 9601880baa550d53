from odoo import fields, models
from odoo.exceptions import UserError

from ..books import as_books, written_by_books
from ..lib.write_off import keep_within, spread, stop_at

# What the bill of an investment decides on.
BOUGHT_FIELDS = {"purchase_value", "company_id", "date_start"}
# Methods that write off the same part each time, until what the asset is worth at the end is left.
LIMITED_METHODS = ("linear-limit", "degr-limit")


class AccountAsset(models.Model):
    """The asset of an investment follows its bill, its credit notes and its shares."""

    _inherit = "account.asset"

    coop_investment_ids = fields.One2many("coop.investment", "asset_id", "Investment")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not written_by_books(self):
            for asset in self:
                changed = any(self._field_will_change(asset, vals, name) for name in BOUGHT_FIELDS)
                if changed or vals.get("state") == "draft":
                    asset._check_no_investment()
        return super().write(vals)

    def unlink(self):
        if not written_by_books(self):
            self._check_no_investment()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def remove(self):
        """Dispose of an investment by its own steps, which give each Activity its part."""
        self.ensure_one()
        if self.coop_investment_ids:
            return self.coop_investment_ids.action_dispose()
        return super().remove()

    def action_view_coop_investment(self):
        """Open the investment of this asset."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "coop.investment",
            "view_mode": "form",
            "res_id": self.coop_investment_ids[:1].id,
        }

    # ------------------------------------------------------------------
    # Depreciation
    # ------------------------------------------------------------------

    def compute_depreciation_board(self):
        """Plan no more than what is left: the OCA addon rounds each month by itself."""
        result = super().compute_depreciation_board()
        # The rule holds even for who cannot see the investment.
        for asset in self.filtered(lambda one: one.sudo().coop_investment_ids):
            fit = stop_at if asset.method in LIMITED_METHODS else keep_within
            asset._plan_anew(fit)
        return result

    def _compute_entries(self, date_end, check_triggers=False):
        """Book the investments in one go; what fails there, and the rest, one by one."""
        # No board is made anew while its lines are booked.
        lines = self.filtered("coop_investment_ids")._get_due_lines(date_end)
        created = []
        if lines and not check_triggers:
            with self.env.cr.savepoint():
                created = lines.create_move()
        result, errors = super()._compute_entries(date_end, check_triggers=check_triggers)
        return created + result, errors

    def _get_due_lines(self, date):
        """Return the depreciations up to ``date`` that are not booked yet, the oldest first."""
        return self.env["account.asset.line"].search(
            [
                ("asset_id", "in", self.ids),
                ("asset_id.state", "=", "open"),
                ("type", "=", "depreciate"),
                ("init_entry", "=", False),
                ("move_check", "=", False),
                ("line_date", "<=", date),
            ],
            order="line_date, id",
        )

    # ------------------------------------------------------------------
    # What happens to the bill
    # ------------------------------------------------------------------

    def _open_of_bill(self):
        """Start to write off what a bill bought, where its profile does not wait for a person."""
        for asset in as_books(self).filtered("profile_id.open_asset"):
            asset.compute_depreciation_board()
            asset.validate()

    def _check_not_written_off(self, bill):
        """Refuse to reset the bill of what is written off already.

        :raise UserError: naming the bill, the asset and what to do
        """
        for asset in self:
            booked = asset.depreciation_line_ids.filtered(
                lambda line: line.type != "create" and line.move_check
            )
            if booked:
                raise UserError(
                    self.env._(
                        "%(bill)s bought “%(asset)s”, of which depreciations are booked "
                        "(%(count)s). Take it back with a credit note, or delete these "
                        "depreciations in the board of the asset first.",
                        bill=bill.display_name,
                        asset=asset.name,
                        count=len(booked),
                    )
                )

    def _unlink_of_bill(self):
        """Delete what a bill bought, because the bill is no longer posted."""
        assets = as_books(self)
        assets.write({"state": "draft"})
        assets.unlink()

    def _lower_value(self, amount, date):
        """Lower what an asset cost, and spread what is left over the months to come.

        :param amount: positive ``Decimal``
        :param date: the day on which an asset that costs nothing any more is removed
        """
        self.ensure_one()
        asset = as_books(self)
        left = asset.currency_id.round(asset.purchase_value - float(amount))
        values = {"purchase_value": left}
        if asset.salvage_value > left:
            values["salvage_value"] = left
        asset.write(values)
        lines = asset.depreciation_line_ids
        lines.filtered(lambda line: line.type == "create").amount = asset.depreciation_base
        asset._plan_anew(spread)
        if not left:
            asset.write({"state": "removed", "date_remove": date})
        elif not asset._get_left_to_write_off() and asset.state == "open":
            asset.state = "close"

    def _plan_anew(self, fit):
        """Give the depreciations that are not booked yet other amounts; of nothing, there is none.

        :param fit: a function of what is left, the planned amounts and the smallest unit
        """
        self.ensure_one()
        planned = self.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate" and not line.move_check and not line.init_entry
        ).sorted("line_date")
        if not planned:
            return
        unit = self.currency_id.rounding
        amounts = planned.mapped("amount")
        parts = map(float, fit(self._get_left_to_write_off(), amounts, unit))
        for line, part in zip(planned, parts, strict=True):
            if line.amount != part:
                line.amount = part
        planned.filtered(lambda line: not line.amount).unlink()

    def _get_left_to_write_off(self):
        """Return what the planned depreciations will write off."""
        residual = self.value_residual
        if self.method in LIMITED_METHODS:
            residual -= self.salvage_value
        return self.currency_id.round(max(residual, 0.0))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _field_will_change(self, asset, vals, name):
        """Whether writing ``vals`` changes a field of the asset."""
        field = self._fields[name]
        return name in vals and field.convert_to_cache(vals[name], asset) != (
            field.convert_to_cache(asset[name], asset)
        )

    def _check_no_investment(self):
        # The rule holds even for who cannot see the investment.
        investment = self.sudo().coop_investment_ids[:1]
        if investment:
            raise UserError(
                self.env._(
                    "%(asset)s is the investment %(investment)s: what it cost comes from its bill "
                    "and its credit notes. Correct these, or end the investment.",
                    asset=investment.asset_id.display_name,
                    investment=investment.display_name,
                )
            )
