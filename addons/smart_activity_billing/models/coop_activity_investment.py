from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .coop_activity_transfer import BACK_OFFICE


class CoopActivity(models.Model):
    """The investments that an Activity shares."""

    _inherit = "coop.activity"

    investment_count = fields.Integer(
        "Investments", compute="_compute_investment_count", groups=BACK_OFFICE
    )

    def _compute_investment_count(self):
        counts = dict(
            self.env["coop.investment.share"]._read_group(
                [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
            )
        )
        for activity in self:
            activity.investment_count = counts.get(activity, 0)

    def write(self, vals):
        if vals.get("state") == "closed":
            # What stands in the way is told to nobody else.
            self.check_access("write")
            self._check_no_share()
        return super().write(vals)

    def action_view_investments(self):
        """Open the investments that these Activities share or shared."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_investment_action"
        )
        return action | {
            "domain": [("share_ids.activity_id", "in", self.ids)],
            "context": {},
        }

    def _get_shares_in_use(self):
        """Return the shares of these Activities in investments that are still in use."""
        # Who closes an Activity needs to know what it shares.
        return (
            self.env["coop.investment.share"]
            .sudo()
            .search(
                Domain("activity_id", "in", self.ids)
                & Domain("share_amount", ">", 0)
                & Domain("investment_id.state", "=", "active")
            )
        )

    def _check_no_share(self):
        """Refuse to close an Activity that still shares an investment, written off or not.

        :raise UserError: naming the investments
        """
        for activity, shares in self._get_shares_in_use().grouped("activity_id").items():
            raise UserError(
                self.env._(
                    "%(activity)s still has a share in %(investments)s. Transfer it to another "
                    "Activity or end the use, then close it.",
                    activity=activity.display_name,
                    investments=", ".join(shares.investment_id.mapped("display_name")),
                )
            )

    def _get_portal_investments(self):
        """Return the shares of this Activity that members see: in use, or ended this past year.

        The portal calls it after the access check of the Activity.

        :return: list of dicts, those in use first
        """
        self.ensure_one()
        year_ago = fields.Date.context_today(self) - relativedelta(years=1)
        ended = Domain("investment_id.state", "=", "closed") & Domain(
            "investment_id.date_end", ">=", year_ago
        )
        # After the access check of the Activity: its own shares.
        shares = (
            self.env["coop.investment.share"]
            .sudo()
            .search(
                Domain("activity_id", "=", self.id)
                & Domain("share_amount", ">", 0)
                & (Domain("investment_id.state", "=", "active") | ended)
            )
        )
        ends = dict(
            self.env["coop.investment"]._fields["end_kind"]._description_selection(self.env)
        )
        rows = [share._prepare_portal_row(ends) for share in shares]
        return sorted(rows, key=lambda row: (bool(row["ended"]), row["date_start"]))

    def _log_held_investment(self, amount):
        """Tell that an investment holds more than there was; the books are not blocked by it."""
        self.ensure_one()
        if self.currency_id.compare_amounts(amount, self.available) > 0:
            self._log_overdraft(
                self.env._(
                    "%(activity)s had %(available)s available; an investment that is booked now "
                    "holds %(amount)s.",
                    activity=self.display_name,
                    available=self.currency_id.format(self.available),
                    amount=self.currency_id.format(amount),
                )
            )
