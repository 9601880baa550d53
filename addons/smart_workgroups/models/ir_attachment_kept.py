from odoo import api, models
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
    """Files of frozen minutes, of versions and of what was convoked stay as they are."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        # The newest file of a field is the one that is shown.
        files._check_field_open()
        return files

    def write(self, vals):
        # The chatter gives a file its token to be shown.
        if not vals.keys() & KEPT_FIELDS:
            return super().write(vals)
        self._check_not_kept()
        result = super().write(vals)
        self._check_field_open()
        return result

    def unlink(self):
        self._check_not_kept()
        return super().unlink()

    def _check_field_open(self):
        """Refuse to change, beside its record, what a field holds that is closed there."""
        if self.env.su:
            # The way of the field itself, after its record was asked.
            return
        for model, step in (
            ("coop.assembly.file", lambda one: one.document_id._check_draft()),
            ("coop.candidate", lambda one: one._check_photo_open()),
        ):
            # Whether it is closed decides, whoever asks.
            files = self.sudo().filtered(lambda one, model=model: one.res_model == model)
            ids = files.filtered("res_field").mapped("res_id")
            if ids:
                step(self.env[model].sudo().browse(ids).exists())

    def _check_not_kept(self):
        if not self.ids:
            return
        self._check_field_open()
        # Whether a file is kept decides, whoever asks; nothing else is told.
        own = Domain("attachment_id", "in", self.ids)
        if any(self.env[name].sudo().search_count(own, limit=1) for name in KEPT_BY):
            raise UserError(
                self.env._(
                    "This file belongs to frozen minutes or to a version of a document: it stays. "
                    "Add a new revision or version instead."
                )
            )
