from odoo import api, models
from odoo.exceptions import UserError

from ..books import written_by_books

# What a member handed in and said, and what became of it: written by the steps alone.
STEPS = {
    "correction_answer",
    "correction_outcome",
    "correction_user_id",
    "submission_date",
    "submission_review_date",
    "submission_state",
    "submitted_by_id",
}


class AccountMove(models.Model):
    """Nobody writes by hand that a member handed an invoice in, or agreed with its correction."""

    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        # Given explicitly, so that no default of a context says it.
        unsaid = {name: False for name in STEPS if f"default_{name}" in self.env.context}
        for vals in vals_list:
            self._check_submission_steps(vals)
        return super().create([{**unsaid, **vals} for vals in vals_list])

    def write(self, vals):
        self._check_submission_steps(vals)
        return super().write(vals)

    def _check_submission_steps(self, vals):
        if STEPS.isdisjoint(vals) or self.env.su or written_by_books(self):
            return
        for name in STEPS & vals.keys():
            if any(self._field_will_change(move, vals, name) for move in self or self.new()):
                raise UserError(
                    self.env._(
                        "What a member handed in, and answered, is not written by hand: review it "
                        "with the buttons."
                    )
                )
