from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.plain_text import to_html, to_text
from ..lib.text_diff import diff_words


class CoopRecommendationAmendment(models.Model):
    """What somebody would write instead, before the recommendation is submitted."""

    _name = "coop.recommendation.amendment"
    _description = "Amendment of a Recommendation"
    _inherit = ["coop.step.mixin"]
    _order = "recommendation_id, id desc"
    _rec_name = "reason"

    recommendation_id = fields.Many2one(
        "coop.recommendation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="recommendation_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Proposed by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )
    base_number = fields.Integer(
        "On Version", readonly=True, help="The version that was read when this was written."
    )
    text = fields.Text("New Text", required=True)
    reason = fields.Char("Why", required=True)
    answer = fields.Char(readonly=True)
    answered_by_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    changes = fields.Html("What Changes", compute="_compute_changes", sanitize=False)

    def _selection_state(self):
        return [
            ("draft", self.env._("Proposed")),
            ("taken", self.env._("Taken")),
            ("declined", self.env._("Declined")),
        ]

    @api.depends("text", "base_number", "recommendation_id")
    def _compute_changes(self):
        Version = self.env["coop.recommendation.version"]
        for amendment in self:
            base = amendment.recommendation_id.version_ids.filtered(
                lambda one, base=amendment.base_number: one.number == base
            )
            parts = diff_words(to_text(base.text), amendment.text)
            amendment.changes = (
                Markup('<div style="white-space: pre-wrap">')
                + Version._mark_up(parts)
                + Markup("</div>")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Propose it; only drafts are amended by members.

        :raise UserError: the recommendation is no draft any more
        """
        amendments = super().create(vals_list)
        amendments.recommendation_id._check_state("draft")
        for amendment in amendments:
            if not amendment.base_number:
                amendment._write_decision(
                    {"base_number": amendment.recommendation_id.version_count}
                )
        return amendments

    def action_take(self):
        """Put the new text in the place of the old one.

        :raise UserError: the text changed since it was proposed
        """
        self.check_access("write")
        for amendment in self:
            recommendation = amendment.recommendation_id
            recommendation._take_turn()
            recommendation._check_state("draft")
            amendment._check_state("draft")
            recommendation.invalidate_recordset()
            if amendment.base_number != recommendation.version_count:
                raise UserError(
                    self.env._(
                        "The text of %(record)s changed since %(person)s proposed this: write what "
                        "you take of it into the text yourself, then decline it and say so.",
                        record=recommendation.display_name,
                        person=amendment.partner_id.name,
                    )
                )
            note = self.env._("Amendment of %s", amendment.partner_id.name)
            # What somebody proposed is written as the text was: by who may draft it, and in the
            # language of the text, whatever the language of who takes it.
            written = recommendation.with_context(version_note=note, lang=recommendation.lang)
            written.text = to_html(amendment.text)
            amendment._answer("taken", None)

    def action_decline(self, reason=None):
        """Leave the text as it is, and say why.

        :param str reason: why; members read it
        """
        self.check_access("write")
        self._check_state("draft")
        for amendment in self:
            amendment._answer("declined", reason)

    def _answer(self, state, answer):
        self._write_decision(
            {
                "state": state,
                "answer": answer,
                "answered_by_id": self.env.user.partner_id.id,
            }
        )

    def _decided_fields(self):
        return super()._decided_fields() | {"answer", "answered_by_id"}

    def _locked_fields(self):
        locked = super()._locked_fields() | {"recommendation_id", "partner_id", "base_number"}
        if self.state != "draft":
            locked |= {"text", "reason"}
        return locked
