from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopTranslationWrite(models.TransientModel):
    """Both texts side by side, for who translates or reviews."""

    _name = "coop.translation.write"
    _description = "Write a Translation"

    translation_id = fields.Many2one("coop.translation", required=True, ondelete="cascade")
    record_name = fields.Char(related="translation_id.record_name")
    authentic_lang = fields.Char(readonly=True)
    lang = fields.Selection(related="translation_id.lang")
    state = fields.Selection(related="translation_id.state")
    seen_hash = fields.Char(readonly=True, help="Of the authentic text that is shown.")
    line_ids = fields.One2many("coop.translation.write.line", "write_id")

    @api.model
    def _create_for(self, row):
        """Show what is there now."""
        return self.create({"translation_id": row.id} | self._prepare_texts(row))

    @api.model
    def _prepare_texts(self, row):
        source, text = row._get_both()
        # Translators read what they translate.
        record = row._get_record().sudo()
        names = dict(self.env["res.lang"].get_installed())
        order = [name for name in record._fields if source.get(name)]
        return {
            "authentic_lang": names.get(record.authentic_lang, record.authentic_lang),
            "seen_hash": row._get_source_hash(),
            "line_ids": [
                fields.Command.create(
                    {
                        "field_name": name,
                        "label": record._fields[name]._description_string(self.env),
                        "is_html": record._fields[name].type == "html",
                        "source": source[name],
                        "source_html": source[name],
                        "text": text.get(name) or "",
                        "text_html": text.get(name) or "",
                    }
                )
                for name in order
            ],
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_save(self):
        """Keep the translation; somebody reviews it later."""
        self._save()

    def action_save_reviewed(self):
        """Keep the translation, and confirm that it says what the authentic text says."""
        self._save()
        if self.seen_hash != self.translation_id._get_source_hash():
            raise UserError(
                self.env._(
                    "The authentic text of %(record)s changed meanwhile: open the translation "
                    "again and compare.",
                    record=self.translation_id.record_name,
                )
            )
        self.translation_id._review()

    def _save(self):
        self.ensure_one()
        row = self.translation_id
        row._check_translator()
        # Translators have no right on the record: the texts of this language are what they write.
        record = row._get_record().sudo().with_context(lang=row.lang)
        allowed = record._translated_fields()
        record._write_translation(
            {
                line.field_name: line._get_text()
                for line in self.line_ids
                if line.field_name in allowed and line._get_text()
            }
        )
