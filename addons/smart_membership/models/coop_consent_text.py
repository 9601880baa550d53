from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.join_form import CONSENTS, REQUIRED_CONSENTS


class CoopConsentText(models.Model):
    """A text that people agree to, in its versions. What somebody agreed to is not rewritten."""

    _name = "coop.consent.text"
    _description = "Text for Consent"
    _order = "code, version desc"
    _rec_name = "title"

    code = fields.Selection(
        [
            ("statutes", "Statutes and internal rules"),
            ("privacy", "Use of personal data"),
            ("newsletter", "Newsletter"),
        ],
        string="Subject",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    title = fields.Char(required=True, translate=True, help="The sentence next to the box.")
    body = fields.Html(translate=True, help="The full text, opened by a touch.")
    date_from = fields.Date(
        "In Force from", required=True, default=fields.Date.context_today, copy=False
    )
    consent_count = fields.Integer("Consents", compute="_compute_consent_count")

    _version_unique = models.Constraint(
        "UNIQUE(company_id, code, version)", "A version of a text is given once."
    )

    @api.depends("title", "version")
    def _compute_display_name(self):
        for text in self:
            text.display_name = f"{text.title or ''} ({text.version or ''})"

    def _compute_consent_count(self):
        groups = self.env["coop.consent"]._read_group(
            [("text_id", "in", self.ids)], ["text_id"], ["__count"]
        )
        counts = {text.id: count for text, count in groups}
        for text in self:
            text.consent_count = counts.get(text._origin.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["version"] = 0
        texts = super().create(vals_list)
        for text in texts:
            last = self.search(
                [("company_id", "=", text.company_id.id), ("code", "=", text.code)],
                order="version desc",
                limit=1,
            )
            # Past `write`, which refuses a version that is typed.
            super(CoopConsentText, text).write({"version": last.version + 1})
        return texts

    def write(self, vals):
        """Keep a text as it was agreed to; a translation that comes later is welcome.

        :raise UserError: naming the text
        """
        if "version" in vals:
            raise UserError(self.env._("The version of a text is given by itself."))
        if {"code", "company_id", "date_from", "title", "body"} & vals.keys():
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._check_unused()

    def _check_unused(self):
        for text in self:
            # Who writes the texts need not see who agreed.
            if self.env["coop.consent"].sudo().search_count([("text_id", "=", text.id)], limit=1):
                raise UserError(
                    self.env._(
                        "Somebody agreed to “%(text)s”: it stays as it is. Duplicate it to make "
                        "the next version.",
                        text=text.display_name,
                    )
                )

    @api.model
    def _current(self, company):
        """Return the texts in force today, one for each subject, in the order of the form."""
        texts = self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "<=", fields.Date.context_today(self)),
            ],
            order="date_from desc, version desc",
        )
        found = {}
        for text in texts:
            found.setdefault(text.code, text)
        return self.browse(found[code].id for code in CONSENTS if code in found)

    def _is_required(self):
        self.ensure_one()
        return self.code in REQUIRED_CONSENTS
