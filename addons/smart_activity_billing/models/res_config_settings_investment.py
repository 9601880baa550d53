from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    investment_threshold = fields.Monetary(
        related="company_id.investment_threshold", readonly=False
    )
    investment_profile_id = fields.Many2one(
        related="company_id.investment_profile_id", readonly=False
    )
