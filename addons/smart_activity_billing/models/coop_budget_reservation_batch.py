from odoo import models


class CoopBudgetReservation(models.Model):
    """Many spendings booked at once."""

    _inherit = "coop.budget.reservation"

    def _consume_all(self):
        """Take all out that these hold, because their spendings are booked.

        Activities are bumped in the order of their ids, so that two batches never wait for each
        other.
        """
        by_activity = self.grouped("activity_id")
        for activity in self.activity_id.sorted("id"):
            reservations = by_activity[activity]
            activity._bump_reserved(0)
            reservations.invalidate_recordset(["remaining", "state"])
            held = activity.currency_id.round(sum(reservations.mapped("remaining")))
            activity._bump_reserved(-held)
        # The booking spends what was granted when it was reserved, whoever books.
        active = self.sudo().filtered(lambda one: one.state == "active")
        active.write({"remaining": 0.0, "state": "done"})
