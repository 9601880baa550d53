from odoo import fields, models


class CoopBoardReview(models.Model):
    """What the Board said of a recommendation, and why."""

    _name = "coop.board.review"
    _description = "Review by the Board"

    recommendation_id = fields.Many2one(
        "coop.recommendation", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="recommendation_id.company_id", store=True, index=True)
