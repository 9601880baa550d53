from odoo import fields, models
from odoo.exceptions import UserError


class CoopShareTransferDecision(models.TransientModel):
    """Record what the Board decided on one or many transfers of shares."""

    _name = "coop.share.transfer.decision"
    _description = "Decision on Share Transfers"

    transfer_ids = fields.Many2many("coop.share.transfer", required=True)
    decision = fields.Selection(
        [("approve", "Approve"), ("refuse", "Refuse")], default="approve", required=True
    )
    decision_date = fields.Date("Decided on", default=fields.Date.context_today, required=True)
    decision_reference = fields.Char("Board Decision", required=True)
    refusal_reason = fields.Text(help="Giver and receiver read it.")

    def action_apply(self):
        """Approve or refuse, all of them or none.

        :raise UserError: naming the transfer that stands in the way
        """
        self.ensure_one()
        transfers = self.transfer_ids
        transfers._check_services()
        if self.decision_date > fields.Date.context_today(self):
            raise UserError(self.env._("The Board cannot have decided in the future."))
        decision = {
            "decision_date": self.decision_date,
            "decision_reference": self.decision_reference,
        }
        if self.decision == "approve":
            transfers._approve(decision)
        else:
            reason = (self.refusal_reason or "").strip()
            if not reason:
                raise UserError(
                    self.env._("Fill in the reason: both parties have a right to know it.")
                )
            transfers._refuse(decision, reason)
        return {"type": "ir.actions.act_window_close"}
