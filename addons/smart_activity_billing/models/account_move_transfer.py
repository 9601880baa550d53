from odoo import models
from odoo.exceptions import UserError

from ..books import written_by_books


class AccountMove(models.Model):
    """The entry of a transfer of budget stays as it is: the transfer is reversed, not its entry."""

    _inherit = "account.move"

    def button_draft(self):
        self._check_no_budget_transfer()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self._check_no_budget_transfer()
        return super()._reverse_moves(default_values_list, cancel)

    def _check_no_budget_transfer(self):
        """Refuse to touch the entries of transfers.

        :raise UserError: naming the entry and its transfer
        """
        entries = self.filtered(lambda move: move.move_type == "entry")
        if not entries:
            return
        # The rule holds even for who cannot see the transfer.
        Transfer = self.env["coop.budget.transfer"].sudo()
        transfer = Transfer.search(
            ["|", ("move_id", "in", entries.ids), ("reversal_move_id", "in", entries.ids)], limit=1
        )
        if transfer:
            raise UserError(
                self.env._(
                    "%(entry)s is the entry of the budget transfer %(transfer)s and stays as it "
                    "is. Reverse the transfer instead.",
                    entry=(transfer.move_id | transfer.reversal_move_id)[:1].display_name,
                    transfer=transfer.display_name,
                )
            )
