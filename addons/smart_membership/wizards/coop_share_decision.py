from odoo import fields, models
from odoo.exceptions import UserError


class CoopShareDecision(models.TransientModel):
    """Record what the Board decided on one or many subscriptions."""

    _name = "coop.share.decision"
    _description = "Decision on Share Subscriptions"

    subscription_ids = fields.Many2many("coop.share.subscription", required=True)
    decision = fields.Selection(
        [("approve", "Approve"), ("refuse", "Refuse")], default="approve", required=True
    )
    decision_date = fields.Date("Decided on", default=fields.Date.context_today, required=True)
    decision_reference = fields.Char("Board Decision", help="For example: Board of 12 May, item 4.")
    refusal_reason = fields.Text(help="The candidate reads it.")

    def action_apply(self):
        """Approve or refuse, all of them or none."""
        self.ensure_one()
        if self.decision_date > fields.Date.context_today(self):
            raise UserError(self.env._("The Board cannot have decided in the future."))
        if self.decision == "refuse" and not (self.refusal_reason or "").strip():
            raise UserError(self.env._("Fill in the reason: the candidate has a right to know it."))
        subscriptions = self.subscription_ids
        subscriptions._check_decider()
        subscriptions._check_state("submitted")
        subscriptions.write(
            {
                "decision_date": self.decision_date,
                "decision_reference": self.decision_reference,
                "refusal_reason": self.refusal_reason if self.decision == "refuse" else False,
            }
        )
        if self.decision == "approve":
            subscriptions.action_approve()
        else:
            subscriptions.action_refuse()
        return {"type": "ir.actions.act_window_close"}
