from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.translation import text_hash

WAITING = ("missing", "draft", "stale")


class CoopTranslation(models.Model):
    """What is known of one text in one language: who compared it with the authentic text, and when.

    The text itself is in the fields of its record. The state is never stored: it follows from the
    hashes of both texts at the time of the review.
    """

    _name = "coop.translation"
    _description = "Translation of a Text"
    _order = "res_model, res_id, lang"
    _rec_names_search = ["res_model"]

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Char(compute="_compute_record")
    record_name = fields.Char("Text", compute="_compute_record")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(), "Language", required=True, readonly=True
    )
    state = fields.Selection(
        "_selection_state",
        "Status",
        compute="_compute_state",
        search="_search_state",
        compute_sudo=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Translator",
        index="btree_not_null",
        help="Who translates this one; empty: everybody who translates into the language.",
    )
    source_hash = fields.Char(readonly=True, help="Of the authentic text when it was reviewed.")
    text_hash = fields.Char(readonly=True, help="Of the translation when it was reviewed.")
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True)
    reviewed_on = fields.Datetime(readonly=True)

    _one_each = models.UniqueIndex("(res_model, res_id, lang)", "A text has one row per language.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.model
    def _selection_state(self):
        return [
            ("missing", self.env._("Missing")),
            ("draft", self.env._("To review")),
            ("reviewed", self.env._("Reviewed")),
            ("stale", self.env._("Out of date")),
        ]

    @api.model
    def _get_state_labels(self):
        return dict(self._selection_state())

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_record(self):
        """Name the text for who may read it, or translates."""
        translates = self.env.user.has_group("smart_workgroups.group_governance_translator")
        self.kind = self.record_name = False
        for model_name, rows in self.grouped("res_model").items():
            records = rows._get_records(model_name)
            # Translators read what they translate; nobody else what is closed to them.
            readable = records.sudo() if translates else records._filtered_access("read")
            names = {record.id: record.display_name for record in readable}
            for row in rows:
                # What a model is called is no secret, and is said in the user's language.
                row.kind = self.env["ir.model"].sudo()._get(model_name).name
                row.record_name = names.get(row.res_id, False)

    @api.depends("record_name", "lang")
    def _compute_display_name(self):
        languages = dict(self.env["res.lang"].get_installed())
        for row in self:
            language = languages.get(row.lang, row.lang)
            row.display_name = f"{row.record_name} ({language})" if row.record_name else language

    @api.depends("res_model", "res_id", "lang", "source_hash", "text_hash")
    def _compute_state(self):
        states = self._get_states()
        for row in self:
            row.state = states[row.id]

    def _search_state(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        # All are asked: these are the texts of the governance, and the truth is in their hashes.
        states = self.sudo().search([])._get_states()
        found = [row_id for row_id, state in states.items() if state in value]
        return Domain("id", operator, found)

    def _get_states(self):
        """Return ``{id: state}``; False for what nobody waits for any more."""
        result = dict.fromkeys(self.ids, False)
        for model_name, rows in self.grouped("res_model").items():
            records = rows._get_records(model_name)
            states = records._get_translation_states() if records else {}
            authentic = {record.id: record.authentic_lang for record in records}
            for row in rows:
                if row.lang != authentic.get(row.res_id):
                    result[row.id] = states.get(row.res_id, {}).get(row.lang, False)
        return result

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note of which company the text is, for the rule that keeps companies apart."""
        self.check_access("create")
        for vals in vals_list:
            record = self.env[vals["res_model"]].browse(vals["res_id"])
            if "company_id" in record._fields:
                vals["company_id"] = record.company_id.id
        return super().create(vals_list)

    def write(self, vals):
        """Let nobody note a review by hand.

        :raise UserError: for anything but who translates it
        """
        self.check_access("write")
        if not self.env.su and vals.keys() - {"user_id"}:
            raise UserError(
                self.env._(
                    "Whether %(record)s is reviewed follows from the texts: compare them, and use "
                    "the button.",
                    record=self[:1].display_name,
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_translate(self):
        """Open both texts side by side, to write and to review."""
        self.ensure_one()
        self._check_translator()
        texts = self.env["coop.translation.write"]._create_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Translate"),
            "res_model": texts._name,
            "res_id": texts.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_review(self):
        """Confirm that these say what the authentic texts say now."""
        self._check_translator()
        self._review()

    def action_open_record(self):
        """Open the text itself, where the user's own rights count."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_translator(self):
        """Refuse who neither translates nor may write the texts."""
        self.check_access("read")
        if self.env.user.has_group("smart_workgroups.group_governance_translator"):
            return
        for row in self:
            row._get_record().check_access("write")

    def _review(self):
        """Note the hashes of both texts as they are now.

        :raise UserError: naming the text that is not there
        """
        for row in self:
            # Whoever comes here may translate the text.
            record = row._get_record().sudo()
            source, text = row._get_both()
            if not any(source.values()) or not all(text.get(n) for n in source if source[n]):
                raise UserError(
                    self.env._(
                        "%(record)s has no complete text in %(language)s: write it first, then "
                        "confirm it as reviewed.",
                        record=record.display_name,
                        language=dict(self.env["res.lang"].get_installed()).get(row.lang, row.lang),
                    )
                )
            # Translators have no right to write here: this is their way.
            row.sudo().write(
                {
                    "source_hash": text_hash(source),
                    "text_hash": text_hash(text),
                    "reviewed_by_id": self.env.uid,
                    "reviewed_on": fields.Datetime.now(),
                }
            )
        self.invalidate_recordset(["state"])

    def _get_record(self):
        """Return the record whose text this is; empty where it is gone."""
        self.ensure_one()
        return self._get_records(self.res_model).filtered(lambda one: one.id == self.res_id)

    def _get_records(self, model_name):
        if model_name not in self.env:
            return self.browse()
        ids = [row.res_id for row in self if row.res_model == model_name]
        return self.env[model_name].browse(ids).exists()

    def _get_both(self):
        """Return the authentic text and this one, by field, with superuser rights."""
        self.ensure_one()
        record = self._get_record().sudo()
        texts = record._get_texts()[record.id]
        source = texts.get(record.authentic_lang) or texts.get("en_US") or {}
        return source, texts.get(self.lang) or {}

    def _get_source_hash(self):
        return text_hash(self._get_both()[0])
