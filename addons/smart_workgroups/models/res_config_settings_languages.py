from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    governance_lang_ids = fields.Many2many(related="company_id.governance_lang_ids", readonly=False)
