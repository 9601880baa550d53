from odoo import api, fields, models
from odoo.tools import plaintext2html


class CoopTranslationWriteLine(models.TransientModel):
    """One part of a text, in both languages."""

    _name = "coop.translation.write.line"
    _description = "Field of a Translation"

    write_id = fields.Many2one("coop.translation.write", required=True, ondelete="cascade")
    field_name = fields.Char(required=True, readonly=True)
    label = fields.Char("Part", readonly=True)
    is_html = fields.Boolean(readonly=True)
    source = fields.Text("Authentic Text", readonly=True)
    source_html = fields.Html("Authentic Rich Text", readonly=True)
    text = fields.Text("Translation")
    text_html = fields.Html("Rich Translation")

    shown = fields.Html("What Is There", compute="_compute_shown")

    @api.depends("text", "text_html", "is_html")
    def _compute_shown(self):
        for line in self:
            line.shown = line.text_html if line.is_html else plaintext2html(line.text or "")

    def _get_text(self):
        return self.text_html if self.is_html else self.text
