from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    assembly_notice_days = fields.Integer(related="company_id.assembly_notice_days", readonly=False)
    assembly_votes = fields.Selection(related="company_id.assembly_votes", readonly=False)
    assembly_votes_cap = fields.Integer(related="company_id.assembly_votes_cap", readonly=False)
