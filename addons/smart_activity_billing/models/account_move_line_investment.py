from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ..lib.money import allocate, exact


class AccountMoveLine(models.Model):
    """What makes a line of a bill an investment, and what that costs."""

    _inherit = "account.move.line"

    coop_investment_id = fields.Many2one(
        "coop.investment",
        "Investment",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="base.group_user",
        help="On a bill: the investment that it buys; on a credit note: the one it takes back.",
    )
    booked_as_cost = fields.Boolean(
        groups="base.group_user",
        help="Tick it for what is used up at once, whatever it costs: the budget bears it now.",
    )

    # ------------------------------------------------------------------
    # Analytic lines
    # ------------------------------------------------------------------

    def _create_analytic_lines(self):
        """An investment reaches the budgets by its depreciation, not by its bill."""
        # Whoever posts a document need not see the investments that it buys.
        invested = self.sudo().filtered(lambda line: line._buys_investment())
        return super(AccountMoveLine, self - invested)._create_analytic_lines()

    def _buys_investment(self):
        """Whether a line is on the asset account of an investment that its document buys."""
        if self.coop_investment_id:
            return not self.move_id.is_sale_document(include_receipts=True)
        if not self.tax_line_id or not self.account_id.asset_profile_id:
            return False
        # Taxes that cannot be deducted are part of what it costs.
        return bool(
            self.move_id.line_ids.filtered(
                lambda line: line.coop_investment_id and line.account_id == self.account_id
            )
        )

    # ------------------------------------------------------------------
    # Which lines
    # ------------------------------------------------------------------

    def _is_worth_investing(self):
        """Whether the threshold of the company makes this line of a bill an investment."""
        self.ensure_one()
        threshold = self.company_id.sudo().investment_threshold  # a rule known to all
        return (
            bool(threshold)
            and self.display_type == "product"
            and not self.asset_profile_id
            and not self.booked_as_cost
            and not self.coop_expense_id
            and self.account_id.account_type == "expense"
            and (not self.product_id or self.product_id.can_be_investment)
            and self.company_currency_id.compare_amounts(self.balance, threshold) >= 0
        )

    def _is_asset_purchase(self):
        """Whether posting this line makes an asset."""
        self.ensure_one()
        return (
            self.display_type == "product"
            and self.asset_profile_id
            and not self.asset_id
            and not self.tax_line_id
        )

    def _get_share_weights(self, activities):
        """Return ``{Activity: percentage}`` of the shares that the distribution asks for.

        :param activities: what ``_by_activity_account`` returned
        :raise ValidationError: it is for Activities in part only
        """
        weights = {}
        for key, activity in self._get_activity_keys(activities).items():
            weights[activity] = weights.get(activity, 0.0) + self.analytic_distribution[key]
        weights = {activity: weight for activity, weight in weights.items() if weight}
        if weights and (
            float_compare(sum(weights.values()), 100, precision_digits=2)
            or min(weights.values()) < 0
        ):
            raise ValidationError(
                self.env._(
                    "“%(line)s” on %(bill)s is an investment of Activities at %(percentage)s %%. "
                    "Let the percentages of its Activities add up to 100 %%, or book what is not "
                    "for an Activity on a line of its own.",
                    line=self.name or self.product_id.display_name or "",
                    bill=self.move_id.display_name,
                    percentage=round(sum(weights.values()), 2),
                )
            )
        return weights

    # ------------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------------

    def _get_asset_costs(self):
        """Return ``{line: Decimal}``: the balance, with the taxes booked on the asset's account.

        Such a tax cannot be deducted, so it is part of the cost; it goes to the lines that bear
        it, cents by the largest remainder.
        """
        costs = {line: exact(line.balance, line.company_currency_id.rounding) for line in self}
        for move in self.move_id:
            for tax_line in move.line_ids.filtered("tax_line_id"):
                bearers = self.filtered(
                    lambda line, tax_line=tax_line, move=move: (
                        line.move_id == move
                        and line.account_id == tax_line.account_id
                        and tax_line.tax_line_id in line.tax_ids.flatten_taxes_hierarchy()
                    )
                )
                weights = [abs(Decimal(str(line.balance))) for line in bearers]
                if any(weights):
                    unit = tax_line.company_currency_id.rounding
                    parts = allocate(tax_line.balance, weights, unit)
                    for line, part in zip(bearers, parts, strict=True):
                        costs[line] += part
        return costs

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if "coop_investment_id" in vals and not self.env.su:
            for line in self:
                if (
                    line.parent_state == "posted"
                    and line.coop_investment_id.id != vals["coop_investment_id"]
                ):
                    raise UserError(
                        self.env._(
                            "%(entry)s is posted: its investment stays. Reset it to draft first.",
                            entry=line.move_id.display_name,
                        )
                    )
        return super().write(vals)

    def _copy_data_extend_business_fields(self, values):
        super()._copy_data_extend_business_fields(values)
        # A credit note takes back what the bill bought.
        values["coop_investment_id"] = self.coop_investment_id.id

    @api.model
    def _get_asset_context(self):
        """The OCA addon lets its own code alone write the asset of a line."""
        return {"allow_asset": True, "allow_asset_removal": True}
