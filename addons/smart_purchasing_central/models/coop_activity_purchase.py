from odoo import models


class CoopActivity(models.Model):
    """What an Activity pledges in campaigns ends before it closes."""

    _inherit = "coop.activity"

    def _get_closing_obstacles(self):
        """Say which page ends a pledge; what it holds is among the reservations already."""
        # After the access check of the Activity: its own pledges.
        pledges = (
            self.env["coop.purchase.pledge"]
            .sudo()
            .search([("activity_id", "=", self.id), ("state", "=", "active")])
        )
        row = self._closing_row(
            "purchase_pledges",
            self.env._("Pledges in purchase campaigns"),
            pledges,
            sum(pledges.mapped("reserved_amount")),
            self.env._("Withdraw them, or wait until what was bought is charged."),
            "/my/purchases",
        )
        return [*super()._get_closing_obstacles(), *([row] if pledges else [])]
