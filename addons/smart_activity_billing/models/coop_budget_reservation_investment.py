from odoo import models


class CoopBudgetReservation(models.Model):
    """The reservation of an investment follows the value of its share, down and up."""

    _inherit = "coop.budget.reservation"

    def _hold_exactly(self, amount):
        """Hold ``amount`` from now on; the caller changed what the Activity has reserved."""
        self.ensure_one()
        if not self.currency_id.compare_amounts(self.remaining, amount):
            return
        values = {"remaining": amount, "state": "active" if amount else "done"}
        if self.currency_id.compare_amounts(amount, self.amount) > 0:
            values["amount"] = amount
        self.write(values)
