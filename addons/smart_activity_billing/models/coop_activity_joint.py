from odoo import fields, models

from .coop_activity_transfer import BACK_OFFICE


class CoopActivity(models.Model):
    """What an Activity pledges for investments with others."""

    _inherit = "coop.activity"

    pledge_count = fields.Integer("Pledges", compute="_compute_pledge_count", groups=BACK_OFFICE)

    def _compute_pledge_count(self):
        groups = self.env["coop.investment.pledge"]._read_group(
            [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
        )
        counts = {activity.id: count for activity, count in groups}
        for activity in self:
            activity.pledge_count = counts.get(activity.id, 0)

    def action_view_pledges(self):
        """Open what these Activities pledge, and pledged."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_investment_pledge_action"
        )
        return action | {"domain": [("activity_id", "in", self.ids)]}

    def _get_closing_obstacles(self):
        """What the Activity owns with others, or asks others for, ends before it closes.

        What it still has to depreciate, and what it pledges, is among its reservations already.
        """
        shares = self._get_shares_in_use().filtered(lambda share: not share.book_value)
        # After the access check of the Activity: its own proposals.
        proposals = (
            self.env["coop.investment"]
            .sudo()
            .search([("proposing_activity_id", "=", self.id), ("state", "=", "pledging")])
        )
        rows = (
            self._closing_row(
                "investment_shares",
                self.env._("Shares of investments, written off completely"),
                shares,
                0.0,
                self.env._("Leave it: another Activity takes it over for nothing."),
                "/my/investments",
            ),
            self._closing_row(
                "investment_proposals",
                self.env._("Investments that it proposes"),
                proposals,
                sum(proposals.mapped("target")),
                self.env._("Give up the proposal, or wait for its deadline."),
                "/my/investments",
            ),
        )
        return [*super()._get_closing_obstacles(), *(row for row in rows if row["count"])]
