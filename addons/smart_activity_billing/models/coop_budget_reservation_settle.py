from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class CoopBudgetReservation(models.Model):
    """Many spendings booked at once, each at a cost of its own, in a fixed number of queries."""

    _inherit = "coop.budget.reservation"

    def _settle_all(self, costs):
        """Take out what was booked of these, and give the rest back.

        Rows are held in the order of their ids, so that two batches never wait for each other.
        As with ``_consume``, what cost more than was reserved takes all there is.

        :param dict costs: what was booked, not negative, by reservation
        """
        if not self:
            return
        self.env.flush_all()
        self._hold_activities(self.activity_id)
        self.invalidate_recordset(["remaining", "state"])
        held = defaultdict(float)
        used_up = self.browse()
        for reservation in self:
            held[reservation.activity_id] += reservation.remaining
            if costs[reservation] >= reservation.remaining:
                used_up |= reservation
        self._give_back(held)
        # The booking spends what was granted when it was reserved, whoever books.
        active = self.sudo().filtered(lambda one: one.state == "active")
        used_up = used_up.sudo() & active
        used_up.write({"remaining": 0.0, "state": "done"})
        (active - used_up).write({"remaining": 0.0, "state": "cancelled"})

    def _hold_activities(self, activities):
        """Make rivals for these Activities wait, and be replayed."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM coop_activity WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                activities.ids,
            ),
            log_exceptions=False,
        )

    def _give_back(self, held):
        """Lower the reserved amount of each Activity; its row is bumped even where it is 0."""
        activities = self.env["coop.activity"].union(*held)
        self.env.cr.execute(
            SQL(
                """
                UPDATE coop_activity activity
                   SET reserved_amount = activity.reserved_amount - held.amount
                  FROM unnest(%s, %s::numeric[]) AS held (id, amount)
                 WHERE activity.id = held.id
                """,
                activities.ids,
                [str(activity.currency_id.round(held[activity])) for activity in activities],
            ),
            log_exceptions=False,
        )
        activities.invalidate_recordset(["reserved_amount"])
        activities._invalidate_amounts()
