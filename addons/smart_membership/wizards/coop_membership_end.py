from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopMembershipEnd(models.TransientModel):
    """Asks for what is needed to end one or more memberships."""

    _name = "coop.membership.end"
    _description = "End Membership"

    membership_ids = fields.Many2many("coop.membership", string="Memberships", required=True)
    date_end = fields.Date("Last Day", required=True, default=fields.Date.context_today)
    exit_reason = fields.Selection(
        selection="_selection_exit_reason", string="Reason", required=True
    )
    note = fields.Text(help="Kept in the history of each membership.")

    @api.model
    def _selection_exit_reason(self):
        return self.env["coop.membership"]._fields["exit_reason"]._description_selection(self.env)

    def action_confirm(self):
        """End the memberships and note why in their history.

        :raise AccessError: for who may not change these memberships
        :raise UserError: when none is chosen, or when one cannot be ended
        """
        self.ensure_one()
        if not self.membership_ids:
            raise UserError(self.env._("No membership is chosen: select members in the list."))
        self.membership_ids.check_access("write")
        self.membership_ids._end(self.date_end, self.exit_reason)
        if self.note:
            for membership in self.membership_ids:
                membership.message_post(body=self.note)
        return {"type": "ir.actions.act_window_close"}
