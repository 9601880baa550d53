from odoo import api, fields, models


class CoopAssemblyFile(models.Model):
    """A document of an Assembly in one language."""

    _name = "coop.assembly.file"
    _description = "File of a Document of an Assembly"
    _order = "document_id, lang"
    _rec_name = "filename"

    document_id = fields.Many2one(
        "coop.assembly.document", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language", required=True
    )
    file = fields.Binary(required=True, attachment=True)
    filename = fields.Char(required=True, default="document.pdf")

    _language_once = models.UniqueIndex(
        "(document_id, lang)", "A document has one file in each language."
    )

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files.document_id._check_draft()
        return files

    def write(self, vals):
        self.document_id._check_draft()
        result = super().write(vals)
        self.document_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.document_id._check_draft()
