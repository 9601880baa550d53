from odoo import models
from odoo.exceptions import UserError

from ..books import written_by_books


class AccountMove(models.Model):
    """The entry that closed an Activity stays: the closing is reopened, not its entry undone."""

    _inherit = "account.move"

    def button_draft(self):
        self._check_no_closing()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self._check_no_closing()
        return super()._reverse_moves(default_values_list, cancel)

    def _check_no_closing(self):
        """Refuse to touch the entries of closings.

        :raise UserError: naming the entry and its closing
        """
        entries = self.filtered(lambda move: move.move_type == "entry")
        if not entries:
            return
        # The rule holds even for who cannot see the closing.
        closing = (
            self.env["coop.activity.closing"]
            .sudo()
            .search(
                ["|", ("move_id", "in", entries.ids), ("reversal_move_id", "in", entries.ids)],
                limit=1,
            )
        )
        if closing:
            raise UserError(
                self.env._(
                    "%(entry)s is an entry of the closing %(closing)s and stays as it is. Reopen "
                    "the Activity instead.",
                    entry=(closing.move_id | closing.reversal_move_id)[:1].display_name,
                    closing=closing.display_name,
                )
            )
