from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    governance_secretary_id = fields.Many2one(
        related="company_id.governance_secretary_id", readonly=False
    )
    workgroup_directors = fields.Integer(related="company_id.workgroup_directors", readonly=False)
    workgroup_staff = fields.Integer(related="company_id.workgroup_staff", readonly=False)
    workgroup_secretaries = fields.Integer(
        related="company_id.workgroup_secretaries", readonly=False
    )
