from odoo import models
from odoo.exceptions import UserError

# The proof is an object, not a value: no RPC call can put this very object in a context.
_REQUEST = object()


class CoopMemberDocument(models.Model):
    """A document that comes with a request, and one that goes before its time."""

    _inherit = "coop.member.document"

    def _as_from_request(self):
        """Return the model, for documents that came with the request of a newcomer."""
        return self.with_context(coop_document_request=_REQUEST)

    def _comes_from_request(self):
        return self.env.context.get("coop_document_request") is _REQUEST

    def action_delete_now(self):
        """Ask why documents are to be deleted before their time.

        :raise AccessError: for who may not change these documents
        """
        self.check_access("write")
        self._check_not_deleted()
        return {
            "name": self.env._("Delete Now"),
            "type": "ir.actions.act_window",
            "res_model": "coop.member.document.deletion",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": self.ids},
        }

    def _delete_now(self, reason):
        """Delete the files now; the line that stays says why, and the history who did it.

        :param str reason: in a few words
        :raise UserError: one of them was deleted already
        """
        self.check_access("write")
        self._check_not_deleted()
        self._delete_by_rule(self.env._("before its time: %(reason)s", reason=reason))
        for document in self:
            document.message_post(
                body=self.env._("The file was deleted before its time: %(reason)s", reason=reason)
            )

    def _check_not_deleted(self):
        for document in self:
            if document.state == "deleted":
                raise UserError(
                    self.env._(
                        "%(name)s was deleted already, on %(date)s.",
                        name=document.display_name,
                        date=document.date_deleted,
                    )
                )
