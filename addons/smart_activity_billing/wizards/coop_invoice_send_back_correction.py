from odoo import models
from odoo.exceptions import ValidationError


class CoopInvoiceSendBack(models.TransientModel):
    """The accountant corrected the draft and asks the member to agree."""

    _inherit = "coop.invoice.send.back"

    def action_propose(self):
        """Ask the member to agree with the draft as it stands, with the reason."""
        self.ensure_one()
        self.check_access("write")
        self.move_id._check_submission_review()
        reason = (self.reason or "").strip()
        if not reason:
            raise ValidationError(
                self.env._(
                    "Write what you corrected: %(member)s reads it.",
                    member=self.submitted_by_id.name,
                )
            )
        self.move_id._propose_correction(reason)
        return {"type": "ir.actions.act_window_close"}
