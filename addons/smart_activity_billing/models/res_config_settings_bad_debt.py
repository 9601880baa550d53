from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mutual_guarantee_account_id = fields.Many2one(
        related="company_id.mutual_guarantee_account_id", readonly=False
    )
    bad_debt_account_id = fields.Many2one(related="company_id.bad_debt_account_id", readonly=False)
    bad_debt_contribution_policy = fields.Selection(
        related="company_id.bad_debt_contribution_policy", readonly=False
    )
    bad_debt_vat_recovery = fields.Boolean(
        related="company_id.bad_debt_vat_recovery", readonly=False
    )
    bad_debt_vat_account_id = fields.Many2one(
        related="company_id.bad_debt_vat_account_id", readonly=False
    )
