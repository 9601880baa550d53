from odoo import api, fields, models

from ..lib.plain_text import to_text


class CoopRecommendation(models.Model):
    """The answer of the Board, and how a recommendation reads after it."""

    _inherit = "coop.recommendation"

    review_ids = fields.One2many("coop.board.review", "recommendation_id", "Reviews")
    review_id = fields.Many2one(
        "coop.board.review", "Answer of the Board", compute="_compute_review_id"
    )
    final_name = fields.Char("Title Decided on", compute="_compute_final_text")
    final_text = fields.Html("Text Decided on", compute="_compute_final_text")

    @api.depends("review_ids.state", "review_ids.replaced_id")
    def _compute_review_id(self):
        """The answer that stands: the one that no other replaces."""
        for recommendation in self:
            final = recommendation.review_ids.filtered(lambda review: review.state == "final")
            recommendation.review_id = (final - final.replaced_id)[:1]

    @api.depends("review_id", "name", "text")
    @api.depends_context("lang")
    def _compute_final_text(self):
        for recommendation in self:
            review = recommendation.review_id
            recommendation.final_name = review.final_name if review else recommendation.name
            recommendation.final_text = review.final_text if review else recommendation.text

    def action_review(self):
        """Open the draft of the Board's answer, or a new one."""
        self.ensure_one()
        self.check_access("read")
        review = self.review_id or self.review_ids[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer of the Board"),
            "res_model": "coop.board.review",
            "view_mode": "form",
            "res_id": review.id,
            "context": {"default_recommendation_id": self.id},
        }

    @api.model
    def _text_of(self, html):
        return to_text(html)

    def _get_published_review(self):
        """Return the answer of the Board as members know it: the last one that is published."""
        review = self.review_id
        while review and not review.publication_id.published_on:
            review = review.replaced_id
        return review
