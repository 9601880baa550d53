from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ..books import as_books
from ..lib.money import allocate

PERCENTAGE_DIGITS = 2


def keep_out_of_totals(lines):
    """Without this addon the lines stay in their entries, as lines that no total counts."""
    as_books(lines).write({"display_type": "cogs"})


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    display_type = fields.Selection(
        selection_add=[("contribution", "Contribution")],
        ondelete={"contribution": keep_out_of_totals},
    )
    # What the cooperative keeps is not the client's business: internal groups only.
    activity_id = fields.Many2one(
        "coop.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The Activity that pays this contribution.",
    )
    contribution_base = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Untaxed amount of the invoice lines of the Activity, in the company's currency.",
    )
    contribution_rate = fields.Float(
        string="Contribution Rate (%)",
        digits=(7, 4),
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
        help="The rate in force at the invoice date, frozen at posting.",
    )
    contribution_rate_id = fields.Many2one(
        "coop.contribution.rate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _related_analytic_distribution(self):
        """The Activity of the invoice is the default of its lines without one."""
        related = super()._related_analytic_distribution()
        activity = self.move_id.activity_id
        if not activity or self.display_type != "product":
            return related
        own = self._get_activity_keys(self._by_activity_account())
        distribution = self.analytic_distribution or {}
        if own:
            return related | {key: distribution[key] for key in own}
        return related | {str(activity.analytic_account_id.id): 100.0}

    # ------------------------------------------------------------------
    # CRUD: the Activities of posted lines are locked
    # ------------------------------------------------------------------

    def write(self, vals):
        if "analytic_distribution" not in vals:
            return super().write(vals)
        posted = self.filtered(lambda line: line.parent_state == "posted")
        before = posted._get_activity_percentages()
        result = super().write(vals)
        after = posted._get_activity_percentages()
        for line in posted:
            if before[line] != after[line]:
                raise UserError(
                    self.env._(
                        "%(entry)s is posted: the Activities of its lines cannot change any more. "
                        "Reset it to draft, or reverse it.",
                        entry=line.move_id.display_name,
                    )
                )
        return result

    def _inverse_analytic_distribution(self):
        return super(AccountMoveLine, as_books(self))._inverse_analytic_distribution()

    # ------------------------------------------------------------------
    # Analytic lines
    # ------------------------------------------------------------------

    def _create_analytic_lines(self):
        """Lines shared by Activities are split to the cent, as their contribution is."""
        shared = self.filtered(lambda line: len(line.analytic_distribution or ()) > 1)
        activities = shared._by_activity_account()
        splits = {line.id: line._split_by_activity(activities) for line in shared}
        lines = as_books(self).with_context(activity_splits=splits)
        return super(AccountMoveLine, lines)._create_analytic_lines()

    def _prepare_analytic_distribution_line(
        self, distribution, account_ids, distribution_on_each_plan
    ):
        vals = super()._prepare_analytic_distribution_line(
            distribution, account_ids, distribution_on_each_plan
        )
        split = self.env.context.get("activity_splits", {}).get(self.id, {})
        if account_ids in split:
            vals["amount"] = -float(split[account_ids])
        return vals

    # ------------------------------------------------------------------
    # Activities of a line
    # ------------------------------------------------------------------

    def _split_by_activity(self, activities):
        """Split the balance over the keys that name an Activity, cents by largest remainder.

        :return: ``{key of the distribution: Decimal}``, empty when no Activity is named
        """
        self.ensure_one()
        keys = self._get_activity_keys(activities)
        weights = [self.analytic_distribution[key] for key in keys]
        if not keys or not self._is_whole(weights):
            return {}
        parts = allocate(self.balance, weights, self.company_currency_id.rounding)
        return dict(zip(keys, parts, strict=True))

    def _get_activity_bases(self, activities):
        """Return ``{Activity: Decimal}``, the signed amount that contributes on an invoice line.

        :raise ValidationError: the line is for Activities in part only, or in negative parts
        """
        self.ensure_one()
        keys = self._get_activity_keys(activities)
        weights = [self.analytic_distribution[key] for key in keys]
        if keys and not self._is_whole(weights):
            raise ValidationError(
                self.env._(
                    "The line “%(line)s” of %(invoice)s is for Activities at %(percentage)s %%. "
                    "Let the percentages of its Activities add up to 100 %%, or remove them all.",
                    line=self.name or self.product_id.display_name or "",
                    invoice=self.move_id.display_name,
                    percentage=round(sum(weights), PERCENTAGE_DIGITS),
                )
            )
        bases = defaultdict(int)
        for key, amount in self._split_by_activity(activities).items():
            bases[keys[key]] -= amount
        return bases

    @api.model
    def _is_whole(self, percentages):
        return (
            float_compare(sum(percentages), 100, precision_digits=PERCENTAGE_DIGITS) == 0
            and min(percentages) >= 0
        )

    def _get_activity_percentages(self):
        """Return ``{line: {Activity: percentage}}``."""
        activities = self._by_activity_account()
        percentages = {}
        for line in self:
            shares = defaultdict(float)
            for key, activity in line._get_activity_keys(activities).items():
                shares[activity] += line.analytic_distribution[key]
            percentages[line] = {
                activity: round(share, PERCENTAGE_DIGITS) for activity, share in shares.items()
            }
        return percentages

    def _prepare_whole_analytic_line(self, column, account_id):
        """Return the values of the one analytic line of a journal item.

        The whole amount is on one account, whose column is known: it takes no query.
        """
        return {
            "name": self.name,
            "date": self.date,
            column: account_id,
            "amount": -self.balance,
            "general_account_id": self.account_id.id,
            "ref": self.ref,
            "move_line_id": self.id,
            "user_id": self.env.uid,
            "company_id": self.company_id.id,
            "category": "other",
        }
