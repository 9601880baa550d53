import json

from odoo import api, fields, models


class CoopFrozenText(models.Model):
    """The full text of a record as it was at one moment, in all its languages.

    Added by ``coop.traced.mixin`` whenever something is submitted or handed over, never changed.
    The chain of hashes is kept by the database: one changed character is found by `_verify`.
    """

    _name = "coop.frozen.text"
    _description = "Frozen Text"
    _inherit = ["coop.chained.mixin"]
    _log_access = False
    _rec_name = "name"
    _chained_columns = ("res_model", "res_id", "kind", "name", "content")

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    # Named by a method: the database keeps the word itself, which the hash covers.
    kind = fields.Selection(
        "_selection_kind", "Occasion", required=True, readonly=True, help="Why it was frozen."
    )
    name = fields.Char("Title", required=True, readonly=True)
    # As text, not as JSON of the database, which would not keep the very characters.
    content = fields.Text(
        "Text in All Languages",
        required=True,
        readonly=True,
        help="JSON: each field by its name, with its text by language; no language where the "
        "field is the same in all of them.",
    )

    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _selection_kind(self):
        """Return on which occasions texts are frozen: steps, and ways on which they go."""
        return [
            ("submitted", self.env._("Submitted")),
            ("themed", self.env._("Handed over as a theme")),
            ("asked", self.env._("Asked in an edition")),
            ("merged", self.env._("Merged into another")),
            ("split", self.env._("Split into several")),
            ("reviewed", self.env._("Handed over to the Board")),
            ("final", self.env._("Finalised by the Board")),
            ("replaced", self.env._("Decided anew by the Board")),
            ("proposed", self.env._("Taken up in a proposal")),
            ("convoked", self.env._("Convoked")),
            ("decided", self.env._("Put to the vote")),
            ("adopted", self.env._("Adopted by the Assembly")),
            ("rejected", self.env._("Rejected by the Assembly")),
            ("planned", self.env._("Planned")),
            ("part", self.env._("Divided into parts")),
            ("advised", self.env._("Handed over for advice")),
            ("followed", self.env._("Followed up")),
            ("published", self.env._("Published")),
        ]

    @api.depends("name", "number")
    def _compute_display_name(self):
        for frozen in self:
            frozen.display_name = f"{frozen.number} {frozen.name}"

    @api.model
    def _freeze(self, record, kind, field_names):
        """Add the text of these fields of a record, in all its languages.

        :return: the new row, as superuser
        """
        content = {name: self._read_languages(record, name) for name in field_names}
        # Frozen by the system, whoever takes the step: nobody may write here by hand.
        return self.sudo().create(
            {
                "company_id": record.company_id.id,
                "res_model": record._name,
                "res_id": record.id,
                "kind": kind,
                "name": record.display_name,
                "content": json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1),
            }
        )

    @api.model
    def _read_languages(self, record, name):
        """Return ``{language: text}`` of a field; the language is "" for what has no languages."""
        field = record._fields[name]
        if field.translate and field.store:
            stored = field._get_stored_translations(record) or {}
            return {lang: text for lang, text in stored.items() if not lang.startswith("_")}
        if (
            field.type in ("char", "text", "html")
            and "lang" in self.pool.field_depends_context[field]
        ):
            return self._read_computed_languages(record, name)
        value = record[name]
        if field.relational:
            return {"": ", ".join(value.mapped("display_name"))}
        if field.type in ("date", "datetime"):
            return {"": value and value.isoformat()}
        return {"": value}

    @api.model
    def _read_computed_languages(self, record, name):
        """Return ``{language: text}`` of a text that is found in each language: English, and others
        as far as they differ."""
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        texts = {lang: record.with_context(lang=lang)[name] for lang in ("en_US", *langs)}
        english = texts["en_US"]
        return {lang: text for lang, text in texts.items() if lang == "en_US" or text != english}

    def _read_text(self, name, lang=None):
        """Return the frozen text of a field in a language, else in English, else in any."""
        self.ensure_one()
        texts = json.loads(self.content).get(name) or {}
        lang = lang or self.env.lang
        return texts.get(lang) or texts.get("en_US") or next(iter(texts.values()), "") or ""
