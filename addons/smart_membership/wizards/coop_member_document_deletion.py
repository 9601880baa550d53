from odoo import fields, models
from odoo.exceptions import UserError


class CoopMemberDocumentDeletion(models.TransientModel):
    """Asks why documents of members are deleted before their time."""

    _name = "coop.member.document.deletion"
    _description = "Delete Member Documents Now"

    document_ids = fields.Many2many("coop.member.document", string="Documents", required=True)
    reason = fields.Char(required=True, help="It stays with the line that says the file is gone.")

    def action_confirm(self):
        """Delete the files, for ever.

        :raise AccessError: for who may not change these documents
        :raise UserError: without a reason, or when one was deleted already
        """
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Fill in why: the line that stays says it."))
        self.document_ids._delete_now(reason)
        return {"type": "ir.actions.act_window_close"}
