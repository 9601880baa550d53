from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopAssemblyDocument(models.Model):
    """What members read before an Assembly: accounts, reports; a file for each language."""

    _name = "coop.assembly.document"
    _description = "Document of an Assembly"
    _order = "assembly_id, sequence, id"

    name = fields.Char("Document", required=True, translate=True)
    assembly_id = fields.Many2one("coop.assembly", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="assembly_id.company_id", store=True, index=True)
    point_id = fields.Many2one(
        "coop.assembly.point",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('assembly_id', '=', assembly_id)]",
    )
    sequence = fields.Integer(default=10)
    file_ids = fields.One2many("coop.assembly.file", "document_id", "Files")

    @api.model_create_multi
    def create(self, vals_list):
        """Add documents to what is not convoked yet."""
        documents = super().create(vals_list)
        documents._check_draft()
        return documents

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    def _check_draft(self):
        for document in self:
            if document.assembly_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(document)s belongs to the convocation of %(assembly)s, which left: it "
                        "stays as it is.",
                        document=document.name,
                        assembly=document.assembly_id.display_name,
                    )
                )

    def _check_languages(self):
        """Refuse documents that not everybody can read.

        :raise UserError: naming the document and the languages without a file
        """
        names = dict(self.env["res.lang"].get_installed())
        for document in self:
            missing = [
                names.get(lang, lang)
                for lang in document.company_id._get_governance_langs()
                if lang not in document.file_ids.mapped("lang")
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "%(document)s of %(assembly)s has no file in %(languages)s: add one for "
                        "each language, then convoke.",
                        document=document.name,
                        assembly=document.assembly_id.display_name,
                        languages=", ".join(missing),
                    )
                )

    def _get_file(self, lang):
        """Return the file in a language, else the one in the authentic language."""
        self.ensure_one()
        by_lang = {one.lang: one for one in self.file_ids}
        authentic = self.assembly_id.authentic_lang
        return by_lang.get(lang) or by_lang.get(authentic) or self.file_ids[:1]
