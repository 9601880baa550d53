from collections import defaultdict

from odoo import models


class CoopBudgetReservation(models.Model):
    """Many promises that turn out smaller, lowered at once."""

    _inherit = "coop.budget.reservation"

    def _lower_all(self, amounts):
        """Hold no more than these amounts from now on, in a fixed number of queries.

        Rows are held in the order of their ids, so that two batches never wait for each other.

        :param dict amounts: what is still needed, by reservation
        """
        if not self:
            return
        self.env.flush_all()
        self._hold_activities(self.activity_id)
        self.invalidate_recordset(["remaining", "state"])
        given_back = defaultdict(float)
        lowered = {}
        for reservation in self:
            needed = reservation.currency_id.round(amounts[reservation])
            if needed < reservation.remaining:
                lowered[reservation] = needed
                given_back[reservation.activity_id] += reservation.remaining - needed
        if not lowered:
            return
        self._give_back(given_back)
        # What is promised is moved by the system only.
        for reservation, needed in lowered.items():
            reservation.sudo().write(
                {"remaining": needed, "state": "active" if needed else "cancelled"}
            )
