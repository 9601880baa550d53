from odoo import models


class CoopBudgetTransfer(models.Model):
    """What a transfer is in the books: two lines on one account, one for each Activity.

    The account nets to zero; only the analytic ledger moves. No invoice, so no contribution.
    """

    _inherit = "coop.budget.transfer"

    def _post_entry(self):
        """Book the transfer; in a locked period, on the day that the accounting proposes.

        :return: the posted ``account.move``
        """
        return self._book(self._prepare_entry(self.source_id, self.destination_id, self.date))

    def _post_reversal(self):
        """Book the contrary of the entry, today."""
        vals = self._prepare_entry(self.destination_id, self.source_id)
        return self._book(vals | {"reversed_entry_id": self.move_id.id})

    def _prepare_entry(self, giver, receiver, date=False):
        return self._prepare_budget_entry(
            [
                (giver.analytic_account_id, self.amount),
                (receiver.analytic_account_id, -self.amount),
            ],
            name=f"{self.name} {self.reason or ''}".strip(),
            date=date,
        )
