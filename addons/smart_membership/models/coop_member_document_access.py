from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.kept_rows import keep_triggers


class CoopMemberDocumentAccess(models.Model):
    """Who looked at the file of a member, and when. Lines are added, never changed or removed."""

    _name = "coop.member.document.access"
    _description = "Access to a Member Document"
    _inherit = ["coop.kept.mixin"]
    _order = "date desc, id desc"
    _rec_name = "document_id"
    _log_access = False

    document_id = fields.Many2one(
        "coop.member.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    membership_id = fields.Many2one(related="document_id.membership_id", string="Member")
    kind_id = fields.Many2one(related="document_id.kind_id", string="Kind")
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, index=True, precompute=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # The name as it was: members may read it, and it stays when the user is renamed.
    user_name = fields.Char("Who", required=True, readonly=True)
    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)

    def init(self):
        """Let the database itself refuse to change or delete a line."""
        triggers = keep_triggers(
            "coop_member_document_access",
            self._table,
            "The log of who read a document only grows",
        )
        self.env.cr.execute(SQL(triggers))

    @api.model
    def _log(self, document):
        """Note that the user reads the file of a document; members read their own freely.

        :raise ReadOnlySqlTransaction: the transaction may not write; the server replays the
            request in one that may
        """
        user = self.env.user
        if user.partner_id == document.sudo().partner_id:
            return
        if self.env.cr.readonly:
            raise ReadOnlySqlTransaction("A look at a member document must be noted")
        # Nobody has the right to add lines by hand.
        self.sudo().create(
            {"document_id": document.id, "user_id": user.id, "user_name": user.sudo().name}
        )

    def _error_kept(self):
        return UserError(
            self.env._("The log of who looked at documents cannot be changed: it only grows.")
        )
