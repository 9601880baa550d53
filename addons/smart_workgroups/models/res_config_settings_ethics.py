from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ethics_reply_days = fields.Integer(related="company_id.ethics_reply_days", readonly=False)
    ethics_quorum = fields.Integer(related="company_id.ethics_quorum", readonly=False)
