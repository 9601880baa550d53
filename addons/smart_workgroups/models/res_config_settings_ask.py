from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ask_budget = fields.Integer(related="company_id.ask_budget", readonly=False)
    ask_digest_days = fields.Integer(related="company_id.ask_digest_days", readonly=False)
    ask_reminder_days = fields.Integer(related="company_id.ask_reminder_days", readonly=False)
