from odoo import models
from odoo.exceptions import UserError

IDENTITY_CARD = "smart_membership.document_kind_identity_card"


class CoopMembershipRequest(models.Model):
    """The copy of an identity document: with the acceptance it becomes a document of the member."""

    _inherit = "coop.membership.request"

    def _hand_over_identity_document(self, membership):
        """Move the copy to the documents of the member, where its retention rule holds.

        Without a kind for it, or when it is no file that can be kept there, it stays with the
        request and goes with the time of requests.
        """
        self.ensure_one()
        # Who handles requests need not be who checks documents.
        request = self.sudo()
        kind = request.env.ref(IDENTITY_CARD, raise_if_not_found=False)
        if not request.identity_document or not kind or not kind.active:
            return
        Document = request.env["coop.member.document"]
        try:
            Document._check_file(Document._decode(request.identity_document))
        except UserError:
            return
        Document._as_from_request().create(
            {
                "membership_id": membership.id,
                "kind_id": kind.id,
                "file": request.identity_document,
                "file_name": request.identity_filename,
            }
        )
        request.write({"identity_document": False, "identity_filename": False})
