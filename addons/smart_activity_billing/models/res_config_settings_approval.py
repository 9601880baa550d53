from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    approval_user_ids = fields.Many2many(related="company_id.approval_user_ids", readonly=False)
    approval_days = fields.Integer(related="company_id.approval_days", readonly=False)
    approval_login_amount = fields.Monetary(
        related="company_id.approval_login_amount", readonly=False
    )
