from odoo import fields, models
from odoo.exceptions import ValidationError


class CoopInvoiceSendBack(models.TransientModel):
    """Ask an accountant why a submitted invoice goes back to the member."""

    _name = "coop.invoice.send.back"
    _description = "Send an Invoice Back to the Member"

    move_id = fields.Many2one("account.move", "Invoice", required=True, ondelete="cascade")
    submitted_by_id = fields.Many2one(related="move_id.submitted_by_id", string="Member")
    reason = fields.Text(
        required=True, help="The member reads this in the portal and in an e-mail."
    )

    def action_send_back(self):
        """Send the invoice back with the reason."""
        self.ensure_one()
        self.check_access("write")
        self.move_id._check_submission_review()
        reason = (self.reason or "").strip()
        if not reason:
            raise ValidationError(
                self.env._(
                    "Write what %(member)s has to correct.", member=self.submitted_by_id.name
                )
            )
        self.move_id._send_back_submission(reason)
        return {"type": "ir.actions.act_window_close"}
