from odoo import fields, models
from odoo.exceptions import UserError


class CoopMembershipRequestRefuse(models.TransientModel):
    """Refuse one or many requests with the reason that the candidates read."""

    _name = "coop.membership.request.refuse"
    _description = "Refuse Membership Requests"

    request_ids = fields.Many2many("coop.membership.request", required=True)
    reason = fields.Text(required=True, help="The candidate reads it.")

    def action_refuse(self):
        """Refuse all of them or none."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Fill in the reason: the candidate has a right to know it."))
        self.request_ids.check_access("write")
        self.request_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
