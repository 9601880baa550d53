from odoo import models
from odoo.exceptions import AccessError

DOCUMENT = "coop.member.document"
FILE = "file"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Let nobody reach the file of a member document but through that document.

        There, the access is checked and noted; here it could be copied, renamed or made public.
        """
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        # The fields that tell are readable by nobody before this check.
        guarded = self.sudo().filtered(lambda file: file._is_member_document()).with_env(self.env)
        if not guarded:
            return result
        forbidden = result[0] | guarded if result else guarded

        def error():
            return AccessError(self.env._("This file is part of a member document: open it there."))

        return forbidden, error

    def _to_http_stream(self):
        """Note who downloads the file of a member document."""
        for file in self.sudo().filtered(lambda file: file._is_member_document()):
            document = self.env[DOCUMENT].browse(file.res_id)
            self.env["coop.member.document.access"]._log(document)
        return super()._to_http_stream()

    def _is_member_document(self):
        return self.res_model == DOCUMENT and self.res_field == FILE
