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

    def _lower(self, amounts, ended="cancelled"):
        """Take these amounts out, of reservations whose Activities are held already.

        :param dict amounts: what to take of each, by reservation; never more than remains
        :param str ended: the state of those that hold nothing afterwards
        """
        for activity, reservations in self.grouped("activity_id").items():
            total = sum(amounts[reservation] for reservation in reservations)
            activity._bump_reserved(-activity.currency_id.round(total))
        # What is promised is moved by the system only.
        for reservation in self.sudo():
            remaining = reservation.currency_id.round(reservation.remaining - amounts[reservation])
            reservation.write({"remaining": remaining, "state": "active" if remaining else ended})
