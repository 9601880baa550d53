from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a file says, what it is called and to what it belongs.
KEPT_FIELDS = {
    "checksum",
    "company_id",
    "datas",
    "db_datas",
    "file_size",
    "index_content",
    "mimetype",
    "name",
    "public",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "store_fname",
    "type",
    "url",
}
# The models that keep a file.
KEPT_BY = ("coop.meeting.minutes", "coop.assembly.minutes", "coop.document.version")


class IrAttachment(models.Model):
    """Files of frozen minutes and of versions of documents stay as they are."""

    _inherit = "ir.attachment"

    def write(self, vals):
        # The chatter gives a file its token to be shown.
        if vals.keys() & KEPT_FIELDS:
            self._check_not_kept()
        return super().write(vals)

    def unlink(self):
        self._check_not_kept()
        return super().unlink()

    def _check_not_kept(self):
        if not self.ids:
            return
        # Whether a file is kept decides, whoever asks; nothing else is told.
        own = Domain("attachment_id", "in", self.ids)
        if any(self.env[name].sudo().search_count(own, limit=1) for name in KEPT_BY):
            raise UserError(
                self.env._(
                    "This file belongs to frozen minutes or to a version of a document: it stays. "
                    "Add a new revision or version instead."
                )
            )
