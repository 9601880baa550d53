from odoo import fields, models
from odoo.exceptions import UserError


class CoopShareExitDecision(models.TransientModel):
    """Record what the Board decided on one or many exits."""

    _name = "coop.share.exit.decision"
    _description = "Decision on Exits"

    exit_ids = fields.Many2many("coop.share.exit", string="Exits", required=True)
    decision = fields.Selection(
        [("approve", "Approve"), ("refuse", "Refuse")], default="approve", required=True
    )
    decision_date = fields.Date("Decided on", default=fields.Date.context_today, required=True)
    decision_reference = fields.Char("Board Decision", help="For example: Board of 12 May, item 4.")
    refusal_reason = fields.Text(help="The member reads it.")

    def action_apply(self):
        """Approve or refuse, all of them or none."""
        self.ensure_one()
        if self.decision_date > fields.Date.context_today(self):
            raise UserError(self.env._("The Board cannot have decided in the future."))
        if self.decision == "refuse" and not (self.refusal_reason or "").strip():
            raise UserError(self.env._("Fill in the reason: the member has a right to know it."))
        exits = self.exit_ids
        exits._check_decider()
        exits._check_state("submitted")
        exits.write(
            {
                "decision_date": self.decision_date,
                "decision_reference": self.decision_reference,
                "refusal_reason": self.refusal_reason if self.decision == "refuse" else False,
            }
        )
        if self.decision == "approve":
            exits.action_approve()
        else:
            exits.action_refuse()
        return {"type": "ir.actions.act_window_close"}
