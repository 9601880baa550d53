from odoo import models
from odoo.exceptions import UserError

from ..books import written_by_books


class AccountMove(models.Model):
    """The entry of a payroll run stays as it is: the run is reversed, not its entry."""

    _inherit = "account.move"

    def button_draft(self):
        self._check_no_payroll_run()
        return super().button_draft()

    def button_cancel(self):
        self._check_no_payroll_run()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self._check_no_payroll_run()
        return super()._reverse_moves(default_values_list, cancel)

    def _check_no_payroll_run(self):
        """Refuse to touch the entries of payroll runs.

        :raise UserError: naming the entry and its run
        """
        entries = self.filtered(lambda move: move.move_type == "entry")
        if not entries:
            return
        # The rule holds even for who cannot see the run.
        Run = self.env["coop.payroll.run"].sudo()
        run = Run.search(
            ["|", ("move_id", "in", entries.ids), ("reversal_move_id", "in", entries.ids)], limit=1
        )
        if run:
            raise UserError(
                self.env._(
                    "%(entry)s is the entry of the payroll run %(run)s and stays as it is. Reverse "
                    "the run instead.",
                    entry=(run.move_id | run.reversal_move_id)[:1].display_name,
                    run=run.display_name,
                )
            )
