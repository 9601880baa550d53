from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.translation import translation_state

# How many records one message names.
MOST_NAMED = 5


class CoopTranslatedMixin(models.AbstractModel):
    """A text with one authentic language, and translations of which is known whether they hold.

    The values are in Odoo's own translated fields. Whether a translation holds follows from the
    hashes that were noted when somebody reviewed it (`coop.translation`), each time it is asked:
    whatever changes the authentic text, in whatever way, a review of the old one is out of date.

    A model names it after `coop.step.mixin` in its ``_inherit``: what is decided is written through
    here too.
    """

    _name = "coop.translated.mixin"
    _description = "Text with Translations"

    authentic_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Authentic Language",
        required=True,
        default=lambda self: self._default_authentic_lang(),
        help="The text in this language is the one that counts; the others are translations of it.",
    )

    @api.model
    def _default_authentic_lang(self):
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = self.env.lang or "en_US"
        return wanted if wanted in installed else (installed or ["en_US"])[0]

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._follow_translations()
        return records

    def write(self, vals):
        """Write in one language: the texts in the others stay as they are.

        Odoo maps a rich text term by term and puts what it does not find again in the place of the
        other languages; these are texts of their own.
        """
        names = [
            name
            for name in self._translated_fields() & vals.keys()
            if callable(self._fields[name].translate) and vals[name]
        ]
        before = self._get_stored_texts(names) if names else {}
        result = super().write(vals)
        if names:
            self._keep_other_languages(before)
        self.env["coop.translation"].invalidate_model(["state"])
        if {"authentic_lang", "company_id"} & vals.keys():
            self._follow_translations()
        return result

    def unlink(self):
        # What is said about texts that are no more; nobody else's.
        translations = self._search_translations()
        result = super().unlink()
        translations.unlink()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        self.env["coop.translation"].invalidate_model(["state"])
        return result

    def _write_translation(self, vals):
        """Write texts in the language of the context, which may follow what is locked in others."""
        self.ensure_one()
        locked = getattr(self, "_locked_fields", set)() & vals.keys()
        if locked and not any(self._is_text_locked(name, {self.env.lang}) for name in locked):
            return self._write_decision(vals)
        return self.write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_translations(self):
        """Open the translations of these."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_workgroups.coop_translation_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {"group_by": []},
        }

    # ------------------------------------------------------------------
    # States
    # ------------------------------------------------------------------

    @api.model
    def _translated_fields(self):
        """Return the names of the fields whose text is translated."""
        return {name for name, field in self._fields.items() if field.store and field.translate}

    def _translation_states(self):
        """Return ``{language: state}`` of one record: missing, draft, reviewed or stale.

        The authentic language is there too: reviewed, or missing when a text is there in another
        language only, or none at all.
        """
        self.ensure_one()
        return self._get_translation_states()[self.id]

    def _get_translation_states(self):
        """Return ``{id: {language: state}}``, in a fixed number of queries."""
        texts = self._get_texts()
        reviews = {
            (row.res_id, row.lang): (row.source_hash, row.text_hash)
            for row in self._search_translations()
            if row.source_hash
        }
        states = {}
        for record in self:
            own = texts[record.id]
            source = own.get(record.authentic_lang) or own.get("en_US") or {}
            states[record.id] = {
                lang: translation_state(source, own.get(lang) or {}, reviews.get((record.id, lang)))
                for lang in record._get_wanted_langs()
            }
            written = {name for text in own.values() for name in text if text[name]}
            complete = any(source.values()) and written <= source.keys()
            states[record.id][record.authentic_lang] = "reviewed" if complete else "missing"
        return states

    def _check_translations(self, langs=None):
        """Refuse what is not there, or not up to date, in one of these languages.

        :param langs: codes of languages; without, those of the company's governance
        :raise UserError: naming the records, the languages and what to do
        """
        names = dict(self.env["res.lang"].get_installed())
        states = self._get_translation_states()
        labels = self.env["coop.translation"]._get_state_labels()
        lines = []
        for record in self:
            wanted = langs
            if langs is None:
                # In no language is there anything to read without the text that counts.
                wanted = dict.fromkeys([*record._get_wanted_langs(), record.authentic_lang])
            wrong = [
                self.env._(
                    "%(language)s (%(state)s)",
                    language=names.get(lang, lang),
                    state=labels[states[record.id].get(lang, "missing")].lower(),
                )
                for lang in wanted
                if states[record.id].get(lang) != "reviewed"
            ]
            if wrong:
                lines.append(f"{record.display_name}: {', '.join(wrong)}")
        if lines:
            raise UserError(
                self.env._(
                    "These texts are not ready in each language:\n%(texts)s\nOpen Translations, "
                    "write what is missing, compare it with the authentic text and confirm it as "
                    "reviewed. Then try again.",
                    texts="\n".join(lines[:MOST_NAMED]),
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_authentic_open(self, name, langs):
        """Refuse to write the authentic text where it is locked, whoever speaks what."""
        for record in self.filtered(lambda one: one.authentic_lang in langs):
            told = record.with_context(lang=record.authentic_lang)
            if name in told._locked_fields():
                raise told._error_locked(name)

    def _get_wanted_langs(self):
        """Return the codes of the languages in which this is wanted."""
        company = self.company_id if "company_id" in self._fields else None
        return (company or self.env.company)._get_governance_langs()

    def _get_stored_texts(self, names):
        """Return ``{id: {name: {language: text}}}`` as the database has them."""
        self.flush_recordset(names)
        names = sorted(names)
        rows = (
            self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                    SQL(", ").join(SQL.identifier(name) for name in names),
                    SQL.identifier(self._table),
                    list(self.ids),
                )
            )
            if names and self.ids
            else []
        )
        return {
            row[0]: dict(zip(names, [values or {} for values in row[1:]], strict=True))
            for row in rows
        }

    def _get_texts(self):
        """Return ``{id: {language: {name: text}}}``; what is only a look of empty is empty."""
        result = {record_id: {} for record_id in self.ids}
        for record_id, fields_of_it in self._get_stored_texts(self._translated_fields()).items():
            for name, values in fields_of_it.items():
                is_empty = getattr(self._fields[name], "is_empty", lambda text: not text.strip())
                for lang, text in values.items():
                    own = result[record_id].setdefault(lang, {})
                    own[name] = "" if not text or is_empty(text) else text
        return result

    def _keep_other_languages(self, before):
        """Put back the rich texts of the other languages after one of them was written."""
        english = self.env["res.lang"]._get_data(code="en_US")
        for record in self.with_context(prefetch_langs=True):
            for name, values in before.get(record.id, {}).items():
                field = self._fields[name]
                lang = field.translation_lang(self.env)
                if not values:
                    continue
                kept = values | {lang: self.browse(record.id)[name]}
                if not english:
                    # Stands for the text as such then.
                    kept["en_US"] = kept[lang]
                field._update_cache(record, {k: str(v) for k, v in kept.items()}, dirty=True)

    def _take_texts(self, source, names):
        """Take over the texts of another record in all languages, and what is known of them.

        :param dict names: ``{field here: field of the source}``
        """
        self.ensure_one()
        langs = {*self._get_wanted_langs(), source.authentic_lang}
        self.authentic_lang = source.authentic_lang
        for lang in sorted(langs):
            told = source.with_context(lang=lang)
            # No text in a language leaves the others alone.
            texts = {name: told[other] for name, other in names.items() if told[other]}
            self.with_context(lang=lang).write(texts)
        states = source._translation_states()
        self._search_translations().filtered(
            lambda row: states.get(row.lang) == "reviewed"
        )._review()

    def _copy_with_texts(self, values):
        """Return a copy whose texts are known to be as good in each language as these."""
        copied = self.copy(values)
        copied._take_texts(self, {name: name for name in self._translated_fields()})
        return copied

    def _search_translations(self):
        """Return the rows about these, with superuser rights: whoever asks may read the texts."""
        return (
            self.env["coop.translation"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )

    def _follow_translations(self):
        """Make the rows that are missing: one for each language that is wanted."""
        known = {(row.res_id, row.lang) for row in self._search_translations()}
        # Kept by the system for whoever writes the text.
        self.env["coop.translation"].sudo().create(
            [
                {"res_model": self._name, "res_id": record.id, "lang": lang}
                for record in self
                for lang in record._get_wanted_langs()
                if lang != record.authentic_lang and (record.id, lang) not in known
            ]
        )
