from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    activity_closing_account_id = fields.Many2one(
        related="company_id.activity_closing_account_id", readonly=False
    )
