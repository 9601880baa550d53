from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.plain_text import to_text
from ..lib.text_diff import diff_words

TAGS = {"same": "span", "gone": "del", "new": "ins"}


class CoopRecommendationVersion(models.Model):
    """The text of a recommendation as somebody left it. Versions are added, never changed."""

    _name = "coop.recommendation.version"
    _description = "Version of a Recommendation"
    _order = "recommendation_id, number desc"
    _rec_name = "number"

    recommendation_id = fields.Many2one(
        "coop.recommendation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recommendation_id.company_id", store=True, index=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    lang = fields.Char("Language", required=True, readonly=True)
    name = fields.Char("Title", required=True, readonly=True)
    text = fields.Html(readonly=True, strip_style=True)
    note = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    changes = fields.Html("What Changed", compute="_compute_changes", sanitize=False)

    _number_unique = models.Constraint(
        "UNIQUE(recommendation_id, number)",
        "Somebody else saved this text at the same moment: reload the page to read theirs.",
    )

    @api.depends("number", "recommendation_id")
    def _compute_changes(self):
        for version in self:
            version.changes = version._get_changes(version._get_previous())

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Versions are kept by saving the recommendation."))
        return super().create(vals_list)

    def write(self, vals):
        if vals:
            self.check_access("write")
            raise UserError(
                self.env._(
                    "Version %(number)s of %(record)s stays as it is: save a new one.",
                    number=self[:1].number,
                    record=self[:1].recommendation_id.display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Version %(number)s of %(record)s stays: it goes with its draft only.",
                number=self[:1].number,
                record=self[:1].recommendation_id.display_name,
            )
        )

    def _get_previous(self):
        """Return the version before this one in the same language, if any."""
        return self.recommendation_id.version_ids.filtered(
            lambda one: one.number < self.number and one.lang == self.lang
        )[:1]

    def _get_changes(self, previous):
        """Return as HTML what this version changed since another one; all words are escaped."""
        self.ensure_one()
        title = diff_words(previous.name if previous else "", self.name)
        text = diff_words(to_text(previous.text) if previous else "", to_text(self.text))
        return (
            Markup("<p><strong>")
            + self._mark_up(title)
            + Markup('</strong></p><div style="white-space: pre-wrap">')
            + self._mark_up(text)
            + Markup("</div>")
        )

    @api.model
    def _mark_up(self, parts):
        return Markup("").join(
            Markup("<{tag}>{text}</{tag}>").format(tag=TAGS[kind], text=text)
            for kind, text in parts
        )
