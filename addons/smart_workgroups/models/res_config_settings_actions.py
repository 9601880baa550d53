from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recommendation_answer_days = fields.Integer(
        related="company_id.recommendation_answer_days", readonly=False
    )
    action_silence_days = fields.Integer(related="company_id.action_silence_days", readonly=False)
    rate_needs_resolution = fields.Boolean(
        related="company_id.rate_needs_resolution", readonly=False
    )
