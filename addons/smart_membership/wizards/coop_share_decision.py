from odoo import fields, models
from odoo.exceptions import UserError


class CoopShareDecision(models.TransientModel):
    """Record what the Board decided on one or many acts on shares of one kind."""

    _name = "coop.share.decision"
    _description = "Decision of the Board"

    subscription_ids = fields.Many2many("coop.share.subscription")
    transfer_ids = fields.Many2many("coop.share.transfer")
    exit_ids = fields.Many2many("coop.share.exit", string="Exits")
    decision = fields.Selection(
        [("approve", "Approve"), ("refuse", "Refuse")], default="approve", required=True
    )
    decision_date = fields.Date("Decided on", default=fields.Date.context_today, required=True)
    decision_reference = fields.Char("Board Decision", help="For example: Board of 12 May, item 4.")
    refusal_reason = fields.Text(help="Those whom it is about read it.")

    def action_apply(self):
        """Approve or refuse, all of them or none.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        acts = self.subscription_ids or self.transfer_ids or self.exit_ids
        acts._check_services()
        if self.decision_date > fields.Date.context_today(self):
            raise UserError(self.env._("The Board cannot have decided in the future."))
        decision = {
            "decision_date": self.decision_date,
            "decision_reference": self.decision_reference,
        }
        if self.decision == "approve":
            acts._approve(decision)
        else:
            acts._refuse(decision, self._get_reason())
        return {"type": "ir.actions.act_window_close"}

    def _get_reason(self):
        reason = (self.refusal_reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Fill in the reason: those whom it is about have a right to know it.")
            )
        return reason
